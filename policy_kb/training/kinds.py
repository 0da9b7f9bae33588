"""Split labels that are too broad for one look into kinds of a like meaning, as the base already sees them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sklearn.cluster import KMeans

from policy_kb.heads import KIND
from policy_kb.training.encoder_fit import SEED
from policy_kb.training.phrasings import URGENT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from policy_kb.training.phrasings import Phrasing

BROAD = ("silent", URGENT)
MANY = 100  # phrasings a kind, about
TRIES = 4


def in_kinds(
    phrasings: Sequence[Phrasing], meanings_of: Callable[[Sequence[Phrasing]], NDArray[np.float32]]
) -> list[Phrasing]:
    """Return the phrasings, those of broad labels under kinds ("silent~7"); `meanings_of` gives one row for each."""
    split = list(phrasings)
    for broad in BROAD:
        own = [at for at, one in enumerate(phrasings) if one.label == broad]
        rows = meanings_of([phrasings[at] for at in own])
        kinds = KMeans(max(1, len(own) // MANY), n_init=TRIES, random_state=SEED).fit_predict(rows)
        for at, kind in zip(own, kinds, strict=True):
            split[at] = replace(phrasings[at], label=f"{broad}{KIND}{kind}")
    return split
