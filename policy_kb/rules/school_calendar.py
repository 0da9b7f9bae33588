"""The calendar of one setting: what kind of day it is, and how to count days that matter."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from policy_kb.rules.bank_holidays import LAST_YEAR, BankHolidays
from policy_kb.rules.periods import DAY, CalendarError, Period, check_periods, days_between, gaps_between_terms, of_kind
from policy_kb.rules.uncovered import NoCalendar
from policy_kb.words import DayKind, SettingType

if TYPE_CHECKING:
    from collections.abc import Callable

SATURDAY = 5
BY_WEIGHT = (DayKind.CLOSURE, DayKind.HALF_TERM, DayKind.INSET, DayKind.TERM)  # where two hold, the first says
FREE = frozenset({DayKind.HALF_TERM, DayKind.HOLIDAY})
SCHOOL = frozenset({DayKind.TERM, DayKind.OPEN})
WORK = SCHOOL | {DayKind.INSET}
# The month in the middle of a holiday; half-terms have theirs in the others.
SEASONS = {3: "Easter", 4: "Easter", 7: "Summer", 8: "Summer", 12: "Christmas", 1: "Christmas"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolCalendar:
    """
    Which days one setting is open, for whom, and for which dates that is known.

    A central service and a nursery without terms are open all year.
    Every question about a day that was never imported raises NoCalendar.

    Raises:
        CalendarError: the periods contradict each other.
    """

    setting: str  # its name, for messages
    setting_type: SettingType
    periods: tuple[Period, ...] = ()
    bank_holidays: BankHolidays = field(default_factory=BankHolidays)
    # The stretches whose days are known, half-open, earliest first; none where the setting is open all year.
    known: tuple[tuple[date, date], ...] = field(init=False, repr=False, compare=False)
    _kinds: dict[date, DayKind] = field(init=False, repr=False, compare=False, default_factory=dict)  # asked for before

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.periods, key=lambda period: (period.starts_on, period.kind, period.ends_on)))
        check_periods(ordered)
        object.__setattr__(self, "periods", ordered)
        self._check_fits_the_setting()
        object.__setattr__(self, "known", () if self.is_open_all_year else self._known_spans())

    @property
    def is_open_all_year(self) -> bool:
        """Whether the setting has no school holidays."""
        if self.setting_type is SettingType.NURSERY:
            return not of_kind(self.periods, DayKind.TERM)
        return self.setting_type is SettingType.CENTRAL_SERVICE

    def is_covered(self, day: date) -> bool:
        """
        Tell whether there is a calendar for this day.

        Raises:
            TypeError: it is given an instant; an instant's day is `london_date` of it.
        """
        if isinstance(day, datetime):
            raise TypeError("A calendar is asked about London dates; turn an instant into one with london_date.")
        if self.is_open_all_year:
            return day.year <= LAST_YEAR
        return any(start <= day < end for start, end in self.known)

    def kind_of(self, day: date) -> DayKind:
        """
        Say what a day is; a weekend or bank holiday is one in term and out of it.

        Raises:
            NoCalendar: nobody imported this day.
        """
        if day not in self._kinds:
            self._kinds[day] = self._worked_out(day)
        return self._kinds[day]

    def is_school_day(self, day: date) -> bool:
        """Tell whether pupils are in; raises NoCalendar."""
        return self.kind_of(day) in SCHOOL

    def is_working_day(self, day: date) -> bool:
        """Tell whether staff are in, which on INSET days they are; raises NoCalendar."""
        return self.kind_of(day) in WORK

    def school_day_on_or_after(self, day: date) -> date:
        """Return this day if it is a school day, else the first one after it; raises NoCalendar."""
        return _found(self.is_school_day, day - DAY, 1, DAY)

    def school_days_before(self, day: date, count: int) -> date:
        """Return the school day that lies `count` school days before a day, itself not counted; raises NoCalendar."""
        return _found(self.is_school_day, day, count, -DAY)

    def working_day_on_or_after(self, day: date) -> date:
        """Return this day if staff work on it, else the first such day after it; raises NoCalendar."""
        return _found(self.is_working_day, day - DAY, 1, DAY)

    def next_working_day(self, day: date) -> date:
        """Return the first working day after a day; raises NoCalendar."""
        return self.working_days_after(day, 1)

    def working_days_before(self, day: date, count: int) -> date:
        """Return the working day that lies `count` working days before a day, itself not counted; raises NoCalendar."""
        return _found(self.is_working_day, day, count, -DAY)

    def working_days_after(self, day: date, count: int) -> date:
        """Return the working day that lies `count` working days after a day, itself not counted; raises NoCalendar."""
        return _found(self.is_working_day, day, count, DAY)

    def count_school_days(self, start: date, end: date) -> int:
        """Count the school days of [start, end); raises NoCalendar."""
        return sum(self.is_school_day(day) for day in days_between(start, end))

    def count_working_days(self, start: date, end: date) -> int:
        """Count the working days of [start, end); raises NoCalendar."""
        return sum(self.is_working_day(day) for day in days_between(start, end))

    def holidays_between(self, start: date, end: date) -> tuple[Period, ...]:
        """
        Return the half-terms and school holidays that have a day in [start, end), earliest first.

        Each is given whole, with the weekends and bank holidays that adjoin it, and has a name:
        a half-term its own, the others Christmas, Easter or Summer.
        An INSET day is work, so it ends a holiday.

        Raises:
            NoCalendar: some day of [start, end) was never imported.
        """
        found: list[Period] = []
        for day in days_between(start, end):
            if self.kind_of(day) in FREE and not (found and day in found[-1]):
                found.append(self._holiday_around(day))
        return tuple(found)

    def is_in_holiday(self, day: date) -> bool:
        """Tell whether a day belongs to a half-term or holiday, whole as above; raises NoCalendar."""
        if self.is_working_day(day):
            return False
        around = self._holiday_around(day)
        return any(self.kind_of(one) in FREE for one in days_between(around.starts_on, around.ends_on))

    def _worked_out(self, day: date) -> DayKind:
        if not self.is_covered(day):
            raise NoCalendar(setting=self.setting, day=day, known=self.known)
        if day.weekday() >= SATURDAY:
            return DayKind.WEEKEND
        if day in self.bank_holidays:
            return DayKind.BANK_HOLIDAY
        kinds = {period.kind for period in self.periods if day in period}
        otherwise = DayKind.OPEN if self.is_open_all_year else DayKind.HOLIDAY
        return next((kind for kind in BY_WEIGHT if kind in kinds), otherwise)

    def _holiday_around(self, day: date) -> Period:
        first = last = day
        while self._is_off(first - DAY):
            first -= DAY
        while self._is_off(last + DAY):
            last += DAY
        season = SEASONS.get((first + (last - first) / 2).month)
        names = [one.name for one in of_kind(self.periods, DayKind.HALF_TERM) if first <= one.starts_on <= last]
        if season and not names:
            return Period(kind=DayKind.HOLIDAY, starts_on=first, ends_on=last + DAY, name=season)
        name = next(iter(names), "") or "Half-term"
        return Period(kind=DayKind.HALF_TERM, starts_on=first, ends_on=last + DAY, name=name)

    def _is_off(self, day: date) -> bool:
        return self.is_covered(day) and not self.is_working_day(day)

    def _check_fits_the_setting(self) -> None:
        for term in of_kind(self.periods, DayKind.TERM):
            if self.setting_type is SettingType.CENTRAL_SERVICE:
                raise CalendarError(f"{self.setting} is a central service and works all year: take out {term}.")
        for inset in of_kind(self.periods, DayKind.INSET):
            if all(self._is_free_for_all(day) for day in days_between(inset.starts_on, inset.ends_on)):
                raise CalendarError(f"Nobody works on a weekend or bank holiday: correct {inset}.")

    def _known_spans(self) -> tuple[tuple[date, date], ...]:
        """Join what was imported with the gaps between terms, and across weekends and bank holidays."""
        pieces = sorted((*self.periods, *gaps_between_terms(self.periods)), key=lambda piece: piece.starts_on)
        spans: list[tuple[date, date]] = []
        for piece in pieces:
            if spans and all(self._is_free_for_all(day) for day in days_between(spans[-1][1], piece.starts_on)):
                start, end = spans.pop()
                spans.append((start, max(end, piece.ends_on)))
            else:
                spans.append((piece.starts_on, piece.ends_on))
        return tuple(spans)

    def _is_free_for_all(self, day: date) -> bool:
        return day.weekday() >= SATURDAY or day in self.bank_holidays


def _found(fits: Callable[[date], bool], day: date, count: int, step: timedelta) -> date:
    """Step away from a day until so many days have fitted, and return the last of them."""
    if count < 1:
        raise ValueError(f"Count at least one day, not {count}.")
    while count:
        day += step
        if fits(day):
            count -= 1
    return day
