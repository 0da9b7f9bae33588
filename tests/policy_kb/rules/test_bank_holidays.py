"""Bank holidays of England and the trust's corrections."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from policy_kb.rules.bank_holidays import BankHolidays
from policy_kb.rules.periods import CalendarError

CORONATION_LIKE = date(2027, 6, 14)
MAY_DAY = date(2027, 5, 3)


def bank_holidays_on_weekdays(year: int) -> list[str]:
    known = BankHolidays()
    days = (date(year, 1, 1) + timedelta(days=count) for count in range(366))
    return [day.isoformat() for day in days if day.year == year and day.weekday() < 5 and day in known]


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
        (2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"),
        (2028, "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26"),
    ],
)
def test_england_has_eight_bank_holidays_on_weekdays(year: int, days: str) -> None:
    assert bank_holidays_on_weekdays(year) == [f"{year}-{day}" for day in days.split()]


def test_the_bank_holidays_of_scotland_are_ordinary_days_here() -> None:
    assert date(2027, 1, 4) not in BankHolidays()
    assert date(2027, 11, 30) not in BankHolidays()


def test_a_bank_holiday_proclaimed_late_is_added_and_one_that_moves_is_taken_away() -> None:
    corrected = BankHolidays(added=frozenset({CORONATION_LIKE}), removed=frozenset({MAY_DAY}))

    assert CORONATION_LIKE in corrected
    assert MAY_DAY not in corrected
    assert CORONATION_LIKE not in BankHolidays()
    assert MAY_DAY in BankHolidays()


def test_a_day_that_is_both_added_and_removed_is_refused() -> None:
    with pytest.raises(CalendarError, match="3 May 2027 is both added and removed"):
        BankHolidays(added=frozenset({MAY_DAY}), removed=frozenset({MAY_DAY}))
