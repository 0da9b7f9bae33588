"""The outbox's life: prompt when woken, orderly when stopped, none the worse for a database that was away."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.outbox import LOOK_AGAIN, Outbox
from handlers.outgoing import BATCH, Outgoings
from policy_kb.words import Channel
from storage.errors import DatabaseUnavailable
from tests.stage import until

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from handlers.desk import Desk
    from handlers.outgoing import Outgoing
    from storage.database import Database
    from tests.fakes import FakeClock, FakeSender
    from tests.stage import DatabaseFile

HELP = "I answer questions about the Social Media Policy."


async def test_once_woken_it_sends_at_once(
    outbox: Outbox, sender: FakeSender, queue: Callable[..., None], database_file: DatabaseFile
) -> None:
    outbox.start()
    await asyncio.sleep(0.1)
    queue("D1")

    outbox.wake()
    await until(lambda: bool(sender.arrived), seconds=LOOK_AGAIN / 2)

    await outbox.stop()
    assert database_file.column("outbox", "state") == ["sent"]


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
    assert database_file.column("outbox", "state").count("sent") == BATCH
    assert database_file.column("outbox", "state").count("pending") == 2 * BATCH


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
