"""London days and times, through both clock changes of 2027."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_kb.rules.london import LONDON, london_date, london_instant

SPRING_FORWARD = date(2027, 3, 28)
FALL_BACK = date(2027, 10, 31)
DATES = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [
        (SPRING_FORWARD - timedelta(days=1), 8),
        (SPRING_FORWARD, 7),
        (FALL_BACK - timedelta(days=1), 7),
        (FALL_BACK, 8),
    ],
)
def test_a_quarter_past_eight_stays_a_quarter_past_eight_when_the_clocks_change(day: date, utc_hour: int) -> None:
    instant = london_instant(day, time(8, 15))

    assert instant == datetime(day.year, day.month, day.day, utc_hour, 15, tzinfo=UTC)


def test_a_time_that_the_spring_change_skips_is_moved_on_by_an_hour() -> None:
    instant = london_instant(SPRING_FORWARD, time(1, 30))

    assert instant.astimezone(LONDON).time() == time(2, 30)
    assert instant == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("fold", [0, 1])
def test_of_a_time_that_comes_twice_in_autumn_the_first_is_meant(fold: int) -> None:
    instant = london_instant(FALL_BACK, time(1, 30, fold=fold))

    assert instant == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_just_after_midnight_in_summer_it_is_already_the_next_day_in_london() -> None:
    assert london_date(datetime(2027, 6, 30, 22, 59, tzinfo=UTC)) == date(2027, 6, 30)
    assert london_date(datetime(2027, 6, 30, 23, 0, tzinfo=UTC)) == date(2027, 7, 1)
    assert london_date(datetime(2027, 12, 31, 23, 30, tzinfo=UTC)) == date(2027, 12, 31)


def test_a_time_or_instant_that_could_mean_two_things_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone of its own"):
        london_instant(FALL_BACK, time(8, 15, tzinfo=UTC))
    with pytest.raises(ValueError, match="no time zone"):
        london_date(datetime(2027, 6, 30, 23, 0))  # noqa: DTZ001 - the naive instant is the point


@given(day=DATES, at=st.times())
def test_an_instant_made_for_a_day_falls_on_that_day(day: date, at: time) -> None:
    instant = london_instant(day, at)

    assert instant.tzinfo is UTC
    assert london_date(instant) == day


@given(day=DATES, at=st.times())
def test_only_the_hour_that_is_skipped_is_shown_differently(day: date, at: time) -> None:
    shown = london_instant(day, at).astimezone(LONDON).time()

    skipped = at.hour == 1 and shown.hour == 2
    assert skipped or shown == at.replace(fold=0)
    assert not skipped or (day.month == 3 and day.weekday() == 6 and day.day > 24)
