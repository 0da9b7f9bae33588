from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_kb.phrases import PhraseIndex, as_compared, compile_words

LISTS = (("pm", "photo*", "1:1"), ("my _ sister", "her own page"), ("a year *", "year 9", "school's e-mail"))
WORDS = [
    "my",
    "sister",
    "her",
    "page",
    "pages",
    "a",
    "year",
    "9",
    "photo",
    "photos",
    "photo's",
    "pm",
    "pms",
    "1:1",
    "school's",
    "e-mail",
    "-",
    "'",
    ".",
    "?",
]
WHOLE = ["my sister", "my older sister", "my dear step sister", "her own page", "a year 9", "Year 9", "school’s e-mail"]
TOLD = st.lists(st.sampled_from([*WORDS, *WHOLE]))


@given(words=TOLD, between=st.sampled_from([" ", "  ", "\n", "-", ""]))
def test_the_index_finds_what_the_pattern_of_each_list_finds(words: list[str], between: str) -> None:
    text = as_compared(between.join(words))

    held = PhraseIndex(LISTS).held(text)

    assert held == {at for at, phrases in enumerate(LISTS) if compile_words(phrases).search(text)}


def test_a_describing_word_may_stand_where_one_is_marked_and_a_name_may_not() -> None:
    index = PhraseIndex([["my _ sister"]])

    assert index.held("is my older sister here")
    assert index.held("is my little step sister here")
    assert not index.held("is my friend's sister here")


def test_a_phrase_that_begins_with_no_word_is_refused() -> None:
    with pytest.raises(ValueError, match="_"):
        PhraseIndex([["?? _"]])
