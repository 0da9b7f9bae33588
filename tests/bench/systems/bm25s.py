"""BM25 as `bm25s` has it: scores worked out beforehand, English stop words left out, Porter stems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import bm25s
from Stemmer import Stemmer

from tests.bench.systems.shape import MOST_DOCUMENTS, best_of_each

if TYPE_CHECKING:
    from tests.bench.systems.shape import Hits, Job


class Bm25s:
    """Set up as its own introduction does."""

    def __init__(self, job: Job) -> None:
        self._labels = job["labels"]
        self._stems = Stemmer("english")
        self._index = bm25s.BM25()
        self._index.index(self._cut(job["texts"]), show_progress=False)

    def found(self, question: str) -> Hits:
        most = min(MOST_DOCUMENTS, len(self._labels))
        places, scores = self._index.retrieve(self._cut([question]), k=most, show_progress=False)
        pairs = zip(places[0].tolist(), scores[0].tolist(), strict=True)
        return best_of_each((self._labels[at], score) for at, score in pairs)

    def _cut(self, texts: list[str]) -> Any:  # noqa: ANN401 - its own type of words, which only it reads
        return bm25s.tokenize(texts, stopwords="en", stemmer=self._stems, show_progress=False)


make = Bm25s
