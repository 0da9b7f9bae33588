"""The web chat as a person meets it, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from playwright.async_api import expect

from handlers.inbound import TextSent
from tests.bot.web_server import PRIYA, SAM, RunningChat, running_chat
from tests.clients.browser import PHONE, open_browser
from tests.clients.web_page import open_web_page
from tests.gallery import HOSTILE, URGENT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser

    from tests.clients.web_page import WebPage


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


async def test_a_typed_question_is_answered_and_announced(page: WebPage) -> None:
    card = await page.ask("Can I add a parent?")

    await expect(card.get_by_role("heading", name="No. Staff must not")).to_be_visible()
    await expect(card).to_contain_text("Not allowed")
    await expect(page.log).to_have_attribute("aria-live", "polite")
    await expect(page.turns.last).to_contain_text("You: Can I add a parent?")
    await expect(page.question).to_be_focused()
    await expect(page.question).to_have_value("")


async def test_an_example_is_one_press_away_and_then_makes_room(page: WebPage, chat: RunningChat) -> None:
    example = page.examples.get_by_role("button").first
    words = await example.inner_text()

    await example.click()

    await page.latest_card()
    assert [event.text for event in chat.listener.said()] == [words]
    await expect(page.examples).to_be_hidden()


async def test_a_pressed_button_brings_the_next_card_and_takes_the_reader_there(
    page: WebPage, chat: RunningChat
) -> None:
    await page.ask("Can I add a parent?")

    await page.press("See 5.3(a)")

    card = page.log.get_by_role("article").filter(has_text="Here is the clause.")
    await expect(card).to_be_focused()
    assert [event.about for event in chat.listener.pressed()] == ["5.3(a)"]


async def test_a_card_that_is_replaced_stays_in_its_place(page: WebPage) -> None:
    await page.ask("Can I add a parent?")

    await page.press("Helpful")

    card = await page.latest_card()
    await expect(card).to_contain_text("I have noted that this helped")
    await expect(card).to_be_focused()
    await expect(page.turns).to_have_count(1)


async def test_an_impatient_double_click_presses_once(page: WebPage, chat: RunningChat) -> None:
    await page.ask("Can I add a parent?")
    chat.listener.slow = 0.5

    await page.log.get_by_role("button", name="See 5.4").dblclick()

    await expect(page.log.get_by_role("article").last).to_contain_text("Here is the clause.")
    assert len(chat.listener.pressed()) == 1


async def test_everything_works_from_the_keyboard(page: WebPage, chat: RunningChat) -> None:
    keys = page.page.keyboard

    await keys.press("Tab")  # Skip to your question
    await keys.press("Enter")
    await keys.type("Can I add")
    await keys.press("Shift+Enter")
    await keys.type("a parent?")
    await keys.press("Enter")
    card = await page.latest_card()
    while not await card.get_by_role("button", name="See 5.4").evaluate("it => it === document.activeElement"):
        await keys.press("Shift+Tab")
    await keys.press("Enter")
    await expect(page.log.get_by_role("article").last).to_be_focused()

    assert [event.text for event in chat.listener.said()] == ["Can I add\na parent?"]
    assert [event.about for event in chat.listener.pressed()] == ["5.4"]


async def test_the_picker_works_from_the_keyboard_and_gives_the_focus_back(page: WebPage) -> None:
    keys = page.page.keyboard
    dialog = page.page.get_by_role("dialog", name="Who are you today?")

    await page.you.press("Enter")
    await expect(dialog.get_by_role("button", name=PRIYA.name)).to_be_focused()
    await keys.press("Escape")

    await expect(dialog).to_be_hidden()
    await expect(page.you).to_be_focused()


async def test_another_person_starts_a_new_conversation(page: WebPage, chat: RunningChat) -> None:
    await page.ask("Can I add a parent?")

    await page.become(SAM.name)

    await expect(page.log).to_contain_text("You are now Sam Okoro. This is a new conversation.")
    await expect(page.log).not_to_contain_text("Can I add a parent?")
    await expect(page.log).to_contain_text("Hello. Ask me what the policy says.")
    await expect(page.you).to_contain_text("Headteacher, Elm Bank Primary")
    await expect(page.question).to_be_focused()
    await page.ask("Can I add a pupil?")
    assert [event.actor.user for event in chat.listener.said()] == [PRIYA.user, SAM.user]


async def test_an_answer_for_the_person_before_is_not_shown_to_the_next(page: WebPage, chat: RunningChat) -> None:
    chat.listener.slow = 0.5
    await page.question.fill("Can I add a parent?")
    await page.question.press("Enter")

    await page.become(SAM.name)

    await expect(page.log).to_contain_text("Hello. Ask me what the policy says.")
    await expect(page.log).not_to_contain_text("Not allowed")


async def test_a_slow_answer_says_that_the_policy_is_being_read(page: WebPage, chat: RunningChat) -> None:
    chat.listener.slow = 1.0

    await page.question.fill("Can I add a parent?")
    await page.question.press("Enter")

    await expect(page.turns.last).to_contain_text("Reading the policy")
    await page.latest_card()
    await expect(page.turns.last).not_to_contain_text("Reading the policy")


async def test_a_bot_that_went_away_loses_no_words_and_trying_again_repeats_the_same_event(
    page: WebPage, chat: RunningChat
) -> None:
    await chat.stop()
    await page.question.fill("Can I add a parent?")
    await page.question.press("Enter")
    again = page.log.get_by_role("button", name="Try again")
    await expect(again).to_be_focused()
    await expect(page.turns.last).to_contain_text("I cannot be reached just now. Your words are kept here.")
    await expect(page.turns.last).to_contain_text("Can I add a parent?")

    await chat.start()
    await again.click()

    await expect(await page.latest_card()).to_contain_text("Not allowed")
    await expect(again).to_be_hidden()
    first, second = page.posted
    assert first == second
    assert [event.text for event in chat.listener.said()] == ["Can I add a parent?"]


async def test_a_pressed_button_can_be_tried_again_too(page: WebPage, chat: RunningChat) -> None:
    await page.ask("Can I add a parent?")
    await chat.stop()
    await page.press("Helpful")
    again = page.log.get_by_role("button", name="Try again")
    await expect(again).to_be_visible()

    await chat.start()
    await again.click()

    await expect(page.log.get_by_role("article").last).to_contain_text("I have noted that this helped")
    await expect(again).to_be_hidden()


async def test_a_new_start_link_lets_an_open_page_go_on_where_it_was(page: WebPage, chat: RunningChat) -> None:
    await chat.stop()
    chat.token = "another-token"
    await chat.start()
    await page.question.fill("Can I add a parent?")
    await page.question.press("Enter")
    await expect(page.turns.last).to_contain_text("Open the link that the bot printed")

    other_tab = await page.page.context.new_page()
    await other_tab.goto(chat.link)
    await page.press("Try again")

    await expect(await page.latest_card()).to_contain_text("Not allowed")


async def test_a_fault_is_told_with_its_reference(page: WebPage, chat: RunningChat) -> None:
    chat.listener.broken = True
    await page.question.fill("Can I add a parent?")
    await page.question.press("Enter")
    await expect(page.turns.last).to_contain_text("Something went wrong on my side (reference ")

    chat.listener.broken = False
    await page.press("Try again")

    await expect(await page.latest_card()).to_contain_text("Not allowed")
    assert len({event.event_id for event in chat.listener.heard if isinstance(event, TextSent)}) == 1


async def test_hostile_words_are_shown_as_words_and_run_nothing(page: WebPage) -> None:
    card = await page.ask("a hostile message")
    await page.ask(f"{HOSTILE}<img src=x onerror=alert(1)>")

    assert await card.locator("p", has_text=HOSTILE).count() >= 3
    assert await page.log.locator("script, img, a, i, em").count() == 0
    assert await page.page.evaluate("document.querySelectorAll('script').length") == 1
    await expect(page.turns.last).to_contain_text("onerror=alert(1)")
    assert page.complaints == []


async def test_what_is_urgent_is_on_top_of_the_card(page: WebPage) -> None:
    card = await page.ask("an urgent answer")

    assert URGENT.urgent is not None
    assert (await card.inner_text()).startswith(URGENT.urgent.title)


async def test_on_a_phone_nothing_runs_off_the_side_and_the_keyboard_closes(
    browser: Browser, chat: RunningChat
) -> None:
    async with open_web_page(browser, chat.link, width=PHONE, touch=True) as page:
        for name in ("a hostile message", "a long message", "https://" + "endless" * 60):
            card = await page.ask(name)
        await expect(card).to_be_focused()

        assert await page.page.evaluate("document.documentElement.scrollWidth") <= PHONE


async def test_two_questions_in_a_row_are_answered_each_in_its_place(page: WebPage, chat: RunningChat) -> None:
    chat.listener.slow = 0.3
    for name in ("an urgent answer", "a question back"):
        await page.question.fill(name)
        await page.question.press("Enter")

    await expect(page.turns.nth(0).get_by_role("article")).to_contain_text("call 999")
    await expect(page.turns.nth(1).get_by_role("article")).to_contain_text("A question for you")
