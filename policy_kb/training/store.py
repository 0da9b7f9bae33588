"""Write a fitted model where `Classifier.load` finds it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from policy_kb.classifier import MODEL

if TYPE_CHECKING:
    from pathlib import Path

    from policy_kb.classifier import Classifier


def store(model: Classifier, name: str, about: dict[str, object], folder: Path = MODEL) -> None:
    """Write `NAME.npz` and `NAME.json`; the same model gives the same bytes."""
    folder.mkdir(exist_ok=True)
    np.savez_compressed(
        folder / f"{name}.npz",
        numbers=model.numbers,
        rarity=model.rarity,
        weights=model.weights,
        scale=model.scale,
        bias=model.bias,
    )
    facts = {"labels": model.labels, "sharpness": model.sharpness, **about}
    (folder / f"{name}.json").write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n", "utf-8")
