"""Read a message through the encoder: how likely it is to be about each item, to be urgent, to be put in some way."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from policy_kb.classifier import MODEL, by_label
from policy_kb.encoder import Encoder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

ITEM, URGENT = "item", "urgent"
KIND = "~"  # a label too broad for one look is learned in kinds, "silent~7", and read as the label itself
NOTHING = "nothing"  # what a head of a slot says where a question says nothing there


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Head:
    """One linear look at a meaning."""

    labels: tuple[str, ...]
    weights: NDArray[np.float32]  # one row a label
    bias: NDArray[np.float32]

    def likely(self, meaning: NDArray[np.float32]) -> dict[str, float]:
        """Return how likely each label is, by the logarithm; the kinds of a broad one are added up."""
        likely = by_label(self.labels, (self.weights @ meaning + self.bias).astype(np.float64))
        whole: dict[str, float] = {}
        for label, log in likely.items():
            broad = broad_label(label)
            whole[broad] = float(np.logaddexp(whole[broad], log)) if broad in whole else log
        return whole


def broad_label(label: str) -> str:
    """Return the label that a kind belongs to: "silent" of "silent~7", and any other label as it is."""
    return label.partition(KIND)[0]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Heads:
    """The encoder with all that it was taught to tell; build one with `load`."""

    encoder: Encoder
    heads: Mapping[str, Head]

    @classmethod
    def load(cls, folder: Path = MODEL) -> Self:
        """Read `heads.npz`, `encoder.json` and the encoder; raises OSError or ValueError like `Encoder.load`."""
        labels: dict[str, list[str]] = json.loads((folder / "encoder.json").read_text("utf-8"))["labels"]
        with np.load(folder / "heads.npz", allow_pickle=False) as stored:
            heads = {
                name: Head(
                    labels=tuple(own),
                    weights=stored[f"{name}.weights"].astype(np.float32),
                    bias=stored[f"{name}.bias"].astype(np.float32),
                )
                for name, own in labels.items()
            }
        return cls(encoder=Encoder.load(folder), heads=heads)

    def read(self, text: str) -> dict[str, dict[str, float]]:
        """Return, by head, the logarithm of how likely each of its labels is."""
        return self.read_all((text,))[0]

    def read_all(self, texts: Sequence[str]) -> list[dict[str, dict[str, float]]]:
        """Read some texts at once, one at least; it takes less time than one after the other."""
        return [
            {name: head.likely(meaning) for name, head in self.heads.items()}
            for meaning in self.encoder.meanings(texts)
        ]
