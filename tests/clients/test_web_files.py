"""Saving a file from the web page, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.bot.web_server import RunningChat, running_chat
from tests.clients.browser import PHONE, open_browser
from tests.clients.web_page import open_web_page
from tests.gallery_form import PAPER

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Browser

pytestmark = pytest.mark.asyncio(loop_scope="module")
TALL_ENOUGH = 44  # pixels: what a thumb can hit


def read(path: Path) -> bytes:
    return path.read_bytes()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def chat() -> AsyncIterator[RunningChat]:
    async with running_chat() as running:
        yield running


async def test_a_file_is_saved_whole_under_its_name_and_the_page_stays(browser: Browser, chat: RunningChat) -> None:
    assert PAPER.attachment is not None
    async with open_web_page(browser, chat.link) as page:
        card = await page.ask("a file")

        async with page.page.expect_download() as saving:
            await card.get_by_role("link", name="Save R-12.pdf").click()

        saved = await saving.value
        assert saved.suggested_filename == "R-12.pdf"
        assert read(await saved.path()) == PAPER.attachment.content
        await expect(card.get_by_role("link", name="Save R-12.pdf")).to_be_visible()
        assert page.complaints == []


async def test_a_thumb_hits_the_link_and_a_keyboard_reaches_it(browser: Browser, chat: RunningChat) -> None:
    async with open_web_page(browser, chat.link, width=PHONE, touch=True) as page:
        link = (await page.ask("a file")).get_by_role("link", name="Save R-12.pdf")
        box = await link.bounding_box()

        async with page.page.expect_download() as saving:
            await link.press("Enter")

        assert box is not None
        assert box["height"] >= TALL_ENOUGH
        assert (await saving.value).suggested_filename == "R-12.pdf"
