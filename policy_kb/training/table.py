"""Lay out counted features as the sparse table that training works on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FEWEST_PHRASINGS = 3  # a feature of fewer teaches little and takes much room


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Table:
    """One row a phrasing, one column a feature; every row has length 1."""

    numbers: NDArray[np.uint32]  # of the features, in rising order
    rarity: NDArray[np.float32]  # of each feature: 1 + the log of how few phrasings hold it
    rows: Any  # scipy's CSR matrix of float32, for which it ships no types


def make_table(counted: Sequence[Counter[int]]) -> Table:
    """Weigh counts as `Classifier` does when it answers: log of the count, times rarity, scaled to length 1."""
    held_by = Counter(number for counts in counted for number in counts)
    numbers = np.array(sorted(n for n, held in held_by.items() if held >= FEWEST_PHRASINGS), dtype=np.uint32)
    holders = np.array([held_by[number] for number in numbers.tolist()])
    rarity = (np.log((1 + len(counted)) / (1 + holders)) + 1).astype(np.float32)
    place = {number: at for at, number in enumerate(numbers.tolist())}
    cells = [
        (row, place[number], (1 + np.log(count)) * rarity[place[number]])
        for row, counts in enumerate(counted)
        for number, count in counts.items()
        if number in place
    ]
    row, column, value = (np.array(part) for part in zip(*cells, strict=True))
    raw = sparse.csr_matrix((value, (row, column)), shape=(len(counted), len(numbers)))
    lengths = np.sqrt(np.asarray(raw.multiply(raw).sum(axis=1)).ravel())
    scaled = sparse.diags(1 / np.where(lengths > 0, lengths, 1)) @ raw
    return Table(numbers=numbers, rarity=rarity, rows=scaled.astype(np.float32).tocsr())
