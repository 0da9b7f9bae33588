"""People press the buttons of cards in Teams."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest

from handlers.inbound import ButtonPressed
from handlers.message import Audience, Button, Message, Paragraph
from policy_kb.bot_words import Action
from tests.clients.teams_bot import FakeListener, running_bot
from tests.clients.teams_peer import TeamsPeer
from tests.clients.teams_user import User

if TYPE_CHECKING:
    from handlers.inbound import Inbound

ANSWER = Message(
    title="No. Not on a personal account.",
    buttons=(
        Button(label="See 5.4", action=Action.SEE_CLAUSE, about="5.4"),
        Button(label="Helpful", action=Action.HELPFUL, about="17"),
    ),
)
CLAUSE = Message(title="5.4 in full", blocks=(Paragraph(text="No contact."),))
NOTED = Message(title="Noted, without your name.")
THANKS = Message(title="Thank you. I have noted that this helped.", replaces=True)
FOR_ALL = Message(title="Answered for everyone.", replaces=True, audience=Audience.EVERYONE)
REPLIES = {Action.SEE_CLAUSE: (CLAUSE,), Action.HELPFUL: (THANKS,), Action.NOT_RIGHT: (FOR_ALL,)}


def reply(event: Inbound) -> tuple[Message, ...]:
    return REPLIES[event.action] if isinstance(event, ButtonPressed) else (ANSWER,)


async def test_a_press_that_replaces_changes_the_card_at_once_and_for_good() -> None:
    listener = FakeListener(reply)
    async with TeamsPeer() as teams, running_bot(teams, listener):
        priya = User(teams, "Priya")
        await priya.say("may I?")

        body = await priya.press("Helpful")
        await teams.until(lambda: THANKS.title in str(priya.own.cards()))

        assert body["type"] == "application/vnd.microsoft.card.adaptive"
        assert priya.reads() == THANKS.title
        assert len(priya.own.said) == 1
        teams.check()
    press = listener.events[-1]
    assert isinstance(press, ButtonPressed)
    assert (press.action, press.about, press.reply_to) == (Action.HELPFUL, "17", "")


async def test_a_press_that_adds_leaves_the_card_and_posts_the_rest_below() -> None:
    listener = FakeListener(reply)
    async with TeamsPeer() as teams, running_bot(teams, listener):
        priya = User(teams, "Priya")
        await priya.say("may I?")

        await priya.press("See 5.4")
        await teams.until(lambda: len(priya.sees()) == 2)

        assert priya.reads() == f"{ANSWER.title}\n{CLAUSE.title}\nNo contact."
        assert priya.toasts == ["Done. The answer is below."]
        teams.check()


async def test_a_word_of_thanks_stands_beside_the_card_and_is_not_posted_as_well() -> None:
    listener = FakeListener(lambda event: (NOTED,) if isinstance(event, ButtonPressed) else (ANSWER,))
    async with TeamsPeer() as teams, running_bot(teams, listener) as channel:
        priya = User(teams, "Priya")
        await priya.say("may I?")

        await priya.press("Helpful")
        await channel.stop()

        assert priya.toasts == [NOTED.title]
        assert priya.reads() == ANSWER.title


async def test_the_same_press_delivered_again_is_answered_alike_and_posts_nothing_more() -> None:
    listener = FakeListener(reply)
    async with TeamsPeer() as teams, running_bot(teams, listener):
        priya = User(teams, "Priya")
        await priya.say("may I?")

        first = await priya.press("See 5.4", id="press-1")
        second = await priya.press("See 5.4", id="press-1")
        await teams.until(lambda: len(priya.sees()) == 2)

        assert first == second
    assert len(priya.sees()) == 2


async def test_a_press_delivered_again_under_another_id_does_no_harm() -> None:
    listener = FakeListener(reply)
    async with TeamsPeer() as teams, running_bot(teams, listener):
        priya = User(teams, "Priya")
        await priya.say("may I?")
        pressed = priya.own.said[0]

        await priya.press("Helpful", id="press-1")
        await teams.until(lambda: THANKS.title in str(priya.own.cards()))
        again = priya.activity(priya.own, **invoke("helpful", "17"), replyToId=pressed["id"], id="press-2")
        status, body = await teams.deliver(again)

        assert status == 200
        assert body is not None
        assert THANKS.title in str(body["value"])
        assert priya.reads() == THANKS.title
        teams.check()


async def test_on_a_card_that_others_read_a_private_answer_goes_to_the_presser_alone() -> None:
    listener = FakeListener(lambda event: reply(event) if isinstance(event, ButtonPressed) else (shared(ANSWER),))
    async with TeamsPeer() as teams, running_bot(teams, listener):
        priya, group = User(teams, "Priya"), teams.talk("19:comms@thread.v2", "groupChat")
        await priya.mention(group, "may we?")

        await priya.press("See 5.4", group)
        await teams.until(priya.sees)
        await priya.press("Helpful", group)

        assert priya.reads() == f"{CLAUSE.title}\nNo contact."
        assert priya.reads(group) == ANSWER.title
        assert priya.toasts == ["Done. I have answered you privately.", THANKS.title]
        assert group.texts() == []
        teams.check()


async def test_a_shared_card_may_be_replaced_for_everyone() -> None:
    card = Message(
        title="Open question",
        audience=Audience.EVERYONE,
        buttons=(Button(label="Close it", action=Action.NOT_RIGHT, about="17"),),
    )
    listener = FakeListener(lambda event: reply(event) if isinstance(event, ButtonPressed) else (card,))
    async with TeamsPeer() as teams, running_bot(teams, listener):
        priya, group = User(teams, "Priya"), teams.talk("19:comms@thread.v2", "groupChat")
        await priya.mention(group, "may we?")

        await priya.press("Close it", group)
        await teams.until(lambda: FOR_ALL.title in str(group.cards()))

        assert priya.reads(group) == FOR_ALL.title
        teams.check()


async def test_an_answer_that_takes_long_follows_as_a_message() -> None:
    listener = FakeListener(reply)
    async with TeamsPeer() as teams, running_bot(teams, listener, answer_within=0.1):
        priya = User(teams, "Priya")
        await priya.say("may I?")
        listener.thinks_for = 0.4

        await priya.press("See 5.4")
        await teams.until(lambda: len(priya.sees()) == 2)

        assert priya.toasts == ["I am still working on it. The answer will follow as a message."]
        assert CLAUSE.title in priya.reads()


@pytest.mark.parametrize(
    "value",
    [
        None,
        "text",
        [],
        {},
        {"action": None},
        {"action": "helpful"},
        {"action": {"verb": "helpful"}},
        {"action": {"verb": 7, "data": {"about": "17"}}},
        {"action": {"verb": "helpful", "data": {"about": 17}}},
        {"action": {"verb": "helpful", "data": "about"}},
    ],
)
async def test_a_press_that_makes_no_sense_gets_an_error_body_and_no_server_error(value: object) -> None:
    listener = FakeListener(reply)
    async with TeamsPeer() as teams, running_bot(teams, listener):
        priya = User(teams, "Priya")

        status, body = await teams.deliver(
            priya.activity(priya.own, type="invoke", name="adaptiveCard/action", value=value)
        )

    assert status == 200
    assert body is not None
    assert (body["statusCode"], body["type"]) == (400, "application/vnd.microsoft.error")
    assert listener.events == []


@pytest.mark.parametrize(("verb", "about"), [("tea", "17"), ("helpful", "x" * 151), ("", "17")])
async def test_a_button_we_do_not_know_is_refused_politely(verb: str, about: str) -> None:
    listener = FakeListener(reply)
    async with TeamsPeer() as teams, running_bot(teams, listener):
        priya = User(teams, "Priya")

        status, body = await teams.deliver(priya.activity(priya.own, **invoke(verb, about)))

    assert status == 200
    assert body is not None
    assert body["type"] == "application/vnd.microsoft.activity.message"
    assert "ask your question again" in body["value"]
    assert listener.events == []


@pytest.mark.parametrize("home", ["x", "a.b", "W10=.00", "é.é", ".", 7, {}])
async def test_a_home_that_was_not_signed_is_left_aside(home: object) -> None:
    listener = FakeListener(reply)
    async with TeamsPeer() as teams, running_bot(teams, listener):
        priya = User(teams, "Priya")
        await priya.say("may I?")
        press = invoke("see_clause", "5.4", home=home)

        status, _ = await teams.deliver(priya.activity(priya.own, **press, replyToId=""))
        await teams.until(lambda: len(priya.sees()) == 2)

    assert status == 200
    assert listener.events[-1].conversation.private


async def test_another_kind_of_invoke_is_not_ours() -> None:
    async with TeamsPeer() as teams, running_bot(teams, FakeListener()):
        priya = User(teams, "Priya")

        status, _ = await teams.deliver(priya.activity(priya.own, type="invoke", name="task/fetch", value={}))

    assert status == 501


async def test_a_fault_of_ours_is_told_to_the_presser_with_a_reference(
    caplog: pytest.LogCaptureFixture,
) -> None:
    listener = FakeListener(lambda event: broken(event) if isinstance(event, ButtonPressed) else (ANSWER,))
    async with TeamsPeer() as teams, running_bot(teams, listener):
        priya = User(teams, "Priya")
        await priya.say("may I?")

        with caplog.at_level(logging.INFO):
            await priya.press("Helpful")

    reference = caplog.records[-1].__dict__["reference"]
    assert f"(reference {reference})" in priya.toasts[0]
    assert "what somebody typed" not in caplog.text


def broken(_: Inbound) -> tuple[Message, ...]:
    raise RuntimeError("what somebody typed")


def invoke(verb: str, about: str, **data: object) -> dict[str, Any]:
    action = {"type": "Action.Execute", "verb": verb, "data": {"about": about, **data}}
    return {"type": "invoke", "name": "adaptiveCard/action", "value": {"action": action}}


def shared(message: Message) -> Message:
    return Message(title=message.title, buttons=message.buttons, audience=Audience.EVERYONE)
