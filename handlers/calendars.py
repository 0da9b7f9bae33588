"""A setting's calendar as it was imported, made into one that can be asked about days."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from policy_kb.rules.bank_holidays import BankHolidays
from policy_kb.rules.periods import CalendarError, Period
from policy_kb.rules.school_calendar import SchoolCalendar

if TYPE_CHECKING:
    from policy_kb.words import SettingType
    from storage.settings import Calendar, Setting
    from storage.unit_of_work import UnitOfWork


def school_calendar(setting: Setting, calendar: Calendar) -> SchoolCalendar:
    """
    Return the calendar of one setting.

    Raises:
        CalendarError: the periods contradict each other or do not fit the kind of setting.
    """
    return _checked(setting.name, setting.type, calendar)


def calendar_of(setting: Setting, uow: UnitOfWork) -> SchoolCalendar:
    """Return a setting's calendar; one that contradicts itself counts as none, and the owner is told of it."""
    try:
        return school_calendar(setting, uow.settings.calendar(setting.id))
    except CalendarError:
        return SchoolCalendar(setting=setting.name, setting_type=setting.type)


@lru_cache(maxsize=64)
def _checked(name: str, setting_type: SettingType, calendar: Calendar) -> SchoolCalendar:
    """Return a calendar; the same one while nothing is imported anew, as it remembers the days it was asked about."""
    return SchoolCalendar(
        setting=name,
        setting_type=setting_type,
        periods=tuple(
            Period(kind=one.kind, starts_on=one.starts_on, ends_on=one.ends_on, name=one.name)
            for one in calendar.periods
        ),
        bank_holidays=BankHolidays(
            added=frozenset(change.day for change in calendar.bank_holidays if change.added),
            removed=frozenset(change.day for change in calendar.bank_holidays if not change.added),
        ),
    )
