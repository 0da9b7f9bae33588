"""What is not covered ahead, and how much of each holiday that is: numbers that everything reads alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_kb.rules.periods import DAY, Period, days_between
from policy_kb.rules.school_calendar import FREE, SATURDAY
from policy_kb.words import DayKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from policy_kb.rules.cover import Cover, Gap
    from policy_kb.rules.school_calendar import SchoolCalendar
    from policy_kb.rules.site import Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayCover:
    """
    How one holiday is covered, in London days on which the site owes cover.

    A day counts once, and as uncovered if any part of it is.

    Policy: A.1.5, A.5.4
    """

    holiday: Period  # with its name: Christmas, October half-term
    days: int
    uncovered: int  # nobody has them, and nobody meant to leave them
    intended: int  # comments are off, or the site is paused
    weekdays_only: bool  # no Saturday or Sunday is among the days


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """
    How a site is covered ahead.

    Policy: A.1.5, A.5.4
    """

    owed: int  # slots that nobody decided to leave
    covered: int  # of these, how many somebody has
    gaps: tuple[Gap, ...]  # the earliest first
    holidays: tuple[HolidayCover, ...]  # the earliest first; only those with a day that is owed
    is_empty: bool  # nobody has any slot, and nobody decided anything: the loudest alert

    @property
    def share(self) -> float:
        """Return which part of the slots owed is covered, from 0 to 1; all of them where none is owed on purpose."""
        return 0.0 if self.is_empty else self.covered / self.owed if self.owed else 1.0


def forecast_of(cover: Cover, holidays: Iterable[Period]) -> Forecast:
    """
    Return what the cover of a site means for the people who answer for it.

    `holidays` are those of its setting over the same days, see `holidays_ahead`.

    Policy: A.1.5, A.5.4
    """
    open_slots = sum(len(gap.slots) for gap in cover.gaps)
    return Forecast(
        owed=cover.covered + open_slots,
        covered=cover.covered,
        gaps=cover.gaps,
        holidays=tuple(found for one in holidays if (found := _in_holiday(one, cover)).days),
        is_empty=not cover.covered and not cover.intended,
    )


def holidays_ahead(calendar: SchoolCalendar, start: date, end: date) -> tuple[Period, ...]:
    """
    Return the half-terms, holidays and closures of a setting that have a day in [start, end), the earliest first.

    Each is whole, as it is in its calendar. Of days that nobody imported nothing is known, and nothing is said.
    """
    found: list[Period] = []
    for day in days_between(start, end):
        if any(day in one for one in found) or not calendar.is_covered(day):
            continue
        kind = calendar.kind_of(day)
        if kind in FREE:
            found += calendar.holidays_between(day, day + DAY)
        elif kind is DayKind.CLOSURE:
            closed = (one for one in calendar.periods if one.kind is DayKind.CLOSURE and day in one)
            found += [replace(one, name=one.name or "Closure") for one in closed]
    return tuple(found)


def _in_holiday(holiday: Period, cover: Cover) -> HolidayCover:
    days = _days(cover.slots, holiday)
    uncovered = _days((slot for gap in cover.gaps for slot in gap.slots), holiday)
    left = _days((slot for slot in cover.slots if slot.person is None), holiday) - uncovered
    return HolidayCover(
        holiday=holiday,
        days=len(days),
        uncovered=len(uncovered),
        intended=len(left),
        weekdays_only=all(day.weekday() < SATURDAY for day in days),
    )


def _days(slots: Iterable[Slot], holiday: Period) -> frozenset[date]:
    """Return the days of a holiday that some slots have."""
    return frozenset(
        day
        for slot in slots
        if slot.starts_on < holiday.ends_on and holiday.starts_on < slot.ends_on
        for day in days_between(slot.starts_on, slot.ends_on)
        if day in holiday
    )
