"""The policy a command reads: the trust's own words where they were imported, else the shipped edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.desk import Desk
from storage.database import Database

if TYPE_CHECKING:
    from bot.config import Config
    from handlers.desk import Reading


def policy_reading(config: Config) -> Reading:
    """
    Return the policy in force, without making a database where there is none.

    Raises:
        StorageError: there is a database and it cannot be used.
    """
    database, desk = Database(config.database_url), Desk.open()
    if not database.exists():
        return desk.shipped_reading()
    database.upgrade()
    with database.begin() as uow:
        return desk.reading(uow)
