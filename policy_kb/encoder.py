"""A small sentence encoder: what a text means, as 384 numbers that lie near those of a text that means the same."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Self

import numpy as np

from policy_kb.classifier import MODEL
from policy_kb.word_pieces import WordPieces

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

HEADS = 12  # of attention, in every layer
STEADY = 1e-12  # keeps a norm from dividing by nothing
CURVE = math.sqrt(2 / math.pi)


@dataclass(frozen=True, slots=True, eq=False)
class Dense:
    """A linear step: one column of weights for each number it gives, as a few rows at once are multiplied fastest."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def __call__(self, given: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return one row for each row given."""
        return given @ self.weights + self.bias

    @classmethod
    def read(cls, stored: Mapping[str, NDArray[np.generic]], name: str) -> Self:
        """Widen weights that were stored in eight bits, a row for each number given."""
        weights = stored[f"{name}.weights"].astype(np.float32) * stored[f"{name}.scale"].astype(np.float32)[:, None]
        return cls(np.ascontiguousarray(weights.T), stored[f"{name}.bias"].astype(np.float32))


@dataclass(frozen=True, slots=True, eq=False)
class Norm:
    """Levels the numbers of each piece to one mean and one spread, then stretches them."""

    stretch: NDArray[np.float32]
    shift: NDArray[np.float32]

    def __call__(self, given: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return one row for each row given."""
        apart = given - given.mean(axis=-1, keepdims=True)
        spread = np.sqrt((apart * apart).mean(axis=-1, keepdims=True) + STEADY)
        return np.asarray(apart / spread * self.stretch + self.shift)

    @classmethod
    def read(cls, stored: Mapping[str, NDArray[np.generic]], name: str) -> Self:
        """Read both rows of a norm."""
        return cls(stored[f"{name}.stretch"].astype(np.float32), stored[f"{name}.shift"].astype(np.float32))


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One layer: each piece looks at all the others of its text, then thinks for itself."""

    ask_key_value: Dense
    look: Dense
    look_norm: Norm
    widen: Dense
    narrow: Dense
    think_norm: Norm

    def __call__(self, pieces: NDArray[np.float32], texts: Sequence[slice]) -> NDArray[np.float32]:
        """Return one row for each piece, which knows of the others; `texts`: where each text's pieces stand."""
        count, width = pieces.shape
        split = self.ask_key_value(pieces).reshape(count, 3, HEADS, width // HEADS).transpose(1, 2, 0, 3)
        seen = np.concatenate([_seen(*split[:, :, own]) for own in texts], axis=1)
        looked = self.look_norm(pieces + self.look(seen.transpose(1, 0, 2).reshape(count, width)))
        return self.think_norm(looked + self.narrow(_bent(self.widen(looked))))

    @classmethod
    def read(cls, stored: Mapping[str, NDArray[np.generic]], at: int) -> Self:
        """Read the layer with that number."""
        return cls(
            Dense.read(stored, f"{at}.ask_key_value"),
            Dense.read(stored, f"{at}.look"),
            Norm.read(stored, f"{at}.look"),
            Dense.read(stored, f"{at}.widen"),
            Dense.read(stored, f"{at}.narrow"),
            Norm.read(stored, f"{at}.think"),
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Encoder:
    """A BERT of a few layers in plain numpy, its weights stored in eight bits; build one with `load`."""

    pieces: WordPieces
    vocabulary: NDArray[np.int8]  # one row a piece
    scale: NDArray[np.float32]  # what one step of a meaning is worth, by piece
    places: NDArray[np.float32]  # one row a place in the text
    first_norm: Norm
    layers: tuple[Layer, ...]

    @classmethod
    def load(cls, folder: Path = MODEL) -> Self:
        """
        Read `encoder.npz` and `encoder.txt` as training left them.

        Raises:
            OSError: a file is missing.
            ValueError: a file holds objects, or is not what training writes.
        """
        known = (folder / "encoder.txt").read_text("utf-8").splitlines()
        with np.load(folder / "encoder.npz", allow_pickle=False) as archive:
            stored = dict(archive)
        return cls(
            pieces=WordPieces({piece: row for row, piece in enumerate(known)}),
            vocabulary=stored["meanings.weights"],
            scale=stored["meanings.scale"].astype(np.float32),
            places=stored["places"].astype(np.float32),
            first_norm=Norm.read(stored, "first"),
            layers=tuple(Layer.read(stored, at) for at in range(int(stored["layers"]))),
        )

    def meaning(self, text: str) -> NDArray[np.float32]:
        """Return what a text means: numbers of length 1 together."""
        return self.meanings((text,))[0]

    def meanings(self, texts: Sequence[str]) -> list[NDArray[np.float32]]:
        """Return what each of some texts means, one at least; together they are read faster than one by one."""
        cut = [self.pieces.cut(text) for text in texts]
        ends = list(accumulate(len(rows) for rows in cut))
        within = [slice(start, end) for start, end in zip([0, *ends], ends, strict=False)]
        rows = np.concatenate(cut)
        given = self.vocabulary[rows].astype(np.float32) * self.scale[rows, None]
        pieces = self.first_norm(given + np.concatenate([self.places[: len(own)] for own in cut]))
        for layer in self.layers:
            pieces = layer(pieces, within)
        means = [pieces[own].mean(axis=0) for own in within]
        return [np.asarray(mean / np.linalg.norm(mean), dtype=np.float32) for mean in means]


def _seen(asked: NDArray[np.float32], keys: NDArray[np.float32], values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Let every piece of one text look at all of them: heads by pieces by width."""
    looks = asked @ keys.transpose(0, 2, 1) / math.sqrt(keys.shape[-1])
    shares = np.exp(looks - looks.max(axis=-1, keepdims=True))
    return np.asarray((shares / shares.sum(axis=-1, keepdims=True)) @ values)


def _bent(given: NDArray[np.float32]) -> NDArray[np.float32]:
    """Let what is large pass and hold back what is below zero (GELU, by its usual curve)."""
    return np.asarray(given * (np.tanh(CURVE * (given + 0.044715 * given * given * given)) + 1) / 2)
