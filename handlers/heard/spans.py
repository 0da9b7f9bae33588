"""Several days in a row as people write them: 14 to 18 October, from Monday until Friday, next week."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from handlers.heard.days import read_day
from policy_kb.rules.periods import DAY, WEEK, monday_of

if TYPE_CHECKING:
    from policy_kb.rules.school_calendar import SchoolCalendar

FRIDAY = 4
A_WEEK = re.compile(r"(?:all (?:of )?|the whole (?:of )?)?(this|next) week")
BEFORE = re.compile(r"(?:(?:from|between|starting|on|the)\s+)+")
ONLY_AN_END = re.compile(r"(?:until|till|til|up to)\s+(.+)")
INCLUDED = re.compile(r"\s*\(?\b(?:inclusive|included|and including)\b\)?")
# A hyphen joins two days only where it stands in no date: 14-18 October, Mon-Fri, but not in 2026-10-14.
JOINT = re.compile(
    r"\s+(?:to|until|till|til|through|up to|and)\s+|\s*[–—]\s*|\s+-\s+"
    r"|(?<=[a-z])-(?=[a-z\d])|(?<=\d)(?<!-\d\d)(?<!\d{4})-(?=\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?[a-z])"
)
NUMBER = re.compile(r"(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)?")


def read_span(text: str, *, today: date, calendar: SchoolCalendar | None = None) -> tuple[date, date] | None:
    """
    Return the first and the last day that words mean; None where they name none.

    A single day is both. What could lie behind or before us lies ahead, as for one day; at a weekend, this week is
    the one that comes. Where the first day would have to be of a month that is over, "5 to 2 December", none is named.
    """
    plain = INCLUDED.sub("", " ".join(text.casefold().split()).strip(" ,.;:!?"))
    if found := A_WEEK.fullmatch(plain):
        return _week(found[1], today)
    if found := ONLY_AN_END.fullmatch(plain):
        last = _day(found[1], today, calendar)
        return (today, last) if last else None
    before = BEFORE.match(plain)
    parts = JOINT.split(plain[before.end() :] if before else plain, maxsplit=1)
    if len(parts) == 1:
        day = _day(plain, today, calendar)
        return (day, day) if day else None
    return _both(parts[0], parts[1], today, calendar)


def _week(which: str, today: date) -> tuple[date, date]:
    is_over = today.weekday() > FRIDAY
    monday = monday_of(today) + (WEEK if which == "next" or is_over else timedelta())
    return max(monday, today), monday + FRIDAY * DAY


def _both(first: str, last: str, today: date, calendar: SchoolCalendar | None) -> tuple[date, date] | None:
    """Read two days, of which one may lend the other its month."""
    if found := NUMBER.fullmatch(first):
        end = _day(last, today, calendar)
        start = _numbered(end, int(found[1]), back=True) if end else None
        if start and end and start < today and start.month != end.month:
            return None
    else:
        start = _day(first, today, calendar)
        end = _after(start, last, today, calendar) if start else None
    return (start, end) if start and end else None


def _after(start: date, last: str, today: date, calendar: SchoolCalendar | None) -> date | None:
    if found := NUMBER.fullmatch(last):
        return _numbered(start, int(found[1]), back=False)
    end = _day(last, today, calendar)
    return end if end and end >= start else _day(last, start, calendar)


def _day(text: str, today: date, calendar: SchoolCalendar | None) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return read_day(text, today=today, calendar=calendar)


def _numbered(near: date, number: int, *, back: bool) -> date | None:
    """Return the nearest day of a number, on or before another day or on or after it; None: no month has it."""
    step = -DAY if back else DAY
    days = (near + count * step for count in range(62))
    return next((day for day in days if day.day == number), None)
