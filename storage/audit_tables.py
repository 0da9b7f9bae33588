"""The tables of the audit: rows that are only ever added, and the salts that hide who they are about."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, Text, UniqueConstraint

from storage.tables import metadata

# Every column is kept exactly as it was hashed: text that no driver reads as anything else. The
# triggers that refuse to change or remove a row are made by migration 0003.
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subject_kind", Text, nullable=False),
    Column("subject_id", Text, nullable=False),  # a person as a salted reference
    Column("number", Integer, nullable=False),  # 1, 2, 3 … for one subject
    Column("at", Text, nullable=False),  # 2026-11-24T16:13:53.000000+00:00
    Column("actor", Text, nullable=False),  # a salted reference, or the bot
    Column("verb", Text, nullable=False),
    Column("clause", Text, nullable=False),  # empty where no clause asks for it
    Column("facts", Text, nullable=False),  # a JSON object in canonical form
    Column("previous_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    UniqueConstraint("subject_kind", "subject_id", "number"),
    sqlite_autoincrement=True,
)

# No foreign key: somebody may leave the directory and still be known to the audit, until they are erased.
person_salts = Table(
    "person_salts",
    metadata,
    Column("person_id", Text, primary_key=True),
    Column("salt", Text, nullable=False),
)
