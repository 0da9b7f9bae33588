from __future__ import annotations

import sqlite3
import stat
import traceback
from threading import Timer
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from policy_kb.words import Channel
from storage.database import Database
from storage.engine import read_url
from storage.errors import ChangeRefused, DatabaseUnavailable
from storage.people import PersonId
from tests.storage.builders import ELM, ENTRY, NOW, a_person, fill

if TYPE_CHECKING:
    from pathlib import Path

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
        work.settings.put(ELM, entry=ENTRY)
    with database.begin() as work:
        assert work.settings.listed() == (ELM,)
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


def test_a_bot_that_starts_while_another_one_makes_the_file_waits_for_it(tmp_path: Path) -> None:
    file = tmp_path / "askfirst.db"
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    letting_go = Timer(0.1, other.execute, ["ROLLBACK"])
    database = Database(f"sqlite:///{file}")

    letting_go.start()
    database.upgrade()

    assert database.check() == ()
    letting_go.join()
    other.close()
    database.close()


def test_what_is_not_there_cannot_be_pointed_at(database: Database) -> None:
    with pytest.raises(ChangeRefused), database.begin() as work:
        work.identities.remember(Channel.SLACK, "T1", "U1", PersonId("nobody"), NOW)


def test_an_error_leaves_nothing_of_its_turn_behind(database: Database) -> None:
    with pytest.raises(ChangeRefused):
        _add_a_setting_and_a_mistake(database)

    with database.begin() as work:
        assert work.settings.listed() == ()


def test_what_people_are_called_never_shows_in_an_error(database: Database) -> None:
    person = a_person()
    twin = type(person)(id=PersonId("a"), name=SECRET, email=SECRET, post=SECRET, setting=ELM)
    other = type(person)(id=PersonId("b"), name=SECRET, email=SECRET, post=SECRET, setting=ELM)

    with pytest.raises(ChangeRefused) as refusal, database.begin() as work:
        fill(work, twin, other)

    assert SECRET not in "".join(traceback.format_exception(refusal.value))


def test_what_people_are_called_never_shows_when_the_tables_are_missing(url: str) -> None:
    database = Database(url)

    with pytest.raises(DatabaseUnavailable, match="Start the bot once") as refusal, database.begin() as work:
        work.people.find_by_email(SECRET)

    assert SECRET not in "".join(traceback.format_exception(refusal.value))
    database.close()


def _add_a_setting_and_a_mistake(database: Database) -> None:
    with database.begin() as work:
        work.settings.put(ELM, entry=ENTRY)
        work.identities.remember(Channel.SLACK, "T1", "U1", PersonId("nobody"), NOW)
