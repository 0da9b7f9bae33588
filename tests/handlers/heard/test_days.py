"""A day is read as somebody in a school in the UK means it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.heard.days import read_day
from policy_kb.rules.periods import Period
from policy_kb.rules.school_calendar import SchoolCalendar
from policy_kb.words import DayKind, SettingType

TUESDAY = date(2026, 11, 24)


def days(kind: DayKind, first: date, last: date, name: str) -> Period:
    return Period(kind=kind, starts_on=first, ends_on=last + timedelta(days=1), name=name)


ELM = SchoolCalendar(
    setting="Elm Academy (sample)",
    setting_type=SettingType.ACADEMY,
    periods=(
        days(DayKind.TERM, date(2026, 9, 1), date(2026, 12, 18), "Autumn term"),
        days(DayKind.TERM, date(2027, 1, 4), date(2027, 3, 25), "Spring term"),
        days(DayKind.INSET, date(2027, 1, 4), date(2027, 1, 4), "January INSET day"),
        days(DayKind.HALF_TERM, date(2027, 2, 15), date(2027, 2, 19), "February half-term"),
        days(DayKind.TERM, date(2027, 4, 12), date(2027, 7, 21), "Summer term"),
    ),
)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("14 Jan", date(2027, 1, 14)),
        ("14th January 2027", date(2027, 1, 14)),
        ("Jan 14", date(2027, 1, 14)),
        ("14/1/27", date(2027, 1, 14)),
        ("14.1.27", date(2027, 1, 14)),
        ("05/03/27", date(2027, 3, 5)),
        ("2027-01-14", date(2027, 1, 14)),
        ("1st of March", date(2027, 3, 1)),
        ("first of March", date(2027, 3, 1)),
        ("Mon 11 Jan", date(2027, 1, 11)),
        ("on Monday 11 January please", date(2027, 1, 11)),
        ("1st March 2027 at the latest", date(2027, 3, 1)),
        ("29 Feb 2028", date(2028, 2, 29)),
        ("24 Nov", TUESDAY),
        ("24/11/27", date(2027, 11, 24)),
        ("1 Jan 2026", date(2026, 1, 1)),
    ],
)
def test_a_date_is_read_in_the_order_of_the_uk_and_lies_ahead(words: str, day: date) -> None:
    assert read_day(words, today=TUESDAY) == day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", TUESDAY),
        ("tomorrow", date(2026, 11, 25)),
        ("the day after tomorrow", date(2026, 11, 26)),
        ("Friday", date(2026, 11, 27)),
        ("this Friday", date(2026, 11, 27)),
        ("next Friday", date(2026, 12, 4)),
        ("next Monday", date(2026, 11, 30)),
        ("Tuesday", date(2026, 12, 1)),
        ("monday week", date(2026, 12, 7)),
        ("a week on Friday", date(2026, 12, 4)),
        ("Friday next week", date(2026, 12, 4)),
        ("in two weeks", date(2026, 12, 8)),
        ("two weeks today", date(2026, 12, 8)),
        ("a week tomorrow", date(2026, 12, 2)),
        ("in a fortnight", date(2026, 12, 8)),
        ("in three months", date(2027, 2, 24)),
        ("in a year", date(2027, 11, 24)),
        ("the 5th", date(2026, 12, 5)),
        ("the 30th", date(2026, 11, 30)),
        ("5th of next month", date(2026, 12, 5)),
        ("end of January", date(2027, 1, 31)),
        ("start of December", date(2026, 12, 1)),
        ("mid March", date(2027, 3, 15)),
    ],
)
def test_a_day_that_is_told_from_today_is_found(words: str, day: date) -> None:
    assert read_day(words, today=TUESDAY) == day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("start of next term", date(2027, 1, 5)),
        ("next term", date(2027, 1, 5)),
        ("the beginning of the summer term", date(2027, 4, 12)),
        ("end of term", date(2026, 12, 18)),
        ("end of next term", date(2027, 3, 25)),
        ("last day of the summer term", date(2027, 7, 21)),
        ("after half term", date(2027, 2, 22)),
        ("back after Christmas", date(2027, 1, 5)),
        ("after the Easter holidays", date(2027, 4, 12)),
    ],
)
def test_the_setting_s_own_calendar_tells_when_a_term_starts(words: str, day: date) -> None:
    assert read_day(words, today=TUESDAY, calendar=ELM) == day


@pytest.mark.parametrize("words", ["start of next term", "after half term", "end of the spring term"])
def test_without_a_calendar_nobody_knows_when_a_term_starts(words: str) -> None:
    assert read_day(words, today=TUESDAY) is None


def test_a_term_that_nobody_imported_is_not_guessed() -> None:
    assert read_day("start of the autumn term", today=TUESDAY, calendar=ELM) is None


@pytest.mark.parametrize(
    "words",
    ["", "   ", "may", "3", "soon", "no idea", "Sam", "11-14", "31 Feb", "2027-02-30", "32 January", "in 1000 years",
     "monday or tuesday", "99/99/99", "Year 7", "x" * 500, "0th", "the 45th"],
)  # fmt: skip
def test_what_names_no_day_is_not_taken_for_one(words: str) -> None:
    assert read_day(words, today=TUESDAY, calendar=ELM) is None


@given(st.text(max_size=120))
def test_no_text_breaks_the_reading_of_days(words: str) -> None:
    found = read_day(words, today=TUESDAY, calendar=ELM)

    assert found is None or isinstance(found, date)


@given(st.dates(min_value=TUESDAY, max_value=date(2050, 1, 1)))
def test_every_day_ahead_is_read_back_as_it_is_written_out(day: date) -> None:
    assert read_day(f"{day.day} {day:%B %Y}", today=TUESDAY) == day
    assert read_day(f"{day:%d/%m/%Y}", today=TUESDAY) == day
