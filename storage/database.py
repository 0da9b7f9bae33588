"""The database: opened by URL, brought up to date, checked, tidied, and used one transaction at a time."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from policy_kb.words import Verb
from storage import backup, health, retention
from storage.audit import THE_TRUST, AuditEntry
from storage.bot_lock import hold_bot_lock
from storage.copying import copy_rows
from storage.engine import IN_MEMORY, make_engine, make_sqlite_file, read_url, run_pragma, sqlite_file
from storage.faults import in_plain_words
from storage.revisions import Revisions
from storage.unit_of_work import unit_of_work

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from storage.retention import Periods, Removed
    from storage.unit_of_work import UnitOfWork


class Database:
    """One database, shared by all threads of the bot."""

    def __init__(self, url: str) -> None:
        """
        Name the database; nothing is opened or reached yet.

        Raises:
            DatabaseUnavailable: the URL cannot be used.
        """
        self._url = read_url(url)
        self._engine = make_engine(self._url)

    def exists(self) -> bool:
        """Tell whether there is a database to open; a server is taken to have one."""
        path = sqlite_file(self._url)
        return path is None or path.exists()

    def folder(self) -> Path | None:
        """Return the folder of the file; None for a server."""
        path = sqlite_file(self._url)
        return None if path is None else path.parent

    def upgrade(self) -> None:
        """
        Bring the tables up to date; make the file first if there is none. Safe to call at every start.

        Raises:
            DatabaseTooNew: a newer version of Ask First was here.
            DatabaseUnavailable: it cannot be opened, reached or written to.
        """
        make_sqlite_file(self._url)
        with in_plain_words(self._url):
            Revisions().upgrade(self._engine)
            health.check_writable(self._engine)

    @contextmanager
    def begin(self) -> Iterator[UnitOfWork]:
        """
        Open one transaction: kept when the block ends, undone when it raises.

        Do not open a second one inside the first: SQLite has one writer, and it would wait for itself.

        Raises:
            DatabaseUnavailable: it cannot be opened, reached or written to.
            ChangeRefused: a key, a reference or a required value was wrong.
        """
        with in_plain_words(self._url), self._engine.begin() as connection:
            yield unit_of_work(connection)

    def check(self) -> tuple[str, ...]:
        """Look the database over and say what is wrong, one sentence each; nothing where all is well."""
        return health.findings(self._url, self._engine)

    def tidy(self, periods: Periods, now: datetime) -> Removed:
        """
        Remove what is older than it may be kept, write down how much that was, and return it.

        Raises:
            DatabaseUnavailable: it cannot be opened, reached or written to.
        """
        with self.begin() as work:
            removed = retention.tidy(work, periods, now)
        self.forget_for_good()
        return removed

    def forget_for_good(self) -> bool:
        """
        Empty SQLite's log, in which deleted text can still be read; False where another program is reading.

        On PostgreSQL there is nothing to do: what was deleted goes when the server vacuums.

        Raises:
            DatabaseUnavailable: it cannot be opened, reached or written to.
        """
        with in_plain_words(self._url), self._engine.connect() as connection:
            busy = run_pragma(connection, "wal_checkpoint(TRUNCATE)")
        return not busy

    @contextmanager
    def only_bot(self) -> Iterator[None]:
        """
        Be the one bot that serves from this file; several may share a server.

        Raises:
            BotRunning: there is one already.
        """
        path = sqlite_file(self._url)
        with nullcontext() if path is None else hold_bot_lock(path):
            yield

    def back_up(self, to: Path) -> None:
        """
        Write a whole copy of the file, with the bot running or not.

        Raises:
            BackupRefused: the database is on a server, or the copy cannot be written there.
        """
        backup.copy_to(backup.backed_up_file(self._url), to)

    def restore(self, file: Path, now: datetime) -> Path | None:
        """
        Put a backup in the database's place; return where the old file is kept, None where there was none.

        The backup is copied, brought up to date and told of its restoring first, so that it is all or nothing.

        Raises:
            BackupRefused: the database is on a server, or the file is no whole backup of ours.
            BotRunning: stop the bot first.
            DatabaseTooNew: a newer version of Ask First made the backup.
        """
        path = backup.backed_up_file(self._url)
        with self.only_bot():
            copy = backup.copy_from(file, path)
            try:
                _tell_it_is_restored(
                    copy, AuditEntry(actor=None, verb=Verb.RESTORED, at=now, facts={"sha256": backup.fingerprint(copy)})
                )
                self.close()
                return backup.put_in_place(copy, path, now)
            finally:
                copy.unlink(missing_ok=True)

    def copy_into_memory(self) -> Database:
        """
        Return a database in memory with the same rows as of one moment; what is done to it never reaches this one.

        For looking at what would happen. Its memory is freed when it is closed.

        Raises:
            DatabaseUnavailable: this one cannot be opened or reached, or is older than this version.
        """
        copy = Database(IN_MEMORY)
        try:
            copy.upgrade()
            with in_plain_words(self._url):
                copy_rows(self._engine, copy._engine)
        except BaseException:
            copy.close()
            raise
        return copy

    def close(self) -> None:
        """Close every connection; the next use opens one again."""
        self._engine.dispose()


def _tell_it_is_restored(copy: Path, entry: AuditEntry) -> None:
    restored = Database(f"sqlite:///{copy}")
    try:
        restored.upgrade()
        with restored.begin() as work:
            work.audit.write(THE_TRUST, entry)
    finally:
        restored.close()
