"""Every answer that was once found wrong: what it must be like, whatever its words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from policy_kb.answer import Answerer

FILE = Path(__file__).parents[1] / "questions" / "once_wrong.jsonl"
QUESTIONS = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: str(row["question"][:60]))
def test_a_question_once_answered_wrong_gets_a_right_verdict_and_a_right_clause_first(
    answerer: Answerer, row: dict[str, Any]
) -> None:
    topic = None
    for before in row["context"]:
        topic = answerer.reply(before["q"], topic).topic

    reply = answerer.reply(row["question"], topic)

    said = {answer.verdict.value for answer in reply.answers[:1]} | ({"urgent"} if reply.urgent else set())
    leads = {answer.clauses[0].id for answer in reply.answers if answer.clauses}
    assert said & set(row["verdicts"])
    assert not row["gold"] or leads & set(row["gold"])
