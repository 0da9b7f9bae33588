"""SQLite's own full-text search, FTS5, with Porter stems: any word may match."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from policy_kb.features import tokens
from tests.bench.systems.shape import MOST_DOCUMENTS, best_of_each

if TYPE_CHECKING:
    from tests.bench.systems.shape import Hits, Job


class FullText:
    """One table in memory."""

    def __init__(self, job: Job) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE VIRTUAL TABLE said USING fts5(label UNINDEXED, text, tokenize='porter')")
        rows = zip(job["labels"], job["texts"], strict=True)
        self._database.executemany("INSERT INTO said VALUES (?, ?)", rows)

    def found(self, question: str) -> Hits:
        words = [f'"{word}"' for word in tokens(question) if any(letter.isalnum() for letter in word)]
        if not words:  # two pictograms, say: no word to look up
            return []
        rows = self._database.execute(
            "SELECT label, -rank FROM said WHERE text MATCH ? ORDER BY rank LIMIT ?",
            [" OR ".join(words), MOST_DOCUMENTS],
        )
        return best_of_each(rows)


make = FullText
