"""What falls due: written once however often it is worked out, done once however many look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from storage.conflict import insert_unless_there
from storage.due_tables import due as table

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from policy_kb.words import DueKind


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow:
    """One thing to do at or after a moment."""

    id: int
    kind: DueKind
    subject: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The calendar of the bot's own duties."""

    connection: Connection

    def add(self, kind: DueKind, subject: str, due_at: datetime) -> bool:
        """Write a duty down; False where it stands there already, done or not."""
        row = {"kind": kind, "subject": subject, "due_at": due_at}
        return insert_unless_there(self.connection, table, row)

    def take(self, now: datetime) -> tuple[DueRow, ...]:
        """
        Take everything that is due and not done, the earliest first, and mark it done.

        What the caller does about it belongs in the same transaction: then late is done late, once,
        and of several replicas that look at the same moment one does it.
        """
        is_open = table.c.done_at.is_(None)
        ids = select(table.c.id).where(is_open, table.c.due_at <= now).with_for_update(skip_locked=True)
        taken = update(table).where(table.c.id.in_(ids.scalar_subquery()), is_open).values(done_at=now)
        rows = self.connection.execute(taken.returning(table)).all()
        found = (DueRow(id=row.id, kind=row.kind, subject=row.subject, due_at=row.due_at) for row in rows)
        return tuple(sorted(found, key=lambda row: (row.due_at, row.id)))

    def forget_before(self, instant: datetime) -> int:
        """Remove what was done before an instant; return how many."""
        return self.connection.execute(delete(table).where(table.c.done_at < instant)).rowcount
