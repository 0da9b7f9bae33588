"""The askfirst command: what it prints, and the sentence and exit code where a person can mend something."""

from __future__ import annotations

import io
import json
import logging
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.__main__ import main, parser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.stage import DatabaseFile

DOCUMENT = Path(__file__).parents[1] / "policy_kb" / "documents" / "quirky-policy.txt"
PARENT = "Can I friend a parent on Facebook?"
COMMANDS = ("demo", "serve", "chat", "doctor", "ask", "policy", "teams-package")


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, database_file: DatabaseFile) -> Iterator[None]:
    """Give each test a database of its own, and put back the logs that `serve` and `demo` set up."""
    monkeypatch.setenv("ASKFIRST_DATABASE_URL", database_file.url)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Stand for standard input."""
    given = io.StringIO()
    monkeypatch.setattr(sys, "stdin", given)
    return given


def fails_with(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command that a person can mend, and return the one sentence it says."""
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert said.err.startswith("askfirst: ")
    return said.err.strip()


def give(typed: io.StringIO, *rows: object) -> None:
    typed.write("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows))
    typed.seek(0)


def test_the_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])

    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert [name for name in COMMANDS if name not in said] == []


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


def test_ask_prints_the_whole_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", PARENT]) == 0

    said = capsys.readouterr().out
    assert said.startswith("No. ")
    assert "5.4" in said


def test_ask_json_prints_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--json", PARENT]) == 0

    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["clauses"][0]["id"] == "5.4"


def test_ask_answers_without_making_a_database(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASKFIRST_DATABASE_URL", f"sqlite:///{tmp_path / 'none' / 'askfirst.db'}")

    assert main(["ask", PARENT]) == 0
    assert capsys.readouterr().out
    assert not (tmp_path / "none").exists()


def test_ask_without_a_question_says_how(capsys: pytest.CaptureFixture[str]) -> None:
    assert "askfirst ask" in fails_with(capsys, "ask")


def test_a_file_of_questions_is_answered_in_order_under_their_own_ids(
    capsys: pytest.CaptureFixture[str], typed: io.StringIO
) -> None:
    give(
        typed,
        {"id": "b", "question": PARENT},
        "",
        {"id": 7, "question": "and on Twitter?", "context": [{"q": PARENT}]},
        {"question": "hello", "context": None},
    )

    assert main(["ask", "--jsonl"]) == 0

    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["id"] for row in rows] == ["b", 7, None]
    assert [[clause["id"] for clause in row["clauses"]][:1] for row in rows] == [["5.4"], ["5.4"], []]


@pytest.mark.parametrize(
    "bad",
    [
        "not JSON",
        '{"id": 1}',
        '{"question": 5}',
        '["question"]',
        '{"question": "x", "context": "y"}',
        '{"question": "x", "context": ["y"]}',
        '{"question": "x", "context": [{"q": 1}]}',
    ],
)
def test_a_bad_line_is_named_and_the_answers_before_it_are_there(
    capsys: pytest.CaptureFixture[str], typed: io.StringIO, bad: str
) -> None:
    give(typed, {"id": 1, "question": PARENT}, "", bad, {"id": 4, "question": PARENT})

    assert main(["ask", "--jsonl"]) == 2

    said = capsys.readouterr()
    assert said.err.startswith("askfirst: Line 3 ")
    assert [json.loads(line)["id"] for line in said.out.splitlines()] == [1]


def test_questions_in_another_encoding_are_refused_with_a_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = io.TextIOWrapper(io.BytesIO('{"question": "café"}'.encode("latin-1")), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", file)

    assert "UTF-8" in fails_with(capsys, "ask", "--jsonl")


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


def test_a_reader_that_leaves_early_ends_the_command_quietly() -> None:
    questions = (json.dumps({"id": n, "question": PARENT}) for n in range(30))
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as asking:
        assert asking.stdin
        assert asking.stdout
        assert asking.stderr
        asking.stdout.close()
        asking.stdin.write("\n".join(questions))
        asking.stdin.close()
        complaint = asking.stderr.read()
        code = asking.wait(timeout=30)

    assert (code, complaint) == (0, "")


def test_the_parser_names_the_program_as_people_type_it() -> None:
    assert parser().prog == "askfirst"
