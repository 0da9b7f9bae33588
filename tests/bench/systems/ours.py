"""
Our search as it ships, and what it does in a knowledge base that holds other policies as well.

This policy's own answer stands. Clauses of other policies, which nobody wrote phrasings for, are found by meaning,
and lead only where our search would otherwise say that the policy is silent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_kb.decide import SILENT_SHARE
from policy_kb.heads import Heads
from policy_kb.search import Search
from tests.bench.systems.meanings import Meanings

if TYPE_CHECKING:
    from tests.bench.systems.shape import Hits, Job

SILENT = "silent"
FOREIGN = 3  # clauses of other policies that are shown


class Ours:
    """Encoder and n-grams together; `silent` comes first where an answer would say so."""

    def __init__(self, job: Job) -> None:
        self._heads = Heads.load()
        self._search = Search.load()
        self._labels = job["labels"]  # of the other policies' clauses
        self._meanings = Meanings.read(job["meanings"]) if "meanings" in job else None

    def found(self, question: str) -> Hits:
        # What `Heads.read` does, the meaning kept: it is worked out once for both uses.
        meaning = self._heads.encoder.meaning(question)
        found = self._search.find(question, {name: head.likely(meaning) for name, head in self._heads.heads.items()})
        own = [(candidate.item, candidate.score) for candidate in found.candidates]
        if found.silent < SILENT_SHARE * found.answered:
            return own
        near = self._meanings.nearest(meaning, FOREIGN) if self._meanings else []
        return [(SILENT, found.silent), *((self._labels[at], score) for at, score in near), *own]


make = Ours
