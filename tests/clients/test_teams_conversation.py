"""People talk to the bot in Teams, over real HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.channels.base import GivenUp, Introduction, Sent
from handlers.inbound import ButtonPressed, Installed, TextSent
from handlers.message import Audience, Button, Message
from policy_kb.bot_words import Action
from policy_kb.words import Channel
from tests.clients.teams_bot import HELLO, FakeListener, running_bot
from tests.clients.teams_peer import TeamsPeer
from tests.clients.teams_user import User

if TYPE_CHECKING:
    from handlers.inbound import Inbound

ANSWER = Message(
    title="No. Not on a personal account.",
    buttons=(Button(label="Share here", action=Action.SHARE, about="17"),),
)
SHARED = Message(title="Priya shares an answer.", audience=Audience.EVERYONE)


def answer_and_share(event: Inbound) -> tuple[Message, ...]:
    return (SHARED,) if isinstance(event, ButtonPressed) else (ANSWER,)


async def test_a_question_in_ones_own_chat_is_answered_there() -> None:
    listener = FakeListener()
    async with TeamsPeer() as teams, running_bot(teams, listener):
        priya = User(teams, "Priya")

        status = await priya.say("May I post a photograph?")

        assert status == 200
        assert HELLO.title in priya.reads()
        assert teams.calls[-1].endswith("/activities"), "a post of its own, not a reply to an invented activity"
        teams.check()
    event = listener.events[0]
    assert isinstance(event, TextSent)
    assert (event.text, event.conversation.private) == ("May I post a photograph?", True)
    assert event.actor.channel is Channel.TEAMS
    assert (event.actor.user, event.actor.tenant) == (priya.id, teams.tenant)
    assert event.actor.directory_id == priya.directory_id


async def test_a_question_in_a_channel_is_answered_to_the_person_alone_and_the_thread_says_so_once() -> None:
    listener = FakeListener(lambda _: (ANSWER, HELLO))
    async with TeamsPeer() as teams, running_bot(teams, listener):
        priya, thread = User(teams, "Priya"), teams.talk("19:general@thread.tacv2;messageid=1700", "channel")

        await priya.mention(thread, "may I add a parent?")

        assert ANSWER.title in priya.reads()
        assert HELLO.title in priya.reads()
        assert thread.cards() == []
        assert thread.texts() == ["I have answered you privately."]
        teams.check()
    event = listener.events[0]
    assert isinstance(event, TextSent)
    assert event.text == "may I add a parent?"
    assert event.conversation.private is False
    assert (event.conversation.id, event.conversation.thread) == ("19:general@thread.tacv2", "1700")


async def test_a_private_answer_can_be_shared_where_the_question_was_asked() -> None:
    listener = FakeListener(answer_and_share)
    async with TeamsPeer() as teams, running_bot(teams, listener):
        priya, thread = User(teams, "Priya"), teams.talk("19:general@thread.tacv2;messageid=1700", "channel")
        await priya.mention(thread, "may I add a parent?")

        await priya.press("Share here")
        await teams.until(thread.cards)

        assert SHARED.title in priya.reads(thread)
        assert priya.toasts == ["Done. Everyone in that conversation can read it now."]
        assert len(priya.sees()) == 1
        teams.check()
    press = listener.events[-1]
    assert isinstance(press, ButtonPressed)
    assert (press.conversation.id, press.conversation.thread) == ("19:general@thread.tacv2", "1700")
    assert press.conversation.private is False


async def test_nobody_can_share_into_a_conversation_by_changing_what_a_button_sends() -> None:
    listener = FakeListener(answer_and_share)
    async with TeamsPeer() as teams, running_bot(teams, listener):
        priya, mallory = User(teams, "Priya"), User(teams, "Mallory")
        thread = teams.talk("19:heads@thread.tacv2", "groupChat")
        await priya.mention(thread, "may I add a parent?")
        await mallory.say("hello")
        stolen = priya.sees()[0]["body"][-1]["actions"][0]["data"]["home"]
        mallory.sees()[0]["body"][-1]["actions"][0]["data"]["home"] = stolen

        await mallory.press("Share here")
        await teams.until(lambda: len(mallory.sees()) == 2)

        assert thread.cards() == []
        assert SHARED.title in mallory.reads()


async def test_the_address_of_a_shared_question_also_serves_an_answer_for_everyone() -> None:
    listener = FakeListener(lambda _: (SHARED,))
    async with TeamsPeer() as teams, running_bot(teams, listener):
        priya, group = User(teams, "Priya"), teams.talk("19:comms@thread.v2", "groupChat")

        await priya.mention(group, "what may we post?")

        assert SHARED.title in priya.reads(group)
        assert group.texts() == []
        assert priya.sees() == []


async def test_someone_who_cannot_be_reached_alone_is_told_so_without_their_answer() -> None:
    listener = FakeListener(lambda _: (ANSWER,))
    async with TeamsPeer() as teams, running_bot(teams, listener):
        priya = User(teams, "Priya", installed=False)
        group = teams.talk("19:comms@thread.v2", "groupChat")

        await priya.mention(group, "may I add a parent?")

        assert len(group.texts()) == 1
        assert "cannot reach you" in group.texts()[0]
        assert group.cards() == []
    assert [type(result) for result in listener.sent] == [GivenUp]


async def test_talk_in_a_group_that_is_not_to_the_bot_is_not_heard() -> None:
    listener = FakeListener()
    async with TeamsPeer() as teams, running_bot(teams, listener):
        priya, group = User(teams, "Priya"), teams.talk("19:comms@thread.v2", "groupChat")

        status, _ = await teams.deliver(priya.activity(group, type="message", text="lunch?"))

        assert status == 200
    assert listener.events == []


async def test_adding_the_app_is_one_welcome_though_teams_tells_it_twice() -> None:
    listener = FakeListener()
    async with TeamsPeer() as teams, running_bot(teams, listener):
        priya = User(teams, "Priya", installed=False)

        statuses = await priya.install()

        assert statuses == [200, 200]
        assert len(priya.sees()) == 1
    assert [type(event) for event in listener.events] == [Installed, Installed]
    assert len({event.event_id for event in listener.events}) == 1


async def test_the_same_activity_delivered_again_is_answered_once() -> None:
    listener = FakeListener()
    async with TeamsPeer() as teams, running_bot(teams, listener):
        priya = User(teams, "Priya")

        await priya.say("hello", id="act-1")
        await priya.say("hello", id="act-1")

        assert len(priya.sees()) == 1
    assert len({event.event_id for event in listener.events}) == 1


async def test_the_bot_can_learn_a_persons_address_from_the_roster() -> None:
    listener = FakeListener()
    async with TeamsPeer() as teams, running_bot(teams, listener):
        priya = User(teams, "Priya")

        await priya.say("hello")

    assert listener.introductions == [Introduction(email="priya@oakfield.example", directory_id=priya.directory_id)]


async def test_a_roster_that_does_not_know_the_person_leaves_the_directory_id() -> None:
    listener = FakeListener()
    async with TeamsPeer() as teams, running_bot(teams, listener):
        priya = User(teams, "Priya")
        teams.members.clear()

        await priya.say("hello")

        assert HELLO.title in priya.reads()
    assert listener.introductions == [Introduction(email="", directory_id=priya.directory_id)]


async def test_one_access_token_serves_many_answers() -> None:
    listener = FakeListener()
    async with TeamsPeer() as teams, running_bot(teams, listener):
        priya = User(teams, "Priya")

        for question in ("one", "two", "three"):
            await priya.say(question)

        assert len(priya.sees()) == 3
        assert teams.sign_ins == 1
    assert [type(result) for result in listener.sent] == [Sent, Sent, Sent]


async def test_everything_in_a_conversation_counts_together_whatever_was_asked() -> None:
    listener = FakeListener()
    async with TeamsPeer() as teams, running_bot(teams, listener) as channel:
        priya = User(teams, "Priya")
        await priya.say("one")
        await priya.say("two")
        first, second = (event.reply_to for event in listener.events[-2:])

        assert first != second
        assert channel.conversation(first) == channel.conversation(second) != ""
        assert channel.conversation("not an address") == "not an address"
