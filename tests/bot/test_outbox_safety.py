"""The doubled send made rare, the endless one broken off, and what was given up told."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from bot.channels.base import GivenUp, TryAgain
from bot.outbox import Outbox
from handlers.outgoing import FIRST_WAIT, LEASE, LONGEST_WAIT, MOST_ATTEMPTS, Outgoings
from policy_kb.words import Channel
from storage.errors import DatabaseUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    import pytest

    from handlers.desk import Desk
    from handlers.outgoing import Outgoing
    from storage.database import Database
    from tests.fakes import FakeClock, FakeSender
    from tests.stage import DatabaseFile

HELP = "I answer questions about the Social Media Policy."


async def test_a_database_away_after_a_send_is_told_late_and_the_message_goes_once(
    database: Database, desk: Desk, sender: FakeSender, queue: Callable[..., None], clock: FakeClock
) -> None:
    outgoings = AwayForAMoment(database, desk)
    outbox = Outbox(outgoings, {Channel.SLACK: sender}, now=clock)
    queue("D1")

    await outbox.send_due()
    clock.advance(LEASE)
    again = await outbox.send_due()

    assert outgoings.refused == 2
    assert again == 0
    assert sender.arrived == {"D1": [HELP]}


class AwayForAMoment(Outgoings):
    """Stands for a database that is away just when a send is to be recorded."""

    refused = 0

    def sent(self, outgoing: Outgoing, *, now: datetime, card: str = "") -> None:
        if self.refused < 2:
            self.refused += 1
            raise DatabaseUnavailable("The database is away.")
        super().sent(outgoing, now=now, card=card)


async def test_a_send_that_never_ends_is_broken_off_and_tried_again(
    outbox: Outbox,
    sender: FakeSender,
    queue: Callable[..., None],
    database_file: DatabaseFile,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.outbox.SEND_WITHIN", 0.05)
    sender.takes = 60
    queue("D1")

    await outbox.send_due()

    (row,) = database_file.table("outbox")
    assert (row["state"], row["why"]) == ("pending", "TimeoutError")


async def test_every_try_of_a_message_bears_the_same_key(
    outbox: Outbox, sender: FakeSender, queue: Callable[..., None], clock: FakeClock
) -> None:
    queue("D1")
    queue("D2")
    sender.results = deque([TryAgain(why="busy"), TryAgain(why="busy")])

    for _ in range(2):
        await outbox.send_due()
        clock.advance(FIRST_WAIT * 1.3)

    assert sender.keys[:2] == sender.keys[2:]
    assert len(set(sender.keys)) == 2


async def test_the_log_names_what_was_given_up_and_why(
    outbox: Outbox,
    sender: FakeSender,
    queue: Callable[..., None],
    clock: FakeClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    queue("D1")
    queue("D2")
    sender.results = deque([GivenUp(why="the person left"), *[TryAgain(why="busy")] * MOST_ATTEMPTS])

    for _ in range(MOST_ATTEMPTS):
        await outbox.send_due()
        clock.advance(LONGEST_WAIT * 1.3)

    told = [vars(record) for record in caplog.records if "cannot be delivered" in record.message]
    assert [(record["outbox_row"], record["why"]) for record in told] == [(1, "the person left"), (2, "busy")]
