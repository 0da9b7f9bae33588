"""`askfirst ask`: one question, or a file of them."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bot.__main__ import main
from tests.bot.command_line import fails_with, give

if TYPE_CHECKING:
    from pathlib import Path

PARENT = "Can I friend a parent on Facebook?"
pytestmark = pytest.mark.usefixtures("own_environment")


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
