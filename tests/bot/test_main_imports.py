"""`askfirst settings import` and `askfirst people import`, as whoever looks after the staff list meets them."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

import bot
from bot.__main__ import main
from tests.bot.command_line import fails_with

if TYPE_CHECKING:
    from pathlib import Path

    from tests.stage import DatabaseFile

pytestmark = pytest.mark.usefixtures("own_environment")
SAMPLE = files(bot).joinpath("sample_trust")
SETTINGS, PEOPLE = str(SAMPLE.joinpath("settings.toml")), str(SAMPLE.joinpath("people.csv"))


def test_a_trust_is_taken_in_with_three_commands(
    capsys: pytest.CaptureFixture[str], database_file: DatabaseFile
) -> None:
    assert main(["settings", "import", SETTINGS, "--apply"]) == 0
    waiting = capsys.readouterr().out
    assert main(["people", "import", PEOPLE, "--apply"]) == 0
    taken_in = capsys.readouterr().out
    assert main(["settings", "import", SETTINGS, "--apply"]) == 0
    named = capsys.readouterr().out

    assert "Please look at this: settings.elm-academy.final_approver" in waiting
    assert "120 new, 0 changed, 0 as they were, 0 missing from the file.\nDone." in taken_in
    assert "Changed: Elm Academy (sample): final approver" in named
    assert "Starts: head at oak-academy, 16 November 2026 to 17 December 2026" in named
    assert database_file.rows("people") == 120


def test_without_apply_nothing_is_changed_and_the_way_to_do_it_is_told(
    capsys: pytest.CaptureFixture[str], database_file: DatabaseFile
) -> None:
    assert main(["settings", "import", SETTINGS]) == 0

    assert "Nothing is changed yet: to do it, give the same command with --apply." in capsys.readouterr().out
    assert database_file.rows("settings") == 0


def test_every_slip_is_printed_with_its_row_and_the_exit_code_says_so(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, database_file: DatabaseFile
) -> None:
    main(["settings", "import", SETTINGS, "--apply"])
    capsys.readouterr()
    file = tmp_path / "staff.csv"
    file.write_text("name,email,setting\nAnna,anna,elm-academy\nBert,b@x.example,ash\n", encoding="utf-8")

    assert main(["people", "import", str(file), "--apply"]) == 1

    said = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in said] == [
        "Row 2, email",
        "Row 3, setting",
        "2 to mend. Nothing is changed.",
    ]
    assert database_file.rows("people") == 0


def test_whoever_is_missing_ends_on_the_day_that_is_given(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, database_file: DatabaseFile
) -> None:
    file = tmp_path / "staff.csv"
    main(["settings", "import", SETTINGS, "--apply"])
    for rows in ("Anna,a@x.example,elm-academy\nBert,b@x.example,elm-academy\n", "Anna,a@x.example,elm-academy\n"):
        file.write_text(f"name,email,setting\n{rows}", encoding="utf-8")
        main(["people", "import", str(file), "--apply", "--leavers-end", "18/12/2026"])

    assert "Changed (missing): Bert: last day 18 December 2026" in capsys.readouterr().out
    assert sorted(database_file.column("people", "ends_on")) == ["2026-12-19", "9999-12-31"]


@pytest.mark.parametrize("what", ["people", "settings"])
def test_a_file_that_is_not_there_gets_a_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, what: str
) -> None:
    assert "cannot be read" in fails_with(capsys, what, "import", str(tmp_path / "nothing"))


def test_a_day_that_is_none_ends_with_how_to_write_one(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["people", "import", "staff.csv", "--leavers-end", "Friday"])

    assert "“Friday” is not a date. Write 2026-09-01 or 01/09/2026." in capsys.readouterr().err
