from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_kb.encoder import Encoder
from policy_kb.heads import ITEM, Head, Heads
from policy_kb.models import shipped_models

if TYPE_CHECKING:
    from pathlib import Path

HEADS = shipped_models().heads


def alike(one: str, other: str) -> float:
    return float(HEADS.encoder.meaning(one) @ HEADS.encoder.meaning(other))


def test_what_means_the_same_lies_nearer_than_what_shares_the_words() -> None:
    asked = "may I accept a friend request from a pupil's mother?"

    assert alike(asked, "one of my kids' mums wants to add me on fb, ok?") > alike(
        asked, "may I accept a request for time off from a colleague?"
    )


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400))
def test_any_text_at_all_has_a_meaning_of_length_one_and_likelihoods_that_add_up(text: str) -> None:
    assert math.isclose(float(np.linalg.norm(HEADS.encoder.meaning(text))), 1, rel_tol=1e-3)
    for likely in HEADS.read(text).values():
        assert math.isclose(sum(map(math.exp, likely.values())), 1, rel_tol=1e-6)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(max_size=200), min_size=1, max_size=4))
def test_texts_read_together_mean_what_each_of_them_means_alone(texts: list[str]) -> None:
    together = HEADS.encoder.meanings(texts)

    for text, meaning in zip(texts, together, strict=True):
        assert np.allclose(meaning, HEADS.encoder.meaning(text), atol=1e-5)


def test_the_same_text_is_read_alike_in_any_case_and_with_any_spaces() -> None:
    assert HEADS.read("Can I  FRIEND a parent?") == HEADS.read("can i friend a parent?")


def test_every_label_of_the_n_grams_is_one_of_the_encoders_too() -> None:
    assert set(shipped_models().search.classifier.labels) == set(HEADS.read("")[ITEM])


def test_files_that_are_missing_or_hold_objects_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="encoder"):
        Heads.load(tmp_path)
    (tmp_path / "encoder.txt").write_text("[UNK]\n", "utf-8")
    np.savez(tmp_path / "encoder.npz", places=np.array([{"not": "a number"}]))
    with pytest.raises(ValueError, match="pickle"):
        Encoder.load(tmp_path)


def test_the_kinds_of_a_broad_label_are_read_as_that_label() -> None:
    weights = np.log(np.array([[0.5], [0.2], [0.3]], dtype=np.float32))
    head = Head(labels=("5.4", "silent~0", "silent~1"), weights=weights, bias=np.zeros(3, dtype=np.float32))

    likely = head.likely(np.ones(1, dtype=np.float32))

    assert {label: round(math.exp(log), 3) for label, log in likely.items()} == {"5.4": 0.5, "silent": 0.5}
