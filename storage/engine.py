"""One engine by URL: SQLite in a file, or PostgreSQL; everything the two need to behave alike."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from storage.compiled import COMPILED
from storage.errors import DatabaseUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL, Connection, Engine

SQLITE = "sqlite"
POSTGRESQL = "postgresql"
IN_MEMORY = f"{SQLITE}://"  # kept in the one connection of its engine, and gone with it

WAIT_SECONDS = 10  # for the one SQLite writer, and for a free connection

_TRIES_A_SECOND = 50
_ONLY_READS = "askfirst_only_reads"

_PRAGMAS = (
    f"busy_timeout={WAIT_SECONDS * 1000}",  # milliseconds; first, because the others may wait for a lock
    "synchronous=FULL",  # NORMAL may lose the last commits when the power fails
    "foreign_keys=ON",
    "secure_delete=ON",  # what was deleted is overwritten, not only unlinked
)


def read_url(text: str) -> URL:
    """
    Read a database URL and name the driver we ship.

    Raises:
        DatabaseUnavailable: it is no URL, or names a database we do not speak to.
    """
    try:
        url = make_url(text)
    except ArgumentError:
        raise DatabaseUnavailable("The database URL cannot be read. " + _EXAMPLES) from None
    backend = url.drivername.partition("+")[0]
    if backend in ("postgres", POSTGRESQL):
        return url.set(drivername="postgresql+psycopg")
    if backend == SQLITE:
        return url.set(drivername="sqlite+pysqlite")
    raise DatabaseUnavailable(f"The database URL begins with '{backend}', which is not supported. " + _EXAMPLES)


def make_engine(url: URL) -> Engine:
    """Build the engine; nothing is opened or reached before the first use."""
    return _sqlite_engine(url) if url.get_backend_name() == SQLITE else _postgresql_engine(url)


def sqlite_file(url: URL) -> Path | None:
    """Return the file of a SQLite URL; None for PostgreSQL and for a database in memory."""
    if url.get_backend_name() != SQLITE or not url.database or url.database == ":memory:":
        return None
    return Path(url.database.removeprefix("file:"))


def make_sqlite_file(url: URL) -> None:
    """
    Make the file and its folder if they are missing, for the eyes of this account alone.

    Raises:
        DatabaseUnavailable: the folder or the file cannot be made.
    """
    path = sqlite_file(url)
    if path is None or path.exists():
        return
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as problem:
        raise DatabaseUnavailable(
            f"The database file {path} cannot be made: {problem.strerror}. Check the folder and who may write in it."
        ) from None


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Open one transaction that only reads: it sees one moment throughout, and nobody waits for it to write."""
    one_moment = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    options = {_ONLY_READS: True} if engine.dialect.name == SQLITE else one_moment
    with engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


def run_pragma(connection: Connection, pragma: str) -> Any:  # noqa: ANN401 - each pragma answers in a type of its own
    """Run a pragma that only works outside a transaction, and return what it answers; nothing on PostgreSQL."""
    driver = connection.connection.driver_connection
    if connection.dialect.name != SQLITE or driver is None:
        return None
    answer = driver.execute(f"PRAGMA {pragma}").fetchone()
    return answer[0] if answer else None


_EXAMPLES = "Use sqlite:///data/askfirst.db or postgresql://user:password@server/database."


def _sqlite_engine(url: URL) -> Engine:
    # One connection is a fair queue: with more, writers sleep and retry, and fifty clicks take
    # thirty times as long. The connection moves between threads, one at a time.
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=WAIT_SECONDS,
        hide_parameters=True,
        connect_args={"check_same_thread": False},
        execution_options={"compiled_cache": COMPILED},
    )
    event.listen(engine, "connect", _on_sqlite_connect)
    event.listen(engine, "begin", _on_sqlite_begin)
    return engine


def _postgresql_engine(url: URL) -> Engine:
    # Statements are not prepared on the server, so that a connection pooler may stand in between.
    return create_engine(
        url,
        pool_pre_ping=True,
        pool_timeout=WAIT_SECONDS,
        hide_parameters=True,
        connect_args={"connect_timeout": 5, "prepare_threshold": None, **url.query},
        execution_options={"compiled_cache": COMPILED},
    )


def _on_sqlite_connect(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401 - SQLAlchemy's own record, unused
    # The driver's own idea of transactions starts them too late for BEGIN IMMEDIATE.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()
    _keep_a_log(connection)


def _keep_a_log(connection: sqlite3.Connection) -> None:
    # Readers and the writer do not wait for each other with a log. Switching to it is the one thing
    # SQLite will not wait to do, so of two bots starting on a new file the second would fall over.
    for _ in range(WAIT_SECONDS * _TRIES_A_SECOND):
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
        except sqlite3.OperationalError as problem:
            if "locked" not in str(problem):
                raise
            time.sleep(1 / _TRIES_A_SECOND)
        else:
            return
    connection.execute("PRAGMA journal_mode=WAL").close()


def _on_sqlite_begin(connection: Connection) -> None:
    # A plain BEGIN reads first and cannot be turned into a write when another writer came between.
    only_reads = connection.get_execution_options().get(_ONLY_READS)
    connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")
