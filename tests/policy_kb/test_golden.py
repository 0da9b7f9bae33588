"""The golden questions: each is answered as it was reviewed, whoever's words are quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_kb.answer import Answerer
from policy_kb.golden import Golden, load_golden
from policy_kb.models import shipped_models
from policy_kb.toml_entries import EditionError
from policy_kb.view import PolicyView, load_view
from policy_kb.words import ItemId, Verdict

if TYPE_CHECKING:
    from pathlib import Path

ITEM = '[[golden]]\nasks = "May I?"\nleads = "5.4"\nverdict = "no"\n'


@pytest.fixture(scope="module")
def quoting(view: PolicyView) -> Answerer:
    """Return what answers where a trust's own words are in force, which are nothing like ours."""
    words = {ref: f"Words of the trust, number {ref}." for ref in view.items}
    return Answerer(view.quoting(words, "The trust's."), shipped_models())


@pytest.mark.parametrize("golden", load_view().golden, ids=lambda golden: golden.asks[:60])
def test_a_golden_question_gets_its_clause_first_and_its_verdict(answerer: Answerer, golden: Golden) -> None:
    (answer,) = answerer.reply(golden.asks).answers

    assert (answer.clauses[0], answer.verdict) == (golden.leads, golden.verdict)


@pytest.mark.parametrize("golden", load_view().golden, ids=lambda golden: golden.asks[:60])
def test_other_words_change_what_an_answer_quotes_and_nothing_else(
    answerer: Answerer, quoting: Answerer, golden: Golden
) -> None:
    assert quoting.reply(golden.asks) == answerer.reply(golden.asks)


def test_the_golden_questions_are_about_most_items(view: PolicyView) -> None:
    clauses = {ref.id for ref in view.items if not ref.id.startswith("form")}

    asked = {golden.leads.id for golden in view.golden}

    assert clauses - asked <= {ItemId(one) for one in ("A.1.3", "A.3.6", "A.5.5", "A.2.1")}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (ITEM.replace("5.4", "9.9"), "golden.toml, line 1: the policy has no 9.9."),
        (ITEM + ITEM, "golden.toml, line 5: “May I?” stands twice; keep one."),
        (ITEM.replace('"no"', '"never"'), "golden.toml, line 1: 'never' is no verdict;"),
        (ITEM + 'why = "It is so."\n', "golden.toml, line 1: 'why' is not a field here;"),
    ],
)
def test_a_slip_is_told_with_its_line(tmp_path: Path, view: PolicyView, content: str, says: str) -> None:
    file = tmp_path / "golden.toml"
    file.write_text(content, "utf-8")

    with pytest.raises(EditionError) as slip:
        load_golden(file, view.items)

    assert str(slip.value).startswith(says)


def test_what_stands_there_is_read(tmp_path: Path, view: PolicyView) -> None:
    file = tmp_path / "golden.toml"
    file.write_text(ITEM, "utf-8")

    (golden,) = load_golden(file, view.items)

    assert (golden.asks, str(golden.leads), golden.verdict) == ("May I?", "5.4", Verdict.NO)
