"""The database: opened by URL, brought up to date, checked, tidied, and used one transaction at a time."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from storage import health, retention
from storage.engine import make_engine, make_sqlite_file, read_url, run_pragma, sqlite_file
from storage.faults import in_plain_words
from storage.revisions import Revisions
from storage.unit_of_work import unit_of_work

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from storage.retention import Removed
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

    def tidy(self, now: datetime) -> Removed:
        """
        Remove what is older than it may be kept, and tell how much that was.

        Raises:
            DatabaseUnavailable: it cannot be opened, reached or written to.
        """
        with self.begin() as work:
            removed = retention.tidy(work, now)
        self._forget_for_good()
        return removed

    def close(self) -> None:
        """Close every connection; the next use opens one again."""
        self._engine.dispose()

    def _forget_for_good(self) -> None:
        # Until SQLite's log is emptied, deleted text can still be read in it.
        with in_plain_words(self._url), self._engine.connect() as connection:
            run_pragma(connection, "wal_checkpoint(TRUNCATE)")
