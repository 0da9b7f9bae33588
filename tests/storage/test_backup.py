"""A copy of the database that is whole, a way back that is all or nothing, and one bot on one file."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from storage.audit import THE_TRUST
from storage.backup import BackupRefused
from storage.bot_lock import BotRunning
from storage.database import Database
from storage.errors import ChangeRefused, DatabaseTooNew, DatabaseUnavailable
from tests.storage.builders import NOW, a_person, fill
from tests.storage.postgresql_server import programs_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.storage.postgresql_server import PostgresqlServer

LATER = NOW + timedelta(days=1)
HOLD = """
import sys, time
from pathlib import Path
from storage.bot_lock import hold_bot_lock
with hold_bot_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "askfirst.db"


@pytest.fixture
def kept(file: Path) -> Iterator[Database]:
    """Return a database in a file, with somebody in it."""
    with closing(Database(f"sqlite:///{file}")) as database:
        database.upgrade()
        with database.begin() as work:
            fill(work, a_person("Before"))
        yield database


@pytest.fixture
def backup(kept: Database, tmp_path: Path) -> Path:
    """Return a backup, after which somebody else came."""
    to = tmp_path / "backup.db"
    kept.back_up(to)
    with kept.begin() as work:
        fill(work, a_person("After"), settings=())
    return to


def names(database: Database) -> list[str]:
    with database.begin() as work:
        return [person.name for person in work.people.everyone()]


def spoil(file: Path) -> None:
    file.write_bytes(b"SQLite format 3\x00" + b"spoilt " * 4000)


def test_a_backup_holds_what_was_committed_also_while_somebody_writes(kept: Database, tmp_path: Path) -> None:
    with kept.begin() as work:
        fill(work, a_person("Unfinished"), settings=())
        kept.back_up(tmp_path / "backup.db")

    with closing(Database(f"sqlite:///{tmp_path / 'backup.db'}")) as copy:
        assert names(copy) == ["Before"]
        assert copy.check() == ()


def test_a_backup_is_for_this_account_alone_and_leaves_nothing_half_done(backup: Path, tmp_path: Path) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_a_backup_never_takes_the_place_of_a_file(kept: Database, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("mine", "utf-8")

    with pytest.raises(BackupRefused, match="is there already"):
        kept.back_up(there)

    assert there.read_text("utf-8") == "mine"


def test_a_backup_that_cannot_be_written_gets_a_sentence(kept: Database, tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match="cannot be written"):
        kept.back_up(tmp_path / "no such folder" / "backup.db")


def test_without_a_database_there_is_nothing_to_back_up(file: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match="nothing to back up"):
        Database(f"sqlite:///{file}").back_up(tmp_path / "backup.db")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["postgresql://user:password@127.0.0.1:1/name", "sqlite://"])
def test_a_server_is_backed_up_with_its_own_tools(url: str, tmp_path: Path) -> None:
    database = Database(url)

    with pytest.raises(BackupRefused, match="pg_dump"):
        database.back_up(tmp_path / "backup.db")
    with pytest.raises(BackupRefused, match="pg_restore"):
        database.restore(tmp_path / "backup.db", NOW)


def test_a_server_is_whole_again_after_its_own_tools_brought_it_back(
    postgresql_server: PostgresqlServer, tmp_path: Path
) -> None:
    url, programs = postgresql_server.new_database(), programs_folder()
    with closing(Database(url)) as database:
        database.upgrade()
        with database.begin() as work:
            fill(work, a_person("Before"))
        dump: list[str | Path] = [programs / "pg_dump", "--format=custom", f"--file={tmp_path / 'dump'}", url]
        subprocess.run(dump, check=True)  # noqa: S603 - our own words only
        with database.begin() as work:
            fill(work, a_person("After"), settings=())
        database.close()

        bring_back: list[str | Path] = [programs / "pg_restore", "--clean", "--if-exists", "--single-transaction"]
        bring_back += [f"--dbname={url}", tmp_path / "dump"]
        subprocess.run(bring_back, check=True)  # noqa: S603 - our own words only

        assert names(database) == ["Before"]
        assert database.check() == ()
        with pytest.raises(ChangeRefused), database.begin() as work:
            work.audit.connection.execute(text("DELETE FROM audit"))


def test_restoring_brings_back_what_was_there_and_keeps_the_old_file(kept: Database, backup: Path, file: Path) -> None:
    aside = kept.restore(backup, LATER)

    assert names(kept) == ["Before"]
    assert aside == file.with_name("askfirst.db.before-20260908T083000Z")
    with closing(Database(f"sqlite:///{aside}")) as old:
        assert names(old) == ["After", "Before"]


def test_a_restored_database_says_so_in_its_audit(kept: Database, backup: Path) -> None:
    kept.restore(backup, LATER)

    with kept.begin() as work:
        (row,) = work.audit.chain(THE_TRUST)
    assert row.verb == "restored"
    assert row.at.startswith("2026-09-08T08:30")
    assert re.fullmatch(r'\{"sha256":"[0-9a-f]{64}"\}', row.facts)


def test_the_backup_itself_is_not_touched_and_can_be_restored_again(kept: Database, backup: Path) -> None:
    before = backup.read_bytes()

    kept.restore(backup, LATER)
    kept.restore(backup, LATER + timedelta(seconds=1))

    assert backup.read_bytes() == before
    assert names(kept) == ["Before"]


def test_restoring_where_there_is_no_database_yet_makes_one(backup: Path, tmp_path: Path) -> None:
    with closing(Database(f"sqlite:///{tmp_path / 'new' / 'askfirst.db'}")) as database:
        aside = database.restore(backup, LATER)

        assert aside is None
        assert names(database) == ["Before"]


def test_a_damaged_database_can_be_restored_and_is_kept_as_it_was(kept: Database, backup: Path, file: Path) -> None:
    kept.close()
    spoil(file)
    spoilt = file.read_bytes()

    aside = kept.restore(backup, LATER)

    assert names(kept) == ["Before"]
    assert aside is not None
    assert aside.read_bytes() == spoilt


@pytest.mark.parametrize("what", ["nothing", "text", "spoilt", "somebody else's", "a folder"])
def test_what_is_no_backup_is_refused_and_nothing_is_changed(
    kept: Database, tmp_path: Path, file: Path, what: str
) -> None:
    wrong = tmp_path / "wrong.db"
    match what:
        case "text":
            wrong.write_text("Dear sir, here is the backup.", "utf-8")
        case "spoilt":
            spoil(wrong)
        case "somebody else's":
            with closing(sqlite3.connect(wrong)) as other:
                other.execute("CREATE TABLE settings (id TEXT)")
        case "a folder":
            wrong.mkdir()

    with pytest.raises(BackupRefused, match=r"wrong\.db"):
        kept.restore(wrong, LATER)

    assert names(kept) == ["Before"]
    assert file.with_name("askfirst.db.restoring").exists() is False


def test_a_backup_of_a_newer_version_is_refused_and_nothing_is_changed(
    kept: Database, backup: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(backup)) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
        newer.commit()

    with pytest.raises(DatabaseTooNew):
        kept.restore(backup, LATER)

    assert names(kept) == ["After", "Before"]
    assert [path.name for path in tmp_path.iterdir() if "restoring" in path.name] == []


def test_a_database_in_use_is_no_backup(kept: Database, tmp_path: Path) -> None:
    with closing(Database(f"sqlite:///{tmp_path / 'other.db'}")) as other:
        other.upgrade()

        with pytest.raises(BackupRefused, match="in use"):
            kept.restore(tmp_path / "other.db", LATER)


def test_a_running_bots_database_is_not_replaced(kept: Database, backup: Path) -> None:
    with kept.only_bot(), pytest.raises(BotRunning):
        kept.restore(backup, LATER)

    assert names(kept) == ["After", "Before"]


def test_a_database_another_command_has_open_is_not_replaced(kept: Database, backup: Path, file: Path) -> None:
    with closing(Database(f"sqlite:///{file}")) as other:
        assert names(other) == ["After", "Before"]

        with pytest.raises(BackupRefused, match="Another program"):
            kept.restore(backup, LATER)

    assert names(kept) == ["After", "Before"]


def test_a_second_bot_on_one_file_is_refused_and_other_commands_are_not(kept: Database, file: Path) -> None:
    with (
        closing(Database(f"sqlite:///{file}")) as second,
        kept.only_bot(),
        pytest.raises(BotRunning, match="already running"),
        second.only_bot(),
    ):
        pass

    with kept.only_bot(), closing(Database(f"sqlite:///{file}")) as command:
        assert names(command) == ["Before"]


def test_a_bot_that_was_killed_locks_nobody_out(kept: Database, file: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as bot:  # noqa: S603 - our own words only
        assert bot.stdout is not None
        assert bot.stdout.readline() == "held\n"
        with pytest.raises(BotRunning), kept.only_bot():
            pass
        bot.kill()

    with kept.only_bot():
        assert names(kept) == ["Before"]


def test_several_bots_may_share_a_server() -> None:
    one, two = (Database("postgresql://user:password@127.0.0.1:1/name") for _ in range(2))

    with one.only_bot(), two.only_bot():
        pass


def test_a_lock_that_cannot_be_made_gets_a_sentence(tmp_path: Path) -> None:
    tmp_path.joinpath("file").touch()

    with (
        pytest.raises(DatabaseUnavailable, match="Check the folder"),
        Database(f"sqlite:///{tmp_path / 'file' / 'askfirst.db'}").only_bot(),
    ):
        pass
