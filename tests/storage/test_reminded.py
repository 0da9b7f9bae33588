"""One message of reminders a person a day, and nothing that somebody has put off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage.errors import ChangeRefused
from tests.storage.at_once import at_once
from tests.storage.site_builders import DAY, MONDAY, NOBODY, PRIYA, TOM, WEEK, staff

if TYPE_CHECKING:
    from storage.database import Database

SUBJECT = "still_needed:7"


def test_somebody_is_told_once_on_each_day(database: Database) -> None:
    with database.begin() as work:
        staff(work)

        told = [work.reminded.tell(who, day) for who in (PRIYA, TOM) for day in (MONDAY, MONDAY, MONDAY + DAY)]

        assert told == [True, False, True] * 2
        assert [work.reminded.is_told(PRIYA, MONDAY + days * DAY) for days in (-1, 0, 1, 2)] == [
            False,
            True,
            True,
            False,
        ]


def test_of_many_replicas_that_tell_at_once_one_does(database: Database) -> None:
    with database.begin() as work:
        staff(work)

    told = at_once(database, *[lambda work: work.reminded.tell(PRIYA, MONDAY)] * 10)

    assert (told.count(True), told.count(False)) == (1, 9)


def test_what_is_put_off_comes_back_on_its_day_and_only_for_whoever_put_it_off(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        work.reminded.put_off(PRIYA, SUBJECT, MONDAY + 2 * DAY)

        assert [work.reminded.is_put_off(PRIYA, SUBJECT, MONDAY + days * DAY) for days in (0, 1, 2, 3)] == [
            True,
            True,
            False,
            False,
        ]
        assert not work.reminded.is_put_off(TOM, SUBJECT, MONDAY)
        assert not work.reminded.is_put_off(PRIYA, "still_needed:70", MONDAY)


def test_the_latest_word_on_putting_off_counts_and_never_is_for_good(database: Database) -> None:
    with database.begin() as work:
        staff(work)

        seen = []
        for until in (MONDAY + DAY, MONDAY + WEEK, None, MONDAY):
            work.reminded.put_off(PRIYA, SUBJECT, until)
            seen.append([work.reminded.is_put_off(PRIYA, SUBJECT, MONDAY + days * DAY) for days in (0, 3, 3650)])

    assert seen == [[True, False, False], [True, True, False], [True, True, True], [False, False, False]]


def test_days_and_delays_that_are_over_are_forgotten_and_never_stays(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        for days in range(3):
            work.reminded.tell(PRIYA, MONDAY + days * DAY)
            work.reminded.put_off(PRIYA, f"still_needed:{days}", MONDAY + days * DAY)
        work.reminded.put_off(PRIYA, SUBJECT, None)

        told = [work.reminded.forget_before(MONDAY + days * DAY) for days in (0, 2, 2)]

        assert told == [0, 4, 0]
        assert work.reminded.is_told(PRIYA, MONDAY + 2 * DAY)
        assert not work.reminded.is_told(PRIYA, MONDAY)
        assert work.reminded.is_put_off(PRIYA, SUBJECT, MONDAY)


def test_nobody_unknown_is_reminded(database: Database) -> None:
    with pytest.raises(ChangeRefused), database.begin() as work:
        work.reminded.tell(NOBODY, MONDAY)
    with pytest.raises(ChangeRefused), database.begin() as work:
        work.reminded.put_off(NOBODY, SUBJECT, None)
