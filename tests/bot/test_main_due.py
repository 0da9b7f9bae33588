"""`askfirst due`, as whoever wants to know what the bot will say meets it."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from bot.__main__ import main
from tests.bot.command_line import COMMANDED_AT, fails_with
from tests.stage import sample_trust_database

if TYPE_CHECKING:
    from pathlib import Path

    from tests.stage import DatabaseFile

pytestmark = pytest.mark.usefixtures("own_environment")
TODAY = COMMANDED_AT.date()


def due(start: date, last: date, *more: str) -> list[str]:
    return ["due", "--from", start.isoformat(), "--to", last.isoformat(), *more]


@pytest.fixture
def trust(database_file: DatabaseFile) -> Path:
    database_file.path.write_bytes(sample_trust_database())
    return database_file.path


def test_what_would_be_told_is_printed_with_whom_and_why_and_the_database_is_only_read(
    capsys: pytest.CaptureFixture[str], trust: Path
) -> None:
    before = trust.read_bytes()
    day = TODAY + timedelta(days=1)

    assert main(due(day, day + timedelta(days=3), "--person", "harriet.sample@central-service.example")) == 0

    printed = capsys.readouterr().out
    assert "08:15  Harriet Sample (cannot be reached yet): " in printed
    assert "the policy owner's morning" in printed
    assert printed.rstrip().endswith("Nothing was sent.")
    assert trust.read_bytes() == before


def test_the_same_comes_as_a_table(capsys: pytest.CaptureFixture[str], trust: Path) -> None:
    assert trust.exists()
    day = TODAY + timedelta(days=1)

    main(due(day, day + timedelta(days=3), "--person", "harriet.sample@central-service.example", "--csv"))

    head, *rows = csv.reader(StringIO(capsys.readouterr().out))
    assert head == ["day", "time", "to", "why", "title", "reached"]
    assert rows
    assert {row[2] for row in rows} == {"Harriet Sample"}


@pytest.mark.parametrize(
    ("start", "last", "says"),
    [
        (TODAY - timedelta(days=1), TODAY, "told then"),
        (TODAY + timedelta(days=2), TODAY, "Exchange --from and --to"),
        (TODAY, TODAY + timedelta(days=400), "more than 400 days"),
    ],
)
def test_days_that_cannot_be_get_a_sentence(
    capsys: pytest.CaptureFixture[str], trust: Path, start: date, last: date, says: str
) -> None:
    assert trust.exists()

    assert says in fails_with(capsys, *due(start, last))


def test_days_that_are_none_get_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["due", "--from", "soon", "--to", "later"])

    assert "--from" in capsys.readouterr().err


@pytest.mark.parametrize(("which", "says"), [("--person", "staff list"), ("--site", "register")])
def test_nobody_and_nothing_of_a_name_gets_a_sentence(
    capsys: pytest.CaptureFixture[str], trust: Path, which: str, says: str
) -> None:
    assert trust.exists()

    assert says in fails_with(capsys, *due(TODAY, TODAY, which, "nobody at all"))


def test_without_a_database_nothing_is_due(capsys: pytest.CaptureFixture[str], database_file: DatabaseFile) -> None:
    database_file.path.unlink()

    assert "no database yet" in fails_with(capsys, *due(TODAY, TODAY))
