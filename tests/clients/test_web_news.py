"""What others did, on the page of whoever it concerns: told politely, once, and to nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from playwright.async_api import expect

from handlers.message import Message
from tests.bot.web_server import PRIYA, SAM, RunningChat, running_chat
from tests.clients.browser import open_browser
from tests.clients.web_page import open_web_page
from tests.gallery_form import DECIDE, DECIDED, FORM

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser

    from tests.clients.web_page import WebPage

APPROVED = Message(title="Sam Okoro approved your site.")
LOOK = "document.dispatchEvent(new Event('visibilitychange'))"  # what coming back to the page makes it do

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def chat() -> AsyncIterator[RunningChat]:
    async with running_chat() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, chat: RunningChat) -> AsyncIterator[WebPage]:
    async with open_web_page(browser, chat.link) as opened:
        yield opened


async def look(page: WebPage) -> None:
    """Have the page look for news, and wait until it has."""
    async with page.page.expect_response("**/api/news"):
        await page.page.evaluate(LOOK)


async def test_news_come_by_themselves_and_are_announced_without_taking_the_focus(
    page: WebPage, chat: RunningChat
) -> None:
    await page.question.fill("half a quest")
    chat.listener.tell(PRIYA, APPROVED)
    chat.listener.tell(SAM, Message(title="For Sam alone."))

    news = page.log.locator(".news")

    await expect(news).to_contain_text("Sam Okoro approved your site.")
    await expect(page.question).to_be_focused()
    await expect(page.question).to_have_value("half a quest")
    await expect(page.log).not_to_contain_text("For Sam alone.")


async def test_each_piece_of_news_is_shown_once(page: WebPage, chat: RunningChat) -> None:
    await look(page)
    chat.listener.tell(PRIYA, APPROVED)

    for _ in range(3):
        await look(page)

    await expect(page.log.locator(".news")).to_have_count(1)
    await expect(page.log.locator(".news")).to_contain_text("New for you")


async def test_whoever_opens_the_page_again_finds_what_they_were_sent_and_can_press_it(
    page: WebPage, chat: RunningChat
) -> None:
    chat.listener.tell(PRIYA, DECIDE)
    await expect(page.log.locator(".news")).to_have_count(1)

    await page.page.reload()

    await expect(page.log.locator(".news")).to_contain_text("What you were sent lately")
    await page.press("Approve")
    await expect(page.log).to_contain_text("Jo Sample approved this")


async def test_whoever_comes_back_after_somebody_else_finds_what_they_were_sent(
    page: WebPage, chat: RunningChat
) -> None:
    chat.listener.tell(PRIYA, DECIDE)
    await expect(page.log.locator(".news")).to_have_count(1)
    await page.become(SAM.name)
    await expect(page.log).not_to_contain_text("asks you to decide")

    await page.become(PRIYA.name)

    await expect(page.log.locator(".news")).to_contain_text("asks you to decide")
    chat.listener.tell(PRIYA, APPROVED)
    await look(page)
    await expect(page.log.locator(".news").last).to_contain_text("New for you")


async def test_a_card_that_comes_twice_at_once_is_shown_once_as_it_is_now(page: WebPage, chat: RunningChat) -> None:
    await look(page)
    for message in (DECIDE, APPROVED, DECIDED):
        chat.listener.tell(PRIYA, message)

    await look(page)

    await expect(page.log.locator(".news .card")).to_have_count(2)
    await expect(page.log.locator('[data-card="12:head"]')).to_have_count(1)
    await expect(page.log.locator('[data-card="12:head"]')).to_contain_text("Jo Sample approved this")


async def test_what_to_try_stands_above_what_somebody_was_sent(page: WebPage, chat: RunningChat) -> None:
    chat.listener.tell(SAM, DECIDE)

    await page.become(SAM.name)

    await expect(page.log.locator(".news")).to_have_count(1)
    await expect(page.examples.get_by_role("button", name="Who is on this week?")).to_be_visible()
    assert await page.log.evaluate("log => log.lastElementChild.matches('.news')")


async def test_a_press_brings_its_news_at_once(page: WebPage, chat: RunningChat) -> None:
    await page.ask("Can I add a parent?")
    await look(page)
    chat.listener.tell(PRIYA, APPROVED)

    async with page.page.expect_response("**/api/news"):
        await page.press("See 5.4")

    await expect(page.log.locator(".news")).to_contain_text("approved your site")


async def test_whoever_sits_down_is_told_their_own_news_at_once(page: WebPage, chat: RunningChat) -> None:
    chat.listener.tell(SAM, DECIDE)
    chat.listener.tell(PRIYA, APPROVED)
    await expect(page.log).to_contain_text("approved your site")

    await page.become(SAM.name)

    await expect(page.log.locator(".news")).to_contain_text("asks you to decide")
    await expect(page.log).not_to_contain_text("approved your site")


async def test_a_card_that_was_decided_elsewhere_locks_in_its_place(page: WebPage, chat: RunningChat) -> None:
    card = page.log.locator('[data-card="12:head"]')
    chat.listener.tell(PRIYA, DECIDE)
    await look(page)
    await expect(card).to_have_count(1)
    await page.ask("Can I add a parent?")
    await page.page.evaluate("scrollTo(0, 0)")

    chat.listener.tell(PRIYA, DECIDED)
    await look(page)

    await expect(card).to_have_count(1)
    await expect(card).to_contain_text("Jo Sample approved this")
    await expect(page.log.get_by_role("article").last).to_contain_text("No. Staff must not")


async def test_a_card_that_is_drawn_anew_keeps_what_was_typed_and_the_place_in_it(
    page: WebPage, chat: RunningChat
) -> None:
    card = await page.ask("a card to decide on")
    comment = card.get_by_label("Your comment")
    await comment.fill("Who moder")

    chat.listener.tell(PRIYA, DECIDE)
    await look(page)
    await page.page.keyboard.type("ates it?")

    await expect(page.log.get_by_label("Your comment")).to_have_value("Who moderates it?")
    await expect(page.log.locator('[data-card="12:head"]')).to_have_count(1)


async def test_somebody_who_reads_further_up_is_left_where_they_are(page: WebPage, chat: RunningChat) -> None:
    for name in (*FORM, "a long message"):
        await page.ask(name)
    await page.page.evaluate("scrollTo(0, 300)")
    before = await page.page.evaluate("scrollY")

    chat.listener.tell(PRIYA, APPROVED)
    await look(page)

    await expect(page.log.locator(".news")).to_have_count(1)
    assert await page.page.evaluate("scrollY") == before


async def test_somebody_who_was_at_the_end_sees_the_news(page: WebPage, chat: RunningChat) -> None:
    await page.ask("a long message")
    await page.page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")

    chat.listener.tell(PRIYA, APPROVED)
    await look(page)

    await expect(page.log.locator(".news")).to_be_in_viewport(ratio=1)


async def test_news_that_cannot_be_fetched_are_fetched_later(page: WebPage, chat: RunningChat) -> None:
    chat.listener.broken = True
    chat.listener.tell(PRIYA, APPROVED)
    await look(page)
    await expect(page.log).not_to_contain_text("went wrong")

    chat.listener.broken = False
    await look(page)

    await expect(page.log.locator(".news")).to_contain_text("approved your site")
