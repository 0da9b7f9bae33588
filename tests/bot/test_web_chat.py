"""What the web chat makes of a question, a button and a change of person, over real HTTP."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from bot.channels.base import GivenUp, Sent
from bot.channels.web.listen import VISITOR, WebChannel
from bot.secret import Secret
from handlers.inbound import Actor, Installed
from policy_kb.bot_words import Action
from policy_kb.words import Channel
from tests.bot.web_server import PEOPLE, PRIYA, SAM, GalleryListener, RunningChat, running_chat
from tests.clients.web_user import TurnedAwayError, open_web_user
from tests.gallery import ANSWER_NO
from tests.gallery_form import DECIDE, DECIDED

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.clients.web_user import WebUser


@pytest.fixture
async def chat() -> AsyncIterator[RunningChat]:
    async with running_chat() as running:
        yield running


@pytest.fixture
async def user(chat: RunningChat) -> AsyncIterator[WebUser]:
    async with open_web_user(chat.link) as opened:
        chat.listener.heard.clear()  # the greeting
        yield opened


async def test_a_question_comes_back_as_a_card_and_as_plain_text(user: WebUser, chat: RunningChat) -> None:
    (shown,) = await user.say("Can I add a parent?")

    (event,) = chat.listener.said()
    assert event.actor == Actor(channel=Channel.WEB, tenant="local", user=PRIYA.user)
    assert event.conversation.private
    assert event.reply_to == ""
    assert shown.html.startswith('<article class="card tone-no"')
    assert "5.4 Pupils' families (our plain words):" in shown.text


async def test_the_page_introduces_who_was_picked_and_a_visitor_without_an_address(
    user: WebUser, chat: RunningChat
) -> None:
    await user.say("Can I add a parent?")
    await user.become(VISITOR.user)

    emails = [person.email for person in chat.listener.introduced]
    assert (emails[0], emails[-1]) == (PRIYA.email, "")


async def test_a_button_comes_back_with_its_action_and_subject(user: WebUser, chat: RunningChat) -> None:
    await user.say("Can I add a parent?")

    (shown,) = await user.press("See 5.3(a)")

    (event,) = chat.listener.pressed()
    assert (event.action, event.about) == (Action.SEE_CLAUSE, "5.3(a)")
    assert event.conversation == chat.listener.said()[0].conversation
    assert not shown.replaces


async def test_a_message_that_replaces_its_card_says_so(user: WebUser) -> None:
    await user.say("Can I add a parent?")

    (shown,) = await user.press("Helpful")

    assert shown.replaces


async def test_the_same_event_sent_twice_carries_the_same_id(user: WebUser, chat: RunningChat) -> None:
    await user.say("Can I add a parent?", event_id="one")
    await user.say("Can I add a parent?", event_id="one")
    await user.say("Can I add a parent?", event_id="two")

    first, second, third = (event.event_id for event in chat.listener.said())
    assert first == second != third


async def test_two_browsers_cannot_repeat_each_others_events(user: WebUser, chat: RunningChat) -> None:
    await user.say("Can I add a parent?", event_id="one")
    await chat.stop()
    await chat.start()
    async with open_web_user(chat.link) as other:
        await other.say("Can I add a parent?", event_id="one")

    first, second = chat.listener.said()
    assert first.event_id != second.event_id
    assert first.conversation != second.conversation


async def test_another_person_is_another_actor_in_a_new_conversation(user: WebUser, chat: RunningChat) -> None:
    await user.say("Can I add a parent?")

    (greeting,) = await user.become(SAM.user)
    await user.say("Can I add a parent?")

    before, after = chat.listener.said()
    assert greeting.text == "Hello. Ask me what the policy says."
    assert (before.actor.user, after.actor.user) == (PRIYA.user, SAM.user)
    assert before.conversation != after.conversation


async def test_two_tabs_may_be_two_people_at_once(user: WebUser, chat: RunningChat) -> None:
    await user.become(SAM.user)
    user.person = PRIYA.user
    await user.say("From the other tab")

    assert chat.listener.said()[0].actor.user == PRIYA.user


async def test_the_page_remembers_who_was_picked_last(user: WebUser) -> None:
    await user.become(SAM.user)

    assert f'<b id="you-name">{SAM.name}</b>' in await user.page()


async def test_somebody_the_bot_does_not_know_can_ask_too(user: WebUser, chat: RunningChat) -> None:
    await user.become(VISITOR.user)
    await user.say("Can I add a parent?")

    assert chat.listener.said()[0].actor.user == VISITOR.user
    assert VISITOR.name in await user.page()


async def test_opening_the_page_twice_is_one_meeting(user: WebUser, chat: RunningChat) -> None:
    await user.page()
    await user.page()

    meetings = {event.event_id for event in chat.listener.heard if isinstance(event, Installed)}
    assert len(meetings) == 1


async def test_characters_that_no_database_takes_are_dropped_from_a_question(user: WebUser, chat: RunningChat) -> None:
    await user.say("May\x00 I\ud800 add\u202e a parent?\r\nThanks")

    assert chat.listener.said()[0].text == "May I add a parent?\nThanks"


async def test_a_fault_is_told_with_a_reference_and_logged_without_the_words(
    user: WebUser, chat: RunningChat, caplog: pytest.LogCaptureFixture
) -> None:
    chat.listener.broken = True

    with caplog.at_level(logging.DEBUG, logger="bot"), pytest.raises(TurnedAwayError) as told:
        await user.say("my secret question")

    (record,) = caplog.records
    reference = record.__dict__["reference"]
    assert told.value.status == 500
    assert told.value.says == (
        f"Something went wrong on my side (reference {reference}). Nothing was lost by asking again."
    )
    assert record.__dict__["fault"] == "RuntimeError"
    assert "secret" not in str(record.__dict__)


async def test_the_page_opens_even_when_the_greeting_breaks(user: WebUser, chat: RunningChat) -> None:
    chat.listener.broken = True

    assert "Your question" in await user.page()


async def test_a_restart_with_the_same_token_keeps_the_browser_let_in(user: WebUser, chat: RunningChat) -> None:
    await chat.stop()
    await chat.start()

    (shown,) = await user.say("Can I add a parent?")

    assert shown.text.startswith(ANSWER_NO.title)


async def test_a_restart_with_a_new_token_asks_for_the_new_link(user: WebUser, chat: RunningChat) -> None:
    await chat.stop()
    chat.token = "another-token"
    await chat.start()

    with pytest.raises(TurnedAwayError) as told:
        await user.say("Can I add a parent?")

    assert told.value.status == 401
    assert "link that the bot printed" in told.value.says


async def test_a_button_brings_what_stands_in_every_field_of_its_card(user: WebUser, chat: RunningChat) -> None:
    await user.say("a section at once")

    await user.press("Save the section", {"purpose": ["Revision\x00"], "audience": ["pupils", "public"], "go_live": []})

    (event,) = chat.listener.pressed()
    assert event.values == {"purpose": ("Revision",), "audience": ("pupils", "public"), "go_live": ()}


async def test_the_longest_answers_a_section_may_have_arrive(user: WebUser, chat: RunningChat) -> None:
    await user.say("a section at once")

    await user.press("Save the section", {f"answer_{number}": ["x" * 4_000] for number in range(40)})

    assert {len(text) for (text,) in chat.listener.pressed()[0].values.values()} == {4_000}


async def test_a_card_is_known_by_its_name(user: WebUser) -> None:
    (shown,) = await user.say("a card to decide on")

    assert shown.card == "12:head"
    assert ' data-card="12:head" ' in shown.html


async def test_whoever_opens_the_page_can_be_told_things_there_later(chat: RunningChat) -> None:
    async with open_web_user(chat.link):
        pass

    (met,) = chat.listener.heard
    assert isinstance(met, Installed)
    assert met.reaches == PRIYA.user


async def test_a_page_fetches_what_its_own_person_was_sent_and_from_where_it_left_off(
    user: WebUser, chat: RunningChat
) -> None:
    for person, message in ((PRIYA, DECIDE), (SAM, ANSWER_NO), (PRIYA, DECIDED)):
        chat.listener.tell(person, message)

    told = await user.news()
    since = await user.news(after=told[0].id)
    user.person = SAM.user
    told_to_sam = await user.news()

    assert [(shown.card, shown.replaces) for shown in told] == [("12:head", False), ("12:head", True)]
    assert [shown.id for shown in since] == [told[1].id]
    assert [shown.text.splitlines()[0] for shown in told_to_sam] == [ANSWER_NO.title]


async def test_where_there_is_no_news_the_page_asks_from_the_same_number_again(user: WebUser) -> None:
    body = {"after": 7}
    async with user.client.post(f"{user.base}/api/news", json=body, headers={"Origin": user.base}) as response:
        answer = await response.json()

    assert answer == {"messages": [], "last": 7}


async def test_a_fault_in_the_news_is_told_with_a_reference(user: WebUser, chat: RunningChat) -> None:
    chat.listener.broken = True

    with pytest.raises(TurnedAwayError) as told:
        await user.news()

    assert told.value.status == 500
    assert "reference" in told.value.says


async def test_a_message_for_later_waits_until_the_page_fetches_it() -> None:
    channel = WebChannel(GalleryListener(), PEOPLE, Secret("token"))

    assert await channel.send(PRIYA.user, DECIDE, key="of a row") == Sent(message_id="of a row")
    assert channel.card(PRIYA.user, "of a row") == channel.conversation(PRIYA.user) == PRIYA.user
    assert channel.is_healthy()


async def test_a_message_for_somebody_whom_no_page_can_be_is_given_up() -> None:
    channel = WebChannel(GalleryListener(), PEOPLE, Secret("token"))

    assert isinstance(await channel.send("somebody-who-left", DECIDE, key="of a row"), GivenUp)


def test_a_web_chat_without_a_token_does_not_start() -> None:
    with pytest.raises(ValueError, match="start token"):
        WebChannel(GalleryListener(), PEOPLE, Secret(""))
