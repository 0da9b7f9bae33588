"""How the rows of one subject hang together: each carries the hash of the one before it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Row

NOTHING_BEFORE = "0" * 64
"""Stands before the first row of every subject."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainRow:
    """One row of the audit as it is stored, whoever may have had a hand in it since."""

    subject_kind: str
    subject_id: str
    number: int
    at: str
    actor: str
    verb: str
    clause: str
    facts: str
    previous_hash: str
    hash: str

    @property
    def subject(self) -> tuple[str, str]:
        """Return what it is about: kind and id."""
        return self.subject_kind, self.subject_id

    def is_whole(self) -> bool:
        """Tell whether the row still says what it said when it was written."""
        return self.hash == row_hash(self)


def row_hash(row: ChainRow, *, number: int | None = None) -> str:
    """Return the SHA-256 of a row, in hexadecimal; with `number`, of the same row in another place."""
    parts = (
        row.subject_kind,
        row.subject_id,
        row.number if number is None else number,
        row.at,
        row.actor,
        row.verb,
        row.clause,
        row.facts,
        row.previous_hash,
    )
    return hashlib.sha256(canonical(parts).encode()).hexdigest()


def canonical(value: object) -> str:
    """Return the one way to write a value: sorted keys, no spaces, ASCII alone."""
    # What should be text may have become bytes under somebody's hand, and is then simply another text.
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=repr)


def read_row(row: Row[tuple[object, ...]]) -> ChainRow:
    """Read a row of the database without trusting it."""
    values = {name: getattr(row, name) for name in ChainRow.__dataclass_fields__}
    # SQLite keeps any type in any column.
    return ChainRow(**{**values, "number": row.number if isinstance(row.number, int) else 0})
