"""Calendars of an invented trust: two academies that differ, two nurseries and a central service."""

from __future__ import annotations

from datetime import date, timedelta

from policy_kb.rules.bank_holidays import BankHolidays
from policy_kb.rules.periods import Period
from policy_kb.rules.school_calendar import SchoolCalendar
from policy_kb.words import DayKind, SettingType


def a_period(kind: DayKind, first: str, last: str = "", name: str = "") -> Period:
    """Build a period from its first and its last day, as a term-date letter gives them."""
    ends_on = date.fromisoformat(last or first) + timedelta(days=1)
    return Period(kind=kind, starts_on=date.fromisoformat(first), ends_on=ends_on, name=name)


def term(first: str, last: str, name: str = "") -> Period:
    return a_period(DayKind.TERM, first, last, name)


def half_term(first: str, last: str, name: str = "") -> Period:
    return a_period(DayKind.HALF_TERM, first, last, name)


def inset(first: str, last: str = "", name: str = "") -> Period:
    return a_period(DayKind.INSET, first, last, name)


def closure(first: str, last: str = "", name: str = "") -> Period:
    return a_period(DayKind.CLOSURE, first, last, name)


def a_calendar(
    *periods: Period,
    setting: str = "Elm Park Academy",
    setting_type: SettingType = SettingType.ACADEMY,
    bank_holidays: BankHolidays | None = None,
) -> SchoolCalendar:
    return SchoolCalendar(
        setting=setting,
        setting_type=setting_type,
        periods=periods,
        bank_holidays=bank_holidays or BankHolidays(),
    )


AUTUMN = term("2026-09-03", "2026-12-18", "Autumn term")
SPRING = term("2027-01-05", "2027-03-25", "Spring term")
SUMMER = term("2027-04-12", "2027-07-21", "Summer term")
NEXT_AUTUMN = term("2027-09-02", "2027-12-17", "Autumn term 2027")
OCTOBER = half_term("2026-10-26", "2026-10-30", "October half-term")

ELM_PARK = a_calendar(
    inset("2026-09-01", "2026-09-02"),
    AUTUMN,
    OCTOBER,
    inset("2027-01-04"),
    SPRING,
    half_term("2027-02-15", "2027-02-19", "February half-term"),
    SUMMER,
    half_term("2027-05-31", "2027-06-04", "May half-term"),
    inset("2027-06-25", name="Staff training"),
    NEXT_AUTUMN,
    half_term("2027-10-25", "2027-10-29", "October half-term"),
)
HARBOUR = a_calendar(
    AUTUMN,
    half_term("2026-10-19", "2026-10-30"),
    SPRING,
    setting="Harbour Academy",
)
LITTLE_OAKS = a_calendar(
    closure("2026-12-24", "2027-01-01", "Christmas closure"),
    inset("2027-08-27"),
    setting="Little Oaks Nursery",
    setting_type=SettingType.NURSERY,
)
CENTRAL = a_calendar(setting="Central Service", setting_type=SettingType.CENTRAL_SERVICE)
