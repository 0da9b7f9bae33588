"""
The systems that find clauses, and how each is measured: alone in a process of its own, on one thread.

A system gets documents, each of which points to a label, and ranks labels by their best document.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from policy_kb.training.phrasings import BESIDE_THE_POLICY, HARMLESS
from policy_kb.view import load_view
from tests.bench.alone import run_alone

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from policy_kb.training.phrasings import Phrasing

SILENT = "silent"
OURS, ENCODER = "ours", "bare encoder"
MODULES = {
    OURS: "tests.bench.systems.ours",
    "rank-bm25": "tests.bench.systems.rank_bm25",
    "bm25s": "tests.bench.systems.bm25s",
    "SQLite FTS5": "tests.bench.systems.fts5",
    ENCODER: "tests.bench.systems.bare_encoder",
}
PEERS = tuple(name for name in MODULES if name != OURS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text that points to a label."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A label and how well its best document fits; scores of one system can be compared, never those of two."""

    label: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a system found and what it cost."""

    found: list[list[Hit]]  # by question: best first, each label once
    times: list[float]  # ms a question
    ready: float  # ms from nothing imported to the first question
    grown: float  # MB more than the bare process, after all questions


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What a system looks questions up in."""

    documents: Sequence[Document]
    meanings: NDArray[np.float16] | None = None  # of the documents, for a system that needs them


def measure(system: str, base: Base, questions: Sequence[str]) -> Measured:
    """Ask a system every question, one after another."""
    with tempfile.TemporaryDirectory() as folder:
        job: dict[str, Any] = {
            "module": MODULES[system],
            "labels": [one.label for one in base.documents],
            "texts": [one.text for one in base.documents],
            "questions": list(questions),
        }
        if base.meanings is not None:
            job["meanings"] = str(Path(folder) / "meanings.npy")
            np.save(job["meanings"], base.meanings)
        done = run_alone("tests.bench.finding", job)
    return Measured(
        found=[[Hit(label, score) for label, score in hits] for hits in done["found"]],
        times=done["times"],
        ready=done["ready"],
        grown=done["grown"],
    )


def sureness(hits: Sequence[Hit]) -> float:
    """Return by how much the best clause leads the best document that was known to be silent, if there is any."""
    best = next((hit.score for hit in hits if hit.label not in BESIDE_THE_POLICY), 0.0)
    return best - next((hit.score for hit in hits if hit.label == SILENT), 0.0)


def own_clauses() -> list[Document]:
    """Return each item of the edition as one document: its heading, its words, the sentence of its answer."""
    items = load_view().items.values()
    return [Document(label=one.ref.id, text=f"{one.heading}. {one.words} {one.answer}") for one in items]


def said(phrasings: Iterable[Phrasing]) -> list[Document]:
    """Return phrasings as documents; those that only the urgent detector learns from have no label to find."""
    return [Document(label=one.label, text=one.text) for one in phrasings if one.label != HARMLESS]
