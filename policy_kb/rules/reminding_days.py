"""On which days reminders fall: working days counted once, and the days of a timer within a stretch."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from policy_kb.rules.chasing import is_working_day
from policy_kb.rules.periods import DAY, days_between, of_kind
from policy_kb.rules.reminding import Count
from policy_kb.words import DayKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_kb.rules.periods import Period
    from policy_kb.rules.reminding import ReminderTimer
    from policy_kb.rules.school_calendar import SchoolCalendar

YEARS_BACK, YEARS_AHEAD = 2, 2  # whole years around the one that is asked about
LONGEST_OFF = 60 * DAY  # no setting is closed for longer
LONGEST_TERM = 200 * DAY  # with the holiday after it
MONTHS = 3  # of a quarter
QUARTER = 95 * DAY  # from the first day of one, a day in the next


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The working days of one setting, in order; where nobody imported them, weekdays that are no bank holiday."""

    days: tuple[date, ...]

    def works(self, day: date) -> bool:
        """Tell whether the setting works on a day."""
        index = bisect_left(self.days, day)
        return index < len(self.days) and self.days[index] == day

    def on_or_after(self, day: date) -> date:
        """Return this day if the setting works on it, else the first one after it on which it does."""
        return self.days[bisect_left(self.days, day)]

    def on_or_before(self, day: date) -> date:
        """Return this day if the setting works on it, else the last one before it on which it did."""
        return self.days[bisect_right(self.days, day) - 1]

    def after(self, day: date) -> date:
        """Return the first working day after a day."""
        return self.on_or_after(day + DAY)

    def before(self, day: date) -> date:
        """Return the last working day before a day."""
        return self.on_or_before(day - DAY)

    def is_last_of_week(self, day: date) -> bool:
        """Tell whether the setting works on a day, and on no later one of its week."""
        return self.works(day) and self.after(day) >= next_monday(day)

    def number(self, start: date, day: date) -> int:
        """Return how many working days lie in (start, day]."""
        return bisect_right(self.days, day) - bisect_right(self.days, start)

    def nth(self, start: date, number: int) -> date | None:
        """
        Return the working day of a number after a day, or before it if negative; None where that is too far away.

        Number 0 is the day itself, or the first working day after it.
        """
        first = bisect_right(self.days, start) - 1 if number > 0 else bisect_left(self.days, start)
        index = first + number
        return self.days[index] if 0 <= index < len(self.days) else None


def working_days(calendar: SchoolCalendar, around: date) -> WorkingDays:
    """Return the working days of a setting, from some years before a day to some years after it."""
    return _working_days(calendar, around.year)


def next_monday(day: date) -> date:
    """Return the Monday after a day, a week later if it is one."""
    return day + (7 - day.weekday()) * DAY


def term_start(periods: Sequence[Period], today: date) -> date:
    """
    Return the first day of the term that began last; of a quarter of the year where no such term is known.

    The policy names no interval.

    Policy: A.3.2
    """
    begun = max((one.starts_on for one in of_kind(periods, DayKind.TERM) if one.starts_on <= today), default=None)
    if begun and today < begun + LONGEST_TERM:
        return begun
    return date(today.year, today.month - (today.month - 1) % MONTHS, 1)


def term_around(periods: Sequence[Period], today: date) -> tuple[date, date] | None:
    """
    Return the term in which a day is, half-open; a quarter of the year where no terms are known around it.

    None between terms, and after the last one that was imported: nobody is asked about logins in August.
    """
    terms = [one for one in of_kind(periods, DayKind.TERM) if abs(one.starts_on - today) < 2 * LONGEST_TERM]
    if terms:
        return next(((one.starts_on, one.ends_on) for one in terms if one.starts_on <= today < one.ends_on), None)
    first = term_start((), today)
    return first, term_start((), first + QUARTER)


def term_ends(periods: Sequence[Period], today: date) -> tuple[date, ...]:
    """
    Return the last days of the terms around a day, in order; of quarters of the year where no such term is known.

    They are days of the calendar: a term may end at a weekend.
    """
    known = (one.ends_on - DAY for one in of_kind(periods, DayKind.TERM))
    if near := sorted(day for day in known if abs(day - today) < LONGEST_TERM):
        return tuple(near)
    first = tuple(date(year, month, 1) for year in (today.year, today.year + 1) for month in range(1, 13, MONTHS))
    return tuple(day - DAY for day in first)


def reminder_days(timer: ReminderTimer, trigger: date, start: date, end: date, days: WorkingDays) -> tuple[date, ...]:
    """
    Return the days of [start, end) on which a timer reminds people that was set off by a day, each once, in order.

    A day off is moved to a working day: to the one before where the timer is early and it comes before its trigger,
    else to the one after; timers of any day stay where they are.
    """
    near = (start - LONGEST_OFF, end + LONGEST_OFF)
    found = {_moved(timer, trigger, day, days) for day in _candidates(timer, trigger, near, days)}
    return tuple(sorted(day for day in found if start <= day < end))


def has_begun(timer: ReminderTimer, trigger: date, today: date, days: WorkingDays) -> bool:
    """Tell whether the first day has come on which a timer reminds people that was set off by a day."""
    first = _day_of(timer, trigger, min(timer.days), days)
    return first is not None and _moved(timer, trigger, first, days) <= today


def _candidates(timer: ReminderTimer, trigger: date, near: tuple[date, date], days: WorkingDays) -> Iterator[date]:
    for number in timer.days:
        day = _day_of(timer, trigger, number, days)
        if day and near[0] <= day < near[1]:
            yield day
    if timer.monthly:
        last = trigger + max(timer.days) * DAY
        yield from (day for day in days_between(max(last + DAY, near[0]), near[1]) if day.day == 1)
    elif timer.then_every:
        yield from _again(timer, trigger, near, days)


def _again(timer: ReminderTimer, trigger: date, near: tuple[date, date], days: WorkingDays) -> Iterator[date]:
    number = max(timer.days) + timer.then_every
    passed = (near[0] - trigger).days if timer.count is Count.CALENDAR else days.number(trigger, near[0])
    if passed > number:
        number += (passed - number) // timer.then_every * timer.then_every
    while (day := _day_of(timer, trigger, number, days)) and day < near[1]:
        yield day
        number += timer.then_every


def _day_of(timer: ReminderTimer, trigger: date, number: int, days: WorkingDays) -> date | None:
    return trigger + number * DAY if timer.count is Count.CALENDAR else days.nth(trigger, number)


def _moved(timer: ReminderTimer, trigger: date, day: date, days: WorkingDays) -> date:
    if timer.any_day:
        return day
    return days.on_or_before(day) if timer.early and day < trigger else days.on_or_after(day)


@lru_cache(maxsize=128)
def _working_days(calendar: SchoolCalendar, year: int) -> WorkingDays:
    every = days_between(date(year - YEARS_BACK, 1, 1), date(year + YEARS_AHEAD + 1, 1, 1))
    return WorkingDays(tuple(day for day in every if is_working_day(day, calendar)))
