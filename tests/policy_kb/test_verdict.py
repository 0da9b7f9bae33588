from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_kb.toml_entries import parse_ref
from policy_kb.verdict import own_verdict
from policy_kb.words import Verdict

if TYPE_CHECKING:
    from policy_kb.view import PolicyView


def answered(view: PolicyView, item: str, **calls_for: float) -> Verdict:
    return own_verdict(view.items[parse_ref(item)], calls_for)


@pytest.mark.parametrize(
    ("item", "calls_for", "verdict"),
    [
        ("6.2", {}, Verdict.REQUIRED),
        ("6.2", {"no": 0.7, "required": 0.3}, Verdict.NO),
        ("6.2", {"no": 0.5, "required": 0.4}, Verdict.REQUIRED),  # its own verdict has the lean
        ("A.1.4", {"info": 0.8, "required": 0.2}, Verdict.INFO),
        ("A.1.4", {"no": 1.0}, Verdict.REQUIRED),  # not among those reviewed for it
        ("5.2", {"info": 1.0}, Verdict.NO),
        ("5.10", {"info": 0.7, "no": 0.3}, Verdict.NO),  # a prohibition stays one unless it is surely a fact
        ("5.10", {"info": 0.95, "no": 0.05}, Verdict.INFO),
        ("4.1", {"yes": 1.0}, Verdict.INFO),  # only a reviewed case permits
    ],
)
def test_an_item_answers_with_the_verdict_reviewed_for_it_that_fits_how_the_question_is_put(
    view: PolicyView, item: str, calls_for: dict[str, float], verdict: Verdict
) -> None:
    assert answered(view, item, **calls_for) is verdict


@given(st.dictionaries(st.sampled_from([one.value for one in Verdict]), st.floats(0, 1)), st.data())
def test_however_a_question_is_put_no_item_permits_by_itself(
    view: PolicyView, calls_for: dict[str, float], data: st.DataObject
) -> None:
    clause = data.draw(st.sampled_from(list(view.items.values())))

    assert own_verdict(clause, calls_for) is not Verdict.YES
