"""Try the models on the phrasings that were kept back from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from policy_kb.heads import ITEM, URGENT
from policy_kb.search import MEANING
from policy_kb.training.phrasings import HARMLESS
from policy_kb.urgent import score_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from policy_kb.classifier import Classifier
    from policy_kb.heads import Heads
    from policy_kb.training.phrasings import Phrasing
    from policy_kb.urgent import SignWords


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trial:
    """How likely models that had not seen it found each label of each phrasing."""

    labels: tuple[str, ...]
    wanted: tuple[frozenset[str], ...]  # by phrasing: its label first, and what would be as good
    first: tuple[str, ...]  # by phrasing: its label
    likely: NDArray[np.float64]  # phrasings by labels, as logarithms

    def ranked(self) -> NDArray[np.intp]:
        """Return the labels of each phrasing by place in `labels`, likeliest first."""
        return np.argsort(-self.likely, axis=1, kind="stable")


def try_items(phrasings: Sequence[Phrasing], spelled: Classifier, heads: Heads) -> Trial:
    """Let n-grams and encoder together name the item of each phrasing, before any sharpening."""
    tried = [one for one in phrasings if one.label != HARMLESS]
    likely = np.array([_mixed(one.text, spelled, heads) for one in tried])
    return Trial(
        labels=spelled.labels,
        wanted=tuple(frozenset({one.label, *one.also}) for one in tried),
        first=tuple(one.label for one in tried),
        likely=likely,
    )


def try_urgent(
    phrasings: Sequence[Phrasing], words: SignWords, spelled: Classifier, heads: Heads
) -> NDArray[np.float64]:
    """Return the urgent score of each phrasing."""
    return np.array([_urgent(one.text, words, spelled, heads) for one in phrasings])


def _mixed(text: str, spelled: Classifier, heads: Heads) -> list[float]:
    by_letters, by_meaning = spelled.likely(text), heads.read(text)[ITEM]
    return [(1 - MEANING) * by_letters[label] + MEANING * by_meaning[label] for label in spelled.labels]


def _urgent(text: str, words: SignWords, spelled: Classifier, heads: Heads) -> float:
    meant = heads.read(text)[URGENT]
    return score_of(words.notice(text), words, spelled, meant[URGENT] - meant["calm"])
