"""How the register marks sites and cuts their cover into weeks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from policy_kb.rules.cover import cover_of
from policy_kb.rules.periods import DAY, WEEK, monday_of
from policy_kb.rules.register import (
    IDLE_DAYS,
    IDLE_WITHOUT_CALENDAR,
    WEEKS,
    WeekState,
    first_monday,
    idle_limit,
    present_week,
    still_open,
    weeks_of,
)
from policy_kb.rules.school_calendar import SchoolCalendar
from policy_kb.rules.site import IntendedGap, Slot
from policy_kb.site_words import GapKind, SiteId, SlotId
from policy_kb.words import PersonId, SettingType
from tests.policy_kb.rules.calendars import ELM_PARK

MONDAY = date(2026, 11, 30)
SITE = SiteId(7)
WHO = PersonId("priya-sample")
ANY_DAY = st.dates(date(2020, 1, 1), date(2035, 1, 1))


def a_slot(number: int, day: date, *, length: int = 1, covered: bool = True) -> Slot:
    ends_on = day + length * DAY
    return Slot(id=SlotId(number), site=SITE, starts_on=day, ends_on=ends_on, person=WHO if covered else None)


def a_decision(start: date, end: date) -> IntendedGap:
    at = datetime(2026, 11, 29, tzinfo=UTC)
    return IntendedGap(id=1, site=SITE, kind=GapKind.PAUSED, starts_on=start, ends_on=end, by=WHO, at=at)


@given(st.lists(st.booleans(), min_size=WEEKS * 5, max_size=WEEKS * 5), st.sets(st.integers(0, WEEKS * 7)))
def test_every_open_slot_is_in_one_week_and_a_week_is_a_gap_where_it_has_one(
    covered: list[bool], paused: set[int]
) -> None:
    days = [MONDAY + week * WEEK + day * DAY for week in range(WEEKS) for day in range(5)]
    slots = [a_slot(number, day, covered=is_) for number, (day, is_) in enumerate(zip(days, covered, strict=True))]
    decided = [a_decision(MONDAY + number * DAY, MONDAY + (number + 1) * DAY) for number in paused]
    cover = cover_of(slots, decided)

    weeks = weeks_of(cover, MONDAY)

    assert sum(one.open for one in weeks) == sum(len(gap.slots) for gap in cover.gaps)
    assert sum(one.slots for one in weeks) == len(slots)
    assert all((one.state is WeekState.GAP) == (one.open > 0) for one in weeks)
    assert sum(one.open for one in weeks) == still_open(cover, MONDAY)


def test_a_week_without_slots_is_empty_whatever_was_decided() -> None:
    (week,) = weeks_of(cover_of([], [a_decision(MONDAY, MONDAY + WEEK)]), MONDAY, 1)

    assert week.state is WeekState.EMPTY
    assert len(week.decided) == 1


def test_a_week_left_open_on_purpose_is_no_gap() -> None:
    cover = cover_of([a_slot(1, MONDAY, length=5, covered=False)], [a_decision(MONDAY, MONDAY + 5 * DAY)])

    assert weeks_of(cover, MONDAY, 1)[0].state is WeekState.INTENDED


@given(ANY_DAY)
def test_the_monday_of_a_day_is_the_last_one_that_has_come(day: date) -> None:
    found = monday_of(day)

    assert found.weekday() == 0
    assert timedelta() <= day - found < WEEK


@given(ANY_DAY)
def test_this_week_has_today_and_goes_on_until_a_sunday(day: date) -> None:
    start, end = present_week(day)

    assert start <= day < end
    assert end.weekday() == 0
    assert end - first_monday(day) == WEEK
    assert day.weekday() < 5 or (start, first_monday(day)) == (day, monday_of(day) + WEEK)


def test_idle_days_are_working_days_where_the_calendar_is_known() -> None:
    office = SchoolCalendar(setting="the office", setting_type=SettingType.CENTRAL_SERVICE)

    limit = idle_limit(office, MONDAY)

    assert limit == date(2026, 11, 2)
    assert office.count_working_days(limit, MONDAY) == IDLE_DAYS


def test_where_no_calendar_was_imported_four_weeks_count() -> None:
    unknown = SchoolCalendar(setting="Elm", setting_type=SettingType.ACADEMY)

    assert idle_limit(unknown, MONDAY) == MONDAY - IDLE_WITHOUT_CALENDAR


def test_a_half_term_is_no_time_in_which_a_site_was_neglected() -> None:
    assert idle_limit(ELM_PARK, date(2026, 11, 9)) < date(2026, 11, 9) - IDLE_WITHOUT_CALENDAR
