from __future__ import annotations

import os
import stat
import traceback
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.pool import QueuePool

from storage.database import Database
from storage.engine import run_pragma
from storage.errors import DatabaseUnavailable
from tests.storage.builders import ELM, ENTRY, a_person, fill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.storage.postgresql_server import PostgresqlServer

NOBODY = 65534  # the account that owns nothing


def test_a_look_at_a_database_that_is_not_there_yet_says_so_and_makes_none(tmp_path: Path) -> None:
    file = tmp_path / "askfirst.db"

    (finding,) = Database(f"sqlite:///{file}").check()

    assert "made when the bot first starts" in finding
    assert not file.exists()


def test_a_look_at_an_empty_database_says_that_it_is_not_up_to_date(url: str) -> None:
    database = Database(url)
    if url.startswith("sqlite"):
        Path(str(database._url.database)).touch()

    (finding,) = database.check()

    assert "older version" in finding
    database.close()


def test_a_damaged_file_is_noticed(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "askfirst.db").write_bytes(b"This is not a database at all. " * 100)
    database = Database(sqlite_url)

    (finding,) = database.check()

    assert "damaged" in finding
    with pytest.raises(DatabaseUnavailable, match="Restore it from a backup"):
        database.upgrade()
    database.close()


def test_rows_that_point_at_nothing_are_noticed(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    database.upgrade()
    _set_pragma(database, "foreign_keys=OFF")
    with database.begin() as work:
        work.people.add_person(a_person(), entry=ENTRY)

    (finding,) = database.check()

    assert "gone" in finding
    database.close()


def test_a_file_that_may_only_be_read_is_refused_at_the_start_with_what_to_do(sqlite_url: str, tmp_path: Path) -> None:
    first = Database(sqlite_url)
    first.upgrade()
    first.close()
    database = Database(sqlite_url)

    with _only_readable(tmp_path):
        (finding,) = database.check()
        with pytest.raises(DatabaseUnavailable) as refusal:
            database.upgrade()
        with pytest.raises(DatabaseUnavailable), database.begin() as work:
            work.settings.put(ELM, entry=ENTRY)

    assert str(refusal.value) == finding
    assert "may be read but not written" in finding or "cannot be opened" in finding
    database.close()


def test_a_file_opened_for_reading_is_refused_at_the_start(sqlite_url: str, tmp_path: Path) -> None:
    first = Database(sqlite_url)
    first.upgrade()
    first.close()
    database = Database(f"sqlite:///file:{tmp_path / 'askfirst.db'}?mode=ro&uri=true")

    with pytest.raises(DatabaseUnavailable, match="may be read but not written"):
        database.upgrade()

    database.close()


def test_a_folder_nobody_may_write_in_is_refused_with_what_to_do(tmp_path: Path) -> None:
    tmp_path.joinpath("file").touch()
    database = Database(f"sqlite:///{tmp_path / 'file' / 'askfirst.db'}")

    with pytest.raises(DatabaseUnavailable, match="Check the folder"):
        database.upgrade()


def test_a_server_that_may_only_be_read_is_refused_at_the_start(postgresql_server: PostgresqlServer) -> None:
    database = Database(postgresql_server.new_database())
    database.upgrade()
    with database._engine.begin() as connection:
        name = connection.execute(text("SELECT current_database()")).scalar_one()
        connection.execute(text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'))
    database.close()

    with pytest.raises(DatabaseUnavailable, match="lets us read but not write"):
        database.upgrade()

    database.close()


def test_a_server_that_cannot_be_reached_is_named_without_its_password() -> None:
    database = Database("postgresql://user:password@127.0.0.1:1/name")

    with pytest.raises(DatabaseUnavailable, match=r"server 127\.0\.0\.1 does not answer") as refusal:
        database.upgrade()

    assert "password@" not in "".join(traceback.format_exception(refusal.value))
    assert database.check() == (str(refusal.value),)


def test_after_the_server_dropped_our_connections_the_next_turn_works(
    postgresql_server: PostgresqlServer,
) -> None:
    database = Database(postgresql_server.new_database())
    database.upgrade()
    other = Database(postgresql_server.admin_url)
    with other._engine.begin() as connection:
        connection.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"),
            {"name": database._url.database},
        )

    with database.begin() as work:
        work.settings.put(ELM, entry=ENTRY)

    database.close()
    other.close()


def test_a_file_another_program_will_not_let_go_of_is_called_busy(sqlite_url: str) -> None:
    holder, database = Database(sqlite_url), Database(sqlite_url)
    holder.upgrade()
    _set_pragma(database, "busy_timeout=20")  # milliseconds; ten seconds would be a slow test

    with holder.begin(), pytest.raises(DatabaseUnavailable, match="is busy"), database.begin():
        pass

    with database.begin() as work:
        assert work.settings.listed() == ()
    holder.close()
    database.close()


def test_a_turn_opened_inside_another_one_is_told_so_and_does_not_wait_for_ever(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    database.upgrade()
    pool = database._engine.pool
    assert isinstance(pool, QueuePool)
    pool._timeout = 0.02

    with database.begin(), pytest.raises(DatabaseUnavailable, match="no connection came free"), database.begin():
        pass

    database.close()


def test_a_full_disk_is_named_and_nothing_of_the_turn_is_kept(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    database.upgrade()
    _set_pragma(database, "max_page_count=1")

    with pytest.raises(DatabaseUnavailable, match="the disk is full"):
        _add_many_people(database)

    with database.begin() as work:
        assert work.people.everyone() == ()
    database.close()


def _add_many_people(database: Database) -> None:
    with database.begin() as work:
        fill(work, *[a_person(f"Person{number}") for number in range(500)])


@contextmanager
def _only_readable(folder: Path) -> Iterator[None]:
    """Make everything in a folder readable and nothing writable, for root too."""
    paths = [*folder.iterdir(), folder]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    parents = [path for path in folder.parents if path.stat().st_uid == os.geteuid()]
    modes = [(path, stat.S_IMODE(path.stat().st_mode)) for path in parents]
    was_root = os.geteuid() == 0
    if was_root:
        for path, mode in modes:
            path.chmod(mode | 0o055)
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if was_root:
            os.seteuid(0)
            for path, mode in modes:
                path.chmod(mode)
        for path in paths:
            path.chmod(0o755 if path.is_dir() else 0o644)


def _set_pragma(database: Database, pragma: str) -> None:
    with database._engine.connect() as connection:
        run_pragma(connection, pragma)
