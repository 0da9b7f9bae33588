"""The tables of what falls due, one row a duty and moment, and of who has been reminded on which day."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from policy_kb.bot_words import DueKind
from storage.columns import UTCDateTime, Word
from storage.tables import metadata

due = Table(
    "due",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Word(DueKind), nullable=False),
    Column("subject", Text, nullable=False),  # what it is about; empty for the whole trust
    Column("due_at", UTCDateTime, nullable=False),
    Column("done_at", UTCDateTime, nullable=True),
    UniqueConstraint("kind", "subject", "due_at"),
    sqlite_autoincrement=True,
)
Index("ix_due_open", due.c.due_at, sqlite_where=due.c.done_at.is_(None), postgresql_where=due.c.done_at.is_(None))
# Each minute forgets what was done long ago, and must not read what is still to come.
_IS_DONE = due.c.done_at.is_not(None)
Index("ix_due_done", due.c.done_at, sqlite_where=_IS_DONE, postgresql_where=_IS_DONE)

days_told = Table(
    "days_told",
    metadata,
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True),
    Column("day", Date, primary_key=True),  # a London day on which they were sent their reminders
)

put_off = Table(
    "reminders_put_off",
    metadata,
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True),
    Column("subject", Text, primary_key=True),  # a timer and what it is about: still_needed:7
    Column("until", Date, nullable=True),  # the first London day on which they are reminded again; empty: never
)
