"""The askfirst command: what it prints, and the sentence and exit code where a person can mend something."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.__main__ import main, parser
from bot.sample import load_sample_trust
from policy_kb.words import Channel
from tests.bot.command_line import fails_with, give

if TYPE_CHECKING:
    import io

    from storage.database import Database
    from tests.stage import DatabaseFile

DOCUMENT = Path(__file__).parents[1] / "policy_kb" / "documents" / "quirky-policy.txt"
PARENT = "Can I friend a parent on Facebook?"
pytestmark = pytest.mark.usefixtures("own_environment")
COMMANDS = ("demo", "serve", "chat", "doctor", "ask", "policy", "people", "settings", "sites", "teams-package")


def test_the_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])

    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert [name for name in COMMANDS if name not in said] == []


def test_another_document_is_taken_in_with_what_it_says_otherwise(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    newer = tmp_path / "policy.txt"
    newer.write_text(DOCUMENT.read_text("utf-8").replace("- 5.4 ", "- 5.4 From today on: "), "utf-8")
    main(["policy", "import", str(DOCUMENT)])
    first = capsys.readouterr().out

    main(["policy", "import", str(newer)])

    said = capsys.readouterr().out
    assert "Of the document before" not in first
    assert "Of the document before, 1 item has other words; 1 of the 88 golden questions are answered" in said
    assert "5.4 is: “From today on:" in said
    assert "Staff ask: “Can I accept a friend request from a parent?” (no)" in said


@pytest.mark.parametrize("command", [*((name,) for name in COMMANDS), ("policy", "import"), ("policy", "show")])
def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str], command: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*command, "--help"])

    assert ended.value.code == 0
    assert f"askfirst {' '.join(command)}" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["policy"], ["ask", "--json", "--jsonl"], ["teams-package"]])
def test_a_command_that_is_none_ends_with_how_to_use_it(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    assert ended.value.code == 2
    assert "usage: askfirst" in capsys.readouterr().err


def test_show_prints_a_clause_and_a_wrong_number_gets_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "show", "5.4"]) == 0
    assert capsys.readouterr().out.startswith("5.4 ")
    assert "5.99" in fails_with(capsys, "policy", "show", "5.99")


def test_an_imported_document_is_quoted_by_the_next_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "import", str(DOCUMENT)]) == 0
    imported = capsys.readouterr().out

    main(["ask", "--json", PARENT])

    assert imported.startswith("Imported ")
    assert "word for word" in imported
    assert json.loads(capsys.readouterr().out)["clauses"][0]["official"] is True


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (None, "No such file"),
        (b"", "empty"),
        (b"Hello, no numbers here.", "No line starts with a clause number"),
        ("5.4 Café".encode("latin-1"), "not plain text in UTF-8"),
        (b"%PDF-1.7 \x00\x01", "not plain text"),
    ],
)
def test_a_file_that_is_no_policy_is_refused_with_what_to_do(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    database_file: DatabaseFile,
    written: bytes | None,
    says: str,
) -> None:
    file = tmp_path / "policy.txt"
    if written is not None:
        file.write_bytes(written)

    assert says in fails_with(capsys, "policy", "import", str(file))
    assert database_file.rows("editions") == 0


def test_a_folder_is_no_policy(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "cannot be read" in fails_with(capsys, "policy", "import", str(tmp_path))


def test_chat_holds_a_conversation_through_a_pipe(capsys: pytest.CaptureFixture[str], typed: io.StringIO) -> None:
    give(typed, PARENT, "1", "quit")

    assert main(["chat"]) == 0

    said = capsys.readouterr().out
    assert "No. " in said
    assert "[1] See 5.4" in said


def test_chat_can_be_held_as_a_member_of_staff(
    capsys: pytest.CaptureFixture[str], typed: io.StringIO, database: Database
) -> None:
    with database.begin() as uow:
        load_sample_trust(uow)
    give(typed, PARENT, "quit")

    assert main(["chat", "--as", "Priya.Sample@elm-academy.example"]) == 0

    with database.begin() as uow:
        known = uow.identities.find(Channel.TERMINAL, "local", "priya.sample@elm-academy.example")
    assert known is not None
    assert known.person_id == "priya-sample"
    assert "Hello" in capsys.readouterr().out


def test_chat_as_somebody_who_is_not_on_the_staff_list_gets_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert "nobody@elm-academy.example" in fails_with(capsys, "chat", "--as", "nobody@elm-academy.example")


@pytest.mark.parametrize("command", [("ask", PARENT), ("policy", "show", "5.4"), ("chat",), ("serve",), ("demo",)])
def test_a_database_that_cannot_be_used_gets_a_sentence(
    capsys: pytest.CaptureFixture[str], database_file: DatabaseFile, typed: io.StringIO, command: tuple[str, ...]
) -> None:
    database_file.path.write_bytes(b"This is no database. " * 1000)
    give(typed, "quit")

    assert "askfirst.db" in fails_with(capsys, *command)


@pytest.mark.parametrize("command", [("ask", PARENT), ("doctor",), ("serve",), ("demo",), ("chat",)])
def test_a_setting_that_cannot_be_used_gets_a_sentence_that_names_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("ASKFIRST_PORT", "eighty")

    assert "ASKFIRST_PORT" in fails_with(capsys, *command)


def test_serve_without_a_platform_says_where_to_look(capsys: pytest.CaptureFixture[str]) -> None:
    assert "docs/deploy.md" in fails_with(capsys, "serve")


def test_a_port_that_is_taken_gets_a_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("ASKFIRST_PORT", str(taken.getsockname()[1]))

        assert main(["demo"]) == 2

    assert "ASKFIRST_PORT" in capsys.readouterr().err.splitlines()[-1]


def test_teams_package_without_teams_says_what_to_set(capsys: pytest.CaptureFixture[str]) -> None:
    assert "ASKFIRST_TEAMS_APP_ID" in fails_with(capsys, "teams-package", "--host", "bot.example.org")


def test_doctor_says_what_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    assert "The database can be read and written" in capsys.readouterr().out


def test_the_demo_answers_on_this_machine_until_it_is_told_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASKFIRST_PORT", "0")
    with subprocess.Popen([sys.executable, "-m", "bot", "demo"], stdout=subprocess.PIPE, text=True) as demo:
        try:
            assert demo.stdout is not None
            link = next(line.strip() for line in demo.stdout if "http://" in line)
            base = link.split("/start")[0]
            with urllib.request.urlopen(f"{base}/healthz", timeout=10) as answer:  # noqa: S310 - the address it printed
                health = json.load(answer)
        finally:
            demo.send_signal(signal.SIGTERM)
            code = demo.wait(timeout=15)

    assert link.startswith("http://127.0.0.1:")
    assert health["status"] == "ok"
    assert code == 0


def test_the_parser_names_the_program_as_people_type_it() -> None:
    assert parser().prog == "askfirst"
