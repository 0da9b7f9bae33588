"""The one way out: in order, patient, prompt, and none the worse for a platform that fails."""

from __future__ import annotations

from collections import deque
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.channels.base import GivenUp, TryAgain
from bot.outbox import Outbox
from handlers.outgoing import FIRST_WAIT, LEASE, Outgoings
from policy_kb.bot_words import SayKind
from policy_kb.words import Channel

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
GONE = "That answer is no longer kept. Please ask again."
NOTHING = "What would you like to know?"


async def test_what_is_said_to_one_place_arrives_in_the_order_it_was_said(
    outbox: Outbox, sender: FakeSender, queue: Callable[..., None], database_file: DatabaseFile
) -> None:
    for address in ("D1", "D2", "D1", "D1"):
        queue(address, [SayKind.HELP, SayKind.GONE, SayKind.NOTHING_ASKED][database_file.rows("outbox") % 3])

    tried = await outbox.send_due()

    assert tried == 4
    assert sender.arrived == {"D1": [HELP, NOTHING, HELP], "D2": [GONE]}
    assert set(database_file.column("outbox", "state")) == {"sent"}


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
    assert database_file.column("outbox", "state") == ["given_up"]


class ForgetsToRecord(Outgoings):
    """Stands for a crash between a send and its record: the first `sent` never reaches the database."""

    crashed = False

    def sent(self, outgoing: Outgoing, *, now: datetime, card: str = "") -> None:
        if not self.crashed:
            self.crashed = True
            raise SystemError("The machine went down.")
        super().sent(outgoing, now=now, card=card)


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

    assert sorted(database_file.column("outbox", "state")) == ["sending", "sent", "sent"]
