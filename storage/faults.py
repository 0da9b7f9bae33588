"""From a driver's error to one of ours, without a word of what was being stored."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg
from sqlalchemy.exc import (
    DatabaseError,
    DBAPIError,
    InterfaceError,
    InternalError,
    OperationalError,
    StatementError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.engine import sqlite_file
from storage.errors import ChangeRefused, DatabaseUnavailable, NaiveInstant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL

_SQLITE_SENTENCES = (
    ("readonly", "may be read but not written. Give the account that runs Ask First the right to write it"),
    (
        "unable to open",
        "cannot be opened. Check that it is there and who may read and write it and its folder",
    ),
    ("locked", "is busy: another program has held it for too long. Close that program and try again"),
    ("no such table", "is empty or older than this version. Start the bot once to bring it up to date"),
    ("full", "cannot grow: the disk is full. Make room and try again"),
    ("not a database", "is not a database of Ask First, or is damaged. Restore it from a backup"),
    ("malformed", "is damaged. Restore it from a backup"),
)


@contextmanager
def in_plain_words(url: URL) -> Iterator[None]:
    """
    Turn what a driver raises inside the block into a StorageError.

    Raises:
        DatabaseUnavailable: it cannot be opened, reached or written to.
        ChangeRefused: a key, a reference or a required value was wrong.
        NaiveInstant: an instant came without its time zone.
    """
    try:
        yield
    except PoolTimeout:
        raise DatabaseUnavailable("The database is busy: no connection came free in time. Try again.") from None
    except (OperationalError, InterfaceError, InternalError) as problem:
        raise DatabaseUnavailable(_why_unavailable(url, problem)) from problem
    except DBAPIError as problem:
        if isinstance(problem.orig, psycopg.errors.UndefinedTable):
            raise DatabaseUnavailable(
                "The database is empty or older than this version. Start the bot once to bring it up to date."
            ) from None
        if type(problem) is DatabaseError:
            raise DatabaseUnavailable(_why_unavailable(url, problem)) from problem
        # The driver's own text may hold what somebody is called, so the chain is cut here.
        raise ChangeRefused(f"The database refused this: {_rule_broken(problem)}.") from None
    except StatementError as problem:
        if isinstance(problem.orig, NaiveInstant):
            raise problem.orig from None
        raise


def _why_unavailable(url: URL, problem: DBAPIError) -> str:
    if isinstance(problem.orig, sqlite3.Error):
        return _why_file_unavailable(url, str(problem.orig))
    server = f"The database server {url.host or 'on this machine'}"
    if isinstance(problem.orig, psycopg.errors.ReadOnlySqlTransaction):
        return f"{server} lets us read but not write. Use the main server, not a copy of it."
    if isinstance(problem.orig, psycopg.errors.DiskFull):
        return f"{server} has no room left on its disk. Make room and try again."
    return (
        f"{server} does not answer as it should. "
        "Check that it runs, and that the URL names the right server, database, user and password."
    )


def _why_file_unavailable(url: URL, said: str) -> str:
    for sign, sentence in _SQLITE_SENTENCES:
        if sign in said:
            return f"The database file {sqlite_file(url)} {sentence}."
    return f"The database file {sqlite_file(url)} cannot be used: {said}."


def _rule_broken(problem: DBAPIError) -> str:
    cause = problem.orig
    if isinstance(cause, psycopg.Error):
        return f"{type(cause).__name__} {cause.diag.constraint_name or ''}".strip()
    if isinstance(cause, sqlite3.IntegrityError):
        return str(cause)  # names of tables and columns only
    return type(cause).__name__
