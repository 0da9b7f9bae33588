"""One event, one turn: in order within a conversation, at once across them, and kept before it is answered."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.channels.base import Introduction
from bot.dispatch import Dispatch
from bot.sample import load_sample_trust
from handlers.turn import Turns
from policy_kb.bot_words import SayKind
from policy_kb.words import Channel, PersonId
from storage.errors import StorageError
from storage.says import SayFacts
from tests.builders import a_conversation, a_press, a_text, an_actor, an_installation
from tests.stage import button

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.desk import Desk
    from handlers.inbound import Conversation, Inbound
    from handlers.message import Message
    from handlers.turn import Named
    from storage.database import Database
    from tests.fakes import FakeClock
    from tests.stage import DatabaseFile

PARENT = "Can I friend a parent on Facebook?"
PRIYA = Introduction(email="priya.sample@elm-academy.example")


@dataclass
class Wakes:
    """Counts how often the outbox was woken."""

    times: int = 0

    def __call__(self) -> None:
        self.times += 1


@dataclass
class Platform:
    """Introduces somebody, and remembers how often it was asked to."""

    says: Introduction = field(default_factory=Introduction)
    asked: int = 0
    fault: Exception | None = None

    async def introduce(self) -> Introduction:
        self.asked += 1
        await asyncio.sleep(0)
        if self.fault:
            raise self.fault
        return self.says


@pytest.fixture
def wakes() -> Wakes:
    return Wakes()


@pytest.fixture
def dispatch(turns: Turns, clock: FakeClock, wakes: Wakes) -> Dispatch:
    return Dispatch(turns, now=clock, wake_outbox=wakes)


class TurnsThatTakeTheirTime(Turns):
    """Real turns that note when each began and ended."""

    def __init__(self, database: Database, desk: Desk) -> None:
        super().__init__(database, desk)
        self.seen: list[str] = []

    def take(self, event: Inbound, named: Named | None, *, now: datetime) -> tuple[Message, ...]:
        self.seen.append(f"{event.event_id} begins")
        time.sleep(0.02)
        messages = super().take(event, named, now=now)
        self.seen.append(f"{event.event_id} ends")
        return messages


class TurnsThatMeet(Turns):
    """Real turns that each wait until two are under way at once."""

    def __init__(self, database: Database, desk: Desk) -> None:
        super().__init__(database, desk)
        self.both_here = threading.Barrier(2, timeout=10)

    def take(self, event: Inbound, named: Named | None, *, now: datetime) -> tuple[Message, ...]:
        self.both_here.wait()
        return super().take(event, named, now=now)


async def test_in_one_conversation_one_thing_is_done_after_the_other_as_they_came(
    database: Database, desk: Desk, clock: FakeClock, wakes: Wakes
) -> None:
    turns = TurnsThatTakeTheirTime(database, desk)
    dispatch = Dispatch(turns, now=clock, wake_outbox=wakes)
    events = [a_text(PARENT, event_id=str(number)) for number in range(5)]

    await asyncio.gather(*(dispatch.on_event(event) for event in events))

    assert turns.seen == [f"{number} {what}" for number in range(5) for what in ("begins", "ends")]


@pytest.mark.parametrize(
    "elsewhere",
    [a_conversation("D-tom"), a_conversation(tenant="T2")],
    ids=["another conversation", "the same name in another workspace"],
)
async def test_nobody_waits_for_somebody_elses_conversation(
    database: Database, desk: Desk, clock: FakeClock, wakes: Wakes, elsewhere: Conversation
) -> None:
    dispatch = Dispatch(TurnsThatMeet(database, desk), now=clock, wake_outbox=wakes)
    here = a_text(PARENT)
    there = a_text(PARENT, conversation=elsewhere, actor=an_actor("U-tom"))

    answers = await asyncio.gather(dispatch.on_event(here), dispatch.on_event(there))

    assert [len(messages) for messages in answers] == [1, 1]


async def test_a_conversation_that_went_quiet_costs_nothing(dispatch: Dispatch) -> None:
    await asyncio.gather(*(dispatch.on_event(a_text("hello", conversation=a_conversation(f"D{n}"))) for n in range(5)))

    assert len(dispatch._locks) == 0


async def test_a_platform_is_asked_who_somebody_is_only_once(dispatch: Dispatch, database: Database) -> None:
    platform = Platform(says=PRIYA)
    with database.begin() as uow:
        load_sample_trust(uow)

    for _ in range(3):
        await dispatch.on_event(a_text(PARENT), platform.introduce)

    with database.begin() as uow:
        known = uow.identities.find(an_actor().channel, an_actor().tenant, an_actor().user)
    assert platform.asked == 1
    assert known is not None
    assert known.person_id == "priya-sample"


async def test_somebody_who_was_not_found_is_looked_for_again_a_day_later(dispatch: Dispatch, clock: FakeClock) -> None:
    platform = Platform(says=Introduction(email="new@elm-academy.example"))

    asked = []
    for hours in (0, 23, 1, 1):
        clock.advance(hours=hours)
        await dispatch.on_event(a_text(PARENT), platform.introduce)
        asked.append(platform.asked)

    assert asked == [1, 1, 2, 2]


async def test_somebody_who_was_found_is_not_asked_about_again(
    dispatch: Dispatch, clock: FakeClock, database: Database
) -> None:
    platform = Platform(says=PRIYA)
    with database.begin() as uow:
        load_sample_trust(uow)

    await dispatch.on_event(a_text(PARENT), platform.introduce)
    clock.advance(days=100)
    await dispatch.on_event(a_text(PARENT), platform.introduce)

    assert platform.asked == 1


async def test_where_the_platform_cannot_say_who_it_is_the_event_comes_again(
    dispatch: Dispatch, database_file: DatabaseFile
) -> None:
    platform = Platform(fault=ConnectionError("the platform is away"))
    question = a_text(PARENT)

    with pytest.raises(ConnectionError):
        await dispatch.on_event(question, platform.introduce)
    kept = database_file.rows("inbox")
    platform.fault = None
    answer = await dispatch.on_event(question, platform.introduce)

    assert kept == 0
    assert len(answer) == 1


async def test_when_the_database_fails_nothing_is_kept_and_the_same_event_can_come_again(
    dispatch: Dispatch, database_file: DatabaseFile, wakes: Wakes
) -> None:
    question = a_text(PARENT, reply_to="D-priya")
    run(database_file, "CREATE TRIGGER full BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'no room'); END")

    with pytest.raises(StorageError):
        await dispatch.on_event(question)
    kept = {table: database_file.rows(table) for table in ("inbox", "answers", "outbox", "chat_identities")}
    woken_for_nothing = wakes.times
    run(database_file, "DROP TRIGGER full")
    await dispatch.on_event(question)

    assert set(kept.values()) == {0}
    assert woken_for_nothing == 0
    assert database_file.rows("outbox") == 1


async def test_the_turn_after_one_that_failed_is_taken(dispatch: Dispatch, database_file: DatabaseFile) -> None:
    run(database_file, "CREATE TRIGGER full BEFORE INSERT ON answers BEGIN SELECT RAISE(ABORT, 'no room'); END")
    with pytest.raises(StorageError):
        await dispatch.on_event(a_text(PARENT))
    run(database_file, "DROP TRIGGER full")

    assert len(await dispatch.on_event(a_text(PARENT))) == 1


async def test_the_outbox_is_woken_once_the_reply_waits_in_it(
    turns: Turns, clock: FakeClock, database_file: DatabaseFile
) -> None:
    waiting: list[int] = []
    dispatch = Dispatch(turns, now=clock, wake_outbox=lambda: waiting.append(database_file.rows("outbox")))

    returned = await dispatch.on_event(a_text(PARENT, reply_to="D-priya"))

    assert returned == ()
    assert waiting == [1]


async def test_where_the_reply_goes_back_in_the_same_breath_the_outbox_is_woken_for_everybody_else(
    dispatch: Dispatch, wakes: Wakes
) -> None:
    (answer,) = await dispatch.on_event(a_text(PARENT))
    (thanks,) = await dispatch.on_event(a_press(button(answer, "Helpful")))

    assert thanks.title.startswith("Thank you.")
    assert wakes.times == 2


async def test_news_are_fetched_for_whoever_asks(dispatch: Dispatch, database: Database, clock: FakeClock) -> None:
    page = an_actor("priya-sample", channel=Channel.WEB, tenant="local")
    with database.begin() as uow:
        load_sample_trust(uow)
    await dispatch.on_event(an_installation(actor=page), Platform(says=PRIYA).introduce)
    with database.begin() as uow:
        to = PersonId("priya-sample")
        uow.outbox.put(SayFacts(kind=SayKind.HELP), Channel.WEB, page.user, to=to, due_at=clock(), now=clock())
        (row,) = uow.outbox.claim(clock(), timedelta(minutes=1), 1)
        uow.outbox.sent(row, clock())

    ((number, _),) = await dispatch.news(page, after=0)

    assert await dispatch.news(page, after=number) == ()


def run(database_file: DatabaseFile, statement: str) -> None:
    with closing(sqlite3.connect(database_file.path)) as connection, connection:
        connection.execute(statement)
