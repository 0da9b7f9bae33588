"""What people are reminded of beside requests, as data a trust may change: when, whom, and how insistently."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from policy_kb.toml_entries import EditionError, read_entries

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from policy_kb.clause import ClauseRef
    from policy_kb.toml_entries import Entry

TABLES = ("hours", "timer")
FIELDS = (
    "id",
    "reminds_of",
    "to",
    "clause",
    "days",
    "count",
    "early",
    "then_every",
    "monthly",
    "at",
    "any_day",
    "put_off",
    "may_stop",
)


class Reminder(StrEnum):
    """What people are reminded of; its word stands before what it is about: ``closure:7``."""

    CHECK = "check"
    EVALUATION = "evaluation"
    CLOSURE = "closure"
    STILL_NEEDED = "still_needed"
    NEXT_WEEK = "next_week"
    MY_SLOT = "my_slot"
    UNANSWERED = "unanswered"
    GAP = "gap"
    HOLIDAY_GAP = "holiday_gap"
    OFFER = "offer"
    BELOW_TWO = "below_two"
    ATTEST = "attest"
    PATTERNS = "patterns"
    APPROVAL_ENDS = "approval_ends"
    ROLE_ENDS = "role_ends"
    REVIEW = "review"
    OVERDUE = "overdue"
    EDITION = "edition"
    AT_RISK = "at_risk"


class To(StrEnum):
    """Who is reminded."""

    AUTHOR = "author"
    ADMINISTRATORS = "administrators"
    HEAD = "head"
    MEMBER = "member"  # whoever administers or moderates the site and has something to say
    ON_DUTY = "on_duty"
    RESERVE = "reserve"
    ASKED = "asked"  # everybody who was asked and has not said no, and whoever asked
    LINE_MANAGER = "line_manager"
    POLICY_OWNER = "policy_owner"


class Count(StrEnum):
    """Which days are counted."""

    WORKING = "working"  # days on which the setting works
    CALENDAR = "calendar"


class At(StrEnum):
    """When on its day a reminder comes."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    AT_ONCE = "at_once"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderTimer:
    """One timer: what sets it off, the program knows; everything else stands here."""

    id: str  # T-09, or M-01 where it is of moderating
    reminds_of: Reminder
    to: tuple[To, ...]
    clause: ClauseRef
    days: tuple[int, ...]  # after what sets it off; negative: before
    count: Count
    early: bool = False  # what comes before something comes rather sooner than later
    then_every: int = 0  # days after the last of `days`; 0: no more
    monthly: bool = False  # on the first of every month after the last of `days`
    at: At = At.MORNING
    any_day: bool = False  # on days off too
    put_off: timedelta | None = None  # calendar days; None: it cannot be put off
    may_stop: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminding:
    """All timers beside those of requests, and at which hours people are spoken to, on London clocks."""

    timers: Mapping[Reminder, ReminderTimer]
    morning: time
    afternoon: time
    evening: time  # from here until the morning nobody is disturbed
    unanswered_after: timedelta  # from the beginning of a slot until its administrators are asked

    def is_waking(self, at: time) -> bool:
        """Tell whether people may be spoken to at a time of London clocks."""
        return self.morning <= at < self.evening


def load_reminding(file: Path) -> Reminding:
    """
    Read the timers.

    Raises:
        EditionError: the file has a slip; the error names the line.
    """
    timers: dict[Reminder, ReminderTimer] = {}
    for entry in read_entries(file, "timer", beside=TABLES):
        timer = _timer(entry)
        if timer.reminds_of in timers:
            raise entry.wrong(f"'{timer.reminds_of}' stands twice; keep one.")
        timers[timer.reminds_of] = timer
    missing = [one.value for one in Reminder if one not in timers]
    if missing:
        raise EditionError(file, 1, f"no [[timer]] reminds of '{missing[0]}'.")
    hours = tuple(read_entries(file, "hours", beside=TABLES))
    if len(hours) != 1:
        raise EditionError(file, 1, "there has to be exactly one [[hours]]: when people are spoken to.")
    return _reminding(hours[0], timers)


def _reminding(entry: Entry, timers: Mapping[Reminder, ReminderTimer]) -> Reminding:
    entry.check_only("morning", "afternoon", "evening", "unanswered_after")
    morning, afternoon, evening = (_time(entry, name) for name in ("morning", "afternoon", "evening"))
    if not morning < afternoon < evening:
        raise entry.wrong("'morning' has to be earlier than 'afternoon', and that than 'evening'.")
    minutes = entry.number("unanswered_after")
    if minutes < 1:
        raise entry.wrong("'unanswered_after' counts minutes, so it is 1 or more.")
    after = timedelta(minutes=minutes)
    return Reminding(timers=timers, morning=morning, afternoon=afternoon, evening=evening, unanswered_after=after)


def _timer(entry: Entry) -> ReminderTimer:
    entry.check_only(*FIELDS)
    days = entry.fields.get("days")
    if not isinstance(days, list) or not days or not all(type(day) is int for day in days):
        raise entry.wrong("'days' must be a list of whole numbers such as [-7, 0, 7].")
    to = entry.some_of("to", To)
    if not to:
        raise entry.wrong("'to' names nobody.")
    return ReminderTimer(
        id=entry.text("id"),
        reminds_of=entry.one_of("reminds_of", Reminder),
        to=to,
        clause=entry.ref(entry.text("clause")),
        days=tuple(sorted(days)),
        count=entry.one_of("count", Count),
        early=entry.flag("early"),
        then_every=_at_least_one(entry, "then_every"),
        monthly=entry.flag("monthly"),
        at=entry.one_of("at", At),
        any_day=entry.flag("any_day"),
        put_off=timedelta(days=_at_least_one(entry, "put_off")) or None,
        may_stop=entry.flag("may_stop"),
    )


def _at_least_one(entry: Entry, name: str) -> int:
    if name not in entry.fields:
        return 0
    number = entry.number(name)
    if number < 1:
        raise entry.wrong(f"'{name}' counts days, so it is 1 or more.")
    return number


def _time(entry: Entry, name: str) -> time:
    try:
        return time.fromisoformat(entry.text(name))
    except ValueError:
        raise entry.wrong(f"'{name}' is a time such as 08:15.") from None
