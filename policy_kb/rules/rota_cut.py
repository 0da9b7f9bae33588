"""How a site's cover is cut into slots, and which of them have still to be laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_kb.rules.cover import PARTS
from policy_kb.rules.periods import DAY, WEEK, days_between, monday_of
from policy_kb.rules.reach import ENOUGH_DAYS, SATURDAY
from policy_kb.rules.site import Slot
from policy_kb.site_words import CoverDays, SlotId, SlotLength, SlotPart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from policy_kb.rules.school_calendar import SchoolCalendar
    from policy_kb.rules.site import RotaShape
    from policy_kb.site_words import SiteId

NEW = SlotId(0)  # until storage gives it a number
HALVES = (SlotPart.MORNING, SlotPart.AFTERNOON)


def slots_owed(site_id: SiteId, shape: RotaShape, start: date, end: date, calendar: SchoolCalendar) -> tuple[Slot, ...]:
    """
    Return the slots of a site that have a London day in [start, end), the earliest first; nobody has them yet.

    A week is whole, from its Monday until Saturday or the next Monday. Holidays and bank holidays owe cover like any
    other day. Where they count double, a slot weighs 2 if the setting is shut on it, and a week if it is on
    `ENOUGH_DAYS` of its days; a day that nobody imported is like any other.

    Policy: A.5.3, A.5.4
    """
    spans = _weeks(shape, start, end) if shape.length is SlotLength.WEEK else _days(shape, start, end)
    parts = HALVES if shape.length is SlotLength.HALF_DAY else (SlotPart.WHOLE,)
    return tuple(
        Slot(id=NEW, site=site_id, starts_on=first, ends_on=after, part=part, weight=weight)
        for first, after in spans
        for weight in (_weight(first, after, calendar) if shape.holidays_double else 1,)
        for part in parts
    )


def to_lay_out(owed: Iterable[Slot], there: Iterable[Slot]) -> tuple[Slot, ...]:
    """
    Return which slots owed by a site have still to be laid out, given those it has on the same days.

    A week that is cut otherwise stays as people know it: a rota is never cut anew in the middle of one.
    """
    wanted = {_place(slot): slot for slot in owed}
    placed = {_place(slot) for slot in there}
    cut_otherwise = {monday_of(first) for first, _, _ in placed - wanted.keys()}
    return tuple(
        slot for place, slot in wanted.items() if place not in placed and monday_of(slot.starts_on) not in cut_otherwise
    )


def in_order(slot: Slot) -> tuple[date, int, SlotId]:
    """Return what slots of one site are sorted by: when they begin, the morning before the afternoon."""
    return slot.starts_on, PARTS.index(slot.part), slot.id


def is_shut(day: date, calendar: SchoolCalendar) -> bool:
    """
    Tell whether a setting is shut on a day: in a holiday or half-term, on a bank holiday, at a closure.

    A weekend is, where the days on both sides of it are. Of a day that nobody imported nobody knows, so it is not.
    """
    if day.weekday() < SATURDAY:
        return calendar.is_covered(day) and not calendar.is_working_day(day)
    monday = monday_of(day) + WEEK
    return is_shut(monday - 3 * DAY, calendar) and is_shut(monday, calendar)


def owes_on(shape: RotaShape, day: date) -> bool:
    """
    Tell whether a rota cut so has somebody on a London day; a week belongs to the days that its site wants.

    Policy: A.5.3
    """
    return shape.days is CoverDays.EVERY_DAY or day.weekday() < SATURDAY


def _days(shape: RotaShape, start: date, end: date) -> Iterator[tuple[date, date]]:
    for day in days_between(start, end):
        if owes_on(shape, day):
            yield day, day + DAY


def _weeks(shape: RotaShape, start: date, end: date) -> Iterator[tuple[date, date]]:
    long = WEEK if shape.days is CoverDays.EVERY_DAY else SATURDAY * DAY
    monday = monday_of(start)
    while monday < end:
        if monday + long > start:
            yield monday, monday + long
        monday += WEEK


def _weight(first: date, after: date, calendar: SchoolCalendar) -> int:
    days = tuple(days_between(first, after))
    shut = sum(is_shut(day, calendar) for day in days)
    return 2 if shut >= min(ENOUGH_DAYS, len(days)) else 1


def _place(slot: Slot) -> tuple[date, date, SlotPart]:
    return slot.starts_on, slot.ends_on, slot.part
