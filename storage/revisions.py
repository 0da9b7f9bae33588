"""The way up: from whatever revision a database is at to the one this version needs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from storage.engine import SQLITE, run_pragma
from storage.errors import DatabaseTooNew, StorageError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

MIGRATIONS = Path(__file__).with_name("migrations")

# Any fixed number will do, as long as nothing else in the same database locks it.
_UPGRADE_LOCK = 4_215_072_026


class MigrationLeftOrphans(StorageError):  # noqa: N818 - the name is the sentence: it left orphans
    """A migration broke a reference between two tables, and was undone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisions:
    """The revisions in one folder."""

    folder: Path = MIGRATIONS

    def upgrade(self, engine: Engine) -> None:
        """
        Bring a database to the newest revision, one transaction for each step.

        Whoever starts at the same moment waits and then finds the work done.

        Raises:
            DatabaseTooNew: a newer version of Ask First was here.
            MigrationLeftOrphans: a step would have broken a reference; it was undone.
        """
        with engine.connect() as connection:
            # SQLite changes a table by building it anew; with the keys on, dropping the old one would
            # count as deleting its rows. The pragma does nothing inside a transaction.
            run_pragma(connection, "foreign_keys=OFF")
            try:
                while self._take_a_step(connection):
                    pass
            finally:
                run_pragma(connection, "foreign_keys=ON")

    def check_up_to_date(self, connection: Connection) -> bool:
        """
        Tell whether a database is at the newest revision; False means that an upgrade is due.

        Raises:
            DatabaseTooNew: this version does not know its revision.
        """
        scripts = ScriptDirectory(str(self.folder))
        revision = MigrationContext.configure(connection).get_current_revision()
        known = {script.revision for script in scripts.walk_revisions()}
        if revision is not None and revision not in known:
            raise DatabaseTooNew(
                f"This database was changed by a newer version of Ask First (revision {revision}). "
                "Install that version again, or restore the backup made before it was installed."
            )
        return revision == scripts.get_current_head()

    def alembic_config(self, connection: Connection) -> Config:
        """Return what Alembic needs to work on a connection that is already open."""
        config = Config()
        config.set_main_option("script_location", str(self.folder).replace("%", "%%"))
        config.attributes["connection"] = connection
        return config

    def _take_a_step(self, connection: Connection) -> bool:
        """Apply the next migration and commit it; False where there is none left."""
        with connection.begin():
            if connection.dialect.name != SQLITE:  # there, BEGIN IMMEDIATE has locked the whole file already
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK})
            if self.check_up_to_date(connection):
                return False
            command.upgrade(self.alembic_config(connection), "+1")
            _check_references(connection)
        return True


def _check_references(connection: Connection) -> None:
    if connection.dialect.name != SQLITE:
        return
    orphans = connection.execute(text("PRAGMA foreign_key_check")).all()
    if orphans:
        raise MigrationLeftOrphans(
            f"Rows of '{orphans[0][0]}' would have lost what they belong to, so the upgrade was undone."
        )
