"""The commands that look after what is kept: the audit, erasing, backup and restore."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bot.__main__ import main
from storage.audit import THE_TRUST
from tests.bot.command_line import fails_with
from tests.storage.builders import a_person, fill

if TYPE_CHECKING:
    from pathlib import Path

    from storage.database import Database
    from tests.stage import DatabaseFile

pytestmark = pytest.mark.usefixtures("own_environment")
PRIYA = a_person("Priya")


@pytest.fixture
def staffed(database: Database) -> Database:
    """Return the commands' own database, with somebody in it."""
    with database.begin() as uow:
        fill(uow, PRIYA, a_person("Tom"))
    return database


def names(database: Database) -> list[str]:
    with database.begin() as uow:
        return [person.name for person in uow.people.everyone()]


def test_a_whole_audit_is_called_whole(staffed: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert staffed.exists()

    assert main(["audit", "verify"]) == 0
    assert "The audit is whole: 3 rows about 3 subjects." in capsys.readouterr().out


def test_a_row_changed_by_hand_is_found_and_named(
    staffed: Database, database_file: DatabaseFile, capsys: pytest.CaptureFixture[str]
) -> None:
    staffed.close()
    database_file.run("DROP TRIGGER audit_no_update")
    database_file.run("UPDATE audit SET verb = 'removed' WHERE subject_kind = 'setting'")

    assert main(["audit", "verify"]) == 1
    assert "NOT WHOLE  Setting elm: Row 1 was changed" in capsys.readouterr().out


def test_a_chain_is_shown_and_a_wrong_name_gets_a_sentence(
    staffed: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    assert staffed.exists()

    assert main(["audit", "show", f"person:{PRIYA.email}"]) == 0
    assert "added by the bot" in capsys.readouterr().out
    assert "Name a subject as" in fails_with(capsys, "audit", "show", "nonsense")


def test_erasing_asks_first_and_then_forgets(staffed: Database, capsys: pytest.CaptureFixture[str]) -> None:
    asked = main(["people", "erase", PRIYA.email])
    first = capsys.readouterr().out
    still_there = names(staffed)

    done = main(["people", "erase", PRIYA.email, "--yes"])

    assert (asked, done) == (1, 0)
    assert "would erase Priya" in first
    assert "--yes" in first
    assert still_there == ["Priya", "Tom"]
    assert names(staffed) == ["Tom"]
    assert main(["audit", "verify"]) == 0


def test_erasing_somebody_who_is_not_there_gets_a_sentence(
    staffed: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    assert staffed.exists()

    assert "Nobody in the directory" in fails_with(capsys, "people", "erase", "nobody@school.example", "--yes")


def test_a_backup_is_made_and_brought_back(
    staffed: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = str(tmp_path / "kept.db")

    assert main(["backup", to]) == 0
    assert main(["people", "erase", PRIYA.email, "--yes"]) == 0
    staffed.close()
    assert main(["restore", to]) == 0

    said = capsys.readouterr().out
    assert "erase them again" in said
    assert names(staffed) == ["Priya", "Tom"]
    with staffed.begin() as uow:
        assert [row.verb for row in uow.audit.chain(THE_TRUST)] == ["restored"]
    assert main(["audit", "verify"]) == 0
    assert "restored from a backup" in capsys.readouterr().out


def test_a_backup_is_refused_where_a_file_is_already(
    staffed: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert staffed.exists()
    tmp_path.joinpath("there").touch()

    assert "is there already" in fails_with(capsys, "backup", str(tmp_path / "there"))


def test_what_is_no_backup_is_not_restored(
    staffed: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tmp_path.joinpath("letter.txt").write_text("Dear sir", "utf-8")

    assert "not a backup" in fails_with(capsys, "restore", str(tmp_path / "letter.txt"))
    assert names(staffed) == ["Priya", "Tom"]


def test_a_second_bot_on_the_same_file_is_told_to_stay_away_and_commands_are_not(
    staffed: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert staffed.exists()
    monkeypatch.setenv("ASKFIRST_PORT", "0")
    assert main(["backup", str(tmp_path / "kept.db")]) == 0
    capsys.readouterr()
    with subprocess.Popen([sys.executable, "-m", "bot", "demo"], stdout=subprocess.PIPE, text=True) as first:
        try:
            assert first.stdout is not None
            assert next(line for line in first.stdout if "http://" in line)
            second = fails_with(capsys, "demo")
            restoring = fails_with(capsys, "restore", str(tmp_path / "kept.db"))
            other_command = main(["audit", "verify"])
        finally:
            first.send_signal(signal.SIGTERM)
            first.wait(timeout=15)

    assert "already running" in second
    assert "already running" in restoring
    assert other_command == 0


@pytest.mark.parametrize("days", ["0", '"long"'])
def test_periods_that_cannot_be_used_keep_the_bot_from_starting(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, days: str
) -> None:
    own = tmp_path / "own.toml"
    own.write_text(f"events = {days}\nanswers = 7\nsent = 7\ngiven_up = 7\nleavers = 7\n", "utf-8")
    monkeypatch.setenv("ASKFIRST_RETENTION", str(own))

    assert "events" in fails_with(capsys, "demo")
