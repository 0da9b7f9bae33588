"""What is done every night: what is past its time goes, and the heads of the audit are kept outside the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from storage.audit_heads import HeadsFile
    from storage.database import Database
    from storage.retention import Periods


@dataclass(frozen=True, slots=True)
class Nights:
    """The work of the nights, on one database."""

    database: Database
    periods: Periods
    heads: HeadsFile

    def work(self, now: datetime) -> int:
        """
        Tidy, then keep the heads; return how many rows were removed.

        Raises:
            StorageError: the database or the file with the heads cannot be used; the next night makes up for it.
        """
        removed = self.database.tidy(self.periods, now)
        keep_heads(self.database, self.heads, now)
        return removed.total


def keep_heads(database: Database, file: HeadsFile, now: datetime, *, restored: bool = False) -> None:
    """
    Note the last row of every chain of the audit in a file outside the database.

    Raises:
        StorageError: the database or the file cannot be used.
    """
    with database.begin() as uow:
        heads = uow.audit.heads()
    file.append(heads, now, restored=restored)
