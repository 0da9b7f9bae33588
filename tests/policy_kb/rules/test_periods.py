"""Calendars that cannot be true are refused with a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from policy_kb.rules.periods import CalendarError, Period
from policy_kb.words import DayKind, SettingType
from tests.policy_kb.rules.calendars import (
    AUTUMN,
    OCTOBER,
    SPRING,
    a_calendar,
    a_period,
    closure,
    half_term,
    inset,
    term,
)


def test_a_period_ends_before_the_first_day_after_it() -> None:
    assert date(2026, 12, 18) in AUTUMN
    assert date(2026, 12, 19) not in AUTUMN


@pytest.mark.parametrize("ends_on", [date(2026, 9, 2), date(2026, 9, 3)])
def test_a_period_without_a_day_is_refused(ends_on: date) -> None:
    with pytest.raises(CalendarError, match="at least one day, but “Autumn term” starts on 3 September 2026"):
        Period(kind=DayKind.TERM, starts_on=date(2026, 9, 3), ends_on=ends_on, name="Autumn term")


@pytest.mark.parametrize(
    ("periods", "sentence"),
    [
        (
            (AUTUMN, term("2026-12-18", "2027-03-25", "Spring term")),
            (
                "Two terms cannot overlap: “Autumn term” (3 September 2026 to 18 December 2026) and “Spring term” "
                "(18 December 2026 to 25 March 2027). Correct one of them."
            ),
        ),
        (
            (AUTUMN, OCTOBER, half_term("2026-10-30", "2026-11-06")),
            (
                "Two half-terms cannot overlap: “October half-term” (26 October 2026 to 30 October 2026) and "
                "a half-term (30 October 2026 to 6 November 2026). Correct one of them."
            ),
        ),
        (
            (AUTUMN, OCTOBER, inset("2026-10-30")),
            (
                "A day cannot be both INSET and half-term: “October half-term” (26 October 2026 to 30 October 2026) "
                "and an INSET day (30 October 2026). Correct one of them."
            ),
        ),
        (
            (AUTUMN, inset("2026-11-20"), closure("2026-11-20")),
            (
                "A day cannot be both INSET and closed: a closure (20 November 2026) and an INSET day "
                "(20 November 2026). Correct one of them."
            ),
        ),
        (
            (AUTUMN, inset("2026-11-20"), inset("2026-11-19", "2026-11-20")),
            (
                "The same INSET day is given twice: an INSET day (19 November 2026 to 20 November 2026) and "
                "an INSET day (20 November 2026). Correct one of them."
            ),
        ),
        (
            (AUTUMN, half_term("2026-12-14", "2026-12-22")),
            (
                "A half-term cannot reach out of its term: a half-term (14 December 2026 to 22 December 2026) and "
                "“Autumn term” (3 September 2026 to 18 December 2026). Correct one."
            ),
        ),
        (
            (AUTUMN, half_term("2027-02-15", "2027-02-19")),
            (
                "A half-term has to lie within a term or between two terms, but no term is near a half-term "
                "(15 February 2027 to 19 February 2027)."
            ),
        ),
        (
            (AUTUMN, a_period(DayKind.WEEKEND, "2026-11-21")),
            "Days of the kind “weekend” are worked out, not imported: take out weekend (21 November 2026).",
        ),
        (
            (AUTUMN, inset("2026-11-21", "2026-11-22", "Away days")),
            "Nobody works on a weekend or bank holiday: correct “Away days” (21 November 2026 to 22 November 2026).",
        ),
    ],
)
def test_dates_that_contradict_each_other_are_refused_by_name(periods: tuple[Period, ...], sentence: str) -> None:
    with pytest.raises(CalendarError) as refusal:
        a_calendar(*periods)

    assert str(refusal.value) == sentence


def test_a_central_service_has_no_terms() -> None:
    with pytest.raises(CalendarError, match="works all year: take out “Autumn term”"):
        a_calendar(AUTUMN, setting_type=SettingType.CENTRAL_SERVICE)


def test_the_order_of_the_rows_does_not_matter() -> None:
    assert a_calendar(SPRING, OCTOBER, AUTUMN) == a_calendar(AUTUMN, SPRING, OCTOBER)


def test_a_snow_day_may_fall_into_term_or_half_term() -> None:
    snowed_in = a_calendar(AUTUMN, OCTOBER, closure("2026-10-23", "2026-10-26"), closure("2026-12-01"))

    assert [snowed_in.kind_of(date(2026, 10, day)) for day in (23, 26, 27)] == [
        DayKind.CLOSURE,
        DayKind.CLOSURE,
        DayKind.HALF_TERM,
    ]
