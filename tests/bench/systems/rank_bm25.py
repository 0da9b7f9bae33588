"""BM25 as `rank-bm25` has it: pure Python, every document scored for every question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rank_bm25 import BM25Okapi

from policy_kb.features import tokens
from tests.bench.systems.shape import MOST_DOCUMENTS, best_of_each

if TYPE_CHECKING:
    from tests.bench.systems.shape import Hits, Job


class RankBm25:
    """Our own words, without stop words or stems: the package has neither."""

    def __init__(self, job: Job) -> None:
        self._labels = job["labels"]
        self._index = BM25Okapi([tokens(text) for text in job["texts"]])

    def found(self, question: str) -> Hits:
        scores = self._index.get_scores(tokens(question))
        best = scores.argsort()[::-1][:MOST_DOCUMENTS]
        return best_of_each((self._labels[at], float(scores[at])) for at in best)


make = RankBm25
