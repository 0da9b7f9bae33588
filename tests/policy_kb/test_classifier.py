from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_kb.classifier import MODEL, Classifier
from policy_kb.models import shipped_models
from policy_kb.training.phrasings import (
    BESIDE_THE_POLICY,
    HARMLESS,
    LEARNED_FROM,
    by_themselves,
    fingerprint,
    read_phrasings,
    taught,
)

if TYPE_CHECKING:
    from pathlib import Path

ITEMS = Classifier.load("items")
MEGABYTE = 1_000_000


def is_proper(likely: dict[str, float]) -> bool:
    shares = [math.exp(log) for log in likely.values()]
    return all(math.isfinite(log) for log in likely.values()) and math.isclose(sum(shares), 1)


@given(st.text(max_size=400))
def test_any_text_at_all_gives_likelihoods_that_add_up_to_one(text: str) -> None:
    assert is_proper(ITEMS.likely(text))


@pytest.mark.parametrize(
    "text",
    ["", " ", "🔪🏫👩‍👩‍👧", "a" * 4000, "can i add a mum " * 250, "\u202e\u200b", "\ud800", "5.4", "¿Puedo?", "什么"],
)
def test_strange_and_very_long_messages_give_likelihoods_too(text: str) -> None:
    assert is_proper(ITEMS.likely(text))


def test_the_labels_are_those_of_the_phrasings() -> None:
    labels = {one.label for one in read_phrasings()} - {HARMLESS}

    assert set(ITEMS.labels) == labels


@pytest.mark.parametrize("name", ["items", "urgent", "encoder"])
def test_the_model_was_trained_on_the_data_in_the_repository_so_run_make_train_after_a_change(name: str) -> None:
    about = json.loads((MODEL / f"{name}.json").read_text("utf-8"))

    assert about["fingerprint"] == fingerprint(LEARNED_FROM[name])


def test_the_models_stay_small_enough_to_ship() -> None:
    assert sum(file.stat().st_size for file in MODEL.iterdir()) < 25 * MEGABYTE


def test_most_phrasings_find_their_own_item_or_one_as_good() -> None:
    some = [one for one in taught(read_phrasings()) if one.label not in BESIDE_THE_POLICY][::200]

    found = [shipped_models().read(one.text).found.candidates[0].item for one in some]

    right = sum(item in {one.label, *one.also} for one, item in zip(some, found, strict=True))
    assert right > 0.8 * len(some)


def test_short_second_messages_raise_hardly_an_alarm() -> None:
    some = by_themselves(taught(read_phrasings()))[::20]

    alarms = [one.text for one in some if shipped_models().urgency(one.text).urgent]

    assert {one.label for one in some} == {HARMLESS}
    assert len(alarms) < 0.02 * len(some)


def test_a_file_that_holds_objects_instead_of_numbers_is_refused(tmp_path: Path) -> None:
    (tmp_path / "items.json").write_text('{"labels": ["a"], "sharpness": 1.0}', "utf-8")
    np.savez(tmp_path / "items.npz", numbers=np.array([{"not": "a number"}]))

    with pytest.raises(ValueError, match="pickle"):
        Classifier.load("items", tmp_path)
