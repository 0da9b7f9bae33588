"""One bot on one SQLite file: whoever serves holds a lock beside it, and lets go however it ends."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from storage.errors import DatabaseUnavailable, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class BotRunning(StorageError):  # noqa: N818 - the name is the sentence: a bot is running
    """Another bot serves from this file."""


@contextmanager
def hold_bot_lock(database: Path) -> Iterator[None]:
    """
    Be the one bot on a SQLite file for as long as the block lasts; other commands may still use the file.

    Raises:
        BotRunning: there is one already.
        DatabaseUnavailable: the lock cannot be made.
    """
    path = database.with_name(f"{database.name}.lock")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as problem:
        raise DatabaseUnavailable(
            f"The file {path} cannot be made: {problem.strerror}. Check the folder and who may write in it."
        ) from None
    try:
        # The system lets go of it when the process ends, killed or not, so a stale file locks nobody out.
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        raise BotRunning(
            f"A bot is already running on {database}. Stop it first, or name another database in ASKFIRST_DATABASE_URL."
        ) from None
    try:
        yield
    finally:
        os.close(file)
