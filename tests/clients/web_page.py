"""The chat page as a person uses it in Chromium: one sentence for each thing they do or see."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from playwright.async_api import expect

from tests.clients.browser import DESK, PATIENCE, open_page

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, ConsoleMessage, Dialog, Locator, Page, Request

expect.set_options(timeout=PATIENCE)


@dataclass(slots=True)
class WebPage:
    """An open chat page, and what it did that a person would not see."""

    page: Page
    posted: list[object] = field(default_factory=list)  # what they did; not how the page looks for news
    complaints: list[str] = field(default_factory=list)  # page errors, blocked content, dialogs

    async def ask(self, text: str) -> Locator:
        """Type a question, press Enter, and return the answer's card."""
        turns = await self.turns.count()
        await self.question.fill(text)
        await self.question.press("Enter")
        await expect(self.turns).to_have_count(turns + 1)
        return await self.latest_card()

    async def press(self, label: str) -> None:
        """Press the last button of that name in the conversation."""
        await self.log.get_by_role("button", name=label, exact=True).last.click()

    async def become(self, name: str) -> None:
        """Pick another person."""
        await self.you.click()
        await self.page.get_by_role("dialog").get_by_role("button", name=name).click()

    async def latest_card(self) -> Locator:
        """Return the card of the latest turn, once it is there; it stays that card when others follow."""
        card = self.turns.nth(await self.turns.count() - 1).get_by_role("article").last
        await expect(card).to_be_visible()
        return card

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log", name="Conversation")

    @property
    def turns(self) -> Locator:
        return self.log.locator(".turn")

    @property
    def question(self) -> Locator:
        return self.page.get_by_role("textbox", name="Your question")

    @property
    def you(self) -> Locator:
        return self.page.get_by_role("banner").get_by_role("button", name="Change")

    @property
    def examples(self) -> Locator:
        return self.page.get_by_role("region", name="Try one of these")


@asynccontextmanager
async def open_web_page(
    browser: Browser,
    start_link: str,
    *,
    width: int = DESK,
    colours: Literal["light", "dark"] = "light",
    touch: bool = False,
) -> AsyncIterator[WebPage]:
    """Open the printed link in Chromium; at the end, the page must have had nothing to complain of."""
    async with open_page(browser, width=width, colours=colours, touch=touch) as page:
        opened = WebPage(page)

        def on_console(message: ConsoleMessage) -> None:
            if message.type == "error" and "Failed to load resource" not in message.text:
                opened.complaints.append(message.text)

        def on_request(request: Request) -> None:
            if request.method == "POST" and not request.url.endswith("/api/news"):
                opened.posted.append(request.post_data_json)

        async def on_dialog(dialog: Dialog) -> None:
            opened.complaints.append(f"a dialog: {dialog.message}")
            await dialog.dismiss()

        page.on("console", on_console)
        page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        page.on("dialog", on_dialog)
        page.on("request", on_request)
        await page.goto(start_link)
        yield opened
        assert opened.complaints == []
