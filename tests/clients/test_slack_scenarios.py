"""Whole scenes between people in Slack and the bot, the same over signed HTTP and over Socket Mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.channels.base import Introduction
from handlers.inbound import ButtonPressed, Inbound, Installed, TextSent
from handlers.message import Audience, Button, Message
from policy_kb.bot_words import Action
from tests.clients.slack_stage import HTTP, SOCKET, Stage, slack_stage
from tests.gallery import ANSWER_NO, QUESTION_BACK, REPLACED

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SHARED = Message(title="Amira asked about families.", audience=Audience.EVERYONE)


@pytest.fixture(params=[HTTP, SOCKET])
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    async with slack_stage(request.param) as stage:
        yield stage


def answer_then_share(event: Inbound) -> tuple[Message, ...]:
    match event:
        case ButtonPressed(action=Action.SHARE):
            return (SHARED,)
        case ButtonPressed():
            return (REPLACED,)
        case _:
            return (ANSWER_NO,)


async def test_a_question_in_a_direct_message_is_answered_there(stage: Stage) -> None:
    amira = stage.peer.user("Amira")
    stage.dispatch.says = answer_then_share

    delivery = await amira.says("Can I be friends with a pupil's mum & <dad>?")
    await stage.send()

    answer = await amira.reads()
    (event,) = stage.dispatch.events
    assert isinstance(event, TextSent)
    assert event.text == "Can I be friends with a pupil's mum & <dad>?"
    assert event.conversation.private
    assert event.conversation.thread == ""
    assert answer.thread_ts == ""
    assert "See 5.4" in answer.labels
    assert delivery.acknowledged


async def test_a_question_in_a_thread_is_answered_in_that_thread(stage: Stage) -> None:
    amira = stage.peer.user("Amira")
    await amira.says("May I tweet?")
    await stage.send()
    first = await amira.reads()

    await amira.says("And at school?", thread=first.ts)
    await stage.send()

    assert stage.dispatch.events[1].conversation.thread == first.ts
    assert (await amira.reads()).thread_ts == first.ts


async def test_an_answer_to_a_mention_is_seen_by_the_person_who_asked_alone(stage: Stage) -> None:
    amira, ben = stage.peer.user("Amira"), stage.peer.user("Ben")
    staffroom = stage.peer.world.add_room("staffroom", amira.person, ben.person)
    stage.dispatch.says = answer_then_share

    await amira.mentions("may I befriend a parent?", room=staffroom)
    await stage.send()

    (event,) = stage.dispatch.events
    assert isinstance(event, TextSent)
    assert event.text == "may I befriend a parent?"
    assert not event.conversation.private
    assert (await amira.reads(staffroom)).labels[2] == "Share here"
    assert ben.sees(staffroom) == []


async def test_a_shared_answer_is_seen_by_all_under_the_question(stage: Stage) -> None:
    amira, ben = stage.peer.user("Amira"), stage.peer.user("Ben")
    staffroom = stage.peer.world.add_room("staffroom", amira.person, ben.person)
    stage.dispatch.says = answer_then_share
    await amira.mentions("may I befriend a parent?", room=staffroom)
    await stage.send()
    question = stage.peer.world.visible(ben.person.id, staffroom.id)[0]

    await amira.presses("Share here", room=staffroom)
    await stage.send()

    shared = await ben.reads(staffroom)
    asked, pressed = stage.dispatch.events
    assert shared.text == SHARED.title
    assert shared.thread_ts == question.ts
    assert pressed.conversation == asked.conversation


async def test_an_answer_to_a_mention_in_a_thread_shows_in_that_thread(stage: Stage) -> None:
    amira, ben = stage.peer.user("Amira"), stage.peer.user("Ben")
    staffroom = stage.peer.world.add_room("staffroom", amira.person, ben.person)
    await ben.mentions("first question", room=staffroom)
    question = stage.peer.world.visible(ben.person.id, staffroom.id)[0]

    await amira.mentions("and mine?", room=staffroom, thread=question.ts)
    await stage.send()

    assert (await amira.reads(staffroom)).thread_ts == question.ts


@pytest.mark.parametrize("text", ["may I tweet?", "", "what is a payload?"])
async def test_the_command_is_answered_for_its_author_alone(stage: Stage, text: str) -> None:
    amira, ben = stage.peer.user("Amira"), stage.peer.user("Ben")
    hall = stage.peer.world.add_room("hall", amira.person, ben.person, with_bot=False)

    await amira.runs(text, room=hall)
    await stage.send()

    (event,) = stage.dispatch.events
    assert isinstance(event, TextSent)
    assert event.text == text
    assert event.conversation.private
    assert not event.conversation.lasting
    assert (await amira.reads(hall)).text == "Noted."
    assert ben.sees(hall) == []


async def test_two_people_who_run_the_command_in_one_channel_have_two_conversations(stage: Stage) -> None:
    amira, ben = stage.peer.user("Amira"), stage.peer.user("Ben")
    hall = stage.peer.world.add_room("hall", amira.person, ben.person)

    await amira.runs("may I tweet?", room=hall)
    await ben.runs("what about photos?", room=hall)

    first, second = stage.dispatch.events
    assert first.conversation != second.conversation


async def test_a_pressed_button_comes_back_with_its_action_and_subject(stage: Stage) -> None:
    amira = stage.peer.user("Amira")
    stage.dispatch.says = lambda event: (
        (QUESTION_BACK,) if isinstance(event, TextSent) else (Message(title="Clear now."),)
    )
    await amira.says("may I post this?")
    await stage.send()
    await amira.reads()

    await amira.presses("The Academy's account")
    await stage.send()

    asked, pressed = stage.dispatch.events
    assert isinstance(pressed, ButtonPressed)
    assert (pressed.action, pressed.about) == (Action.CHOOSE, "17:official")
    assert pressed.actor == asked.actor
    assert pressed.conversation == asked.conversation
    assert (await amira.reads()).text == "Clear now."


async def test_a_message_that_replaces_takes_the_place_of_the_pressed_one(stage: Stage) -> None:
    amira = stage.peer.user("Amira")
    stage.dispatch.says = answer_then_share
    await amira.says("may I befriend a parent?")
    await stage.send()

    await amira.presses("Helpful")
    await stage.send()

    (only,) = amira.sees()
    assert only.text == REPLACED.title
    assert only.labels == []


async def test_a_message_only_one_person_sees_is_replaced_for_them_too(stage: Stage) -> None:
    amira = stage.peer.user("Amira")
    staffroom = stage.peer.world.add_room("staffroom", amira.person)
    stage.dispatch.says = answer_then_share
    await amira.mentions("may I befriend a parent?", room=staffroom)
    await stage.send()

    await amira.presses("Helpful", room=staffroom)
    await stage.send()

    (only,) = amira.sees(staffroom)
    assert only.text == REPLACED.title


async def test_one_persons_thanks_do_not_replace_what_everybody_reads(stage: Stage) -> None:
    amira, ben = stage.peer.user("Amira"), stage.peer.user("Ben")
    staffroom = stage.peer.world.add_room("staffroom", amira.person, ben.person)
    shared = Message(
        title="Shared.",
        audience=Audience.EVERYONE,
        buttons=(Button(label="Helpful", action=Action.HELPFUL, about="17"),),
    )
    stage.dispatch.says = lambda event: (shared,) if isinstance(event, TextSent) else (REPLACED,)
    await amira.mentions("may I?", room=staffroom)
    await stage.send()

    await ben.presses("Helpful", room=staffroom)
    await stage.send()

    assert [post.text for post in amira.sees(staffroom)] == ["Shared."]
    assert [post.text for post in ben.sees(staffroom)] == ["Shared.", REPLACED.title]


async def test_opening_the_conversation_counts_as_meeting_once(stage: Stage) -> None:
    amira = stage.peer.user("Amira")

    await amira.opens_messages(tab="home")
    await amira.opens_messages()
    await amira.opens_messages()

    (event,) = stage.dispatch.events
    assert isinstance(event, Installed)
    assert event.event_id == f"met:{stage.peer.world.team_id}:{amira.person.id}"


async def test_the_bot_does_not_listen_to_itself(stage: Stage) -> None:
    amira = stage.peer.user("Amira")
    stage.dispatch.says = answer_then_share
    await amira.says("may I tweet?")
    await stage.send()
    await amira.presses("Helpful")

    await stage.send()

    assert len(stage.dispatch.arrived) == 2


async def test_slack_introduces_a_person_by_their_address(stage: Stage) -> None:
    stage.dispatch.is_curious = True
    amira = stage.peer.user("Amira", email="amira@trust.example")

    await amira.says("hello")

    assert stage.dispatch.introductions == [Introduction(email="amira@trust.example")]


async def test_a_person_slack_does_not_introduce_is_heard_all_the_same(stage: Stage) -> None:
    stage.dispatch.is_curious = True
    amira = stage.peer.user("Amira")
    del stage.peer.world.people[amira.person.id]

    delivery = await amira.says("hello")

    assert delivery.acknowledged
    assert stage.dispatch.introductions == [Introduction()]
    assert len(stage.dispatch.events) == 1
