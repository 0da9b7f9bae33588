"""Reminders as data, and the days on which they fall."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_kb.edition_files import EDITION
from policy_kb.rules.periods import DAY, Period
from policy_kb.rules.reminding import At, Count, Reminder, load_reminding
from policy_kb.rules.reminding_days import (
    has_begun,
    next_monday,
    reminder_days,
    term_around,
    term_ends,
    term_start,
    working_days,
)
from policy_kb.rules.school_calendar import SchoolCalendar
from policy_kb.toml_entries import EditionError
from policy_kb.view import load_view
from policy_kb.words import DayKind, SettingType

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = EDITION / "reminders.toml"
REMINDING = load_reminding(SHIPPED)
CALENDAR = SchoolCalendar(
    setting="Elm Academy",
    setting_type=SettingType.ACADEMY,
    periods=(
        Period(kind=DayKind.TERM, starts_on=date(2026, 9, 3), ends_on=date(2026, 12, 19)),
        Period(kind=DayKind.HALF_TERM, starts_on=date(2026, 10, 26), ends_on=date(2026, 10, 31)),
        Period(kind=DayKind.TERM, starts_on=date(2027, 1, 4), ends_on=date(2027, 3, 25)),
        Period(kind=DayKind.TERM, starts_on=date(2027, 4, 12), ends_on=date(2027, 7, 22)),
    ),
)
DAYS = working_days(CALENDAR, date(2026, 12, 1))
ANY_DAY = st.dates(date(2026, 9, 1), date(2027, 7, 1))
BEFORE, AFTER = date(2026, 1, 1), date(2027, 12, 31)
TEN_WEEKS = timedelta(weeks=10)


def days_of(reminder: Reminder, trigger: date, start: date = BEFORE, end: date = AFTER) -> tuple[date, ...]:
    return reminder_days(REMINDING.timers[reminder], trigger, start, end, DAYS)


def test_every_timer_of_the_design_is_there() -> None:
    ids = {one.id for one in REMINDING.timers.values()}

    assert sorted(ids) == ["M-01", *(f"T-{number:02}" for number in range(7, 24))]


def test_every_timer_rests_on_a_clause_of_the_policy() -> None:
    known = {str(ref) for ref in load_view().items}

    assert [one.id for one in REMINDING.timers.values() if str(one.clause) not in known] == []


def test_only_slots_and_too_few_people_and_danger_come_on_any_day() -> None:
    any_day = {one.id for one in REMINDING.timers.values() if one.any_day}

    assert any_day == {"T-12", "T-13", "T-16", "T-23"}
    assert {one.id for one in REMINDING.timers.values() if one.at is At.AT_ONCE} == {"T-13", "T-23"}


@pytest.mark.parametrize("reminder", [Reminder.UNANSWERED, Reminder.BELOW_TWO, Reminder.CLOSURE, Reminder.GAP])
def test_what_has_to_be_settled_cannot_be_put_off_or_stopped(reminder: Reminder) -> None:
    timer = REMINDING.timers[reminder]

    assert (timer.put_off, timer.may_stop) == (None, False)


def test_a_closing_day_is_told_of_sixty_thirty_and_seven_days_before_on_the_day_and_after() -> None:
    assert days_of(Reminder.CLOSURE, date(2027, 7, 14), end=date(2027, 7, 22)) == (
        date(2027, 5, 14),  # the 15th is a Saturday: rather sooner
        date(2027, 6, 14),
        date(2027, 7, 7),
        date(2027, 7, 14),
        date(2027, 7, 21),
    )


def test_a_gap_in_a_holiday_is_told_of_from_six_weeks_before_and_never_within_it() -> None:
    first = date(2026, 12, 21)

    told = days_of(Reminder.HOLIDAY_GAP, first, end=first)

    assert told == (
        date(2026, 11, 9),
        date(2026, 11, 16),
        date(2026, 11, 23),
        date(2026, 11, 30),
        date(2026, 12, 7),
        date(2026, 12, 14),
        date(2026, 12, 18),  # the last working day, as the day itself is a Saturday
    )


def test_the_review_is_told_of_on_its_four_days_and_after_it_every_month() -> None:
    review = date(2026, 12, 31)

    assert days_of(Reminder.REVIEW, review) == (
        date(2026, 9, 1),
        date(2026, 10, 15),
        date(2026, 11, 2),  # the 1st is a Sunday
        date(2026, 12, 1),
    )
    assert days_of(Reminder.OVERDUE, review, end=date(2027, 4, 1)) == (
        date(2027, 1, 4),
        date(2027, 2, 1),
        date(2027, 3, 1),
    )


def test_a_quiet_site_is_asked_about_after_twenty_working_days_and_again_after_as_many() -> None:
    told = days_of(Reminder.STILL_NEEDED, date(2026, 11, 2), end=date(2027, 2, 1))

    assert [DAYS.number(date(2026, 11, 2), day) for day in told] == [20, 40]


@given(trigger=ANY_DAY, reminder=st.sampled_from(list(Reminder)))
def test_a_reminder_never_falls_on_a_day_off_unless_its_timer_says_so(trigger: date, reminder: Reminder) -> None:
    told = days_of(reminder, trigger)

    assert list(told) == sorted(set(told))
    assert REMINDING.timers[reminder].any_day or all(DAYS.works(day) for day in told)


@given(trigger=ANY_DAY, reminder=st.sampled_from([Reminder.GAP, Reminder.HOLIDAY_GAP, Reminder.CLOSURE]))
def test_what_is_told_before_something_is_told_before_it(trigger: date, reminder: Reminder) -> None:
    timer = REMINDING.timers[reminder]
    before = sum(number < 0 for number in timer.days)

    told = [day for day in days_of(reminder, trigger) if day < trigger]

    assert 0 < len(told) <= before


@given(trigger=ANY_DAY, reminder=st.sampled_from(list(Reminder)))
def test_a_timer_has_begun_on_the_first_day_it_reminds_of_and_not_before(trigger: date, reminder: Reminder) -> None:
    timer = REMINDING.timers[reminder]
    first = days_of(reminder, trigger)[0]

    assert has_begun(timer, trigger, first, DAYS)
    assert not has_begun(timer, trigger, first - DAY, DAYS)


@given(trigger=ANY_DAY, reminder=st.sampled_from(list(Reminder)), cut=ANY_DAY)
def test_what_is_worked_out_in_two_parts_is_the_same(trigger: date, reminder: Reminder, cut: date) -> None:
    whole = days_of(reminder, trigger, cut - TEN_WEEKS, cut + TEN_WEEKS)

    assert whole == days_of(reminder, trigger, cut - TEN_WEEKS, cut) + days_of(reminder, trigger, cut, cut + TEN_WEEKS)


@given(day=ANY_DAY, number=st.integers(-30, 30))
def test_a_working_day_of_a_number_is_so_many_working_days_away(day: date, number: int) -> None:
    found = DAYS.nth(day, number)

    assert found is not None
    assert DAYS.works(found)
    if number > 0:
        assert DAYS.number(day, found) == number
    elif number < 0:
        assert DAYS.number(found - DAY, day - DAY) == -number


def test_the_last_working_day_of_a_week_is_the_one_before_a_holiday_too() -> None:
    assert DAYS.is_last_of_week(date(2026, 12, 18))
    assert not DAYS.is_last_of_week(date(2026, 12, 17))
    assert not DAYS.is_last_of_week(date(2026, 12, 25))
    assert next_monday(date(2026, 12, 14)) == date(2026, 12, 21)


def test_a_term_is_the_one_that_began_last_and_else_a_quarter() -> None:
    assert term_start(CALENDAR.periods, date(2027, 2, 1)) == date(2027, 1, 4)
    assert term_start((), date(2027, 2, 1)) == date(2027, 1, 1)
    assert term_start((), date(2027, 12, 31)) == date(2027, 10, 1)
    assert term_start(CALENDAR.periods, date(2029, 5, 5)) == date(2029, 4, 1)


def test_terms_end_on_their_last_days_and_else_quarters_do() -> None:
    assert term_ends(CALENDAR.periods, date(2026, 12, 1)) == (date(2026, 12, 18), date(2027, 3, 24))
    assert term_ends((), date(2027, 5, 5))[:3] == (date(2026, 12, 31), date(2027, 3, 31), date(2027, 6, 30))
    assert date(2029, 12, 31) in term_ends(CALENDAR.periods, date(2029, 12, 1))


def test_a_timer_counts_working_days_or_calendar_days() -> None:
    assert REMINDING.timers[Reminder.ROLE_ENDS].count is Count.WORKING
    assert REMINDING.timers[Reminder.CLOSURE].count is Count.CALENDAR


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('morning = "08:15"', 'morning = "a quarter past"', "is a time such as 08:15"),
        ('morning = "08:15"', 'morning = "19:00"', "has to be earlier"),
        ("unanswered_after = 120", "unanswered_after = 0", "1 or more"),
        ("days = [0, 5]", "days = []", "list of whole numbers"),
        ('reminds_of = "check"', 'reminds_of = "evaluation"', "stands twice"),
        ('reminds_of = "check"', 'reminds_of = "dinner"', "use one of"),
        ('to = ["author", "administrators"]', "to = []", "names nobody"),
        ("put_off = 7", "put_off = 0", "1 or more"),
    ],
)
def test_a_slip_is_named_with_its_line(tmp_path: Path, was: str, becomes: str, says: str) -> None:
    written = SHIPPED.read_text("utf-8")
    assert was in written
    file = tmp_path / "reminders.toml"
    file.write_text(written.replace(was, becomes, 1), "utf-8")

    with pytest.raises(EditionError, match=says):
        load_reminding(file)


def test_a_timer_and_the_hours_that_are_missing_are_named(tmp_path: Path) -> None:
    file = tmp_path / "reminders.toml"
    head, first, *others = SHIPPED.read_text("utf-8").split("[[timer]]")
    file.write_text("[[timer]]".join((head, *others)), "utf-8")

    with pytest.raises(EditionError, match="reminds of 'check'"):
        load_reminding(file)

    file.write_text("[[timer]]".join(("", first, *others)), "utf-8")
    with pytest.raises(EditionError, match="exactly one"):
        load_reminding(file)


def test_a_day_is_in_a_term_in_none_or_in_a_quarter_where_nobody_imported_any() -> None:
    terms = tuple(
        Period(kind=DayKind.TERM, starts_on=first, ends_on=after)
        for first, after in ((date(2026, 9, 1), date(2026, 12, 19)), (date(2027, 1, 4), date(2027, 3, 26)))
    )

    assert term_around(terms, date(2026, 12, 18)) == (date(2026, 9, 1), date(2026, 12, 19))
    assert term_around(terms, date(2026, 12, 19)) is None
    assert term_around(terms, date(2027, 8, 12)) is None
    assert term_around((), date(2027, 8, 12)) == (date(2027, 7, 1), date(2027, 10, 1))
    assert term_around((), date(2026, 12, 31)) == (date(2026, 10, 1), date(2027, 1, 1))
