"""What a form was not taken for, on the page: below the form while it is so, and gone once the form was taken."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from playwright.async_api import expect

from handlers.inbound import ButtonPressed
from handlers.message import Message, Tone
from tests.bot.web_server import GalleryListener, RunningChat
from tests.clients.browser import open_browser
from tests.clients.web_page import open_web_page
from tests.gallery import URGENT
from tests.gallery_form import SECTION

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from playwright.async_api import Browser

    from bot.channels.base import Introduction
    from handlers.inbound import Inbound
    from tests.clients.web_page import WebPage

REFUSED = Message(title="That is no address. I have kept nothing of this.", tone=Tone.CARE)
REFUSED_AGAIN = Message(title="That address is too long. I have kept nothing of this.", tone=Tone.CARE)
DONE = Message(title="Done: it is in the log.", tone=Tone.YES, replaces=True)

pytestmark = pytest.mark.asyncio(loop_scope="module")


@dataclass
class ChoosyListener(GalleryListener):
    """Answers each press with what stands in `presses`, first to last."""

    presses: list[tuple[Message, ...]] = field(default_factory=list)

    async def on_event(
        self, event: Inbound, introduce: Callable[[], Awaitable[Introduction]] | None = None
    ) -> tuple[Message, ...]:
        usual = await super().on_event(event, introduce)
        return self.presses.pop(0) if isinstance(event, ButtonPressed) else usual


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as opened:
        yield opened


@pytest.fixture
def listener() -> ChoosyListener:
    return ChoosyListener()


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, listener: ChoosyListener) -> AsyncIterator[WebPage]:
    chat = RunningChat(listener)
    await chat.start()
    try:
        async with open_web_page(browser, chat.link) as opened:
            yield opened
    finally:
        await chat.stop()


async def test_a_refusal_goes_once_the_form_was_taken(page: WebPage, listener: ChoosyListener) -> None:
    listener.presses = [(REFUSED,), (REFUSED_AGAIN,), (DONE,)]
    await page.ask("a section at once")
    await page.press("Save the section")
    await expect(page.log).to_contain_text(REFUSED.title)

    await page.press("Save the section")
    await expect(page.log).to_contain_text(REFUSED_AGAIN.title)
    await expect(page.log).not_to_contain_text(REFUSED.title)
    await page.press("Save the section")

    await expect(page.log.get_by_role("article").last).to_contain_text(DONE.title)
    await expect(page.log).not_to_contain_text("kept nothing")
    await expect(page.turns).to_have_count(1)


async def test_a_refusal_beside_a_card_drawn_anew_goes_with_the_next_press(
    page: WebPage, listener: ChoosyListener
) -> None:
    listener.presses = [(replace(SECTION, replaces=True), REFUSED), (DONE,)]
    await page.ask("a section at once")
    await page.press("Save the section")
    await expect(page.log).to_contain_text(REFUSED.title)

    await page.press("Save the section")

    await expect(page.log).to_contain_text(DONE.title)
    await expect(page.log).not_to_contain_text("kept nothing")


async def test_what_somebody_asked_beside_a_form_stays_and_so_does_what_is_urgent(
    page: WebPage, listener: ChoosyListener
) -> None:
    beside = Message(title="A.5.5 in our words", tone=Tone.PLAIN)
    listener.presses = [(beside,), (URGENT, REFUSED), (DONE,)]
    await page.ask("a section at once")
    for told in (beside, REFUSED):
        await page.press("Save the section")
        await expect(page.log).to_contain_text(told.title)

    await page.press("Save the section")

    await expect(page.log).to_contain_text(DONE.title)
    await expect(page.log).not_to_contain_text("kept nothing of this")
    await expect(page.log).to_contain_text(beside.title)
    await expect(page.log).to_contain_text("call 999")
