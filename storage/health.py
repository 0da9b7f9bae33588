"""What may be wrong with a database, found before staff find it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from storage.engine import SQLITE, sqlite_file
from storage.errors import StorageError
from storage.faults import in_plain_words
from storage.revisions import Revisions

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine


def findings(url: URL, engine: Engine) -> tuple[str, ...]:
    """Return what is wrong, one plain sentence each, the worst first; nothing where all is well."""
    path = sqlite_file(url)
    if path is not None and not path.exists():
        return (f"There is no database at {path} yet; it is made when the bot first starts.",)
    try:
        with in_plain_words(url), engine.connect() as connection:
            found = (*_damage(connection), *_revision(connection))
        if not found:
            with in_plain_words(url):
                check_writable(engine)
    except StorageError as problem:
        return (str(problem),)
    return found


def check_writable(engine: Engine) -> None:
    """Write a row and take it back; a driver's error rises where the database may only be read."""
    with engine.connect() as connection, connection.begin() as trial:
        connection.execute(text("UPDATE alembic_version SET version_num = version_num"))
        trial.rollback()


def _damage(connection: Connection) -> tuple[str, ...]:
    if connection.dialect.name != SQLITE:
        return ()
    said = connection.execute(text("PRAGMA integrity_check(1)")).scalar_one()
    if said != "ok":
        return ("The database file is damaged. Stop the bot and restore the file from a backup.",)
    if connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
        return ("Some rows point at others that are gone. Restore the file from a backup.",)
    return ()


def _revision(connection: Connection) -> tuple[str, ...]:
    if Revisions().check_up_to_date(connection):
        return ()
    return ("The database is from an older version of Ask First; starting the bot brings it up to date.",)
