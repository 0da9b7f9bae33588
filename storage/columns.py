"""Column types that refuse what would be read back as something else."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Generic, TypeVar

from sqlalchemy import Date, DateTime, Text
from sqlalchemy.types import TypeDecorator

from storage.errors import NaiveInstant

if TYPE_CHECKING:
    from enum import StrEnum

    from sqlalchemy.engine import Dialect

Closed = TypeVar("Closed", bound="StrEnum")


class UTCDateTime(TypeDecorator[datetime]):
    """An instant: aware on the way in, UTC on the way out, on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """
        Turn an aware instant into UTC.

        Raises:
            NaiveInstant: the value has no time zone (both drivers would store it without a word).
        """
        del dialect
        if value is None:
            return None
        if value.utcoffset() is None:
            raise NaiveInstant("An instant without a time zone cannot be stored; pass an aware datetime.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the instant back as UTC; SQLite forgets the zone, PostgreSQL answers in the session's own."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Word(TypeDecorator[Closed], Generic[Closed]):
    """One word of a closed set, stored as text: a new word needs no change to the table."""

    impl = Text
    cache_ok = True

    def __init__(self, closed_set: type[Closed]) -> None:
        super().__init__()
        self.closed_set = closed_set

    def process_bind_param(self, value: Closed | None, dialect: Dialect) -> str | None:
        """Store the word's own spelling, and nothing outside the set."""
        del dialect
        return None if value is None else self.closed_set(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> Closed | None:
        """Give the member back."""
        del dialect
        return None if value is None else self.closed_set(value)


class SinceDay(TypeDecorator[date]):
    """
    The first London day of something; None: it has always been so.

    The database holds the first day of its own calendar for None: two empty cells never count as equal, so a
    key over them would let the same thing in twice.
    """

    impl = Date
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> date:
        """Store a day, also where it is open."""
        del dialect
        return date.min if value is None else value

    def process_result_value(self, value: date | None, dialect: Dialect) -> date | None:
        """Give None back for what has always been so."""
        del dialect
        return None if value == date.min else value


class UntilDay(TypeDecorator[date]):
    """The first London day on which something is over; None: it has no end, kept as the calendar's last day."""

    impl = Date
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> date:
        """Store a day, also where it is open."""
        del dialect
        return date.max if value is None else value

    def process_result_value(self, value: date | None, dialect: Dialect) -> date | None:
        """Give None back for what has no end."""
        del dialect
        return None if value == date.max else value
