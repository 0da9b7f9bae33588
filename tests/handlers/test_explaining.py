from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.explaining import explain

if TYPE_CHECKING:
    from handlers.desk import Desk


def told(desk: Desk, text: str) -> list[str]:
    return explain(text, desk.shipped_reading()).splitlines()


def test_an_answer_is_explained_by_its_slots_candidates_tier_and_rule(desk: Desk) -> None:
    lines = told(desk, "Can I follow a pupil on Instagram?")

    assert lines[0] == "Taken as: a question"
    assert lines[1].startswith("At risk: no, ")
    assert "  who: pupil (in words)" in lines
    assert any(line.startswith("  5.2: ") and "n-grams" in line and "meaning" in line for line in lines)
    assert any(line.startswith("  the policy does not say: ") for line in lines)
    assert any(line.startswith("  tier sure, verdict no, shows 5.2") for line in lines)
    assert lines[-1].startswith("Said: no. A red line holds. 5.2 leads;")


def test_each_of_two_questions_is_explained(desk: Desk) -> None:
    lines = told(desk, "Is a volunteer covered by this policy? And can we share one login for the page?")

    assert [line for line in lines if line.startswith("Question ")] == [
        "Question 1 of 2: Is a volunteer covered by this policy?",
        "Question 2 of 2: And can we share one login for the page?",
    ]


def test_an_alarm_names_the_signs_that_fired(desk: Desk) -> None:
    lines = told(desk, "a boy posted that he wants to kill himself tonight")

    assert lines[1].startswith("At risk: yes")
    assert "Signs: none" not in lines[1]


@pytest.mark.parametrize(
    ("text", "taken"), [("hello there", "small talk"), ("show my requests", "something to do"), ("?!", "nothing to")]
)
def test_what_asks_nothing_is_said_to_ask_nothing(desk: Desk, text: str, taken: str) -> None:
    assert told(desk, text)[0].startswith(f"Taken as: {taken}")
