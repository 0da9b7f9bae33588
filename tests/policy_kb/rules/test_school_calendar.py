"""What a day is, in each setting, and how days are counted."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import pytest

from policy_kb.rules.bank_holidays import BankHolidays
from policy_kb.rules.london import london_instant
from policy_kb.words import DayKind, SettingType
from tests.policy_kb.rules.calendars import (
    AUTUMN,
    CENTRAL,
    ELM_PARK,
    HARBOUR,
    LITTLE_OAKS,
    OCTOBER,
    SUMMER,
    a_calendar,
)

if TYPE_CHECKING:
    from policy_kb.rules.school_calendar import SchoolCalendar


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 9, 1), DayKind.INSET),
        (date(2026, 9, 3), DayKind.TERM),
        (date(2026, 10, 24), DayKind.WEEKEND),
        (date(2026, 10, 26), DayKind.HALF_TERM),
        (date(2026, 12, 18), DayKind.TERM),
        (date(2026, 12, 21), DayKind.HOLIDAY),
        (date(2026, 12, 25), DayKind.BANK_HOLIDAY),
        (date(2026, 12, 26), DayKind.WEEKEND),
        (date(2026, 12, 28), DayKind.BANK_HOLIDAY),
        (date(2027, 1, 1), DayKind.BANK_HOLIDAY),
        (date(2027, 1, 4), DayKind.INSET),
        (date(2027, 5, 3), DayKind.BANK_HOLIDAY),
        (date(2027, 8, 12), DayKind.HOLIDAY),
    ],
)
def test_every_day_of_an_academy_has_one_kind(day: date, kind: DayKind) -> None:
    assert ELM_PARK.kind_of(day) is kind


def test_two_academies_of_one_trust_may_differ_in_their_half_term() -> None:
    day = date(2026, 10, 19)

    assert ELM_PARK.is_school_day(day)
    assert HARBOUR.kind_of(day) is DayKind.HALF_TERM


def test_on_an_inset_day_staff_work_and_pupils_stay_at_home() -> None:
    day = date(2027, 6, 25)

    assert ELM_PARK.is_working_day(day)
    assert not ELM_PARK.is_school_day(day)


def test_nobody_comes_in_on_a_bank_holiday_within_term() -> None:
    may_day = date(2027, 5, 3)

    assert may_day in SUMMER
    assert not ELM_PARK.is_school_day(may_day)
    assert not ELM_PARK.is_working_day(may_day)


def test_a_bank_holiday_proclaimed_late_closes_a_school_that_would_be_open() -> None:
    day = date(2027, 6, 14)
    proclaimed = a_calendar(SUMMER, bank_holidays=BankHolidays(added=frozenset({day})))

    assert a_calendar(SUMMER).is_school_day(day)
    assert proclaimed.kind_of(day) is DayKind.BANK_HOLIDAY


def test_a_nursery_without_terms_is_open_in_august() -> None:
    day = date(2027, 8, 12)

    assert LITTLE_OAKS.is_school_day(day)
    assert LITTLE_OAKS.kind_of(day) is DayKind.OPEN
    assert not ELM_PARK.is_school_day(day)


def test_a_nursery_is_shut_when_a_closure_says_so_and_on_bank_holidays() -> None:
    assert LITTLE_OAKS.kind_of(date(2026, 12, 24)) is DayKind.CLOSURE
    assert LITTLE_OAKS.kind_of(date(2027, 8, 30)) is DayKind.BANK_HOLIDAY
    assert not LITTLE_OAKS.is_working_day(date(2026, 12, 24))
    assert LITTLE_OAKS.kind_of(date(2027, 8, 27)) is DayKind.INSET


def test_a_nursery_that_has_terms_keeps_to_them() -> None:
    term_time = a_calendar(AUTUMN, OCTOBER, setting_type=SettingType.NURSERY)

    assert term_time.kind_of(date(2026, 10, 27)) is DayKind.HALF_TERM
    assert not term_time.is_open_all_year


def test_a_central_service_works_through_half_term() -> None:
    day = date(2026, 10, 27)

    assert CENTRAL.is_working_day(day)
    assert not ELM_PARK.is_working_day(day)


def test_two_school_days_before_a_monday_after_half_term_is_before_half_term() -> None:
    assert ELM_PARK.school_days_before(date(2026, 11, 2), 2) == date(2026, 10, 22)
    assert HARBOUR.school_days_before(date(2026, 11, 2), 2) == date(2026, 10, 15)
    assert LITTLE_OAKS.school_days_before(date(2026, 11, 2), 2) == date(2026, 10, 29)


def test_an_inset_day_counts_among_working_days_and_not_among_school_days() -> None:
    monday = date(2027, 6, 28)

    assert ELM_PARK.school_days_before(monday, 1) == date(2027, 6, 24)
    assert ELM_PARK.working_days_before(monday, 1) == date(2027, 6, 25)


def test_a_school_day_stays_itself_and_a_holiday_moves_to_the_first_day_of_term() -> None:
    assert ELM_PARK.school_day_on_or_after(date(2026, 12, 18)) == date(2026, 12, 18)
    assert ELM_PARK.school_day_on_or_after(date(2026, 12, 19)) == date(2027, 1, 5)
    assert ELM_PARK.working_day_on_or_after(date(2026, 12, 19)) == date(2027, 1, 4)
    assert ELM_PARK.working_day_on_or_after(date(2027, 1, 4)) == date(2027, 1, 4)


def test_the_central_service_counts_past_the_christmas_bank_holidays_and_week_53() -> None:
    christmas_eve = date(2026, 12, 24)

    worked = [CENTRAL.working_days_after(christmas_eve, count) for count in range(1, 6)]

    assert [day.isoformat() for day in worked] == ["2026-12-29", "2026-12-30", "2026-12-31", "2027-01-04", "2027-01-05"]
    assert [day.isocalendar().week for day in worked] == [53, 53, 53, 1, 1]


def test_a_week_before_and_after_new_year_of_a_year_with_53_weeks_is_seven_days_apart() -> None:
    assert CENTRAL.working_days_before(date(2027, 1, 5), 5) == date(2026, 12, 24)
    assert CENTRAL.count_working_days(date(2026, 12, 28), date(2027, 1, 4)) == 3


def test_the_next_working_day_after_a_friday_in_term_is_monday() -> None:
    assert ELM_PARK.next_working_day(date(2026, 11, 6)) == date(2026, 11, 9)
    assert ELM_PARK.next_working_day(date(2026, 11, 9)) == date(2026, 11, 10)


def test_a_week_in_term_has_five_school_days_and_the_week_of_an_inset_day_four() -> None:
    assert ELM_PARK.count_school_days(date(2027, 6, 14), date(2027, 6, 21)) == 5
    assert ELM_PARK.count_school_days(date(2027, 6, 21), date(2027, 6, 28)) == 4
    assert ELM_PARK.count_working_days(date(2027, 6, 21), date(2027, 6, 28)) == 5


@pytest.mark.parametrize(
    ("slot", "reminded_on", "utc"),
    [
        (date(2027, 4, 12), date(2027, 3, 25), datetime(2027, 3, 25, 15, 30, tzinfo=UTC)),
        (date(2027, 11, 1), date(2027, 10, 22), datetime(2027, 10, 22, 14, 30, tzinfo=UTC)),
    ],
)
def test_a_reminder_on_the_school_day_before_comes_at_half_past_three_across_a_clock_change(
    slot: date, reminded_on: date, utc: datetime
) -> None:
    day = ELM_PARK.school_days_before(slot, 1)

    assert day == reminded_on
    assert london_instant(day, time(15, 30)) == utc


@pytest.mark.parametrize("count", [0, -1])
def test_counting_no_days_is_a_mistake_and_not_an_answer(count: int) -> None:
    with pytest.raises(ValueError, match="at least one day"):
        ELM_PARK.school_days_before(date(2026, 11, 2), count)


@pytest.mark.parametrize("calendar", [ELM_PARK, CENTRAL])
def test_an_instant_is_not_taken_for_a_day(calendar: SchoolCalendar) -> None:
    with pytest.raises(TypeError, match="London dates"):
        calendar.kind_of(datetime(2027, 6, 30, 23, 30, tzinfo=UTC))
