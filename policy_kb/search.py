"""Find the items of the policy that a question is about, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from policy_kb.classifier import MODEL, Classifier

if TYPE_CHECKING:
    from pathlib import Path

MOST_CANDIDATES = 8
NOT_ITEMS = frozenset({"silent", "smalltalk", "command", "urgent"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An item that may answer."""

    item: str  # 5.4, A.4.11, form.host, checklist 2
    score: float  # how likely it is the right first citation, 0 to 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a question is likely to be about; all the scores of a search share one whole of 1."""

    candidates: tuple[Candidate, ...]  # best first, at most eight
    silent: float  # the policy does not answer it
    smalltalk: float
    command: float  # it asks the bot to do something
    urgent: float  # a sign only; UrgentSigns decides


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Search:
    """Looks questions up among the phrasings the classifier learned; build one with `load`."""

    classifier: Classifier

    @classmethod
    def load(cls, folder: Path = MODEL) -> Self:
        """Read the trained model; raises OSError or ValueError like `Classifier.load`."""
        return cls(classifier=Classifier.load("items", folder))

    def find(self, text: str) -> Found:
        """Return the likely items, best first, beside how likely it is that none of them answers."""
        likely = self.classifier.probabilities(text)
        items = sorted((label for label in likely if label not in NOT_ITEMS), key=likely.__getitem__, reverse=True)
        return Found(
            candidates=tuple(Candidate(item=item, score=likely[item]) for item in items[:MOST_CANDIDATES]),
            silent=likely["silent"],
            smalltalk=likely["smalltalk"],
            command=likely["command"],
            urgent=likely["urgent"],
        )
