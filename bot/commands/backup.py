"""`askfirst backup` and `askfirst restore`: a whole copy of the SQLite file, and the way back."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from bot import clock
from bot.app import heads_file
from handlers.night import keep_heads
from storage.database import Database

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config import Config


def run_backup(config: Config, to: Path) -> int:
    """
    Write a copy; the bot may go on meanwhile.

    Raises:
        StorageError: it cannot be written, or the database is no file.
    """
    Database(config.database_url).back_up(to)
    print(f"Wrote {to}. It holds personal data: keep it where the database would be safe, and no longer than needed.")
    return 0


def run_restore(config: Config, file: Path) -> int:
    """
    Put a backup in the database's place.

    Raises:
        StorageError: the bot is running, or the file is no backup this version can use; nothing is changed.
    """
    now = clock.now()
    with closing(Database(config.database_url)) as database:
        aside = database.restore(file, now)
        keep_heads(database, heads_file(config, database), now, restored=True)
    print(f"Restored {file}. What was kept since that backup was made is not in the database any more.")
    if aside is not None:
        print(f"The database from before is in {aside}. Delete it once you are sure: it holds personal data too.")
    print("Whoever was erased since then is back: erase them again.")
    return 0
