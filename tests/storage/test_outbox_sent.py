"""What a page that cannot be called reads later: what was sent to one person, in the order it was sent."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from policy_kb.words import Channel, PersonId
from storage.says import SayFacts
from storage.tables import OutboxState
from tests.storage.builders import NOW, a_person, a_say, fill

if TYPE_CHECKING:
    from datetime import datetime

    from storage.database import Database
    from storage.unit_of_work import UnitOfWork

LEASE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
PRIYA = PersonId("priya")


@pytest.fixture(autouse=True)
def _people(database: Database) -> None:
    with database.begin() as work:
        fill(work, a_person("Priya"), a_person("Tom"))


def _put(work: UnitOfWork, about: str, *, to: str = "priya", address: str = "priya", due_at: datetime = NOW) -> None:
    work.outbox.put(a_say(about), Channel.WEB, address, to=PersonId(to), due_at=due_at, now=NOW)


def _send_all(work: UnitOfWork, at: datetime) -> None:
    while rows := work.outbox.claim(at, LEASE, 10):
        for row in rows:
            work.outbox.sent(row, at)


def _told(work: UnitOfWork, *, after: int = 0, most: int = 10) -> list[str]:
    return [say.about for _, say in work.outbox.sent_to(Channel.WEB, "priya", PRIYA, after=after, most=most)]


def test_somebody_reads_what_was_sent_to_them_and_nothing_else(database: Database) -> None:
    with database.begin() as work:
        _put(work, "for Priya")
        _put(work, "for Tom", to="tom", address="tom")
        _put(work, "for whoever had her address before", to="tom")
        _put(work, "for Priya elsewhere", address="D-priya")
        _send_all(work, NOW)
        _put(work, "not sent yet")

    with database.begin() as work:
        assert _told(work) == ["for Priya"]


def test_what_was_given_up_is_not_told(database: Database) -> None:
    with database.begin() as work:
        _put(work, "lost")
        (row,) = work.outbox.claim(NOW, LEASE, 1)
        work.outbox.give_up(row, OutboxState.GIVEN_UP)

    with database.begin() as work:
        assert _told(work) == []


def test_what_waited_for_its_day_is_told_after_what_was_put_later_and_sent_before(database: Database) -> None:
    with database.begin() as work:
        _put(work, "tomorrow's", due_at=NOW + HOUR)
        _put(work, "today's")
        _send_all(work, NOW)
        ((seen, _),) = work.outbox.sent_to(Channel.WEB, "priya", PRIYA, after=0, most=10)
        _send_all(work, NOW + HOUR)

    with database.begin() as work:
        assert _told(work, after=seen) == ["tomorrow's"]
        assert _told(work) == ["today's", "tomorrow's"]


def test_the_first_look_shows_the_latest_and_each_further_look_goes_on_from_there(database: Database) -> None:
    with database.begin() as work:
        for number in range(1, 6):
            _put(work, f"{number}", due_at=NOW + number * HOUR)
            _send_all(work, NOW + number * HOUR)

    with database.begin() as work:
        assert _told(work, most=2) == ["4", "5"]
        assert _told(work, after=1, most=2) == ["2", "3"]
        assert _told(work, after=5, most=2) == []


def test_somebody_who_saw_a_message_that_was_tidied_away_since_is_told_what_follows(database: Database) -> None:
    with database.begin() as work:
        _put(work, "old")
        _send_all(work, NOW)
        work.outbox.forget_before(NOW + HOUR, state=OutboxState.SENT)
        _put(work, "new")
        _send_all(work, NOW)

    with database.begin() as work:
        assert _told(work, after=1) == ["new"]


def test_what_is_read_is_what_was_put(database: Database) -> None:
    with database.begin() as work:
        _put(work, "for Priya")
        _send_all(work, NOW)
        ((_, say),) = work.outbox.sent_to(Channel.WEB, "priya", PRIYA, after=0, most=10)

    assert say == SayFacts(kind=a_say("for Priya").kind, about="for Priya")
