from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_kb.features import LONGEST, features, normalise, tokens


@pytest.mark.parametrize(
    ("typed", "compared"),
    [
        ("  Can I   friend\na MUM? ", "can i friend a mum?"),
        ("It’s “ours”", 'it\'s "ours"'),
        ("Zoe\u0301", "zoé"),
        ("pu\u200bpil", "pupil"),
        ("\u202epupil\u202c", "pupil"),
        ("line\r\nbreak\tand tab", "line break and tab"),
    ],
)
def test_a_question_means_the_same_however_it_is_typed(typed: str, compared: str) -> None:
    assert normalise(typed) == compared
    assert features(typed) == features(compared)


def test_words_pictograms_and_question_marks_are_told_apart() -> None:
    assert tokens("Don't post 🔪, ok? #A.2.3") == ["don't", "post", "🔪", "ok", "?", "a", "2", "3"]


def test_the_order_of_two_words_counts() -> None:
    assert features("pupil parent") != features("parent pupil")


def test_a_slip_of_the_pen_keeps_most_of_a_long_word() -> None:
    right, slipped = features("photograph"), features("photgraph")

    shared = right.keys() & slipped.keys()

    assert len(shared) > len(right) / 2


def test_what_was_noticed_counts_alone_and_together() -> None:
    plain = features("she told me")

    noticed = features("she told me", ("a child", "fear"))

    assert (noticed - plain).total() == 3
    assert noticed == features("she told me", ("fear", "a child"))


def test_only_the_start_of_a_very_long_message_is_read() -> None:
    assert features("x " * LONGEST) == features("x " * LONGEST + "and much more")


@pytest.mark.parametrize("nothing", ["", "   ", "\u200b\u200d", "!!! ..."])
def test_a_message_without_a_word_has_no_features(nothing: str) -> None:
    assert not features(nothing)


@given(st.text(max_size=300))
def test_every_feature_of_any_text_is_a_number_of_32_bits_counted_at_least_once(text: str) -> None:
    counted = features(text)

    assert all(0 <= number < 2**32 and count >= 1 for number, count in counted.items())


@given(st.text(max_size=300))
def test_making_a_text_comparable_twice_changes_nothing(text: str) -> None:
    once = tokens(normalise(text))

    assert tokens(normalise(normalise(text))) == once
