"""What every system under measurement looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypedDict

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_DOCUMENTS = 200  # that are looked through for labels

Hits = list[tuple[str, float]]  # labels with their scores, best first, each label once


class Job(TypedDict, total=False):
    """What a system gets."""

    labels: list[str]
    texts: list[str]
    meanings: str  # a file with one row for each text, for a system that compares meanings


class Finder(Protocol):
    """Ranks labels for a question."""

    def found(self, question: str) -> Hits:
        """Return the labels found."""
        ...


def best_of_each(scored: Iterable[tuple[str, float]]) -> Hits:
    """Keep of each label its first score, which is its best."""
    best: dict[str, float] = {}
    for label, score in scored:
        best.setdefault(label, score)
    return list(best.items())
