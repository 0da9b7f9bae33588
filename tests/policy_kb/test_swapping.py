"""Who may take, swap, give and settle slots: the guards by themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from policy_kb.rules.periods import Period
from policy_kb.rules.reach import Hindrance, Reach, hindrance, touched_by
from policy_kb.rules.school_calendar import SchoolCalendar
from policy_kb.rules.site import Absence, Member, Site, Slot
from policy_kb.rules.site_life import Doer
from policy_kb.rules.swapping import (
    AwayThen,
    CannotBeGiven,
    DaysOver,
    NotOfTheSite,
    NotTheirsToGive,
    NotTheirsToSettle,
    NotYourSlot,
    SlotOver,
    SlotTaken,
    TooLongAway,
    can_swap,
    check_can_be_given,
    check_days_away,
    check_is_theirs,
    check_may_give,
    check_may_settle,
    check_may_take,
    next_monday,
)
from policy_kb.site_words import SiteId, SiteState, SlotId
from policy_kb.words import DayKind, PersonId, Role, SettingId, SettingType

MONDAY = date(2026, 11, 30)
DAY = timedelta(days=1)
TOM, RUTH, SAM = PersonId("tom-example"), PersonId("ruth-sample"), PersonId("sam-example")
ACCEPTED = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


def a_slot(day: date = MONDAY, days: int = 1, person: PersonId | None = TOM, number: int = 1) -> Slot:
    return Slot(id=SlotId(number), site=SiteId(7), starts_on=day, ends_on=day + days * DAY, person=person)


def away(start: date, days: int) -> tuple[Absence, ...]:
    return (Absence(id=1, person=TOM, starts_on=start, ends_on=start + days * DAY),)


SITE = Site(
    id=SiteId(7),
    request=None,
    setting=SettingId("elm-academy"),
    name="PE Instagram",
    state=SiteState.LIVE,
    state_since=MONDAY,
    author=RUTH,
    host="third_party",
    members=(
        Member(person=TOM, role=Role.SITE_MODERATOR, since=MONDAY, accepted_at=ACCEPTED),
        Member(person=RUTH, role=Role.SITE_MODERATOR, since=MONDAY, accepted_at=ACCEPTED),
        Member(person=SAM, role=Role.SITE_MODERATOR, since=MONDAY),
    ),
)


@pytest.mark.parametrize(
    ("reach", "days", "expected"),
    [
        (Reach(), 1, None),
        (Reach(pattern="-TWTF"), 1, Hindrance.DAY_OFF),
        (Reach(pattern="-TWTF"), 5, None),
        (Reach(pattern="-----"), 1, None),
        (Reach(pattern="M----"), 5, Hindrance.DAY_OFF),
        (Reach(absences=away(MONDAY, 1)), 1, Hindrance.AWAY),
        (Reach(absences=away(MONDAY, 2)), 5, None),
        (Reach(absences=away(MONDAY, 3)), 5, Hindrance.AWAY),
        (Reach(in_post_until=MONDAY), 1, Hindrance.NOT_IN_POST),
        (Reach(in_post_until=MONDAY + 2 * DAY), 5, Hindrance.NOT_IN_POST),
        (Reach(in_post_from=MONDAY + DAY), 1, Hindrance.NOT_IN_POST),
        (Reach(in_post_until=MONDAY, absences=away(MONDAY, 1)), 1, Hindrance.NOT_IN_POST),
    ],
)
def test_the_weightiest_reason_is_named(reach: Reach, days: int, expected: Hindrance | None) -> None:
    assert hindrance(a_slot(days=days), reach, today=MONDAY) is expected


def test_whoever_works_in_term_time_only_has_holidays_and_may_still_take_a_slot_in_them() -> None:
    days = ((MONDAY - 20 * DAY, MONDAY + DAY), (MONDAY + 14 * DAY, MONDAY + 60 * DAY))
    terms = tuple(Period(kind=DayKind.TERM, starts_on=first, ends_on=after) for first, after in days)
    calendar = SchoolCalendar(setting="Elm", setting_type=SettingType.ACADEMY, periods=terms)
    reach = Reach(pattern="MTWT-", term_time=calendar)
    tuesday = a_slot(MONDAY + DAY)

    assert hindrance(a_slot(days=1), reach, today=MONDAY) is None
    assert hindrance(tuesday, reach, today=MONDAY) is Hindrance.HOLIDAY
    assert not reach.is_always_there(MONDAY, MONDAY + DAY)
    check_may_take(replace(tuesday, person=None), SITE, RUTH, reach, wanted=True, today=MONDAY)


def test_of_a_week_under_way_the_days_that_are_left_count() -> None:
    week = a_slot(days=5)
    thursday = MONDAY + 3 * DAY

    assert hindrance(week, Reach(absences=away(MONDAY, 3)), today=thursday) is None
    assert hindrance(week, Reach(absences=away(thursday, 1)), today=thursday) is Hindrance.AWAY


def test_days_away_touch_the_slots_that_cannot_be_served() -> None:
    slots = (a_slot(number=1), a_slot(MONDAY + DAY, number=2), a_slot(MONDAY + 7 * DAY, 5, number=3))

    assert [one.id for one in touched_by((MONDAY, MONDAY + DAY), slots, today=MONDAY)] == [1]
    assert [one.id for one in touched_by((MONDAY, MONDAY + 9 * DAY), slots, today=MONDAY)] == [1, 2]
    assert [one.id for one in touched_by((MONDAY, MONDAY + 10 * DAY), slots, today=MONDAY)] == [1, 2, 3]
    assert touched_by((MONDAY, MONDAY + DAY), slots, today=MONDAY + DAY) == ()


def test_a_slot_is_theirs_until_it_is_over() -> None:
    check_is_theirs(a_slot(), TOM, today=MONDAY)

    with pytest.raises(NotYourSlot):
        check_is_theirs(a_slot(), RUTH, today=MONDAY)
    with pytest.raises(SlotOver):
        check_is_theirs(a_slot(), TOM, today=MONDAY + DAY)


def test_only_who_has_accepted_takes_what_is_wanted_and_is_there() -> None:
    slot = a_slot(person=None)
    check_may_take(slot, SITE, RUTH, Reach(pattern="-TWTF"), wanted=True, today=MONDAY)

    with pytest.raises(NotOfTheSite):
        check_may_take(slot, SITE, SAM, Reach(), wanted=True, today=MONDAY)
    with pytest.raises(SlotTaken):
        check_may_take(slot, SITE, RUTH, Reach(), wanted=False, today=MONDAY)
    with pytest.raises(AwayThen):
        check_may_take(slot, SITE, RUTH, Reach(absences=away(MONDAY, 1)), wanted=True, today=MONDAY)
    with pytest.raises(SlotOver):
        check_may_take(slot, SITE, RUTH, Reach(), wanted=True, today=MONDAY + DAY)


def test_two_slots_of_a_site_can_be_swapped_where_each_is_there_for_the_others() -> None:
    mine, theirs = a_slot(number=1), a_slot(MONDAY + DAY, person=RUTH, number=2)
    free = (Reach(), Reach())

    assert can_swap(mine, theirs, SITE, free, today=MONDAY)
    assert not can_swap(mine, theirs, SITE, free, today=MONDAY + DAY)
    assert not can_swap(mine, a_slot(MONDAY + DAY, number=2), SITE, free, today=MONDAY)
    assert not can_swap(mine, a_slot(MONDAY + DAY, person=SAM, number=2), SITE, free, today=MONDAY)
    assert not can_swap(mine, a_slot(MONDAY + DAY, person=None, number=2), SITE, free, today=MONDAY)
    is_away = (Reach(absences=away(MONDAY + DAY, 1)), Reach())
    assert not can_swap(mine, theirs, SITE, is_away, today=MONDAY)


def test_who_may_give_and_who_may_decide() -> None:
    check_may_give({Doer.OFFICE})
    check_may_settle({Doer.HEAD})

    with pytest.raises(NotTheirsToGive):
        check_may_give({Doer.MODERATOR})
    with pytest.raises(NotTheirsToSettle):
        check_may_settle({Doer.OFFICE, Doer.MODERATOR})


@pytest.mark.parametrize(
    ("in_the_way", "anybody_free", "can"),
    [
        (None, True, True),
        (Hindrance.DAY_OFF, False, True),
        (Hindrance.DAY_OFF, True, False),
        (Hindrance.AWAY, True, False),
        (Hindrance.AWAY, False, False),
        (Hindrance.NOT_IN_POST, False, False),
    ],
)
def test_whoever_has_a_day_off_is_given_a_slot_only_where_nobody_is_free_and_whoever_is_away_never(
    in_the_way: Hindrance | None, anybody_free: bool, can: bool
) -> None:
    if can:
        check_can_be_given(in_the_way, anybody_free=anybody_free)
        return
    with pytest.raises(CannotBeGiven):
        check_can_be_given(in_the_way, anybody_free=anybody_free)


def test_days_away_begin_today_and_are_not_endless() -> None:
    assert check_days_away(MONDAY - DAY, MONDAY + DAY, today=MONDAY) == (MONDAY, MONDAY + DAY)

    with pytest.raises(DaysOver):
        check_days_away(MONDAY - DAY, MONDAY, today=MONDAY)
    with pytest.raises(TooLongAway):
        check_days_away(MONDAY, MONDAY + 400 * DAY, today=MONDAY)
    with pytest.raises(TooLongAway):
        check_days_away(MONDAY + 800 * DAY, MONDAY + 801 * DAY, today=MONDAY)


@pytest.mark.parametrize("day", [MONDAY + number * DAY for number in range(7)])
def test_a_rota_is_cut_anew_from_a_monday_still_to_come(day: date) -> None:
    assert next_monday(day) == MONDAY + 7 * DAY
