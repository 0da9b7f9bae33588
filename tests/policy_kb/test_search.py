from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_kb.models import shipped_models
from policy_kb.search import MOST_CANDIDATES, NOT_ITEMS, Found


def find(text: str) -> Found:
    return shipped_models().read(text).found


@pytest.mark.parametrize(
    ("question", "item"),
    [
        ("A mother has invited me to connect on Facebook. May I?", "5.4"),
        ("student wants to follow me on insta", "5.2"),
        ("where do I send the site creation form once it is filled in", "A.3.7"),
        ("Could I stick our crest on my own profile?", "4.5"),
        ("The Gazette just rang about our video", "A.3.8"),
        ("Is it all right to scroll TikTok in my free period?", "5.11"),
        ("am I allowed to fix the Wikipedia article from my work laptop", "5.10"),
        ("How many administrators must our page have?", "A.5.4"),
        ("who signs the approval form?", "form.approval"),
        ("When is this policy up for review?", "front"),
    ],
)
def test_a_question_in_staff_words_finds_the_item_among_the_first_three(question: str, item: str) -> None:
    found = find(question)

    assert item in [candidate.item for candidate in found.candidates[:3]]


@pytest.mark.parametrize(
    "question", ["how much holiday do I get", "the photocopier is jammed again", "best pizza nearby?"]
)
def test_what_the_policy_does_not_speak_of_is_likely_silent(question: str) -> None:
    found = find(question)

    assert found.silent > found.candidates[0].score


def test_a_greeting_is_small_talk_and_an_order_is_a_command() -> None:
    greeting, order = find("hello there"), find("show my approvals")

    assert greeting.smalltalk > 0.5
    assert order.command > 0.5


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400))
def test_any_text_brings_at_most_eight_items_best_first_sharing_one_whole(text: str) -> None:
    found = find(text)

    scores = [candidate.score for candidate in found.candidates]
    beside = [found.silent, found.smalltalk, found.command, found.urgent]
    assert 0 < len(scores) <= MOST_CANDIDATES
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores + beside)
    assert sum(scores + beside) <= 1 or math.isclose(sum(scores + beside), 1)
    assert not NOT_ITEMS & {candidate.item for candidate in found.candidates}
