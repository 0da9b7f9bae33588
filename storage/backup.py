"""A copy of the SQLite file that is whole while the bot goes on writing, and the way back from one."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from storage.engine import sqlite_file
from storage.errors import StorageError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import URL

_BESIDE = ("-wal", "-shm")  # SQLite's log and its index


class BackupRefused(StorageError):  # noqa: N818 - the name is the sentence: the backup was refused
    """A backup cannot be made there, or cannot be restored; nothing was changed."""


def backed_up_file(url: URL) -> Path:
    """
    Return the file to copy or to replace.

    Raises:
        BackupRefused: the database is on a server, or in memory.
    """
    path = sqlite_file(url)
    if path is None:
        raise BackupRefused(
            "This database is not a file. PostgreSQL has tools of its own: pg_dump and pg_restore (docs/audit.md)."
        )
    return path


def copy_to(source: Path, to: Path) -> None:
    """
    Write a copy, whole and checked, for the eyes of this account alone.

    Raises:
        BackupRefused: there is no database, a file is there already, or it cannot be written.
    """
    if not source.exists():
        raise BackupRefused(f"There is no database at {source} yet, so there is nothing to back up.")
    if to.exists():
        raise BackupRefused(f"{to} is there already. Give another name; a backup never takes the place of a file.")
    part = to.with_name(f".{to.name}.part")
    try:
        os.close(_new(part))  # SQLite would make it for everybody's eyes
        with closing(sqlite3.connect(source, timeout=10)) as connection:
            connection.execute("VACUUM INTO ?", (str(part),))
        _check(part)
        _settle(part, to)
    except (OSError, sqlite3.Error) as problem:
        why = problem.strerror if isinstance(problem, OSError) else problem
        raise BackupRefused(f"The backup cannot be written to {to}: {why}.") from None
    finally:
        part.unlink(missing_ok=True)


def copy_from(backup: Path, beside: Path) -> Path:
    """
    Copy a backup to beside the database it is for, so that the backup itself is never opened; return the copy.

    Raises:
        BackupRefused: it is no backup of ours, is damaged, or cannot be read or copied.
    """
    log = backup.with_name(f"{backup.name}-wal")
    if log.exists() and log.stat().st_size:
        raise BackupRefused(f"{backup} is in use, so it is no backup. Make one of it: askfirst backup FILE")
    copy = beside.with_name(f"{beside.name}.restoring")
    try:
        beside.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with backup.open("rb") as source, os.fdopen(_new(copy), "wb") as made:
            shutil.copyfileobj(source, made)
        _check(copy)
    except OSError as problem:
        copy.unlink(missing_ok=True)
        raise BackupRefused(f"{backup} cannot be restored: {problem.strerror}.") from None
    except (sqlite3.Error, BackupRefused):
        copy.unlink(missing_ok=True)
        raise BackupRefused(f"{backup} is not a backup of Ask First, or is damaged. Nothing was changed.") from None
    return copy


def put_in_place(copy: Path, path: Path, now: datetime) -> Path | None:
    """
    Let a copy take the place of the database; return where the old one was put, None where there was none.

    Raises:
        BackupRefused: another program has the old one open.
    """
    if not path.exists():
        _settle(copy, path)
        return None
    _close_for_good(path)
    aside = path.with_name(f"{path.name}.before-{now:%Y%m%dT%H%M%SZ}")
    _keep_owner(copy, path)
    for end in ("", *_BESIDE):  # the log is left only where the old one is damaged
        with suppress(FileNotFoundError):
            path.with_name(path.name + end).rename(aside.with_name(aside.name + end))
    _settle(copy, path)
    return aside


def fingerprint(file: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _check(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        whole = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
        ours = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    if not whole or ours != (1,):
        raise BackupRefused("The database is damaged or is none of Ask First, so there is nothing to back up.")


def _close_for_good(path: Path) -> None:
    """Fold the log into the file, which SQLite does only for whoever has it alone."""
    try:
        with closing(sqlite3.connect(path, timeout=1)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as problem:
        if "locked" in str(problem):
            raise BackupRefused(
                f"Another program has {path} open. Close it, then restore again; nothing was changed."
            ) from None
    except sqlite3.DatabaseError:
        return  # damaged: a good reason to restore


def _keep_owner(copy: Path, path: Path) -> None:
    """Leave the file to the account that runs the bot, also where an administrator restores it."""
    owner = path.stat()
    with suppress(PermissionError):
        os.chown(copy, owner.st_uid, owner.st_gid)


def _new(file: Path) -> int:
    return os.open(file, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)


def _settle(file: Path, to: Path) -> None:
    """Give a finished file its name, so that whoever sees it sees all of it, also after a power failure."""
    _flush(file)
    file.rename(to)
    _flush(to.parent)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
