from __future__ import annotations

import os
import stat
import traceback
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from policy_kb.words import Channel
from storage.database import Database
from storage.engine import read_url
from storage.errors import ChangeRefused, DatabaseUnavailable
from storage.people import PersonId
from tests.storage.builders import ELM, NOW, a_person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.storage.postgresql_server import PostgresqlServer

NOBODY = 65534
SECRET = "somebody.private@school.example"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_usual_spelling_of_a_postgresql_address_is_understood(scheme: str) -> None:
    url = read_url(f"{scheme}://user:word@server/name")

    assert url.drivername == "postgresql+psycopg"
    assert (url.host, url.database) == ("server", "name")


@pytest.mark.parametrize("address", ["mysql://owner:word@server/name", "data/askfirst.db", ""])
def test_an_address_we_cannot_use_is_refused_with_an_example_and_without_its_password(address: str) -> None:
    with pytest.raises(DatabaseUnavailable, match="Use sqlite:///data/askfirst") as refusal:
        Database(address)

    assert "owner:word" not in str(refusal.value)


def test_a_new_database_is_made_with_its_folder_for_the_bot_s_own_account_alone(tmp_path: Path) -> None:
    file = tmp_path / "data" / "askfirst.db"
    database = Database(f"sqlite:///{file}")

    database.upgrade()

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert database.check() == ()
    database.close()


def test_a_database_in_memory_lasts_as_long_as_the_bot() -> None:
    database = Database("sqlite://")

    database.upgrade()

    with database.begin() as work:
        work.people.add_setting(ELM)
    with database.begin() as work:
        assert work.people.settings() == (ELM,)
    assert database.check() == ()
    database.close()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 10000),
        ("secure_delete", 1),
    ],
)
def test_sqlite_is_set_to_lose_nothing_and_to_forget_what_is_deleted(
    sqlite_url: str, pragma: str, value: str | int
) -> None:
    database = Database(sqlite_url)
    database.upgrade()

    with database._engine.begin() as connection:
        kept = connection.execute(text(f"PRAGMA {pragma}")).scalar_one()

    assert kept == value
    database.close()


def test_a_look_at_a_database_that_is_not_there_yet_says_so_and_makes_none(tmp_path: Path) -> None:
    file = tmp_path / "askfirst.db"

    (finding,) = Database(f"sqlite:///{file}").check()

    assert "made when the bot first starts" in finding
    assert not file.exists()


def test_a_look_at_an_empty_database_says_that_it_is_not_up_to_date(url: str) -> None:
    database = Database(url)
    if file := database._url.database if url.startswith("sqlite") else None:
        Path(file).touch()

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
    with database._engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys=OFF")
        driver.execute("INSERT INTO people VALUES ('p', 'P', 'p@school.example', NULL, 'nowhere', '')")

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
            work.people.add_setting(ELM)

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
        work.people.add_setting(ELM)

    database.close()
    other.close()


def test_what_is_not_there_cannot_be_pointed_at(database: Database) -> None:
    with pytest.raises(ChangeRefused), database.begin() as work:
        work.identities.remember(Channel.SLACK, "T1", "U1", PersonId("nobody"), NOW)


def test_an_error_leaves_nothing_of_its_turn_behind(database: Database) -> None:
    with pytest.raises(ChangeRefused):
        _add_a_setting_and_a_mistake(database)

    with database.begin() as work:
        assert work.people.settings() == ()


def test_what_people_are_called_never_shows_in_an_error(database: Database) -> None:
    person = a_person()
    twin = type(person)(id=PersonId("a"), name=SECRET, email=SECRET, post=SECRET, setting=ELM)
    other = type(person)(id=PersonId("b"), name=SECRET, email=SECRET, post=SECRET, setting=ELM)

    with pytest.raises(ChangeRefused) as refusal, database.begin() as work:
        work.people.replace_all(settings=(ELM,), people=(twin, other))

    assert SECRET not in "".join(traceback.format_exception(refusal.value))


def test_what_people_are_called_never_shows_when_the_tables_are_missing(url: str) -> None:
    database = Database(url)

    with pytest.raises(DatabaseUnavailable, match="Start the bot once") as refusal, database.begin() as work:
        work.people.find_by_email(SECRET)

    assert SECRET not in "".join(traceback.format_exception(refusal.value))
    database.close()


def _add_a_setting_and_a_mistake(database: Database) -> None:
    with database.begin() as work:
        work.people.add_setting(ELM)
        work.identities.remember(Channel.SLACK, "T1", "U1", PersonId("nobody"), NOW)


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
