"""
Measure search on the development questions, beside BM25 and SQLite's full-text search.

All three are given the same phrasings. These questions are known to the authors: the figures show
direction, never quality on unseen questions. Nothing was trained on them.
"""

from __future__ import annotations

import json
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from rank_bm25 import BM25Okapi

from policy_kb.answer import SILENT_AT, SILENT_SHARE
from policy_kb.features import tokens
from policy_kb.search import Search
from policy_kb.training.phrasings import HARMLESS, Phrasing, read_phrasings
from policy_kb.urgent import UrgentSigns

if TYPE_CHECKING:
    from collections.abc import Callable

QUESTIONS = Path(__file__).parents[1] / "questions"
APART = ("multi-part", "follow-up")  # they need more than one search
CONCERNS = frozenset({"A.2.3", "A.5.6"})  # the way to help may be shown for these, urgent or not
SILENT, URGENT = "silent", "urgent"


class Finder(Protocol):
    """Ranks labels for a question, best first."""

    def ranked(self, question: str) -> list[str]:
        """Return the labels found, each once."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """The search as it ships; `silent` comes first where an answer would say so."""

    search: Search

    def ranked(self, question: str) -> list[str]:
        """Return the candidates, after `silent` where that is likely."""
        found = self.search.find(question)
        items = [candidate.item for candidate in found.candidates]
        line = max(SILENT_AT, SILENT_SHARE * found.candidates[0].score)
        return [SILENT, *items] if found.silent >= line else items


class Bm25:
    """BM25 over the phrasings: a label ranks as its best phrasing does."""

    def __init__(self, phrasings: tuple[Phrasing, ...]) -> None:
        """Index every phrasing as a document."""
        self._labels = [one.label for one in phrasings]
        self._index = BM25Okapi([tokens(one.text) for one in phrasings])

    def ranked(self, question: str) -> list[str]:
        """Return the labels in the order of their best phrasing."""
        scores = self._index.get_scores(tokens(question))
        return list(dict.fromkeys(self._labels[at] for at in scores.argsort()[::-1][:200]))


class FullText:
    """SQLite FTS5 with Porter stemming over the phrasings: any word may match."""

    def __init__(self, phrasings: tuple[Phrasing, ...]) -> None:
        """Index every phrasing as a row."""
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE VIRTUAL TABLE said USING fts5(label UNINDEXED, text, tokenize='porter')")
        self._database.executemany("INSERT INTO said VALUES (?, ?)", [(one.label, one.text) for one in phrasings])

    def ranked(self, question: str) -> list[str]:
        """Return the labels in the order of their best phrasing."""
        words = [f'"{word}"' for word in tokens(question) if any(letter.isalnum() for letter in word)]
        if not words:  # two pictograms, say: no word to look up
            return []
        rows = self._database.execute(
            "SELECT label FROM said WHERE text MATCH ? ORDER BY rank LIMIT 200", [" OR ".join(words)]
        )
        return list(dict.fromkeys(label for (label,) in rows))


def main() -> None:
    """Print the figures for each finder and each set, then those of the urgent detector."""
    phrasings = tuple(one for one in read_phrasings() if one.label != HARMLESS)
    makers: dict[str, Callable[[], Finder]] = {
        "ours": lambda: Ours(search=Search.load()),
        "rank-bm25": lambda: Bm25(phrasings),
        "SQLite FTS5": lambda: FullText(phrasings),
    }
    sets = {name: _rows(name) for name in sorted(file.name for file in QUESTIONS.glob("dev*.jsonl"))}
    for name, make in makers.items():
        started = time.perf_counter()
        finder = make()
        print(f"{name}: ready in {1000 * (time.perf_counter() - started):.0f} ms")
        times: list[float] = []
        for questions, rows in sets.items():
            _report(questions, finder, rows, times)
        times.sort()
        print(f"  p50 {times[len(times) // 2]:.2f} ms, p99 {times[int(len(times) * 0.99)]:.2f} ms a question")
    _report_urgent([row for rows in sets.values() for row in rows])


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (QUESTIONS / name).read_text("utf-8").splitlines()]


def _report(name: str, finder: Finder, rows: list[dict[str, Any]], times: list[float]) -> None:
    ranked: list[list[str]] = []
    for row in rows:
        started = time.perf_counter()
        ranked.append(finder.ranked(row["question"]))
        times.append(1000 * (time.perf_counter() - started))
    pairs = list(zip(rows, ranked, strict=True))
    single = [(row, found) for row, found in pairs if row.get("category") not in APART]
    in_scope = [(row, found) for row, found in single if row["gold"]]
    print(f"  {name}")
    _share("right clause first", [_right(row, found, 1) for row, found in in_scope])
    _share("right clause in first three", [_right(row, found, 3) for row, found in in_scope])
    _share("silent recognised", [_silent(found) for row, found in single if not row["gold"]])
    _share("refused in scope", [_silent(found) for _, found in in_scope])
    for kind in APART:
        _share(
            f"{kind}: in first three", [_right(row, found, 3) for row, found in pairs if row.get("category") == kind]
        )


def _right(row: dict[str, Any], found: list[str], first: int) -> bool:
    # A gold `checklist` is met by any of its four points, which search tells apart.
    items = dict.fromkeys(
        label.split(" ")[0] for label in found if label not in (SILENT, URGENT, "command", "smalltalk")
    )
    return bool(set(list(items)[:first]) & set(row["gold"]))


def _silent(found: list[str]) -> bool:
    return found[:1] == [SILENT]


def _report_urgent(rows: list[dict[str, Any]]) -> None:
    started = time.perf_counter()
    signs = UrgentSigns.load()
    print(f"urgent detector: ready in {1000 * (time.perf_counter() - started):.0f} ms")
    read = [(row, signs.read(row["question"]).urgent) for row in rows]
    _share("urgent found", [urgent for row, urgent in read if _is_urgent(row)])
    _share(
        "concerns given the way to help", [urgent for row, urgent in read if not _is_urgent(row) and _is_concern(row)]
    )
    _share("false urgent", [urgent for row, urgent in read if not _is_urgent(row) and not _is_concern(row)])


def _is_urgent(row: dict[str, Any]) -> bool:
    return URGENT in (row.get("verdicts") or [row["verdict"]])


def _is_concern(row: dict[str, Any]) -> bool:
    return bool(CONCERNS & set(row["gold"]))


def _share(what: str, outcomes: list[bool]) -> None:
    if outcomes:
        print(f"    {what:<34}{sum(outcomes):>4} of {len(outcomes):>3}  {sum(outcomes) / len(outcomes):.3f}")


if __name__ == "__main__":
    main()
