"""People fill in cards in Teams, and a card that several people have changes for all of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.channels.base import GivenUp, Sent
from bot.channels.teams.inputs import MAX_LETTERS
from bot.channels.teams.press import TOO_LONG
from handlers.inbound import ButtonPressed, TextSent
from handlers.message import Audience, Message
from policy_kb.bot_words import Action
from tests.clients.teams_bot import FakeListener, running_bot
from tests.clients.teams_peer import TeamsPeer, Trouble
from tests.clients.teams_user import User
from tests.gallery_form import DATE, DECIDE, DECIDED, PEOPLE, SECTION, TICKS

if TYPE_CHECKING:
    from bot.channels.teams.listen import TeamsChannel
    from handlers.inbound import Inbound

SAVED = Message(title="Saved: our own pupils, our staff.", replaces=True)
NEXT = {"12:audience": DATE, "12:go_live": PEOPLE}


def decide(event: Inbound) -> tuple[Message, ...]:
    """Show everybody who writes the card to decide on; a decision locks it."""
    return (DECIDED,) if isinstance(event, ButtonPressed) else (DECIDE,)


def ask(event: Inbound) -> tuple[Message, ...]:
    """Ask question after question, as a form does."""
    return (SAVED, NEXT[event.about]) if isinstance(event, ButtonPressed) else (TICKS,)


def cards_sent(listener: FakeListener, channel: TeamsChannel) -> list[str]:
    """Return, for each message sent so far, the address at which another takes its place."""
    asked = [event.reply_to for event in listener.events if isinstance(event, TextSent)]
    told = [result.message_id for result in listener.sent if isinstance(result, Sent)]
    return [channel.card(address, message_id) for address, message_id in zip(asked, told, strict=True)]


async def test_a_decision_comes_with_its_comment_and_changes_the_card_in_its_place() -> None:
    listener = FakeListener(decide)
    async with TeamsPeer() as teams, running_bot(teams, listener):
        jo = User(teams, "Jo")
        await jo.say("what waits for me?")

        body = await jo.press("Approve", fills={"Your comment": "Yes.\nKeep comments off."})
        await teams.until(lambda: DECIDED.title in str(jo.own.cards()))

        assert DECIDED.title in str(body["value"])
        assert jo.reads() == DECIDED.title
        assert len(jo.own.said) == 1
        teams.check()
    press = listener.events[-1]
    assert isinstance(press, ButtonPressed)
    assert (press.action, press.about) == (Action.APPROVE, "12:head:2")
    assert press.values == {"comment": ("Yes.\nKeep comments off.",)}


async def test_an_approval_needs_no_comment() -> None:
    listener = FakeListener(decide)
    async with TeamsPeer() as teams, running_bot(teams, listener):
        jo = User(teams, "Jo")
        await jo.say("what waits for me?")

        await jo.press("Approve")

    press = listener.events[-1]
    assert isinstance(press, ButtonPressed)
    assert press.values == {"comment": ()}


async def test_everything_filled_in_on_a_long_card_comes_back() -> None:
    listener = FakeListener(lambda event: (SAVED,) if isinstance(event, ButtonPressed) else (SECTION,))
    async with TeamsPeer() as teams, running_bot(teams, listener):
        priya = User(teams, "Priya")
        await priya.say("the whole section")

        await priya.press(
            "Save the section",
            fills={
                "Aims": "",
                "Audience (needed)": ("Our own pupils", "Everybody"),
                "Line manager": ("Person 44 Sample",),
                "First day": "2027-01-11",
            },
        )

    press = listener.events[-1]
    assert isinstance(press, ButtonPressed)
    assert press.values == {
        "purpose": ("Revision help",),
        "aims": (),
        "audience": ("pupils", "public"),
        "audience_schools": (),
        "moderators": (),
        "host": ("academy",),
        "line_manager": ("person-44-sample",),
        "go_live": ("2027-01-11",),
    }


async def test_an_answered_question_becomes_a_short_line_and_the_next_one_stands_below() -> None:
    listener = FakeListener(ask)
    async with TeamsPeer() as teams, running_bot(teams, listener):
        priya = User(teams, "Priya")
        await priya.say("start the form")

        await priya.press(
            "Save and go on", fills={"Audience (needed) – Take everybody who can read it.": ("Our staff",)}
        )
        await teams.until(lambda: len(priya.own.said) == 2)
        await priya.press("Save and go on", fills={"First day (needed)": "2027-02-01"})
        await teams.until(lambda: len(priya.own.said) == 3)

        titles = [line for line in priya.reads().splitlines() if line in (SAVED.title, PEOPLE.title)]
        assert titles == [SAVED.title, SAVED.title, PEOPLE.title]
        assert [card["body"][0] for card in priya.own.cards()] == [card["body"][0] for card in priya.sees()]
        assert priya.toasts == []
        teams.check()


async def test_a_card_is_changed_before_the_next_one_is_posted() -> None:
    listener = FakeListener(ask)
    async with TeamsPeer() as teams, running_bot(teams, listener):
        priya = User(teams, "Priya")
        await priya.say("start the form")
        teams.calls.clear()

        await priya.press("Save and go on")
        await teams.until(lambda: len(priya.own.said) == 2)

        assert [call.split()[0] for call in teams.calls if "/activities" in call] == ["PUT", "POST"]


async def test_a_card_that_two_people_have_is_locked_for_both() -> None:
    listener = FakeListener(decide)
    async with TeamsPeer() as teams, running_bot(teams, listener) as channel:
        jo, sam = User(teams, "Jo"), User(teams, "Sam")
        await jo.say("what waits for me?")
        await sam.say("and for me?")

        results = [await channel.send(card, DECIDED, key="row") for card in cards_sent(listener, channel)]

        assert all(isinstance(result, Sent) for result in results)
        assert (jo.reads(), sam.reads()) == (DECIDED.title, DECIDED.title)
        assert (len(jo.own.said), len(sam.own.said)) == (1, 1)
        teams.check()


async def test_a_card_that_is_gone_is_told_in_a_new_message() -> None:
    listener = FakeListener(decide)
    async with TeamsPeer() as teams, running_bot(teams, listener) as channel:
        jo = User(teams, "Jo")
        await jo.say("what waits for me?")
        jo.own.said.clear()

        result = await channel.send(cards_sent(listener, channel)[0], DECIDED, key="row")

        assert jo.reads() == DECIDED.title
        assert result == Sent(message_id=jo.own.said[0]["id"])


async def test_a_card_nobody_may_change_is_not_posted_again() -> None:
    listener = FakeListener(decide)
    async with TeamsPeer() as teams, running_bot(teams, listener) as channel:
        jo = User(teams, "Jo")
        await jo.say("what waits for me?")
        teams.trouble(Trouble(status=403, code="MessageWritesBlocked"))

        result = await channel.send(cards_sent(listener, channel)[0], DECIDED, key="row")

        assert isinstance(result, GivenUp)
        assert len(jo.own.said) == 1


async def test_a_card_that_went_to_a_persons_own_chat_is_changed_there() -> None:
    listener = FakeListener(decide)
    async with TeamsPeer() as teams, running_bot(teams, listener) as channel:
        jo, group = User(teams, "Jo"), teams.talk("19:comms@thread.v2", "groupChat")
        await jo.mention(group, "what waits for me?")
        said_in_group = len(group.said)

        await channel.send(cards_sent(listener, channel)[0], DECIDED, key="row")

        assert jo.reads() == DECIDED.title
        assert len(jo.own.said) == 1
        assert len(group.said) == said_in_group


async def test_a_card_that_a_group_has_is_changed_in_the_group() -> None:
    shown, locked = (replace(each, audience=Audience.EVERYONE) for each in (DECIDE, DECIDED))
    listener = FakeListener(lambda _: (shown,))
    async with TeamsPeer() as teams, running_bot(teams, listener) as channel:
        jo, group = User(teams, "Jo"), teams.talk("19:comms@thread.v2", "groupChat")
        await jo.mention(group, "show us")

        await channel.send(cards_sent(listener, channel)[0], locked, key="row")

        assert jo.reads(group) == DECIDED.title
        assert jo.sees() == []


async def test_a_message_that_does_not_replace_leaves_the_card_alone() -> None:
    listener = FakeListener(decide)
    async with TeamsPeer() as teams, running_bot(teams, listener) as channel:
        jo = User(teams, "Jo")
        await jo.say("what waits for me?")

        await channel.send(cards_sent(listener, channel)[0], PEOPLE, key="row")

        assert len(jo.own.said) == 2


@pytest.mark.parametrize(("address", "message_id"), [("", "said-1"), ("slack:D1", "said-1"), ("{}", "said-1")])
async def test_an_address_of_another_channel_names_no_card(address: str, message_id: str) -> None:
    async with TeamsPeer() as teams, running_bot(teams, FakeListener()) as channel:
        assert channel.card(address, message_id) == ""


async def test_a_text_that_is_too_long_is_told_to_the_writer_and_nothing_is_done() -> None:
    listener = FakeListener(decide)
    async with TeamsPeer() as teams, running_bot(teams, listener):
        jo = User(teams, "Jo")
        await jo.say("what waits for me?")
        data = {"about": "12:head:2", "fields": "text_comment", "text_comment": "x" * (MAX_LETTERS + 1)}
        action = {"type": "Action.Execute", "verb": "approve", "data": data}

        press = jo.activity(jo.own, type="invoke", name="adaptiveCard/action", value={"action": action})
        status, body = await teams.deliver(press)

    assert status == 200
    assert body == {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": TOO_LONG}
    assert not any(isinstance(event, ButtonPressed) for event in listener.events)


async def test_a_field_that_holds_no_text_gets_an_error_body_and_no_server_error() -> None:
    listener = FakeListener(decide)
    async with TeamsPeer() as teams, running_bot(teams, listener):
        jo = User(teams, "Jo")
        data = {"about": "12:head:2", "fields": "text_comment", "text_comment": {"a": 1}}
        action = {"type": "Action.Execute", "verb": "approve", "data": data}

        press = jo.activity(jo.own, type="invoke", name="adaptiveCard/action", value={"action": action})
        status, body = await teams.deliver(press)

    assert status == 200
    assert body is not None
    assert body["statusCode"] == 400
    assert listener.events == []
