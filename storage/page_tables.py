"""The tables of secret addresses: links to the register page, the sessions they open, and calendar feeds."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from storage.columns import UTCDateTime
from storage.tables import metadata

# Of every secret only the SHA-256 is kept: whoever reads the database can open nothing with it.
page_links = Table(
    "page_links",
    metadata,
    Column("secret_sha256", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False),
    Column("expires_at", UTCDateTime, nullable=False),
    Column("spent_at", UTCDateTime, nullable=True),
)

page_sessions = Table(
    "page_sessions",
    metadata,
    Column("secret_sha256", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False),
    Column("expires_at", UTCDateTime, nullable=False),
)

feeds = Table(
    "calendar_feeds",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("secret_sha256", Text, nullable=False, unique=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False),  # whose it is, also where it shows a site
    Column("site_id", Integer, ForeignKey("sites.id"), nullable=True),  # empty: their own slots
    Column("made_at", UTCDateTime, nullable=False),
    Column("revoked_at", UTCDateTime, nullable=True),
    sqlite_autoincrement=True,
)
Index("ix_calendar_feeds_person_id", feeds.c.person_id)
