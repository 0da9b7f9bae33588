"""`askfirst sites import`, as whoever looks after the register meets it."""

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
HEADER = "name;setting;host;host_name;author;moderators\n"


@pytest.fixture
def list_of_sites(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Take in the sample settings and two people, and return where a list of sites will be."""
    main(["settings", "import", str(SAMPLE.joinpath("settings.toml")), "--apply"])
    staff = tmp_path / "staff.csv"
    staff.write_text("name,email,setting\nAnna Sample,a@x.example,elm-academy\nBert Sample,b@x.example,elm-academy\n")
    main(["people", "import", str(staff), "--apply"])
    capsys.readouterr()
    return tmp_path / "sites.csv"


def test_a_list_is_shown_first_and_taken_in_when_it_is_meant(
    capsys: pytest.CaptureFixture[str], list_of_sites: Path, database_file: DatabaseFile
) -> None:
    list_of_sites.write_bytes(f"\ufeff{HEADER}Art;elm-academy;third party;Pinterest;a@x.example;b@x.example".encode())

    assert main(["sites", "import", str(list_of_sites)]) == 0
    shown = capsys.readouterr().out
    kept = database_file.rows("sites")
    assert main(["sites", "import", str(list_of_sites), "--apply"]) == 0
    done = capsys.readouterr().out

    assert "New (row 2): Art, Elm Academy (sample), legacy; no administrators, 1 moderator" in shown
    assert "Please look at this: No approval on paper (A.3.3)" in shown
    assert shown.endswith("to do it, give the same command with --apply.\n")
    assert done.endswith("Done.\n")
    assert (kept, database_file.column("sites", "name")) == (0, ["Art"])


def test_every_slip_of_a_list_is_printed_with_its_row_and_nothing_is_kept(
    capsys: pytest.CaptureFixture[str], list_of_sites: Path, database_file: DatabaseFile
) -> None:
    rows = "Art;elm-academy;third party;;a@x.example;\nNews;elm-academy;academy;;a@x.example;c@x.example\n"
    list_of_sites.write_text(HEADER + rows, encoding="utf-8")

    assert main(["sites", "import", str(list_of_sites), "--apply"]) == 1

    said = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in said] == [
        "Row 2, host_name",
        "Row 3, moderators",
        "2 to mend. Nothing is changed.",
    ]
    assert database_file.rows("sites") == 0


def test_a_list_of_sites_that_is_not_there_gets_a_sentence(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "cannot be read" in fails_with(capsys, "sites", "import", str(tmp_path / "nothing"))
