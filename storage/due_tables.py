"""The table of what falls due: one row a duty and moment, whoever and however many look."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text, UniqueConstraint

from policy_kb.words import DueKind
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
