"""Named holidays, and the dates nobody has imported."""

from __future__ import annotations

from datetime import date

import pytest

from policy_kb.rules.uncovered import NoCalendar
from policy_kb.words import DayKind, SettingType
from tests.policy_kb.rules.calendars import (
    AUTUMN,
    CENTRAL,
    ELM_PARK,
    HARBOUR,
    LITTLE_OAKS,
    NEXT_AUTUMN,
    SPRING,
    SUMMER,
    a_calendar,
    closure,
    half_term,
    inset,
    term,
)


def test_a_school_year_has_three_half_terms_and_three_holidays() -> None:
    found = ELM_PARK.holidays_between(date(2026, 9, 1), date(2027, 9, 1))

    assert [(one.name, one.starts_on.isoformat(), one.ends_on.isoformat()) for one in found] == [
        ("October half-term", "2026-10-24", "2026-11-02"),
        ("Christmas", "2026-12-19", "2027-01-04"),
        ("February half-term", "2027-02-13", "2027-02-22"),
        ("Easter", "2027-03-26", "2027-04-12"),
        ("May half-term", "2027-05-29", "2027-06-07"),
        ("Summer", "2027-07-22", "2027-09-02"),
    ]
    assert [one.kind for one in found] == [DayKind.HALF_TERM, DayKind.HOLIDAY] * 3


def test_a_holiday_is_given_whole_even_when_only_its_middle_is_asked_for() -> None:
    (christmas,) = ELM_PARK.holidays_between(date(2026, 12, 29), date(2026, 12, 30))

    assert (christmas.starts_on, christmas.ends_on) == (date(2026, 12, 19), date(2027, 1, 4))


def test_a_half_term_without_a_name_is_called_half_term() -> None:
    (found,) = HARBOUR.holidays_between(date(2026, 9, 3), date(2026, 12, 1))

    assert found.name == "Half-term"
    assert found.starts_on == date(2026, 10, 17)


def test_where_a_year_is_told_in_six_terms_the_short_gaps_are_half_terms() -> None:
    six_terms = a_calendar(term("2026-09-03", "2026-10-23"), term("2026-11-02", "2026-12-18"), SPRING)

    found = six_terms.holidays_between(date(2026, 9, 3), date(2027, 1, 5))

    assert [(one.name, one.kind) for one in found] == [
        ("Half-term", DayKind.HALF_TERM),
        ("Christmas", DayKind.HOLIDAY),
    ]


def test_a_half_term_may_stand_between_two_of_six_terms() -> None:
    six_terms = a_calendar(
        term("2026-09-03", "2026-10-23"),
        half_term("2026-10-26", "2026-10-30", "Autumn break"),
        term("2026-11-02", "2026-12-18"),
    )

    (found,) = six_terms.holidays_between(date(2026, 9, 3), date(2026, 12, 18))

    assert found.name == "Autumn break"


def test_a_half_term_keeps_its_name_even_around_easter() -> None:
    calendar = a_calendar(term("2027-01-05", "2027-05-14"), half_term("2027-03-30", "2027-04-02", "Spring break"))

    (found,) = calendar.holidays_between(date(2027, 1, 5), date(2027, 5, 1))

    assert (found.name, found.kind) == ("Spring break", DayKind.HALF_TERM)
    assert (found.starts_on, found.ends_on) == (date(2027, 3, 26), date(2027, 4, 5))


def test_a_long_weekend_with_a_bank_holiday_is_not_a_holiday() -> None:
    assert ELM_PARK.holidays_between(date(2027, 4, 26), date(2027, 5, 10)) == ()


def test_settings_that_are_open_all_year_have_no_holidays() -> None:
    year = (date(2026, 9, 1), date(2027, 9, 1))

    assert LITTLE_OAKS.holidays_between(*year) == ()
    assert CENTRAL.holidays_between(*year) == ()


@pytest.mark.parametrize(
    ("day", "advice"),
    [
        (date(2026, 8, 31), "closures up to 31 August 2026."),
        (date(2027, 12, 18), "closures from 18 December 2027 on."),
        (date(2030, 1, 1), "closures from 18 December 2027 on."),
    ],
)
def test_a_day_outside_the_imported_years_is_an_error_that_says_what_to_import(day: date, advice: str) -> None:
    with pytest.raises(NoCalendar) as missing:
        ELM_PARK.is_school_day(day)

    said = str(missing.value)
    assert said.startswith("There is no calendar of Elm Park Academy for")
    assert said.endswith(f"Import its terms, half-terms, INSET days and {advice}")
    assert missing.value.setting == "Elm Park Academy"
    assert missing.value.day == day


def test_a_setting_without_any_dates_says_so() -> None:
    with pytest.raises(NoCalendar) as missing:
        a_calendar(setting="New Hill Academy").kind_of(date(2026, 9, 3))

    assert str(missing.value) == (
        "There is no calendar of New Hill Academy for 3 September 2026. "
        "Import its terms, half-terms, INSET days and closures."
    )


def test_a_term_that_was_never_imported_is_not_taken_for_a_long_holiday() -> None:
    without_spring = a_calendar(AUTUMN, SUMMER)

    with pytest.raises(NoCalendar) as missing:
        without_spring.kind_of(date(2027, 1, 20))

    assert str(missing.value).endswith("closures from 19 December 2026 up to 11 April 2027.")
    assert missing.value.missing_from == date(2026, 12, 19)
    assert missing.value.missing_until == date(2027, 4, 12)


@pytest.mark.parametrize(
    ("day", "advice"),
    [
        (date(2026, 9, 1), "closures up to 2 September 2026."),
        (date(2027, 9, 1), "closures from 22 July 2027 on."),
    ],
)
def test_where_several_stretches_are_missing_the_nearest_is_named(day: date, advice: str) -> None:
    with pytest.raises(NoCalendar) as missing:
        a_calendar(AUTUMN, SUMMER).kind_of(day)

    assert str(missing.value).endswith(advice)


def test_after_the_last_term_nobody_knows_when_the_next_one_begins() -> None:
    this_year, both_years = a_calendar(SUMMER), a_calendar(SUMMER, NEXT_AUTUMN)

    assert not this_year.is_covered(date(2027, 8, 12))
    assert both_years.kind_of(date(2027, 8, 12)) is DayKind.HOLIDAY


def test_counting_never_runs_past_the_last_imported_day() -> None:
    with pytest.raises(NoCalendar):
        a_calendar(SUMMER).school_day_on_or_after(date(2027, 7, 22))
    with pytest.raises(NoCalendar):
        a_calendar(SUMMER).working_days_before(date(2027, 4, 13), 2)
    with pytest.raises(NoCalendar):
        a_calendar(SUMMER).holidays_between(date(2027, 7, 1), date(2027, 8, 1))


def test_the_weekend_between_inset_days_and_the_first_day_of_term_is_known() -> None:
    calendar = a_calendar(inset("2026-09-03", "2026-09-04"), term("2026-09-07", "2026-12-18"))

    assert calendar.next_working_day(date(2026, 9, 4)) == date(2026, 9, 7)


def test_the_bank_holiday_between_inset_days_and_the_first_day_of_term_is_known() -> None:
    calendar = a_calendar(inset("2026-08-28"), term("2026-09-01", "2026-12-18"))

    assert calendar.kind_of(date(2026, 8, 31)) is DayKind.BANK_HOLIDAY
    assert calendar.next_working_day(date(2026, 8, 28)) == date(2026, 9, 1)


def test_a_closure_in_a_year_without_terms_tells_of_its_own_days_alone() -> None:
    calendar = a_calendar(SUMMER, closure("2027-09-20"))

    assert calendar.kind_of(date(2027, 9, 20)) is DayKind.CLOSURE
    assert not calendar.is_covered(date(2027, 9, 17))
    assert not calendar.is_covered(date(2027, 9, 21))


def test_settings_that_are_open_all_year_need_no_import() -> None:
    nursery = a_calendar(setting_type=SettingType.NURSERY)

    assert nursery.is_covered(date(2040, 8, 15))
    assert CENTRAL.is_covered(date(2040, 8, 15))


def test_no_setting_is_known_for_years_whose_bank_holidays_are_not() -> None:
    assert not CENTRAL.is_covered(date(2207, 9, 1))


@pytest.mark.parametrize(
    ("day", "belongs"),
    [
        (date(2026, 12, 18), False),  # the last day of term
        (date(2026, 12, 19), True),  # the Saturday after it
        (date(2026, 12, 25), True),  # a bank holiday in it
        (date(2027, 1, 4), False),  # INSET is work
        (date(2026, 10, 28), True),  # half-term
        (date(2026, 11, 14), False),  # a weekend of term
        (date(2027, 5, 3), False),  # a bank holiday of term
    ],
)
def test_a_day_belongs_to_a_holiday_or_not(day: date, *, belongs: bool) -> None:
    assert ELM_PARK.is_in_holiday(day) is belongs
