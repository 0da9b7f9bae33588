"""Try models on phrasings they have not seen: five times, each on a fifth kept back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from sklearn.model_selection import StratifiedKFold

from policy_kb.features import features
from policy_kb.training.fit import URGENT, fit_items, fit_urgent
from policy_kb.urgent import score_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from policy_kb.training.phrasings import Phrasing
    from policy_kb.urgent import SignWords

SEED = 7
FOLDS = 5
STANDS_FOR_ITSELF = frozenset({"A.2.3", "A.5.6"})
"""Clauses about concerns and extreme content: half of their phrasings are urgent, so neither side learns from them."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trial:
    """How likely a model that had not seen it found each label of each phrasing."""

    labels: tuple[str, ...]
    wanted: tuple[str, ...]  # by phrasing
    likely: NDArray[np.float64]  # phrasings by labels

    def ranked(self) -> NDArray[np.intp]:
        """Return the labels of each phrasing by place in `labels`, likeliest first."""
        return np.argsort(-self.likely, axis=1, kind="stable")


def try_items(phrasings: Sequence[Phrasing]) -> Trial:
    """Cross-validate the model of items."""
    texts = [phrasing.text for phrasing in phrasings]
    wanted = np.array([phrasing.label for phrasing in phrasings])
    counted = [features(text) for text in texts]
    labels = tuple(sorted(set(wanted.tolist())))
    likely = np.zeros((len(texts), len(labels)))
    for seen, unseen in _folds(wanted):
        model = fit_items([counted[at] for at in seen], wanted[seen].tolist())
        for at in unseen:
            likely[at] = list(model.probabilities(texts[at]).values())
    return Trial(labels=labels, wanted=tuple(wanted.tolist()), likely=likely)


def try_urgent(phrasings: Sequence[Phrasing], words: SignWords) -> NDArray[np.float64]:
    """Cross-validate the urgent model; returns its score of each phrasing."""
    noticed = [words.notice(phrasing.text) for phrasing in phrasings]
    counted = [features(one.text, one.titles) for one in noticed]
    wanted = np.array([phrasing.label for phrasing in phrasings])
    scores = np.zeros(len(phrasings))
    for seen, unseen in _folds(wanted):
        taught = [at for at in seen if wanted[at] not in STANDS_FOR_ITSELF]
        model = fit_urgent([counted[at] for at in taught], [wanted[at] == URGENT for at in taught])
        for at in unseen:
            scores[at] = score_of(noticed[at], words, model)
    return scores


def _folds(wanted: NDArray[np.str_]) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    return list(folds.split(np.zeros(len(wanted)), wanted))
