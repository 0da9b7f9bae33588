"""What an accessibility checker finds on the web chat: nothing serious, at a desk by day and on a phone by night."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
import pytest_asyncio

from tests.bot.web_server import SAM, running_chat
from tests.clients.browser import DESK, PHONE, open_browser
from tests.clients.web_page import open_web_page
from tests.gallery import GALLERY

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser

    from tests.clients.web_page import WebPage

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
FIND = """async () => (await axe.run()).violations
    .filter(({impact}) => ["serious", "critical"].includes(impact))
    .map(({id, nodes}) => id + ": " + nodes.map(({html}) => html).join(" | "))"""


async def findings(page: WebPage) -> list[str]:
    """Return what axe-core calls serious or critical on the page as it stands."""
    await page.page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = await page.page.evaluate(FIND)
    return found


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as opened:
        yield opened


@pytest.fixture(autouse=True)
def _axe() -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run npm ci in tests/clients")


@pytest.mark.parametrize(("width", "colours"), [(DESK, "light"), (PHONE, "dark")])
async def test_everyone_can_use_the_chat(browser: Browser, width: int, colours: Literal["light", "dark"]) -> None:
    async with running_chat() as chat, open_web_page(browser, chat.link, width=width, colours=colours) as page:
        empty = await findings(page)
        for name in GALLERY:
            await page.ask(name)
        answered = await findings(page)
        await page.you.click()
        picking = await findings(page)
        await page.page.keyboard.press("Escape")
        await page.become(SAM.name)
        chat.listener.slow = 1.0
        await page.question.fill("a slow one")
        await page.question.press("Enter")
        await page.page.get_by_text("Reading the policy").wait_for()
        waiting = await findings(page)
        await page.latest_card()
        await chat.stop()
        await page.question.fill("nobody is there")
        await page.question.press("Enter")
        await page.page.get_by_role("button", name="Try again").wait_for()
        trouble = await findings(page)

    assert (empty, answered, picking, waiting, trouble) == ([], [], [], [], [])


async def test_everyone_can_read_why_they_are_not_let_in(browser: Browser) -> None:
    async with running_chat() as chat, open_web_page(browser, f"{chat.base}/start?token=wrong") as page:
        assert await findings(page) == []


async def test_the_checker_would_see_a_fault(browser: Browser) -> None:
    async with running_chat() as chat, open_web_page(browser, chat.link) as page:
        await page.page.evaluate("document.getElementById('question').parentElement.previousElementSibling.remove()")
        await page.page.evaluate("document.getElementById('question').removeAttribute('placeholder')")

        assert any(finding.startswith("label:") for finding in await findings(page))
