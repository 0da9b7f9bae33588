"""What holds for every calendar and every day, whatever the dates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from policy_kb.rules.bank_holidays import BankHolidays
from policy_kb.rules.periods import Period, days_between
from policy_kb.rules.school_calendar import SchoolCalendar
from policy_kb.rules.uncovered import NoCalendar
from policy_kb.words import DayKind, SettingType

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

DAY = timedelta(days=1)
SHUT = {DayKind.WEEKEND, DayKind.BANK_HOLIDAY, DayKind.CLOSURE, DayKind.HALF_TERM, DayKind.HOLIDAY}
# A busy computer is nobody's fault.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
COUNTS = st.integers(1, 30)
DAYS = st.dates(date(2026, 7, 1), date(2028, 3, 1))


@st.composite
def calendars(draw: st.DrawFn) -> SchoolCalendar:
    """Draw an academy's year or two: terms with a half-term each, some INSET days, closures, bank holidays."""
    periods: list[Period] = []
    start = draw(st.dates(date(2026, 8, 20), date(2026, 9, 10)))
    for _ in range(draw(st.integers(1, 5))):
        end = start + draw(st.integers(40, 110)) * DAY
        middle = start + draw(st.integers(15, 25)) * DAY
        periods.append(Period(kind=DayKind.TERM, starts_on=start, ends_on=end))
        periods.append(
            Period(kind=DayKind.HALF_TERM, starts_on=middle, ends_on=middle + draw(st.integers(1, 10)) * DAY)
        )
        periods += _one_day(DayKind.CLOSURE, draw(st.sets(st.integers(0, 12), max_size=2)), start)
        periods += _one_day(DayKind.INSET, draw(st.sets(st.integers(36, 39), max_size=2)), start)
        start = end + draw(st.integers(0, 80)) * DAY
    added = BankHolidays(added=frozenset(draw(st.sets(DAYS, max_size=2))))
    periods = [one for one in periods if one.kind is not DayKind.INSET or _is_weekday(one.starts_on, added)]
    return SchoolCalendar(
        setting="Elm Park Academy", setting_type=SettingType.ACADEMY, periods=tuple(periods), bank_holidays=added
    )


def _one_day(kind: DayKind, offsets: set[int], start: date) -> list[Period]:
    return [Period(kind=kind, starts_on=start + one * DAY, ends_on=start + (one + 1) * DAY) for one in offsets]


def _is_weekday(day: date, bank_holidays: BankHolidays) -> bool:
    return day.weekday() < 5 and day not in bank_holidays


def answer_or_skip(ask: Callable[[], date]) -> date:
    """Ask for a day; where the drawn calendar ends too soon, draw another."""
    try:
        return ask()
    except NoCalendar:
        assume(False)
        raise


@PATIENT
@given(calendar=calendars(), day=DAYS, count=COUNTS)
def test_so_many_school_days_before_is_the_inverse_of_counting_them(
    calendar: SchoolCalendar, day: date, count: int
) -> None:
    found = answer_or_skip(lambda: calendar.school_days_before(day, count))

    assert calendar.is_school_day(found)
    assert calendar.count_school_days(found, day) == count


@PATIENT
@given(calendar=calendars(), day=DAYS, count=COUNTS)
def test_so_many_working_days_after_is_the_inverse_of_so_many_before(
    calendar: SchoolCalendar, day: date, count: int
) -> None:
    start = answer_or_skip(lambda: calendar.working_day_on_or_after(day))
    found = answer_or_skip(lambda: calendar.working_days_after(start, count))

    assert calendar.working_days_before(found, count) == start
    assert calendar.count_working_days(start, found) == count


@PATIENT
@given(calendar=calendars(), day=DAYS, count=COUNTS)
def test_no_count_ever_lands_on_a_day_when_the_setting_is_shut(calendar: SchoolCalendar, day: date, count: int) -> None:
    found = [
        answer_or_skip(lambda: calendar.school_days_before(day, count)),
        answer_or_skip(lambda: calendar.working_days_before(day, count)),
        answer_or_skip(lambda: calendar.working_days_after(day, count)),
        answer_or_skip(lambda: calendar.school_day_on_or_after(day)),
        answer_or_skip(lambda: calendar.next_working_day(day)),
    ]

    assert SHUT.isdisjoint(calendar.kind_of(one) for one in found)
    assert all(one.weekday() < 5 and one not in calendar.bank_holidays for one in found)


@PATIENT
@given(calendar=calendars(), day=DAYS)
def test_the_school_day_on_or_after_is_the_nearest_one(calendar: SchoolCalendar, day: date) -> None:
    found = answer_or_skip(lambda: calendar.school_day_on_or_after(day))

    assert found >= day
    assert calendar.count_school_days(day, found) == 0
    assert calendar.school_day_on_or_after(found) == found


@PATIENT
@given(calendar=calendars(), day=DAYS)
def test_a_day_is_either_covered_and_has_a_kind_or_is_an_error(calendar: SchoolCalendar, day: date) -> None:
    if calendar.is_covered(day):
        assert calendar.kind_of(day) is not DayKind.OPEN
        assert not calendar.is_school_day(day) or calendar.is_working_day(day)
    else:
        with pytest.raises(NoCalendar) as missing:
            calendar.kind_of(day)
        assert missing.value.missing_from is None or missing.value.missing_from <= day
        assert missing.value.missing_until is None or day < missing.value.missing_until


@PATIENT
@given(calendar=calendars())
def test_the_known_stretches_do_not_touch(calendar: SchoolCalendar) -> None:
    ends = [day for span in calendar.known for day in span]

    assert ends == sorted(set(ends))
    assert all(calendar.is_covered(start) and not calendar.is_covered(end) for start, end in calendar.known)


@PATIENT
@given(calendar=calendars())
def test_every_day_off_is_in_one_holiday_and_no_working_day_is_in_any(calendar: SchoolCalendar) -> None:
    for start, end in calendar.known:
        found = calendar.holidays_between(start, end)

        for day in days_between(start, end):
            around = [one for one in found if day in one]
            assert len(around) <= 1
            assert bool(around) or calendar.kind_of(day) not in {DayKind.HALF_TERM, DayKind.HOLIDAY}
            assert not (around and calendar.is_working_day(day))


@PATIENT
@given(calendar=calendars(), order=st.randoms(use_true_random=False))
def test_a_calendar_is_the_same_in_whatever_order_its_rows_come(calendar: SchoolCalendar, order: Random) -> None:
    rows = list(calendar.periods)
    order.shuffle(rows)

    shuffled = SchoolCalendar(
        setting=calendar.setting,
        setting_type=calendar.setting_type,
        periods=tuple(rows),
        bank_holidays=calendar.bank_holidays,
    )

    assert shuffled == calendar
    assert shuffled.known == calendar.known
