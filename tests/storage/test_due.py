from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from policy_kb.bot_words import DueKind
from storage.database import Database
from tests.storage.at_once import at_once, of_replicas

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork

MORNING = datetime(2026, 11, 24, 8, 15, tzinfo=UTC)
LATER = MORNING + timedelta(hours=5)
SECOND = timedelta(seconds=1)
SITES = [f"site:{number}" for number in range(40)]


def test_a_duty_is_written_down_once_however_often_it_is_worked_out(database: Database) -> None:
    with database.begin() as work:
        written = [work.due.add(DueKind.OWNER_FINDINGS, "", MORNING) for _ in range(3)]

    assert written == [True, False, False]


def test_what_is_late_is_done_late_and_once(database: Database) -> None:
    with database.begin() as work:
        work.due.add(DueKind.OWNER_FINDINGS, "", MORNING)

    with database.begin() as work:
        early = work.due.take(MORNING - timedelta(seconds=1))
        late = work.due.take(LATER)
        again = work.due.take(LATER)

    assert (len(early), len(late), len(again)) == (0, 1, 0)


def test_a_duty_whose_doing_failed_is_still_due(database: Database) -> None:
    with database.begin() as work:
        work.due.add(DueKind.OWNER_FINDINGS, "", MORNING)

    def take_and_crash() -> None:
        with database.begin() as work:
            work.due.take(LATER)
            raise ConnectionError

    with pytest.raises(ConnectionError):
        take_and_crash()

    with database.begin() as work:
        assert len(work.due.take(LATER)) == 1


def test_of_many_who_look_at_once_one_does_it(database: Database) -> None:
    with database.begin() as work:
        work.due.add(DueKind.OWNER_FINDINGS, "", MORNING)

    taken = at_once(database, *[lambda work: len(work.due.take(LATER))] * 10)

    assert sorted(taken, key=str) == [0] * 9 + [1]


def test_many_duties_are_written_down_at_once_and_only_the_new_ones_count(database: Database) -> None:
    duties = [(DueKind.REMINDER, subject, MORNING) for subject in SITES]
    with database.begin() as work:
        told = [work.due.add_all(some) for some in (duties[:10], reversed(duties), duties, ())]
        another_day = work.due.add_all([(DueKind.REMINDER, SITES[0], LATER)])

    assert told == [10, 30, 0, 0]
    assert another_day == 1


def test_duties_are_taken_by_kind_and_the_earliest_first(database: Database) -> None:
    with database.begin() as work:
        work.due.add(DueKind.REMINDER, "b", LATER)
        work.due.add(DueKind.REMINDER, "a", MORNING)
        work.due.add(DueKind.OWNER_FINDINGS, "", MORNING)

        of_none = work.due.take(LATER, ())
        of_one = [row.subject for row in work.due.take(LATER, (DueKind.REMINDER,))]
        rest = [(row.kind, row.due_at) for row in work.due.take(LATER)]

    assert (of_none, of_one) == ((), ["a", "b"])
    assert rest == [(DueKind.OWNER_FINDINGS, MORNING)]


def test_what_was_done_before_an_instant_is_forgotten_and_what_waits_never_is(database: Database) -> None:
    with database.begin() as work:
        work.due.add(DueKind.REMINDER, "a", MORNING)
        work.due.add(DueKind.REMINDER, "b", LATER)
        work.due.take(MORNING)

        told = [work.due.forget_before(instant) for instant in (MORNING, MORNING + SECOND, LATER + SECOND)]

        assert told == [0, 1, 0]
        assert [row.subject for row in work.due.take(LATER)] == ["b"]


def test_replicas_that_work_the_calendar_out_and_take_from_it_at_once_do_each_duty_once(
    database: Database, url: str
) -> None:
    duties = [(DueKind.REMINDER, subject, MORNING) for subject in SITES]

    def plans_and_takes(work: UnitOfWork) -> list[str]:
        work.due.add_all(duties)
        return [row.subject for row in work.due.take(LATER)]

    with closing(Database(url)) as replica:
        told = of_replicas((database, replica), *[plans_and_takes] * 6)
        with replica.begin() as work:
            left = [row.subject for row in work.due.take(LATER)]

    done = [subject for subjects in told if isinstance(subjects, list) for subject in subjects]
    assert sorted([*done, *left]) == sorted(SITES)
    assert left == []
