"""A command is one however kindly it is said, and nothing of it is taken for a courtesy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.heard.courtesies import plain


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Hi there, please show my sites. Thanks!", "show my sites"),
        ("my sites please?", "my sites?"),
        ("Register, please", "register"),
        ("sorry but I’m off tomorrow, thank you x", "i'm off tomorrow"),
        ("Good morning everyone, who is on this week, please?", "who is on this week?"),
        ("there is something horrible on our page", "there is something horrible on our page"),
        ("all my sites", "all my sites"),
        ("please", "please"),
    ],
)
def test_what_is_polite_is_left_out_and_the_rest_stays(typed: str, said: str) -> None:
    assert plain(typed) == said


@given(st.text(max_size=80))
def test_a_question_stays_one_and_nothing_is_added(typed: str) -> None:
    said = plain(typed)

    assert len(said) <= len(" ".join(typed.casefold().split()))
    assert not said.endswith("?") or "?" in typed
