"""Whether somebody can have a slot: in post, not away, on a day of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from policy_kb.rules.periods import DAY, days_between
from policy_kb.rules.uncovered import NoCalendar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from policy_kb.rules.school_calendar import SchoolCalendar
    from policy_kb.rules.site import Absence, Slot

ENOUGH_DAYS = 3  # of a slot of a week: whoever is there on fewer is away for it
FULL_WEEK = "MTWTF"
SATURDAY = 5
OFF = "-"


class Hindrance(StrEnum):
    """Why somebody cannot have a slot."""

    NOT_IN_POST = "not_in_post"
    AWAY = "away"
    DAY_OFF = "day_off"
    HOLIDAY = "holiday"  # they work in term time only


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What is known of somebody's days."""

    in_post_from: date | None = None  # None: since ever
    in_post_until: date | None = None  # the first day they are not; None: no end is known
    pattern: str = FULL_WEEK  # five letters, Monday first, with - for a day off; only - for no days of their own
    term_time: SchoolCalendar | None = None  # of whoever works in term time only
    absences: tuple[Absence, ...] = ()

    def is_in_post(self, day: date) -> bool:
        """Tell whether they work for the trust on a London day."""
        return (self.in_post_from is None or self.in_post_from <= day) and (
            self.in_post_until is None or day < self.in_post_until
        )

    def is_away(self, day: date) -> bool:
        """Tell whether they said that they are away on a London day."""
        return any(one.covers(day) for one in self.absences)

    def works_on(self, day: date) -> bool:
        """Tell whether a London day is one of theirs; weekends are nobody's and everybody's."""
        days = self.pattern.ljust(len(FULL_WEEK))
        by_week = not days.strip(OFF + " ") or day.weekday() >= SATURDAY or days[day.weekday()] != OFF
        return by_week and not self.has_holiday(day)

    def has_holiday(self, day: date) -> bool:
        """
        Tell whether a London day is none of theirs because they work in term time only.

        Bank holidays in the middle of a term are like those of everybody else; of days that nobody imported, no
        holiday is known.
        """
        if self.term_time is None:
            return False
        try:
            return self.term_time.is_in_holiday(day)
        except NoCalendar:
            return False

    def is_always_there(self, start: date, end: date) -> bool:
        """Tell whether nothing is known that keeps them from any slot of the London days [start, end)."""
        no_day_off = OFF not in self.pattern and self.term_time is None
        apart = all(one.ends_on <= start or end <= one.starts_on for one in self.absences)
        return no_day_off and apart and self.is_in_post(start) and self.is_in_post(end - DAY)


def hindrance(slot: Slot, reach: Reach, *, today: date) -> Hindrance | None:
    """
    Return why somebody cannot have a slot, the weightiest reason first; None where they can.

    Of a week, they have to be there on `ENOUGH_DAYS` of the days that are left, or on all if fewer are left.
    """
    left = tuple(days_between(max(slot.starts_on, today), slot.ends_on))
    enough = min(ENOUGH_DAYS, len(left))
    in_post = [day for day in left if reach.is_in_post(day)]
    there = [day for day in in_post if not reach.is_away(day)]
    if len(in_post) < enough:
        return Hindrance.NOT_IN_POST
    if len(there) < enough:
        return Hindrance.AWAY
    if sum(map(reach.works_on, there)) >= enough:
        return None
    return Hindrance.HOLIDAY if len(there) - sum(map(reach.has_holiday, there)) < enough else Hindrance.DAY_OFF


def touched_by(days: tuple[date, date], slots: Iterable[Slot], *, today: date) -> tuple[Slot, ...]:
    """Return the slots that somebody cannot serve who is away on the days [first, after the last)."""
    return tuple(slot for slot in slots if slot.ends_on > today and _is_touched(slot, days, today))


def _is_touched(slot: Slot, days: tuple[date, date], today: date) -> bool:
    left = tuple(days_between(max(slot.starts_on, today), slot.ends_on))
    there = sum(not days[0] <= day < days[1] for day in left)
    return there < min(ENOUGH_DAYS, len(left))
