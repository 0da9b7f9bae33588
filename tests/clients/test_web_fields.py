"""Filling in a form on the web page, in a real browser: by mouse, by keyboard, on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.bot.web_server import RunningChat, running_chat
from tests.clients.browser import PHONE, open_browser
from tests.clients.web_page import open_web_page

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Locator

    from tests.clients.web_page import WebPage

TALL_ENOUGH = 44  # pixels: what a thumb can hit

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


async def pressed(page: WebPage, chat: RunningChat) -> dict[str, tuple[str, ...]]:
    """Return what came along with the one button that was pressed, once its answer is there."""
    await expect(page.log.get_by_role("article").last).to_contain_text("Here is the clause.")
    (event,) = chat.listener.pressed()
    return dict(event.values)


async def test_every_kind_of_field_comes_back_as_it_was_filled_in(page: WebPage, chat: RunningChat) -> None:
    card = await page.ask("a section at once")

    await card.get_by_label("Purpose").fill("Revision")
    await card.get_by_label("Aims").fill("Better marks,\nand calm")
    await card.get_by_label("Our own pupils").check()
    await card.get_by_label("Everybody").check()
    await card.get_by_role("group", name="Which schools").get_by_label("Oak Academy").check()
    await card.get_by_role("group", name="Moderators").get_by_label("Person 60 Sample").check()
    await card.get_by_label("On another site").check()
    await card.get_by_label("Line manager").select_option("Person 3 Sample")
    await card.get_by_label("First day").fill("2027-02-01")
    await page.press("Save the section")

    assert await pressed(page, chat) == {
        "purpose": ("Revision",),
        "aims": ("Better marks,\nand calm",),
        "audience": ("pupils", "public"),
        "audience_schools": ("oak-academy",),
        "moderators": ("person-60-sample",),
        "host": ("third_party",),
        "line_manager": ("person-3-sample",),
        "go_live": ("2027-02-01",),
    }


async def test_what_nobody_touched_comes_back_as_it_stood(page: WebPage, chat: RunningChat) -> None:
    await page.ask("a question with people")

    await page.press("Save and go on")

    assert await pressed(page, chat) == {
        "administrators": ("person-7-sample", "person-60-sample"),
        "line_manager": (),
    }


async def test_one_form_shown_twice_is_two_forms(page: WebPage, chat: RunningChat) -> None:
    first = await page.ask("a section at once")
    second = await page.ask("a section at once")

    await first.get_by_label("On another site").check()

    await expect(second.get_by_label("On the Academy's own site")).to_be_checked()
    await second.get_by_role("button", name="Save the section").click()
    assert (await pressed(page, chat))["host"] == ("academy",)


async def test_enter_in_a_line_and_control_enter_in_several_press_the_main_button(
    page: WebPage, chat: RunningChat
) -> None:
    card = await page.ask("a section at once")

    await card.get_by_label("Purpose").press("Enter")
    await expect(page.turns.last).to_contain_text("You: Save the section")
    await page.latest_card()  # a press while another is on its way would not count
    await card.get_by_label("Aims").press("Enter")
    await card.get_by_label("Aims").press("Control+Enter")

    await expect(page.turns).to_have_count(3)
    assert [event.values["aims"] for event in chat.listener.pressed()] == [
        ("Help before mocks",),
        ("\nHelp before mocks",),
    ]


async def test_enter_on_a_tick_or_a_day_sends_nothing_by_mistake(page: WebPage, chat: RunningChat) -> None:
    card = await page.ask("a question with a date")
    await card.get_by_label("First day").press("Enter")
    ticks = await page.ask("a question with ticks")
    await ticks.get_by_label("Our staff").press("Enter")

    await expect(page.turns).to_have_count(2)
    assert chat.listener.pressed() == []
    assert "?" not in page.page.url


async def test_a_long_list_is_searched_and_ticked_from_the_keyboard(page: WebPage, chat: RunningChat) -> None:
    card = await page.ask("a question with people")
    keys = page.page.keyboard
    group = card.get_by_role("group", name="Administrators")

    await group.get_by_role("searchbox", name="Find in Administrators").focus()
    await keys.type("sample 5")
    await expect(group.get_by_role("checkbox")).to_have_count(15)
    await keys.press("ArrowDown")
    await keys.press("ArrowDown")
    await keys.press("Space")
    await keys.press("ArrowUp")
    await keys.press("ArrowUp")
    await keys.press("Control+A")
    await keys.type("person 58")
    await keys.press("Enter")

    await expect(group.get_by_role("status")).to_have_text(
        "Ticked: Person 7 Sample, Person 15 Sample, Person 58 Sample, Person 60 Sample"
    )
    assert chat.listener.pressed() == []


async def test_a_search_that_finds_nobody_says_so_and_forgets_nobody(page: WebPage, chat: RunningChat) -> None:
    card = await page.ask("a question with people")
    group = card.get_by_role("group", name="Administrators")

    await group.get_by_role("searchbox").fill("nobody of that name")
    await expect(group.get_by_role("status")).to_have_text(
        "Nothing fits what you typed. Ticked: Person 7 Sample, Person 60 Sample"
    )
    await page.press("Save and go on")

    assert (await pressed(page, chat))["administrators"] == ("person-7-sample", "person-60-sample")


async def test_what_was_typed_stays_while_the_bot_is_away_and_arrives_once_it_is_back(
    page: WebPage, chat: RunningChat
) -> None:
    card = await page.ask("a card to decide on")
    await card.get_by_label("Your comment").fill("Who moderates it?")
    await chat.stop()
    await page.press("Ask for changes")
    await expect(page.turns.last).to_contain_text("I cannot be reached just now.")
    await expect(card.get_by_label("Your comment")).to_have_value("Who moderates it?")

    await chat.start()
    await page.press("Try again")

    assert await pressed(page, chat) == {"comment": ("Who moderates it?",)}


async def test_a_decided_card_takes_the_place_of_the_card_wherever_it_stands(page: WebPage) -> None:
    first = await page.ask("a card to decide on")
    await page.ask("a card to decide on")
    await page.ask("Can I add a parent?")

    await first.get_by_role("button", name="Approve").click()

    cards = page.log.locator('[data-card="12:head"]')
    await expect(cards).to_have_count(2)
    await expect(cards.nth(0)).to_contain_text("Jo Sample approved this")
    await expect(cards.nth(1)).to_contain_text("Jo Sample approved this")
    await expect(page.log.get_by_role("button", name="Approve")).to_have_count(0)
    await expect(cards.nth(0)).to_be_focused()
    await expect(page.turns).to_have_count(3)


async def test_typed_words_keep_their_place_when_their_answer_also_locks_a_card(page: WebPage) -> None:
    await page.ask("a card to decide on")

    answer = await page.ask("a card that was decided")

    await expect(answer).to_contain_text("Jo Sample approved this")
    await expect(page.turns.last).to_contain_text("You: a card that was decided")
    await expect(page.turns.first).to_contain_text("Jo Sample approved this")
    await expect(page.log.get_by_role("button", name="Whole form")).to_have_count(1)


async def test_on_a_phone_everything_can_be_hit_with_a_thumb(browser: Browser, chat: RunningChat) -> None:
    async with open_web_page(browser, chat.link, width=PHONE, touch=True) as page:
        for name in ("a section at once", "a question with people", "a card to decide on", "a hostile form"):
            card = await page.ask(name)
            assert await heights(card) == []

        assert await page.page.evaluate("document.documentElement.scrollWidth") <= PHONE


async def test_on_a_phone_a_long_choice_of_a_list_is_not_cut(browser: Browser, chat: RunningChat) -> None:
    async with open_web_page(browser, chat.link, width=PHONE, touch=True) as page:
        card = await page.ask("a question with people")
        one = card.get_by_label("Line manager")
        low = await one.evaluate("it => it.getBoundingClientRect().height")

        await one.evaluate("it => { it.selectedOptions[0].text = 'Computing Discord, Sunday 6 December 2026'; }")

        assert await one.evaluate("it => it.getBoundingClientRect().height") > low


async def heights(card: Locator) -> list[str]:
    """Return what is too low to be hit."""
    parts = card.locator(".choice, .line, select, textarea, .buttons button")
    found: list[str] = await parts.evaluate_all(
        f"parts => parts.filter(it => it.getBoundingClientRect().height < {TALL_ENOUGH}).map(it => it.outerHTML)"
    )
    return found
