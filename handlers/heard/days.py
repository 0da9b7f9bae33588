"""Days as people write them: next Monday, 14 Jan, in two weeks, the start of next term."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import dateparser

from handlers.heard.term_days import term_day
from policy_kb.rules.periods import DAY, WEEK, monday_of

if TYPE_CHECKING:
    from policy_kb.rules.school_calendar import SchoolCalendar

LONGEST_READ = 80  # characters; nobody needs more for a day
FARTHEST_BACK = timedelta(days=2 * 366)
FARTHEST_ON = timedelta(days=30 * 366)  # beyond this a number was taken for a year
MIDDLE = 15  # the day people mean by the middle of a month
MONTHS_AHEAD = 13  # one of the coming thirteen months has a day of any number

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10}
WORDS = {
    "first": "1st",
    "second": "2nd",
    "third": "3rd",
    "fourth": "4th",
    "fifth": "5th",
    "tues": "tue",
    "weds": "wed",
    "thurs": "thu",
    "fortnight": "2 weeks",
    "tmrw": "tomorrow",
    "tomorow": "tomorrow",
}
PHRASES = {"a 2 weeks": "2 weeks", "a couple of": "2", "half a year": "6 months"}

DAY_NAME = r"(mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?"
COUNT = r"(\d{1,2}|an?|one|two|three|four|five|six|eight|ten)"
MONTH_NAME = rf"({'|'.join(MONTHS)})[a-z]*"
# Words around a day that say nothing of which day it is.
BEFORE = re.compile(
    r"(?:(?:on|from|by|at|about|around|maybe|probably|perhaps|hopefully|please|ideally|well|the|"
    r"it will be|it is|it's|we go live|we close|going live|starting|not before)\s+)+"
)
AFTER = re.compile(
    r"(?:\s+(?:please|at the latest|at the earliest|if possible|onwards|i think|ideally|probably|sharp))+"
)

COMING = re.compile(rf"(?:this |coming |this coming )?{DAY_NAME}")
NEXT_WEEK = re.compile(rf"next {DAY_NAME}|{DAY_NAME} (?:of )?next week|next week (?:on )?{DAY_NAME}")
WEEKS_ON = re.compile(rf"{DAY_NAME} week|(?:{COUNT} )?weeks? (?:on|from) {DAY_NAME}")
COUNTED_ON = re.compile(rf"(?:{COUNT} )?(day|week)s? (?:from )?(today|tomorrow|now)|(today|tomorrow) week")
COUNTS = re.compile(r"\b(?:years?|months?|weeks?|days?)\b")
OF_THE_MONTH = re.compile(r"(\d{1,2})(?:st|[nr]d|th)(?: of (this|next) month)?")
EDGE = re.compile(
    rf"(start|beginning|end|last day|middle|mid)[ -](?:of )?(?:the )?(?:{MONTH_NAME}|(this|next) month)(?: (20\d\d))?"
)


def read_day(text: str, *, today: date, calendar: SchoolCalendar | None = None) -> date | None:
    """
    Return the day that words mean to somebody in the UK; None where they name no day.

    What could lie behind or before us lies ahead: "14 Jan" is the next one.
    "Next Friday" is the Friday of next week, "Friday" and "this Friday" the coming one.
    Without a calendar nobody knows when a term starts.
    """
    plain = _plain(text)
    if not plain or len(plain) > LONGEST_READ:
        return None
    ours = _of_a_week(plain, today) or _counted_on(plain, today) or _of_a_month(plain, today)
    found = ours or (term_day(plain, today=today, calendar=calendar) if calendar else None)
    return found or _by_the_library(plain, today)


def _plain(text: str) -> str:
    words = re.sub(r"[,!?]|\.(?=\s|$)", " ", text[: 2 * LONGEST_READ].casefold()).split()
    joined = " ".join(WORDS.get(word, word) for word in words)
    for said, meant in PHRASES.items():
        joined = joined.replace(said, meant)
    before = BEFORE.match(joined)
    rest = joined[before.end() :] if before else joined
    after = AFTER.search(rest)
    return rest[: after.start()] if after and after.end() == len(rest) else rest


def _of_a_week(text: str, today: date) -> date | None:
    if found := COMING.fullmatch(text):
        return _coming(found[1], today)
    if found := NEXT_WEEK.fullmatch(text):
        return monday_of(today) + WEEK + WEEKDAYS.index(found[1] or found[2] or found[3]) * DAY
    if found := WEEKS_ON.fullmatch(text):
        return _coming(found[1] or found[3], today) + _number(found[2]) * WEEK
    return None


def _counted_on(text: str, today: date) -> date | None:
    """Read "two weeks today", "a week tomorrow", "tomorrow week"."""
    found = COUNTED_ON.fullmatch(text)
    if found is None:
        return None
    step = DAY if found[2] == "day" else WEEK
    start = today + DAY if "tomorrow" in (found[3], found[4]) else today
    return start + _number(found[1]) * step


def _of_a_month(text: str, today: date) -> date | None:
    """Read "the 5th", "the 5th of next month", "the end of March"."""
    if found := OF_THE_MONTH.fullmatch(text):
        months = {"this": 1, "next": 2}.get(found[2], MONTHS_AHEAD)
        days = [day for ahead in range(months) if (day := _in_month(_month_on(today, ahead), int(found[1])))]
        asked = days[-1:] if found[2] == "next" else [day for day in days if day >= today]
        return asked[0] if asked else None
    found = EDGE.fullmatch(text)
    if found is None:
        return None
    first = _month_on(today, 1 if found[3] == "next" else 0)
    if found[2]:
        month = MONTHS.index(found[2]) + 1
        year = int(found[4]) if found[4] else today.year + (month < today.month)
        first = date(year, month, 1)
    return _edge(found[1], first)


def _edge(which: str, first: date) -> date:
    if which in {"end", "last day"}:
        return _month_on(first, 1) - DAY
    return first.replace(day=MIDDLE) if which in {"middle", "mid"} else first


def _by_the_library(text: str, today: date) -> date | None:
    found = dateparser.parse(
        text,
        languages=["en"],
        settings={
            "DATE_ORDER": "DMY",
            "PREFER_DATES_FROM": "future",
            "RELATIVE_BASE": datetime.combine(today, time()),
            "REQUIRE_PARTS": ["day", "month"],  # "May" alone is no day
        },
    )
    if found is None:
        return None
    day = found.date()
    in_a_year = (day.month, day.day, day.year) == (today.month, today.day, today.year + 1)
    if in_a_year and str(day.year)[2:] not in text and COUNTS.search(text) is None:
        return today  # today's own date, which the library takes to be over
    return day if today - FARTHEST_BACK <= day <= today + FARTHEST_ON else None


def _coming(name: str, today: date) -> date:
    """Return the next day of this name; a week from now where that is today."""
    return today + ((WEEKDAYS.index(name) - today.weekday() - 1) % 7 + 1) * DAY


def _number(text: str | None) -> int:
    return 1 if text is None else NUMBERS.get(text) or int(text)


def _month_on(day: date, count: int) -> date:
    """Return the first day of the month that comes so many months after a day's own."""
    months = day.year * 12 + day.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)


def _in_month(first: date, number: int) -> date | None:
    if number < 1 or first + (number - 1) * DAY >= _month_on(first, 1):
        return None
    return first + (number - 1) * DAY
