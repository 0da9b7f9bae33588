"""Many meanings in little room: eight bits a number, compared by their cosine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LARGEST = 127
AT_ONCE = 2_048  # rows that are widened together; they stay in the processor's own memory


@dataclass(frozen=True, slots=True, eq=False)
class Meanings:
    """One row a text."""

    rows: NDArray[np.int8]
    scale: NDArray[np.float32]  # what one step is worth, by row

    @classmethod
    def read(cls, file: str) -> Self:
        """Read what `tests.bench.vectors` wrote, and round it."""
        stored = np.load(file, mmap_mode="r")
        rows = np.empty(stored.shape, dtype=np.int8)
        scale = np.empty(len(stored), dtype=np.float32)
        for at in range(0, len(stored), AT_ONCE):
            wide = stored[at : at + AT_ONCE].astype(np.float32)
            scale[at : at + AT_ONCE] = np.abs(wide).max(axis=1) / LARGEST
            rows[at : at + AT_ONCE] = np.round(wide / scale[at : at + AT_ONCE, None])
        return cls(rows, scale)

    def nearest(self, meaning: NDArray[np.float32], most: int) -> list[tuple[int, float]]:
        """Return the places of the rows that mean most nearly the same, each with its cosine, nearest first."""
        cosines = self.scale * np.concatenate(
            [self.rows[at : at + AT_ONCE].astype(np.float32) @ meaning for at in range(0, len(self.rows), AT_ONCE)]
        )
        few = min(most, len(cosines))
        places = np.argpartition(-cosines, few - 1)[:few]
        ordered = places[np.argsort(-cosines[places], kind="stable")]
        return [(int(at), float(cosines[at])) for at in ordered]
