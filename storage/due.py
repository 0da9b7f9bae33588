"""What falls due: written once however often it is worked out, done once however many look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update

from storage.conflict import insert_all_unless_there, insert_unless_there
from storage.due_tables import due as table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from sqlalchemy import Connection

    from policy_kb.bot_words import DueKind


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

    def add_all(self, duties: Iterable[tuple[DueKind, str, datetime]]) -> int:
        """Write many duties down, each a kind, a subject and a moment; return how many were new."""
        ordered = sorted(duties, key=lambda duty: (duty[0], duty[1], duty[2]))
        rows = [{"kind": kind, "subject": subject, "due_at": due_at} for kind, subject, due_at in ordered]
        return insert_all_unless_there(self.connection, table, rows)

    def take(self, now: datetime, kinds: Collection[DueKind] | None = None) -> tuple[DueRow, ...]:
        """
        Take everything of some kinds, or of any, that is due and not done, the earliest first, and mark it done.

        What the caller does about it belongs in the same transaction: then late is done late, once,
        and of several replicas that look at the same moment one does it.
        """
        which = [table.c.done_at.is_(None), table.c.due_at <= now]
        # As something worked out: by an index of kinds, SQLite would read all that is still to come, too.
        kind = func.coalesce(table.c.kind, table.c.kind)
        which += [kind.in_(kinds)] if kinds is not None else []
        ids = select(table.c.id).where(*which).with_for_update(skip_locked=True)
        # Said twice: by the ids alone, PostgreSQL would read all that is still to come, every minute.
        taken = update(table).where(table.c.id.in_(ids.scalar_subquery()), *which).values(done_at=now)
        rows = self.connection.execute(taken.returning(table)).all()
        found = (DueRow(id=row.id, kind=row.kind, subject=row.subject, due_at=row.due_at) for row in rows)
        return tuple(sorted(found, key=lambda row: (row.due_at, row.id)))

    def forget_before(self, instant: datetime) -> int:
        """Remove what was done before an instant; return how many."""
        return self.connection.execute(delete(table).where(table.c.done_at < instant)).rowcount
