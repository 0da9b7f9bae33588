from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_kb.split import MOST_PARTS, split_questions


def test_one_question_stays_whole() -> None:
    assert split_questions("Can I friend a parent on Facebook?") == ("Can I friend a parent on Facebook?",)


def test_two_questions_are_told_apart() -> None:
    parts = split_questions("Is a supply teacher covered? And may I add other staff on Facebook?")

    assert len(parts) == 2


def test_a_second_question_joined_by_and_is_told_apart() -> None:
    parts = split_questions("What privacy settings does the page need and who clears out bad comments?")

    assert parts == ("What privacy settings does the page need", "who clears out bad comments?")


def test_a_story_stays_with_the_question_it_leads_up_to() -> None:
    parts = split_questions("A mum has found my Instagram. Her son is in my class. Can I accept her?")

    assert len(parts) == 1


@pytest.mark.parametrize("text", ["", "?", "   ", "and can", "??? !!!"])
def test_nothing_much_is_one_part(text: str) -> None:
    assert len(split_questions(text)) == 1


@given(st.text(max_size=400))
def test_no_message_has_more_than_three_parts(text: str) -> None:
    assert 1 <= len(split_questions(text)) <= MOST_PARTS
