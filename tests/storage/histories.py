"""Chains of the audit as they would be written, without a database, for tests that tamper with them."""

from __future__ import annotations

from dataclasses import asdict, replace

from storage.audit_chain import NOTHING_BEFORE, ChainRow, row_hash

VERBS = ("added", "changed", "moved", "left", "role_given")


def a_chain(length: int, *, about: str = "elm", verbs: tuple[str, ...] = VERBS) -> tuple[ChainRow, ...]:
    """Return a whole chain about a setting."""
    rows: list[ChainRow] = []
    for number in range(1, length + 1):
        row = ChainRow(
            subject_kind="setting",
            subject_id=about,
            number=number,
            at=f"2026-09-07T08:30:{number:02}.000000+00:00",
            actor="bot",
            verb=verbs[number % len(verbs)],
            clause="",
            facts=f'{{"rows":{number}}}',
            previous_hash=rows[-1].hash if rows else NOTHING_BEFORE,
            hash="",
        )
        rows.append(sealed(row))
    return tuple(rows)


def sealed(row: ChainRow) -> ChainRow:
    """Return a row with the hash of what it says, as somebody who knows the way would write it."""
    return replace(row, hash=row_hash(row))


def with_cell(row: ChainRow, column: str, text: str) -> ChainRow:
    """Return a row with another text in one column, and nothing else changed."""
    return ChainRow(**{**asdict(row), column: text})


def relinked(rows: tuple[ChainRow, ...]) -> tuple[ChainRow, ...]:
    """Return rows numbered and linked anew, as somebody who covers every trace would."""
    made: list[ChainRow] = []
    for number, row in enumerate(rows, start=1):
        before = made[-1].hash if made else NOTHING_BEFORE
        made.append(sealed(replace(row, number=number, previous_hash=before)))
    return tuple(made)


def renumbered(rows: tuple[ChainRow, ...]) -> tuple[ChainRow, ...]:
    """Return rows with numbers without gaps, and nothing else changed."""
    return tuple(replace(row, number=number) for number, row in enumerate(rows, start=1))
