"""
Messages that sound like a permission and are none: 660 by five writers who saw no rule, 112 by one who had read them.

The words were mended by them since, so that they tell what would break again and measure nothing.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from policy_kb.words import Verdict

if TYPE_CHECKING:
    from policy_kb.answer import Answerer

FILES = sorted((Path(__file__).parents[1] / "questions").glob("trespass*.jsonl"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_only_sounds_permitted_is_told_yes_in_no_answer(answerer: Answerer, file: Path) -> None:
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    # A few are told yes, for reasons that docs/benchmarks.md gives.
    asked = [row["question"] for row in rows if "also_verdicts" not in row]

    permitted = [
        question
        for question in asked
        if any(answer.verdict is Verdict.YES for answer in answerer.reply(question).answers)
    ]

    assert asked
    assert permitted == []


def test_none_of_the_sets_is_left_out() -> None:
    assert sum(len(file.read_text("utf-8").splitlines()) for file in FILES) == 772
