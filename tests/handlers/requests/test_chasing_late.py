"""Mornings that come late, and hours at which nobody is disturbed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import pytest

from tests.handlers.requests.mornings import MONDAY, morning, mornings

if TYPE_CHECKING:
    from tests.handlers.requests.office import Office


def test_a_morning_is_done_once_however_often_and_late_somebody_looks(friday: Office) -> None:
    friday.sent()
    mornings(friday, date(2026, 10, 24), MONDAY)

    first = morning(friday, date(2026, 11, 3), time(11, 40))
    again = [morning(friday, date(2026, 11, 3), time(11, 41)), morning(friday, date(2026, 11, 3), time(17, 0))]

    assert list(first) == ["aisha"]
    assert again == [{}, {}]


def test_a_morning_that_was_missed_is_made_up_for_with_the_next_one(friday: Office) -> None:
    friday.sent()
    mornings(friday, date(2026, 10, 24), MONDAY)  # what falls due on Tuesday is written down by now

    told = mornings(friday, date(2026, 11, 4), date(2026, 11, 5))

    assert told == [("Wed 4 Nov", ["aisha"])]


@pytest.mark.parametrize("at", [time(7, 0), time(18, 0), time(23, 30)])
def test_nobody_is_disturbed_in_the_evening_or_the_night(friday: Office, at: time) -> None:
    friday.sent()
    mornings(friday, date(2026, 10, 24), MONDAY)

    assert morning(friday, date(2026, 11, 3), at) == {}


def test_a_reminder_missed_before_a_holiday_waits_for_its_end(friday: Office) -> None:
    friday.clock.instant = datetime(2026, 10, 21, 9, 0, tzinfo=UTC)
    friday.sent()
    mornings(friday, date(2026, 10, 22), date(2026, 10, 22))  # Friday's, the second day, is written down

    told = mornings(friday, date(2026, 10, 24), MONDAY)

    assert told == [("Mon 2 Nov", ["aisha"])]
