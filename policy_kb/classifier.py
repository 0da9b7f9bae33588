"""A linear classifier over n-grams: how likely it is that a question belongs to each label."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np

from policy_kb.features import features

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

MODEL = Path(__file__).parent / "model"


def by_label(labels: tuple[str, ...], scores: NDArray[np.float64]) -> dict[str, float]:
    """Turn scores into logarithms of shares that add up to 1."""
    highest = scores.max()
    whole = highest + np.log(np.exp(scores - highest).sum())
    return dict(zip(labels, (scores - whole).tolist(), strict=True))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Classifier:
    """
    What training found, ready to answer; build one with `load`.

    Weights are kept in eight bits, and only the rows of the features at hand are ever widened.
    """

    labels: tuple[str, ...]
    numbers: NDArray[np.uint32]  # the features known, in rising order
    rarity: NDArray[np.float32]  # the weight of each feature by how few phrasings hold it
    weights: NDArray[np.int8]  # one row a feature, one column a label
    scale: NDArray[np.float32]  # what one step of a weight is worth, by label
    bias: NDArray[np.float32]  # by label
    sharpness: float  # one over the temperature that calibrates what is decided by it

    @classmethod
    def load(cls, name: str = "items", folder: Path = MODEL) -> Self:
        """
        Read `NAME.npz` and `NAME.json` as training left them.

        Raises:
            OSError: a file is missing.
            ValueError: a file holds objects, or is not what training writes.
        """
        about = json.loads((folder / f"{name}.json").read_text("utf-8"))
        with np.load(folder / f"{name}.npz", allow_pickle=False) as stored:
            return cls(
                labels=tuple(about["labels"]),
                numbers=stored["numbers"],
                rarity=stored["rarity"],
                weights=stored["weights"],
                scale=stored["scale"],
                bias=stored["bias"],
                sharpness=float(about["sharpness"]),
            )

    def likely(self, text: str, noticed: tuple[str, ...] = ()) -> dict[str, float]:
        """Return how likely each label is, by the logarithm; the values are finite and their shares add up to 1."""
        rows, values = self._known(features(text, noticed))
        steps = values @ self.weights[rows].astype(np.float32)
        return by_label(self.labels, (steps * self.scale + self.bias).astype(np.float64))

    def _known(self, counted: Mapping[int, int]) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Return the rows of the features known, and their values scaled to length 1."""
        wanted = np.fromiter(counted.keys(), dtype=np.uint32, count=len(counted))
        counts = np.fromiter(counted.values(), dtype=np.float32, count=len(counted))
        places = np.minimum(np.searchsorted(self.numbers, wanted), len(self.numbers) - 1)
        known = self.numbers[places] == wanted
        rows = places[known]
        values = (1 + np.log(counts[known])) * self.rarity[rows]
        length = float(np.linalg.norm(values))
        return rows, values / length if length else values
