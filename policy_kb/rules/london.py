"""London days and London wall-clock times, and the instants they stand for."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def london_instant(day: date, at: time) -> datetime:
    """
    Return the instant, in UTC, when London clocks show a time on a day.

    A time that the spring change skips is moved on by the hour that is lost: 01:30 becomes 02:30.
    Of a time that the autumn change shows twice, the first is meant.

    Raises:
        ValueError: the time has a zone of its own.
    """
    if at.tzinfo is not None:
        raise ValueError(f"{at} has a time zone of its own; give the time that London clocks show.")
    return datetime.combine(day, at.replace(fold=0), LONDON).astimezone(UTC)


def london_date(instant: datetime) -> date:
    """
    Return the day it is in London at an instant.

    Raises:
        ValueError: the instant has no time zone, so nobody can tell the day.
    """
    if instant.utcoffset() is None:
        raise ValueError(f"{instant} has no time zone; give an aware instant.")
    return instant.astimezone(LONDON).date()
