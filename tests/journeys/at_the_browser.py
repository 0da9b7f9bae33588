"""Somebody at the chat page itself, in Chromium on a phone."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playwright.async_api import expect

from tests.clients.browser import PHONE, open_browser, open_page
from tests.journeys.site_people import Seen, Worker

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import BrowserContext, Page

    from tests.clients.web_user import WebUser
    from tests.journeys.site_people import Fills

LOOK = "document.dispatchEvent(new Event('visibilitychange'))"  # what coming back to the page makes it do
DRAWN = """() => [...document.querySelectorAll('[role=log] article')].map(
    (card) => [card.innerText, [...card.querySelectorAll('button')].map((one) => one.innerText.trim())]
)"""


@dataclass(slots=True, kw_only=True)
class AtTheBrowser(Worker):
    """Somebody who looks at the page, types into it and taps on it."""

    page: Page

    async def screen(self) -> list[Seen]:
        # Looks follow one another: whoever asks for the next before the last is done only waits for longer.
        async with self.page.expect_response("**/api/news"):
            await self.page.evaluate(LOOK)
        drawn: list[tuple[str, list[str]]] = await self.page.evaluate(DRAWN)
        return [Seen(text, tuple(labels), str(place)) for place, (text, labels) in enumerate(drawn)]

    async def catches_up(self) -> list[Seen]:
        # A look may be under way that began too early; the next one brings everything, and a third follows once it is
        # drawn.
        for _ in range(2):
            await self.screen()
        return await self.screen()

    async def _say(self, text: str) -> None:
        question = self.page.get_by_role("textbox", name="Your question")
        await question.fill(text)
        async with self.page.expect_response("**/api/say"):
            await question.press("Enter")

    async def _press(self, seen: Seen, label: str, fills: Fills) -> None:
        await self.page.bring_to_front()  # a tab behind another is drawn once a second, and a tap waits for that
        card = self.page.locator("[role=log] article").nth(int(seen.key))
        for what, value in fills.items():
            if isinstance(value, str):
                await card.get_by_label(what).fill(value)
            elif await (drawer := card.locator("label", has_text=what).locator("..").locator("select")).count():
                await drawer.select_option(label=list(value))
            else:
                for option in value:
                    await card.get_by_label(option, exact=True).check()
        async with self.page.expect_response("**/api/press"):
            await card.get_by_role("button", name=label, exact=True).click()


@asynccontextmanager
async def a_phone(knows: WebUser) -> AsyncIterator[BrowserContext]:
    """Open a browser of a phone's width that is let in as `knows` was: the printed link opens only once."""
    async with open_browser() as browser, open_page(browser, width=PHONE, touch=True) as page:
        for one in knows.client.cookie_jar:
            await page.context.add_cookies([{"name": one.key, "value": one.value, "url": knows.base}])
        yield page.context


async def sit_down(name: str, phone: BrowserContext, base: str) -> Page:
    """Open the chat page in a tab of one's own, and be somebody of the sample trust."""
    page = await phone.new_page()
    await page.goto(f"{base}/")
    await page.get_by_role("button", name="Change").click()
    await page.get_by_role("dialog").get_by_role("button", name=name).click()
    await expect(page.get_by_role("log")).to_be_visible()
    return page
