"""Inserts that meet a row already there, the same on both databases and without a race."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects import postgresql, sqlite

from storage.engine import SQLITE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection, Table

    Values = Mapping[str, Any]


def insert_unless_there(connection: Connection, table: Table, values: Values) -> bool:
    """
    Insert a row, or leave the one that already has its key; tell whether it was inserted.

    Of several transactions that insert the same key at once, exactly one is told True; the others
    wait until that one has ended.
    """
    statement = _insert(connection, table).values(values).on_conflict_do_nothing()
    # The drivers count inserted rows differently, or not at all; a row that comes back was inserted.
    return connection.execute(statement.returning(*table.primary_key)).first() is not None


def insert_or_change(
    connection: Connection, table: Table, rows: Sequence[Values], *, keep: tuple[str, ...] = ()
) -> None:
    """Insert rows, or change the ones that have the same primary key; columns in `keep` stay as they were."""
    if not rows:
        return
    key = [column.name for column in table.primary_key]
    changed = [name for name in rows[0] if name not in (*key, *keep)]
    statement = _insert(connection, table)
    connection.execute(
        statement.on_conflict_do_update(index_elements=key, set_={name: statement.excluded[name] for name in changed}),
        [dict(row) for row in rows],
    )


def _insert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(table) if connection.dialect.name == SQLITE else postgresql.insert(table)
