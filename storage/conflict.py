"""Inserts that meet a row already there, the same on both databases and without a race."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects import postgresql, sqlite

from storage.engine import SQLITE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection, Executable, Table

    Values = Mapping[str, Any]


def insert_unless_there(connection: Connection, table: Table, values: Values) -> bool:
    """
    Insert a row, or leave the one that already has its key; tell whether it was inserted.

    Of several transactions that insert the same key at once, exactly one is told True; the others
    wait until that one has ended.
    """
    # The drivers count inserted rows differently, or not at all; a row that comes back was inserted.
    return connection.execute(_unless_there(connection.dialect.name, table), dict(values)).first() is not None


def insert_all_unless_there(connection: Connection, table: Table, rows: Sequence[Values]) -> int:
    """
    Insert rows, or leave those that already have their key; return how many were inserted.

    All have the same columns, and stand in the order of their key: two transactions that insert the same rows
    at once then wait for each other in turn, and never both.
    """
    if not rows:
        return 0
    statement = _unless_there(connection.dialect.name, table)
    return len(connection.execute(statement, [dict(row) for row in rows]).all())


def insert_or_change(
    connection: Connection, table: Table, rows: Sequence[Values], *, keep: tuple[str, ...] = ()
) -> None:
    """Insert rows, or change the ones that have the same primary key; columns in `keep` stay as they were."""
    if not rows:
        return
    statement = _or_change(connection.dialect.name, table, tuple(rows[0]), keep)
    connection.execute(statement, [dict(row) for row in rows])


# Built once: there are few, they are executed at every turn, and building one takes as long as executing it.
@cache
def _unless_there(dialect: str, table: Table) -> Executable:
    return _insert(dialect, table).on_conflict_do_nothing().returning(*table.primary_key)


@cache
def _or_change(dialect: str, table: Table, columns: tuple[str, ...], keep: tuple[str, ...]) -> Executable:
    key = [column.name for column in table.primary_key]
    statement = _insert(dialect, table)
    changed = {name: statement.excluded[name] for name in columns if name not in (*key, *keep)}
    return statement.on_conflict_do_update(index_elements=key, set_=changed)


def _insert(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(table) if dialect == SQLITE else postgresql.insert(table)
