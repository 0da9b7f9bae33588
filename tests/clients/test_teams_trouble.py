"""Teams refuses, is slow or is away; and something of ours breaks."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from aiohttp import ClientTimeout

from bot.channels.base import GivenUp, Sent, TryAgain
from bot.channels.teams.errands import Errands
from bot.channels.teams.listen import TeamsChannel
from handlers.inbound import ButtonPressed, TextSent
from handlers.message import Button, Message
from policy_kb.bot_words import Action
from tests.clients.teams_bot import HELLO, FakeListener, config_for, running_bot
from tests.clients.teams_peer import TeamsPeer, Trouble
from tests.clients.teams_user import User

if TYPE_CHECKING:
    from handlers.inbound import Inbound

TYPED = "my own secret question"
KEY = "of a row"


async def address_of(teams: TeamsPeer, listener: FakeListener) -> str:
    """Return where an answer to Priya goes; the first hello is on her screen already."""
    await User(teams, "Priya").say("hello")
    event = listener.events[-1]
    assert isinstance(event, TextSent)
    return event.reply_to


@pytest.mark.parametrize("status", [412, 429, 500, 502, 503, 504])
async def test_what_teams_cannot_take_now_is_to_be_tried_again(status: int) -> None:
    listener = FakeListener()
    async with TeamsPeer() as teams, running_bot(teams, listener) as channel:
        address = await address_of(teams, listener)
        teams.trouble(Trouble(status=status))

        refused = await channel.send(address, HELLO, key=KEY)
        sent = await channel.send(address, HELLO, key=KEY)

    assert isinstance(refused, TryAgain)
    assert str(status) in refused.why
    assert isinstance(sent, Sent)


async def test_the_platforms_own_wish_to_wait_is_passed_on() -> None:
    listener = FakeListener()
    async with TeamsPeer() as teams, running_bot(teams, listener) as channel:
        address = await address_of(teams, listener)
        teams.trouble(Trouble(status=429, headers={"Retry-After": "7"}))
        teams.trouble(Trouble(status=429, headers={"Retry-After": "Wed, 25 Nov 2026 10:00:00 GMT"}))

        named = await channel.send(address, HELLO, key=KEY)
        dated = await channel.send(address, HELLO, key=KEY)

    assert isinstance(named, TryAgain)
    assert named.after == timedelta(seconds=7)
    assert isinstance(dated, TryAgain)
    assert dated.after is None


@pytest.mark.parametrize(
    ("status", "code"),
    [(403, "MessageWritesBlocked"), (404, "ConversationNotFound"), (400, "BadSyntax"), (413, "MessageSizeTooBig")],
)
async def test_someone_who_blocked_the_bot_or_left_is_given_up(status: int, code: str) -> None:
    listener = FakeListener()
    async with TeamsPeer() as teams, running_bot(teams, listener) as channel:
        address = await address_of(teams, listener)
        teams.trouble(Trouble(status=status, code=code))

        result = await channel.send(address, HELLO, key=KEY)

    assert isinstance(result, GivenUp)
    assert code in result.why


async def test_a_withdrawn_access_token_is_asked_for_anew() -> None:
    listener = FakeListener()
    async with TeamsPeer() as teams, running_bot(teams, listener) as channel:
        address = await address_of(teams, listener)
        teams.tokens.clear()

        refused = await channel.send(address, HELLO, key=KEY)
        sent = await channel.send(address, HELLO, key=KEY)

        assert isinstance(refused, TryAgain)
        assert isinstance(sent, Sent)
        assert teams.sign_ins == 2


async def test_a_platform_that_is_away_is_tried_again() -> None:
    listener = FakeListener()
    async with TeamsPeer() as teams, running_bot(teams, listener) as channel:
        address = await address_of(teams, listener)
        gone = address.replace(teams.service_url, "http://127.0.0.1:9/")

        result = await channel.send(gone, HELLO, key=KEY)

    assert isinstance(result, TryAgain)


async def test_a_platform_that_never_answers_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    listener = FakeListener()
    monkeypatch.setattr("bot.channels.teams.transport._TIMEOUT", ClientTimeout(total=0.2))
    async with TeamsPeer() as teams, running_bot(teams, listener) as channel:
        address = await address_of(teams, listener)
        teams.trouble(Trouble(status=200, wait=1.0))

        result = await channel.send(address, HELLO, key=KEY)

    assert isinstance(result, TryAgain)
    assert "Timeout" in result.why


async def test_a_redirect_is_not_followed() -> None:
    listener = FakeListener()
    async with TeamsPeer() as teams, running_bot(teams, listener) as channel:
        address = await address_of(teams, listener)
        teams.trouble(Trouble(status=307, headers={"Location": f"{teams.url}/elsewhere"}))

        result = await channel.send(address, HELLO, key=KEY)

        assert isinstance(result, GivenUp)
        assert not any("elsewhere" in call for call in teams.calls)


@pytest.mark.parametrize("address", ["", "{}", "[]", "null", '{"service_url": 7}', "nonsense"])
async def test_an_address_of_another_channel_is_given_up(address: str) -> None:
    async with TeamsPeer() as teams, running_bot(teams, FakeListener()) as channel:
        result = await channel.send(address, HELLO, key=KEY)

    assert isinstance(result, GivenUp)


async def test_a_sign_in_that_microsoft_refuses_is_seen_in_the_health() -> None:
    listener = FakeListener()
    async with TeamsPeer() as teams:
        teams.tenant = "bbbbbbbb-0000-0000-0000-00000000000b"
        async with running_bot(teams, listener) as channel:
            healthy = channel.is_healthy()

    assert not healthy


async def test_a_press_whose_update_is_refused_for_now_still_ends_with_the_new_card() -> None:
    done = Message(title="Thank you.", replaces=True)
    card = Message(title="Hello.", buttons=(Button(label="Helpful", action=Action.HELPFUL, about="1"),))
    listener = FakeListener(lambda event: (done,) if isinstance(event, ButtonPressed) else (card,))
    async with TeamsPeer() as teams, running_bot(teams, listener):
        priya = User(teams, "Priya")
        await priya.say("hello")
        teams.trouble(Trouble(status=429, headers={"Retry-After": "0"}, times=2))

        await priya.press("Helpful")
        await teams.until(lambda: "Thank you." in str(priya.own.cards()))

        assert priya.reads() == "Thank you."


async def test_a_fault_of_ours_is_told_with_a_reference_and_nothing_typed_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with TeamsPeer() as teams, running_bot(teams, FakeListener(broken)):
        priya = User(teams, "Priya")

        with caplog.at_level(logging.DEBUG):
            status = await priya.say(TYPED)

        said = priya.own.texts()
    reference = next(record.__dict__["reference"] for record in caplog.records if "reference" in record.__dict__)
    assert status == 200
    assert said == [f"Something went wrong on my side (reference {reference}). Nothing was lost by asking again."]
    assert TYPED not in caplog.text
    assert not any(TYPED in str(record.__dict__) for record in caplog.records)


async def test_a_fault_that_cannot_even_be_told_asks_teams_to_deliver_again() -> None:
    async with TeamsPeer() as teams, running_bot(teams, FakeListener(broken)):
        priya = User(teams, "Priya")
        teams.trouble(Trouble(status=502, times=9))

        status = await priya.say(TYPED)

    assert status == 503


async def test_the_channel_stops_twice_and_then_sends_nothing() -> None:
    listener = FakeListener()
    async with TeamsPeer() as teams, running_bot(teams, listener) as channel:
        address = await address_of(teams, listener)

        await channel.stop()
        await channel.stop()
        result = await channel.send(address, HELLO, key=KEY)

        assert isinstance(result, TryAgain)
        assert not channel.is_healthy()


async def test_what_is_under_way_is_finished_before_the_channel_stops() -> None:
    card = Message(title="Hello.", buttons=(Button(label="See 5.4", action=Action.SEE_CLAUSE, about="5.4"),))
    listener = FakeListener(lambda event: (HELLO,) if isinstance(event, ButtonPressed) else (card,))
    async with TeamsPeer() as teams, running_bot(teams, listener, answer_within=0.05) as channel:
        priya = User(teams, "Priya")
        await priya.say("hello")
        listener.thinks_for = 0.3

        await priya.press("See 5.4")
        await channel.stop()

        assert HELLO.title in priya.reads()


def broken(event: Inbound) -> tuple[Message, ...]:
    assert isinstance(event, TextSent)
    raise RuntimeError(event.text)


async def test_a_private_answer_that_cannot_go_out_now_is_tried_again_and_not_announced() -> None:
    listener = FakeListener()
    async with TeamsPeer() as teams, running_bot(teams, listener):
        priya, group = User(teams, "Priya"), teams.talk("19:comms@thread.v2", "groupChat")
        teams.trouble(Trouble(status=429, path="/v3/conversations", times=2))  # the roster, then the chat

        await priya.mention(group, "may we?")

        assert [type(result) for result in listener.sent] == [TryAgain]
        assert group.texts() == []


async def test_a_private_answer_counts_as_sent_though_its_announcement_fails() -> None:
    listener = FakeListener()
    async with TeamsPeer() as teams, running_bot(teams, listener):
        priya, group = User(teams, "Priya"), teams.talk("19:comms@thread.v2", "groupChat")
        teams.trouble(Trouble(status=502, path="19:comms@thread.v2/activities", times=9))

        await priya.mention(group, "may we?")

        assert [type(result) for result in listener.sent] == [Sent]
        assert HELLO.title in priya.reads()


async def test_a_fault_after_the_answer_to_a_press_is_told_as_a_message() -> None:
    card = Message(title="Hello.", buttons=(Button(label="See 5.4", action=Action.SEE_CLAUSE, about="5.4"),))
    listener = FakeListener(lambda event: late_fault(event) if isinstance(event, ButtonPressed) else (card,))
    async with TeamsPeer() as teams, running_bot(teams, listener, answer_within=0.05):
        priya = User(teams, "Priya")
        await priya.say("hello")
        listener.thinks_for = 0.2

        await priya.press("See 5.4")
        await teams.until(priya.own.texts)

        assert "Something went wrong on my side" in priya.own.texts()[0]


async def test_microsoft_being_away_at_the_start_is_seen_in_the_health() -> None:
    listener = FakeListener()
    async with TeamsPeer() as teams:
        metadata, login = teams.openid_metadata, teams.login
        config = config_for(teams)
        channel = TeamsChannel(config, listener, openid_metadata=f"{teams.url}/none", login="http://127.0.0.1:9")
        await channel.start()
        unwell = channel.is_healthy()
        await channel.stop()
        again = TeamsChannel(config, listener, openid_metadata=metadata, login=login)
        await again.start()
        well = again.is_healthy()
        await again.stop()

    assert (unwell, well) == (False, True)


async def test_work_without_end_does_not_keep_the_bot_from_stopping() -> None:
    errands = Errands()
    task = errands.begin(asyncio.sleep(60))

    await errands.finish(0.05)

    assert task.cancelled()


def late_fault(_: Inbound) -> tuple[Message, ...]:
    raise RuntimeError(TYPED)
