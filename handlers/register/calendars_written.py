"""A calendar written as iCalendar (RFC 5545), for the calendar programs that people subscribe with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from icalendar import Calendar as Written
from icalendar import Event, Timezone, TimezoneDaylight, TimezoneStandard, vDuration

if TYPE_CHECKING:
    from handlers.register.calendars_entries import Calendar, Entry

LOOK_AGAIN = timedelta(hours=1)  # asked of calendar programs; each does as it likes
HOUR = timedelta(hours=1)
NONE = timedelta()
COUNTED_FROM = datetime(2026, 1, 1, tzinfo=UTC)  # a SEQUENCE has 31 bits: seconds from here fit until 2094
PRODUCT = "-//Ask First//Cover//EN"


def write_calendar(calendar: Calendar, *, domain: str, at: datetime) -> bytes:
    """
    Return a calendar as a file of iCalendar: UTF-8, lines folded and ended as the standard asks.

    Args:
        calendar: what stands in it.
        domain: stands behind every UID, so that two trusts' slots are never taken for one another.
        at: when it was read. Rows do not count their changes, and some programs keep the entry they know unless
            its SEQUENCE has grown: so every reading is newer than the one before.
    """
    written = Written()
    written.add("VERSION", "2.0")
    written.add("PRODID", PRODUCT)
    written.add("CALSCALE", "GREGORIAN")
    # METHOD is left out on purpose: with it, Outlook takes a feed for an invitation to answer.
    written.add("NAME", _plain(calendar.name))
    written.add("X-WR-CALNAME", _plain(calendar.name))
    written.add("X-WR-TIMEZONE", "Europe/London")
    written.add("REFRESH-INTERVAL", vDuration(LOOK_AGAIN), parameters={"VALUE": "DURATION"})
    written.add("X-PUBLISHED-TTL", vDuration(LOOK_AGAIN))
    written.add_component(_london())
    for entry in calendar.entries:
        written.add_component(_event(entry, domain, at))
    content: bytes = written.to_ical()
    return content


def _event(entry: Entry, domain: str, at: datetime) -> Event:
    event = Event()
    event.add("UID", f"{entry.key}@{domain}")
    event.add("DTSTAMP", at.astimezone(UTC))
    event.add("LAST-MODIFIED", at.astimezone(UTC))
    event.add("SEQUENCE", max(0, int((at - COUNTED_FROM).total_seconds())))
    event.add("DTSTART", entry.begins)
    event.add("DTEND", entry.ends)
    event.add("SUMMARY", _plain(entry.summary))
    event.add("DESCRIPTION", _plain(entry.description))
    event.add("TRANSP", "TRANSPARENT")  # a slot is looked at beside other work: it blocks no meeting
    return event


@cache
def _london() -> Timezone:
    """Return the two rules of London clocks as they have been since 1996; none of our slots is older."""
    zone = Timezone()
    zone.add("TZID", "Europe/London")
    summer, winter = TimezoneDaylight(), TimezoneStandard()
    for part, name, before, after, starts, month in (
        (summer, "BST", NONE, HOUR, datetime(1996, 3, 31, 1), 3),  # noqa: DTZ001 - the clocks of London, as RFC 5545 asks
        (winter, "GMT", HOUR, NONE, datetime(1996, 10, 27, 2), 10),  # noqa: DTZ001 - the clocks of London, as RFC 5545 asks
    ):
        part.add("TZNAME", name)
        part.add("TZOFFSETFROM", before)
        part.add("TZOFFSETTO", after)
        part.add("DTSTART", starts)
        part.add("RRULE", {"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"})
        zone.add_component(part)
    return zone


def _plain(text: str) -> str:
    """Return a text without characters that no line of a calendar may hold; line breaks stay."""
    return "".join(one if one.isprintable() or one == "\n" else " " for one in text)
