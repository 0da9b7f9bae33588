"""The one way out: in order, patient, prompt, and none the worse for a platform that fails."""

from __future__ import annotations

import asyncio
from collections import deque
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.channels.base import GivenUp, TryAgain
from bot.outbox import LOOK_AGAIN, Outbox
from handlers.outgoing import BATCH, FIRST_WAIT, LEASE, Outgoings
from policy_kb.words import Channel, SayKind
from storage.errors import DatabaseUnavailable
from storage.says import SayFacts
from tests.fakes import FakeSender

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from handlers.desk import Desk
    from handlers.outgoing import Outgoing
    from storage.database import Database
    from storage.outbox import OutboxRow
    from tests.fakes import FakeClock
    from tests.stage import DatabaseFile

HELP = "I answer questions about the Social Media Policy."
GONE = "That answer is no longer kept. Please ask again."
NOTHING = "What would you like to know?"


@pytest.fixture
def sender() -> FakeSender:
    return FakeSender()


@pytest.fixture
def outgoings(database: Database, desk: Desk) -> Outgoings:
    return Outgoings(database, desk)


@pytest.fixture
def outbox(outgoings: Outgoings, sender: FakeSender, clock: FakeClock) -> Outbox:
    return Outbox(outgoings, {Channel.SLACK: sender}, now=clock)


@pytest.fixture
def queue(database: Database, clock: FakeClock) -> Callable[..., None]:
    """Queue one thing to say for an address."""

    def put(address: str, kind: SayKind = SayKind.HELP, channel: Channel = Channel.SLACK) -> None:
        with database.begin() as uow:
            uow.outbox.put(SayFacts(kind=kind), channel, address, to=None, due_at=clock(), now=clock())

    return put


def states(database_file: DatabaseFile) -> list[str]:
    return [row["state"] for row in database_file.table("outbox")]


async def until(true: Callable[[], bool], *, seconds: float = 4.0) -> None:
    """Wait until something is so; fail where it is not in time."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - a fake and a file have no event to wait for
            await asyncio.sleep(0.01)


async def test_what_is_said_to_one_place_arrives_in_the_order_it_was_said(
    outbox: Outbox, sender: FakeSender, queue: Callable[..., None], database_file: DatabaseFile
) -> None:
    for address in ("D1", "D2", "D1", "D1"):
        queue(address, [SayKind.HELP, SayKind.GONE, SayKind.NOTHING_ASKED][database_file.rows("outbox") % 3])

    tried = await outbox.send_due()

    assert tried == 4
    assert sender.arrived == {"D1": [HELP, NOTHING, HELP], "D2": [GONE]}
    assert set(states(database_file)) == {"sent"}


async def test_a_platform_that_is_busy_is_tried_again_and_what_follows_waits_its_turn(
    outbox: Outbox,
    sender: FakeSender,
    queue: Callable[..., None],
    clock: FakeClock,
    database_file: DatabaseFile,
) -> None:
    queue("D1", SayKind.HELP)
    queue("D1", SayKind.GONE)
    sender.results = deque([TryAgain(why="busy")])

    await outbox.send_due()
    at_first = dict(sender.arrived)
    clock.advance(FIRST_WAIT * 1.3)
    await outbox.send_due()

    assert at_first == {}
    assert sender.arrived == {"D1": [HELP, GONE]}
    assert [row["attempts"] for row in database_file.table("outbox")] == [2, 1]


async def test_a_platforms_wish_to_wait_is_kept_to(
    outbox: Outbox, sender: FakeSender, queue: Callable[..., None], clock: FakeClock
) -> None:
    queue("D1")
    sender.results = deque([TryAgain(why="rate limited", after=timedelta(minutes=5))])

    await outbox.send_due()
    clock.advance(minutes=4, seconds=59)
    too_early = await outbox.send_due()
    clock.advance(minutes=2)
    await outbox.send_due()

    assert too_early == 0
    assert sender.arrived == {"D1": [HELP]}


async def test_what_can_never_arrive_is_closed_with_its_reason_and_not_tried_again(
    outbox: Outbox,
    sender: FakeSender,
    queue: Callable[..., None],
    clock: FakeClock,
    database_file: DatabaseFile,
) -> None:
    queue("D1")
    sender.results = deque([GivenUp(why="the person left")])

    await outbox.send_due()
    clock.advance(days=1)
    again = await outbox.send_due()

    assert again == 0
    (row,) = database_file.table("outbox")
    assert (row["state"], row["why"]) == ("given_up", "the person left")


async def test_a_channel_that_breaks_does_not_keep_the_others_waiting(
    outbox: Outbox,
    sender: FakeSender,
    queue: Callable[..., None],
    clock: FakeClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    queue("D1")
    queue("D2")
    sender.results = deque([RuntimeError("my secret question")])

    await outbox.send_due()
    at_first = dict(sender.arrived)
    clock.advance(FIRST_WAIT * 1.3)
    await outbox.send_due()

    assert at_first == {"D2": [HELP]}
    assert sender.arrived == {"D1": [HELP], "D2": [HELP]}
    assert "A fault of ours" in caplog.text
    assert "secret question" not in caplog.text


async def test_a_message_for_a_channel_that_is_not_set_up_here_is_given_up(
    outbox: Outbox, sender: FakeSender, queue: Callable[..., None], database_file: DatabaseFile
) -> None:
    queue("D1", channel=Channel.TEAMS)

    await outbox.send_due()

    assert sender.tried == []
    assert states(database_file) == ["given_up"]


class ForgetsToRecord(Outgoings):
    """Stands for a crash between a send and its record: the first `sent` never reaches the database."""

    crashed = False

    def sent(self, row: OutboxRow, *, now: datetime) -> None:
        if not self.crashed:
            self.crashed = True
            raise DatabaseUnavailable("The machine went down.")
        super().sent(row, now=now)


async def test_what_was_sent_but_not_recorded_goes_again_when_its_lease_ends_and_no_sooner(
    database: Database, desk: Desk, sender: FakeSender, queue: Callable[..., None], clock: FakeClock
) -> None:
    outbox = Outbox(ForgetsToRecord(database, desk), {Channel.SLACK: sender}, now=clock)
    queue("D1")

    arrived = []
    for step in (timedelta(), LEASE - timedelta(seconds=1), timedelta(seconds=1), LEASE * 2):
        clock.advance(step)
        await outbox.send_due()
        arrived.append(len(sender.arrived["D1"]))

    assert arrived == [1, 1, 2, 2]


async def test_one_record_that_fails_leaves_the_others_recorded(
    database: Database,
    desk: Desk,
    sender: FakeSender,
    queue: Callable[..., None],
    clock: FakeClock,
    database_file: DatabaseFile,
) -> None:
    outbox = Outbox(ForgetsToRecord(database, desk), {Channel.SLACK: sender}, now=clock)
    for address in ("D1", "D2", "D3"):
        queue(address)

    await outbox.send_due()

    assert sorted(states(database_file)) == ["sending", "sent", "sent"]


async def test_once_woken_it_sends_at_once(
    outbox: Outbox, sender: FakeSender, queue: Callable[..., None], database_file: DatabaseFile
) -> None:
    outbox.start()
    await asyncio.sleep(0.1)
    queue("D1")

    outbox.wake()
    await until(lambda: bool(sender.arrived), seconds=LOOK_AGAIN / 2)

    await outbox.stop()
    assert states(database_file) == ["sent"]


async def test_what_an_earlier_run_left_behind_goes_first_thing(
    outbox: Outbox, sender: FakeSender, queue: Callable[..., None]
) -> None:
    queue("D1")

    outbox.start()
    await until(lambda: bool(sender.arrived), seconds=LOOK_AGAIN / 2)

    await outbox.stop()
    assert sender.arrived == {"D1": [HELP]}


async def test_stopping_finishes_what_is_under_way_and_leaves_the_rest_for_the_next_start(
    outbox: Outbox, sender: FakeSender, queue: Callable[..., None], database_file: DatabaseFile
) -> None:
    for number in range(3 * BATCH):
        queue(f"D{number}")
    sender.takes = 0.3
    outbox.start()
    await until(lambda: len(sender.tried) > 0)

    await outbox.stop()

    assert not outbox.is_running()
    assert len(sender.arrived) == len(sender.tried) == BATCH
    assert states(database_file).count("sent") == BATCH
    assert states(database_file).count("pending") == 2 * BATCH


async def test_it_can_be_started_again_after_a_stop(
    outbox: Outbox, sender: FakeSender, queue: Callable[..., None]
) -> None:
    outbox.start()
    await outbox.stop()
    queue("D1")

    outbox.start()
    await until(lambda: bool(sender.arrived), seconds=LOOK_AGAIN / 2)
    await outbox.stop()

    assert sender.arrived == {"D1": [HELP]}


async def test_stopping_twice_or_before_the_start_does_no_harm(outbox: Outbox) -> None:
    await outbox.stop()
    outbox.start()
    running = outbox.is_running()

    await outbox.stop()
    await outbox.stop()

    assert running
    assert not outbox.is_running()


class AwayAtFirst(Outgoings):
    """Stands for a database that is away for one look."""

    looks = 0

    def claim(self, *, now: datetime) -> tuple[Outgoing, ...]:
        self.looks += 1
        if self.looks == 1:
            raise DatabaseUnavailable("The database is away.")
        return super().claim(now=now)


async def test_a_database_that_was_away_for_a_moment_does_not_end_the_outbox(
    database: Database, desk: Desk, sender: FakeSender, queue: Callable[..., None], clock: FakeClock
) -> None:
    outgoings = AwayAtFirst(database, desk)
    outbox = Outbox(outgoings, {Channel.SLACK: sender}, now=clock)
    queue("D1")
    outbox.start()
    await until(lambda: outgoings.looks == 1)
    still_running = outbox.is_running()

    outbox.wake()
    await until(lambda: bool(sender.arrived))

    await outbox.stop()
    assert still_running
