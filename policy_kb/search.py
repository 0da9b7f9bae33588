"""Find the items of the policy that a question is about, and how sure that is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from policy_kb.classifier import MODEL, Classifier, by_label
from policy_kb.heads import ITEM, NOTHING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MOST_CANDIDATES = 8
SLOTS = ("who", "channel", "act", "moment")
NOT_ITEMS = frozenset({"silent", "smalltalk", "command", "urgent"})
MEANING = 0.6  # how much the encoder counts beside the n-grams, 0 to 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An item that may answer."""

    item: str  # 5.4, A.4.11, form.host, checklist 2
    score: float  # how likely it is the right first citation, 0 to 1
    spelled: float = 0.0  # how likely the n-grams alone think so
    meant: float = 0.0  # how likely the encoder alone thinks so


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a question is likely to be about; all the scores of a search share one whole of 1."""

    candidates: tuple[Candidate, ...]  # best first, at most eight
    silent: float  # the policy does not answer it
    smalltalk: float
    command: float  # it asks the bot to do something
    urgent: float  # a sign only; UrgentSigns decides
    calls_for: Mapping[str, float]  # by verdict: how likely the question calls for it, whatever the item; a whole of 1
    slots: Mapping[str, Mapping[str, float]]  # by slot of the frame: how likely each value is; a whole of 1 each

    @property
    def answered(self) -> float:
        """Return how likely it is that a clause of the policy answers."""
        return max(0.0, 1 - self.silent - self.smalltalk - self.command - self.urgent)

    @property
    def surest(self) -> float:
        """Return how likely the likeliest item is; 0 where there is none."""
        return self.candidates[0].score if self.candidates else 0.0

    @property
    def leading(self) -> str:
        """Return the likeliest item; "" where silence is likelier."""
        return self.candidates[0].item if self.candidates and self.surest >= self.silent else ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Search:
    """Looks questions up among the phrasings the n-grams and the encoder learned; build one with `load`."""

    classifier: Classifier

    @classmethod
    def load(cls, folder: Path = MODEL) -> Self:
        """Read the trained model; raises OSError or ValueError like `Classifier.load`."""
        return cls(classifier=Classifier.load("items", folder))

    def find(self, text: str, meant: Mapping[str, Mapping[str, float]]) -> Found:
        """
        Return the likely items, best first, beside how likely it is that none of them answers.

        `meant`: what `Heads.read` made of the text.
        """
        spelled = self.classifier.likely(text)
        likely = together(spelled, meant[ITEM], self.classifier.sharpness)
        items = sorted((label for label in likely if label not in NOT_ITEMS), key=likely.__getitem__, reverse=True)
        return Found(
            candidates=tuple(
                Candidate(
                    item=item, score=likely[item], spelled=math.exp(spelled[item]), meant=math.exp(meant[ITEM][item])
                )
                for item in items[:MOST_CANDIDATES]
            ),
            silent=likely["silent"],
            smalltalk=likely["smalltalk"],
            command=likely["command"],
            urgent=likely["urgent"],
            calls_for=_shares(meant["verdict"]),
            slots={slot: _shares(meant[slot]) for slot in SLOTS},
        )


def _shares(likely: Mapping[str, float]) -> dict[str, float]:
    return {label: math.exp(log) for label, log in likely.items() if label != NOTHING}


def together(spelled: Mapping[str, float], meant: Mapping[str, float], sharpness: float) -> dict[str, float]:
    """Return how likely each label is, from what n-grams and encoder think of a text by the logarithm."""
    labels = tuple(spelled)
    mixed = np.array([(1 - MEANING) * spelled[label] + MEANING * meant[label] for label in labels])
    return {label: math.exp(log) for label, log in by_label(labels, sharpness * mixed).items()}
