"""The sentence encoder that ours was taught from, before it was taught anything: the nearest document by meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.base_encoder import load_base
from tests.bench.systems.meanings import Meanings
from tests.bench.systems.shape import MOST_DOCUMENTS, best_of_each

if TYPE_CHECKING:
    from tests.bench.systems.shape import Hits, Job


class BareEncoder:
    """The documents' meanings were worked out beforehand; the question's is worked out as it comes."""

    def __init__(self, job: Job) -> None:
        self._labels = job["labels"]
        self._encoder = load_base()
        self._meanings = Meanings.read(job["meanings"])

    def found(self, question: str) -> Hits:
        near = self._meanings.nearest(self._encoder.meaning(question), MOST_DOCUMENTS)
        return best_of_each((self._labels[at], score) for at, score in near)


make = BareEncoder
