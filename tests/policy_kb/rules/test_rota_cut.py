"""How cover is cut into slots: days, halves and weeks, in holidays too, and never anew in the middle of a week."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_kb.rules.periods import DAY, days_between
from policy_kb.rules.rota_cut import slots_owed, to_lay_out
from policy_kb.rules.rota_free import clash
from policy_kb.rules.site import RotaShape, Slot
from policy_kb.site_words import CoverDays, SiteId, SlotId, SlotLength, SlotPart
from tests.policy_kb.rules.calendars import CENTRAL, ELM_PARK, LITTLE_OAKS

SITE = SiteId(7)
MONDAY = date(2026, 11, 30)
WEEK = timedelta(weeks=1)

SHAPES = st.builds(
    RotaShape, length=st.sampled_from(SlotLength), days=st.sampled_from(CoverDays), holidays_double=st.booleans()
)
STARTS = st.dates(date(2026, 9, 1), date(2028, 2, 1))
SPANS = st.tuples(STARTS, st.integers(1, 120)).map(lambda span: (span[0], span[0] + span[1] * DAY))


def owed(start: date, end: date, *, shape: RotaShape, site: SiteId = SITE) -> tuple[Slot, ...]:
    return slots_owed(site, shape, start, end, ELM_PARK)


@given(shape=SHAPES, span=SPANS)
def test_every_day_that_owes_cover_is_in_exactly_one_slot_or_two_halves(
    shape: RotaShape, span: tuple[date, date]
) -> None:
    slots = owed(*span, shape=shape)

    for day in days_between(*span):
        parts = sorted(slot.part for slot in slots if slot.starts_on <= day < slot.ends_on)
        owes = shape.days is CoverDays.EVERY_DAY or day.weekday() < 5
        halves = [SlotPart.AFTERNOON, SlotPart.MORNING]
        assert parts == ([] if not owes else halves if shape.length is SlotLength.HALF_DAY else [SlotPart.WHOLE])


@given(shape=SHAPES, span=SPANS)
def test_every_slot_has_a_day_that_was_asked_for_and_no_two_clash(shape: RotaShape, span: tuple[date, date]) -> None:
    slots = [replace(slot, id=SlotId(number)) for number, slot in enumerate(owed(*span, shape=shape), 1)]

    assert all(slot.starts_on < span[1] and slot.ends_on > span[0] for slot in slots)
    assert not [(one, other) for one in slots for other in slots[:40] if clash(one, other)]


@given(shape=SHAPES, span=SPANS, later=st.integers(0, 60))
def test_laid_out_day_by_day_it_is_the_rota_that_is_laid_out_at_once(
    shape: RotaShape, span: tuple[date, date], later: int
) -> None:
    end = span[1] + later * DAY
    first = owed(*span, shape=shape)

    more = to_lay_out(owed(span[0], end, shape=shape), first)

    assert sorted((*first, *more), key=repr) == sorted(owed(span[0], end, shape=shape), key=repr)
    assert to_lay_out(first, first) == ()


@given(old=SHAPES, new=SHAPES, span=SPANS)
def test_a_week_is_never_cut_in_two_ways(old: RotaShape, new: RotaShape, span: tuple[date, date]) -> None:
    there = owed(span[0], span[0] + WEEK, shape=old)

    made = to_lay_out(owed(*span, shape=new), there)

    slots = [replace(slot, id=SlotId(number)) for number, slot in enumerate((*there, *made), 1)]
    assert not [(one, other) for one in slots[:20] for other in slots if clash(one, other)]


def test_a_week_is_from_monday_to_friday_or_to_sunday() -> None:
    weekdays = owed(MONDAY, MONDAY + WEEK, shape=RotaShape())
    every_day = owed(MONDAY, MONDAY + WEEK, shape=RotaShape(days=CoverDays.EVERY_DAY))

    assert [(slot.starts_on, slot.ends_on) for slot in weekdays] == [(MONDAY, date(2026, 12, 5))]
    assert [(slot.starts_on, slot.ends_on) for slot in every_day] == [(MONDAY, date(2026, 12, 7))]


def test_in_the_middle_of_a_week_the_whole_week_is_somebodys() -> None:
    (this, following) = owed(date(2026, 12, 3), date(2026, 12, 9), shape=RotaShape())

    assert (this.starts_on, following.starts_on) == (MONDAY, MONDAY + WEEK)


def test_on_a_saturday_the_working_week_is_over() -> None:
    slots = owed(date(2026, 12, 5), date(2026, 12, 14), shape=RotaShape())

    assert [slot.starts_on for slot in slots] == [MONDAY + WEEK]


def test_christmas_day_owes_cover_like_any_other() -> None:
    (slot,) = owed(date(2026, 12, 25), date(2026, 12, 26), shape=RotaShape(length=SlotLength.DAY))

    assert (slot.starts_on, slot.weight) == (date(2026, 12, 25), 1)


@pytest.mark.parametrize(
    ("day", "weight"),
    [
        ("2026-10-23", 1),  # the last day before half-term
        ("2026-10-24", 1),  # a weekend that only begins one
        ("2026-10-26", 2),
        ("2026-12-25", 2),
        ("2026-12-26", 2),  # a weekend in the middle of the holidays
        ("2027-01-04", 1),  # INSET is work
        ("2027-05-03", 2),  # a bank holiday in term
        ("2027-05-04", 1),
        ("2030-12-25", 1),  # nobody imported that year
    ],
)
def test_where_holidays_count_double_it_is_the_settings_own_holidays(day: str, weight: int) -> None:
    shape = RotaShape(length=SlotLength.DAY, days=CoverDays.EVERY_DAY, holidays_double=True)
    start = date.fromisoformat(day)

    (slot,) = owed(start, start + DAY, shape=shape)

    assert slot.weight == weight


def test_a_nursery_counts_double_while_it_is_closed_and_a_central_service_on_bank_holidays() -> None:
    shape = RotaShape(length=SlotLength.DAY, holidays_double=True)
    start, end = date(2026, 12, 21), date(2027, 1, 2)

    nursery = slots_owed(SITE, shape, start, end, LITTLE_OAKS)
    central = slots_owed(SITE, shape, start, end, CENTRAL)

    assert [slot.starts_on.day for slot in nursery if slot.weight == 2] == [24, 25, 28, 29, 30, 31, 1]
    assert [slot.starts_on.day for slot in central if slot.weight == 2] == [25, 28, 1]


def test_a_week_counts_double_once_most_of_it_is_a_holiday() -> None:
    shape = RotaShape(holidays_double=True)

    slots = owed(date(2026, 12, 14), date(2027, 1, 11), shape=shape)

    assert [(slot.starts_on.day, slot.weight) for slot in slots] == [(14, 1), (21, 2), (28, 2), (4, 1)]


def test_slots_that_share_no_part_of_a_day_do_not_clash() -> None:
    morning = Slot(id=SlotId(1), site=SITE, starts_on=MONDAY, ends_on=MONDAY + DAY, part=SlotPart.MORNING)
    afternoon = replace(morning, id=SlotId(2), part=SlotPart.AFTERNOON)
    week = replace(morning, id=SlotId(3), part=SlotPart.WHOLE, ends_on=MONDAY + 5 * DAY)

    assert not clash(morning, afternoon)
    assert clash(week, morning)
    assert not clash(week, replace(week, id=SlotId(4), starts_on=MONDAY + WEEK, ends_on=MONDAY + 2 * WEEK))
