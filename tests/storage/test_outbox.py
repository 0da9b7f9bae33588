from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event, Lock
from typing import TYPE_CHECKING

from policy_kb.bot_words import SayKind
from policy_kb.words import Channel
from storage import outbox
from storage.database import Database
from storage.people import PersonId
from storage.says import SayFacts
from tests.storage.builders import ENTRY, NOW, a_person, a_say, fill

if TYPE_CHECKING:
    from datetime import datetime

    from storage.outbox import OutboxRow

LEASE = timedelta(minutes=1)
MINUTE = timedelta(minutes=1)
SENDERS = 6
PAUSE = 0.002  # seconds, where nothing could be claimed: whoever looks all the time keeps the others from writing


def test_a_notice_to_somebody_who_left_still_goes_out_to_where_they_asked(database: Database) -> None:
    with database.begin() as work:
        fill(work, a_person("Priya"), a_person("Tom"))
        for name in ("priya", "tom"):
            work.outbox.put(a_say(name), Channel.SLACK, name, to=PersonId(name), due_at=NOW, now=NOW)

    with database.begin() as work:
        work.people.remove(PersonId("tom"), entry=ENTRY)

    assert [(row.say.about, row.to) for row in _claim(database, NOW)] == [("priya", "priya"), ("tom", None)]


def test_what_is_put_in_comes_out_as_it_was_with_its_lease(database: Database) -> None:
    say = SayFacts(kind=SayKind.SHARED, about="abc", audience="everyone", replaces=True)
    with database.begin() as work:
        work.outbox.put(say, Channel.TEAMS, "address", to=None, due_at=NOW, now=NOW - MINUTE)

    (row,) = _claim(database, NOW)

    assert (row.say, row.channel, row.address, row.attempts) == (say, Channel.TEAMS, "address", 1)
    assert (row.wanted_at, row.made_at) == (NOW, NOW - MINUTE)
    assert row.lease


def test_nothing_goes_out_before_its_time(database: Database) -> None:
    _put(database, "D1", "later", due_at=NOW + MINUTE)

    assert _claim(database, NOW) == ()
    assert len(_claim(database, NOW + MINUTE)) == 1


def test_what_is_being_sent_is_not_given_to_a_second_sender(database: Database) -> None:
    _put(database, "D1", "once")

    first = _claim(database, NOW)
    second = _claim(database, NOW + LEASE - timedelta(seconds=1))

    assert len(first) == 1
    assert second == ()


def test_when_a_sender_dies_the_next_one_gets_its_row_after_the_lease(database: Database) -> None:
    _put(database, "D1", "again")
    (lost,) = _claim(database, NOW)

    (found,) = _claim(database, NOW + LEASE)

    assert found.id == lost.id
    assert found.attempts == 2
    assert found.lease != lost.lease


def test_a_sender_that_was_only_slow_cannot_close_a_row_another_one_has(database: Database) -> None:
    _put(database, "D1", "again")
    (slow,) = _claim(database, NOW)
    (quick,) = _claim(database, NOW + LEASE)

    with database.begin() as work:
        assert not work.outbox.sent(slow, NOW + LEASE)
        assert not work.outbox.try_again(slow, NOW, "slow")
        assert not work.outbox.give_up(slow, "slow")
        assert work.outbox.sent(quick, NOW + LEASE)
        assert not work.outbox.sent(quick, NOW + LEASE)


def test_what_was_sent_or_given_up_never_goes_out_again(database: Database) -> None:
    _put(database, "D1", "sent")
    _put(database, "D2", "gone")
    sent, gone = _claim(database, NOW)
    with database.begin() as work:
        work.outbox.sent(sent, NOW)
        work.outbox.give_up(gone, "the person left")

    assert _claim(database, NOW + timedelta(days=1)) == ()


def test_a_refused_send_waits_as_long_as_the_platform_asks(database: Database) -> None:
    _put(database, "D1", "wait")
    (row,) = _claim(database, NOW)

    with database.begin() as work:
        assert work.outbox.try_again(row, NOW + 5 * MINUTE, "too many messages")

    assert _claim(database, NOW + 4 * MINUTE) == ()
    (again,) = _claim(database, NOW + 5 * MINUTE)
    assert again.attempts == 2


def test_a_person_reads_things_in_the_order_they_were_said(database: Database) -> None:
    _put(database, "D1", "first")
    _put(database, "D1", "second")
    _put(database, "D2", "to somebody else")

    first, elsewhere = _claim(database, NOW)
    with database.begin() as work:
        work.outbox.try_again(first, NOW + 5 * MINUTE, "later")
        work.outbox.sent(elsewhere, NOW)

    assert [row.say.about for row in (first, elsewhere)] == ["first", "to somebody else"]
    assert _claim(database, NOW + MINUTE) == ()  # the second waits behind the first
    assert _send_all(database, NOW + 5 * MINUTE) == ["first", "second"]


def test_a_reminder_for_friday_does_not_hold_up_a_reply_today(database: Database) -> None:
    _put(database, "D1", "on Friday", due_at=NOW + timedelta(days=4))
    _put(database, "D1", "today")

    (row,) = _claim(database, NOW)

    assert row.say.about == "today"


def test_the_same_address_on_two_platforms_is_two_places(database: Database) -> None:
    _put(database, "same", "slack")
    with database.begin() as work:
        work.outbox.put(a_say("teams"), Channel.TEAMS, "same", to=None, due_at=NOW, now=NOW)

    assert len(_claim(database, NOW)) == 2


def test_no_more_is_claimed_than_was_asked_for_and_the_longest_waiting_come_first(database: Database) -> None:
    for number in range(5):
        _put(database, f"D{number}", str(number), due_at=NOW - number * MINUTE)

    rows = _claim(database, NOW, limit=2)

    assert [row.say.about for row in rows] == ["4", "3"]


def test_what_keeps_failing_counts_as_stuck_however_often_it_was_tried(database: Database) -> None:
    _put(database, "D1", "failing")
    _put(database, "D2", "on Friday", due_at=NOW + timedelta(days=4))
    (row,) = _claim(database, NOW)

    with database.begin() as work:
        work.outbox.try_again(row, NOW + 30 * MINUTE, "the platform is down")

    with database.begin() as work:
        assert work.outbox.stuck(NOW + 4 * MINUTE, 5 * MINUTE) == 0
        assert work.outbox.stuck(NOW + 5 * MINUTE, 5 * MINUTE) == 1


def test_many_senders_at_once_never_take_the_same_row_and_leave_none(database: Database, url: str) -> None:
    with database.begin() as work:
        for number in range(60):
            work.outbox.put(a_say(str(number)), Channel.SLACK, f"D{number}", to=None, due_at=NOW, now=NOW)

    claimed = _race(database, url, limit=4)

    assert sorted(claimed, key=int) == [str(number) for number in range(60)]


def test_many_senders_at_once_still_keep_the_order_for_each_person(database: Database, url: str) -> None:
    with database.begin() as work:
        for number in range(24):
            work.outbox.put(a_say(str(number)), Channel.SLACK, f"D{number % 3}", to=None, due_at=NOW, now=NOW)

    sent = [int(about) for about in _race(database, url, limit=2)]

    assert len(sent) == 24
    for person in range(3):
        to_them = [number for number in sent if number % 3 == person]
        assert to_them == sorted(to_them)


def test_finding_what_is_due_does_not_grow_slower_with_all_that_was_sent(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    database.upgrade()

    with database._engine.begin() as connection:
        query = outbox._due(NOW, 10).compile(connection, compile_kwargs={"render_postcompile": True})
        steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", ("2026", 10, 0)).all()

    plan = " ".join(str(step) for step in steps)
    assert "ix_outbox_due" in plan
    assert "ix_outbox_turn" in plan
    database.close()


def _put(database: Database, address: str, about: str, *, due_at: datetime = NOW) -> None:
    with database.begin() as work:
        work.outbox.put(a_say(about), Channel.SLACK, address, to=None, due_at=due_at, now=NOW)


def _claim(database: Database, now: datetime, *, limit: int = 10) -> tuple[OutboxRow, ...]:
    with database.begin() as work:
        return work.outbox.claim(now, LEASE, limit)


def _send_all(database: Database, now: datetime) -> list[str]:
    """Send what is due, one batch after the other, and return what was said, in order."""
    said: list[str] = []
    while rows := _claim(database, now):
        with database.begin() as work:
            for row in rows:
                said.append(row.say.about)
                assert work.outbox.sent(row, now)
    return said


def _race(database: Database, url: str, *, limit: int) -> list[str]:
    """Let several senders empty the outbox at once; return what was said, in the order it was sent."""
    replicas = (database, Database(url), Database(url))
    said: list[str] = []
    one_at_a_time, failed = Lock(), Event()

    def send(number: int) -> None:
        try:
            empty(replicas[number % len(replicas)])
        except BaseException:
            failed.set()  # what it had claimed stays open, and the others would look for ever
            raise

    def empty(own: Database) -> None:
        while not failed.is_set() and _is_anything_open(own):
            claimed = _claim(own, NOW, limit=limit)
            for row in claimed:
                with one_at_a_time:
                    said.append(row.say.about)
                with own.begin() as work:
                    assert work.outbox.sent(row, NOW)
            if not claimed:
                failed.wait(PAUSE)

    with ThreadPoolExecutor(SENDERS) as pool:
        list(pool.map(send, range(SENDERS)))
    for replica in replicas[1:]:
        replica.close()
    return said


def _is_anything_open(database: Database) -> bool:
    with database.begin() as work:
        return work.outbox.stuck(NOW, timedelta(0)) > 0
