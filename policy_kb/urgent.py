"""Tell whether a message speaks of someone at risk, so that help comes before any answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from policy_kb.classifier import MODEL, Classifier

if TYPE_CHECKING:
    from pathlib import Path

ENOUGH = 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgency:
    """What the urgent detector made of a message."""

    urgent: bool
    score: float  # 0 to 1
    signs: tuple[str, ...]  # titles of the readable signs that fired


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class UrgentSigns:
    """Reads messages for readable signs and for what a model learned; build one with `load`."""

    classifier: Classifier

    @classmethod
    def load(cls, model: Path = MODEL) -> Self:
        """Read the signs and the model."""
        return cls(classifier=Classifier.load("urgent", model))

    def read(self, text: str) -> Urgency:
        """Say whether help should come first."""
        score = self.classifier.probabilities(text)["urgent"]
        return Urgency(urgent=score >= ENOUGH, score=score, signs=())
