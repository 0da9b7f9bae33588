"""`askfirst ask`: one question, or a file of them, answered without any conversation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TextIO

from bot import clock
from bot.commands.reading import policy_reading
from handlers.asking import as_json, ask
from handlers.explaining import explain
from handlers.message import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bot.config import Config
    from handlers.desk import Reading


class BadQuestions(Exception):  # noqa: N818 - the name is the sentence: these are bad questions
    """The input of `ask --jsonl` cannot be read; the sentence names the line and says what to do."""


def run(config: Config, question: str, *, as_one_json: bool, write: TextIO) -> int:
    """Answer one question on the screen, for people or as one JSON object."""
    reading = policy_reading(config)
    reply, message = ask(question, reading, today=clock.today())
    if as_one_json:
        print(json.dumps(as_json(reply, message, reading.view), ensure_ascii=False), file=write)
    else:
        print(plain_text(message), file=write)
    return 0


def run_explain(config: Config, question: str, *, write: TextIO) -> int:
    """Print the answer to one question, and how it came about."""
    run(config, question, as_one_json=False, write=write)
    print(f"\n{explain(question, policy_reading(config))}", file=write)
    return 0


def run_jsonl(config: Config, *, read: TextIO, write: TextIO) -> int:
    """
    Answer a question a line, in order: `{"id", "question", "context": [{"q": …}]}` in, one answer object out.

    Raises:
        BadQuestions: a line is not such an object; the answers before it are already written.
    """
    reading, today = policy_reading(config), clock.today()
    for row in _rows(read):
        answer = _answered(row, reading, today)
        print(json.dumps({"id": row.get("id"), **answer}, ensure_ascii=False), file=write, flush=True)
    return 0


def _answered(row: dict[str, Any], reading: Reading, today: date) -> dict[str, Any]:
    before = [turn["q"] for turn in row.get("context") or []]
    reply, message = ask(row["question"], reading, before=before, today=today)
    return as_json(reply, message, reading.view)


def _rows(read: TextIO) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(_lines(read), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as problem:
            raise BadQuestions(f"Line {number} is not JSON: {problem.msg}.") from None
        if not _is_question(row):
            raise BadQuestions(
                f'Line {number} must look like {{"id": 1, "question": "…", "context": [{{"q": "…"}}]}}; '
                "context may be left out."
            )
        yield row


def _lines(read: TextIO) -> Iterator[str]:
    try:
        yield from read
    except UnicodeDecodeError:
        raise BadQuestions("The questions are not text in UTF-8. Save the file as UTF-8 and try again.") from None


def _is_question(row: object) -> bool:
    if not isinstance(row, dict) or not isinstance(row.get("question"), str):
        return False
    context = row.get("context") or []
    return isinstance(context, list) and all(
        isinstance(turn, dict) and isinstance(turn.get("q"), str) for turn in context
    )
