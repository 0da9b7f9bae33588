"""What waits to be sent: tried again with patience, given up in the end, and never in the way of the rest."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from handlers.outgoing import FIRST_WAIT, LATE, LEASE, LONGEST_WAIT, MOST_ATTEMPTS, Outgoings
from policy_kb.bot_words import SayKind
from policy_kb.words import Channel
from storage.says import SayFacts
from tests.builders import a_text

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.outgoing import Outgoing
    from storage.database import Database
    from tests.fakes import FakeClock
    from tests.stage import DatabaseFile, Talk

NO_JITTER = 0.0


@pytest.fixture
def outgoings(database: Database, desk: Desk) -> Outgoings:
    return Outgoings(database, desk)


def queue(database: Database, clock: FakeClock, *addresses: str, say: SayFacts | None = None) -> None:
    with database.begin() as uow:
        for address in addresses:
            uow.outbox.put(
                say or SayFacts(kind=SayKind.HELP), Channel.SLACK, address, to=None, due_at=clock(), now=clock()
            )


def the_one(outgoings: Outgoings, clock: FakeClock) -> Outgoing:
    (outgoing,) = outgoings.claim(now=clock())
    return outgoing


def test_what_was_sent_is_not_handed_out_again(outgoings: Outgoings, database: Database, clock: FakeClock) -> None:
    queue(database, clock, "D1")

    outgoings.sent(the_one(outgoings, clock), now=clock())

    clock.advance(days=1)
    assert outgoings.claim(now=clock()) == ()


def test_each_wait_is_twice_the_one_before_and_after_eight_tries_it_is_given_up(
    outgoings: Outgoings, database: Database, database_file: DatabaseFile, clock: FakeClock
) -> None:
    queue(database, clock, "D1")

    waits = []
    while claimed := outgoings.claim(now=clock()):
        outgoings.try_again(claimed[0].row, "busy", after=None, jitter=NO_JITTER, now=clock())
        waits.append(due_at(database_file) - clock())
        clock.instant = max(clock(), due_at(database_file))

    (row,) = database_file.table("outbox")
    assert waits[:-1] == [FIRST_WAIT * 2**n for n in range(MOST_ATTEMPTS - 1)]
    assert max(waits) <= LONGEST_WAIT
    assert row["state"] == "given_up"
    assert row["why"] == f"tried {MOST_ATTEMPTS} times; at last: busy"


def test_the_platforms_own_wish_to_wait_is_kept_to(
    outgoings: Outgoings, database: Database, database_file: DatabaseFile, clock: FakeClock
) -> None:
    queue(database, clock, "D1")

    outgoings.try_again(
        the_one(outgoings, clock).row, "rate limited", after=timedelta(minutes=20), jitter=NO_JITTER, now=clock()
    )

    assert due_at(database_file) == clock() + timedelta(minutes=20)
    clock.advance(minutes=19, seconds=59)
    assert outgoings.claim(now=clock()) == ()
    clock.advance(seconds=1)
    assert the_one(outgoings, clock).row.attempts == 2


@pytest.mark.parametrize("after", [None, timedelta(seconds=30)])
def test_jitter_makes_a_wait_longer_and_never_shorter(
    outgoings: Outgoings,
    database: Database,
    database_file: DatabaseFile,
    clock: FakeClock,
    after: timedelta | None,
) -> None:
    queue(database, clock, "D1")

    outgoings.try_again(the_one(outgoings, clock).row, "busy", after=after, jitter=0.2, now=clock())

    assert due_at(database_file) - clock() == (after or FIRST_WAIT) * 1.2


def test_what_was_claimed_and_never_reported_is_due_again_when_its_lease_ends(
    outgoings: Outgoings, database: Database, clock: FakeClock
) -> None:
    queue(database, clock, "D1")
    the_one(outgoings, clock)

    clock.advance(LEASE - timedelta(seconds=1))
    too_early = outgoings.claim(now=clock())
    clock.advance(seconds=1)

    assert too_early == ()
    assert the_one(outgoings, clock).row.attempts == 2


def test_what_can_never_arrive_is_closed_with_its_reason(
    outgoings: Outgoings, database: Database, database_file: DatabaseFile, clock: FakeClock
) -> None:
    queue(database, clock, "D1")

    outgoings.give_up(the_one(outgoings, clock).row, "the person left")

    (row,) = database_file.table("outbox")
    assert (row["state"], row["why"]) == ("given_up", "the person left")


def test_facts_this_version_cannot_read_do_not_hold_up_everybody_else(
    outgoings: Outgoings, talk: Talk, database: Database, database_file: DatabaseFile
) -> None:
    talk.take(a_text("Can I friend a parent on Facebook?", reply_to="D1"))
    queue(database, talk.clock, "D2")
    spoil_the_kept_answer(database_file)

    sent_to = [outgoing.row.address for outgoing in outgoings.claim(now=talk.clock())]

    assert sent_to == ["D2"]
    first, _ = database_file.table("outbox")
    assert first["state"] == "given_up"
    assert "Quillfeather" not in first["why"]


def test_a_message_late_by_minutes_counts_as_stuck(outgoings: Outgoings, database: Database, clock: FakeClock) -> None:
    queue(database, clock, "D1", "D2")
    outgoings.sent(outgoings.claim(now=clock())[0], now=clock())

    clock.advance(LATE - timedelta(seconds=1))
    not_yet = outgoings.standing(now=clock()).stuck
    clock.advance(seconds=1)

    assert not_yet == 0
    assert outgoings.standing(now=clock()).stuck == 1


def test_what_was_given_up_is_counted_until_midnight_in_london(
    outgoings: Outgoings, database: Database, clock: FakeClock
) -> None:
    clock.instant = datetime(2026, 9, 7, 21, 0, tzinfo=UTC)  # ten in the evening, in summer
    queue(database, clock, "D1", "D2", "D3")
    gone, gone_too, _waiting = outgoings.claim(now=clock())
    outgoings.give_up(gone.row, "the person left")
    outgoings.give_up(gone_too.row, "the person left")

    counts = []
    for minutes in (0, 115, 10):
        clock.advance(minutes=minutes)
        counts.append(outgoings.standing(now=clock()).given_up_today)

    assert counts == [2, 2, 0]


def test_what_was_put_off_untried_keeps_all_its_tries(
    outgoings: Outgoings, database: Database, clock: FakeClock
) -> None:
    queue(database, clock, "D1")

    for _ in range(3 * MOST_ATTEMPTS):
        outgoings.not_yet(the_one(outgoings, clock).row, until=clock() + timedelta(seconds=1))
        assert outgoings.claim(now=clock()) == ()
        clock.advance(seconds=1)

    assert the_one(outgoings, clock).row.attempts == 1


def test_every_try_of_a_message_bears_the_same_key_and_no_other_message_does(
    outgoings: Outgoings, database: Database, clock: FakeClock
) -> None:
    queue(database, clock, "D1", "D2")
    first = {outgoing.row.id: outgoing.key for outgoing in outgoings.claim(now=clock())}
    clock.advance(LEASE)

    second = {outgoing.row.id: outgoing.key for outgoing in outgoings.claim(now=clock())}

    assert first == second
    assert len(set(first.values())) == 2


def test_a_number_that_a_restored_backup_gives_again_does_not_bear_the_same_key(
    outgoings: Outgoings, database: Database, database_file: DatabaseFile, clock: FakeClock
) -> None:
    queue(database, clock, "D1")
    before = the_one(outgoings, clock)
    database_file.run("DELETE FROM outbox")
    database_file.run("DELETE FROM sqlite_sequence")
    clock.advance(days=1)
    queue(database, clock, "D1")

    after = the_one(outgoings, clock)

    assert before.row.id == after.row.id
    assert before.key != after.key


def due_at(database_file: DatabaseFile) -> datetime:
    (row,) = database_file.table("outbox")
    return datetime.fromisoformat(row["due_at"]).replace(tzinfo=UTC)


def spoil_the_kept_answer(database_file: DatabaseFile) -> None:
    """Write a verdict that no version of ours knows into the answers kept."""
    with closing(sqlite3.connect(database_file.path)) as connection, connection:
        connection.execute("""UPDATE answers SET facts = replace(facts, '"no"', '"Quillfeather"')""")
