from __future__ import annotations

import json
import math
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_kb.classifier import MODEL, Classifier
from policy_kb.training.phrasings import HARMLESS, LEARNED_FROM, fingerprint, read_phrasings

if TYPE_CHECKING:
    from pathlib import Path

ITEMS = Classifier.load("items")
MEGABYTE = 1_000_000


def is_proper(likely: dict[str, float]) -> bool:
    return all(math.isfinite(one) and one >= 0 for one in likely.values()) and math.isclose(sum(likely.values()), 1)


@given(st.text(max_size=400))
def test_any_text_at_all_gives_likelihoods_that_add_up_to_one(text: str) -> None:
    assert is_proper(ITEMS.probabilities(text))


@pytest.mark.parametrize(
    "text",
    ["", " ", "🔪🏫👩‍👩‍👧", "a" * 4000, "can i add a mum " * 250, "\u202e\u200b", "\ud800", "5.4", "¿Puedo?", "什么"],
)
def test_strange_and_very_long_messages_give_likelihoods_too(text: str) -> None:
    assert is_proper(ITEMS.probabilities(text))


def test_the_labels_are_those_of_the_phrasings() -> None:
    labels = {one.label for one in read_phrasings()} - {HARMLESS}

    assert set(ITEMS.labels) == labels


@pytest.mark.parametrize("name", ["items", "urgent"])
def test_the_model_was_trained_on_the_data_in_the_repository_so_run_make_train_after_a_change(name: str) -> None:
    about = json.loads((MODEL / f"{name}.json").read_text("utf-8"))

    assert about["fingerprint"] == fingerprint(LEARNED_FROM[name])


def test_the_models_stay_small_enough_to_ship() -> None:
    assert sum(file.stat().st_size for file in MODEL.iterdir()) < 12 * MEGABYTE


def test_a_question_takes_a_few_thousandths_of_a_second() -> None:
    started = time.perf_counter()

    for _ in range(100):
        ITEMS.probabilities("a year 9 mum has asked to follow me on instagram, may I say yes?")

    assert (time.perf_counter() - started) / 100 < 0.02


def test_most_phrasings_it_learned_from_find_their_own_item() -> None:
    some = [one for one in read_phrasings() if one.label in ITEMS.labels][::40]

    likely = [ITEMS.probabilities(one.text) for one in some]

    right = sum(max(each, key=each.__getitem__) == one.label for one, each in zip(some, likely, strict=True))
    assert right > 0.9 * len(some)


def test_a_file_that_holds_objects_instead_of_numbers_is_refused(tmp_path: Path) -> None:
    (tmp_path / "items.json").write_text('{"labels": ["a"], "sharpness": 1.0}', "utf-8")
    np.savez(tmp_path / "items.npz", numbers=np.array([{"not": "a number"}]))

    with pytest.raises(ValueError, match="pickle"):
        Classifier.load("items", tmp_path)
