"""
Measure search on the development questions, beside BM25, full-text search and a bare sentence encoder.

Each peer is measured twice: *bare*, with the edition's own headings, words and answers, and *given* the same
phrasings that ours learned from, beside those. Ours learned from the phrasings, so it has no bare form.
Every system runs in a process of its own on one thread and gets the same questions.

Ours says by its shipped rule when the policy is silent. For a peer the line is drawn on its score, where it refuses
4 % of the phrasings in scope that training keeps back; neither ours nor a peer learned from those. The score is how
far the best clause leads the best phrasing labelled silent; without phrasings, the score of the best clause.

These questions are known to the authors: the figures show direction, never quality on unseen questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from policy_kb.training.phrasings import BESIDE_THE_POLICY, kept_back, read_phrasings, taught
from tests.bench.alone import load_of_machine
from tests.bench.figures import FIRST, Share, at_share, is_single, question_sets, right, show_table
from tests.bench.finders import (
    ENCODER,
    OURS,
    PEERS,
    SILENT,
    Base,
    measure,
    own_clauses,
    said,
    sureness,
)
from tests.bench.vectors import encoded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tests.bench.figures import Row
    from tests.bench.finders import Document, Hit, Measured
    from tests.bench.vectors import Encoded

QUESTIONS = "dev4[0-3].jsonl"  # no model learned from them
REFUSED = 0.04  # of the phrasings in scope, where a peer's line is drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A system after all questions."""

    name: str
    measured: Measured
    line: float | None  # of the score, below which a peer would say that the policy is silent; ours has its own rule

    def silent(self, hits: Sequence[Hit]) -> bool:
        """Tell whether the system would say that the policy does not answer."""
        if self.line is None:
            return bool(hits) and hits[0].label == SILENT
        return sureness(hits) < self.line


def main() -> None:
    """Print what each system found and what it cost."""
    sets = question_sets(QUESTIONS)
    questions = [row["question"] for rows in sets.values() for row in rows]
    print(load_of_machine())
    tried = list(_all_tried(questions))
    _show_found(sets, tried)
    _show_costs(sets, tried)
    print(load_of_machine())


def _all_tried(questions: list[str]) -> Iterable[Tried]:
    yield Tried(name=OURS, measured=measure(OURS, Base(documents=()), questions), line=None)
    phrasings = read_phrasings()
    clauses = own_clauses()
    given = clauses + said(taught(phrasings))
    unseen = [one.text for one in kept_back(phrasings) if one.label not in BESIDE_THE_POLICY]
    meant = encoded([one.text for one in given], base=True)
    for peer in PEERS:
        for how, documents in (("bare", clauses), ("given", given)):
            base = _base(peer, documents, meant)
            line = np.quantile([sureness(hits) for hits in measure(peer, base, unseen).found], REFUSED)
            yield Tried(name=f"{peer}, {how}", measured=measure(peer, base, questions), line=float(line))


def _base(peer: str, documents: list[Document], meant: Encoded) -> Base:
    meanings = meant.only(one.text for one in documents) if peer == ENCODER else None
    return Base(documents=documents, meanings=meanings)


def _show_found(sets: Mapping[str, list[Row]], tried: list[Tried]) -> None:
    """Print, set by set, how often the right clause was first and among three."""
    in_scope = {name: sum(bool(row["gold"]) for row in rows if is_single(row)) for name, rows in sets.items()}
    head = ["first / among three", *(f"{name} ({count})" for name, count in in_scope.items())]
    rows = []
    for one in tried:
        pairs = _by_set(sets, one.measured.found)
        cells = [f"{_found(each, 1)} / {_found(each, FIRST)}" for each in pairs.values()]
        rows.append([one.name, *cells])
    show_table(head, rows)


def _show_costs(sets: Mapping[str, list[Row]], tried: list[Tried]) -> None:
    """Print the totals, silence, and what each system cost."""
    head = ("all sets", "right first", "among three", "silent recognised", "refused in scope")
    totals, costs = [], []
    for one in tried:
        pairs = [pair for each in _by_set(sets, one.measured.found).values() for pair in each]
        silent = Share.count(one.silent(hits) for row, hits in pairs if not row["gold"])
        refused = Share.count(one.silent(hits) for row, hits in pairs if row["gold"])
        totals.append(
            [one.name, *(share.whole() for share in (_found(pairs, 1), _found(pairs, FIRST), silent, refused))]
        )
        times = one.measured.times
        costs.append(
            [
                one.name,
                f"{at_share(times, 0.5):.2f} / {at_share(times, 0.99):.2f} ms",
                f"{one.measured.ready:.0f} ms",
                f"{one.measured.grown:.0f} MB",
            ]
        )
    show_table(head, totals)
    asked = sum(map(len, sets.values()))
    show_table(("one thread", f"p50 / p99 of {asked} questions", "ready in", "memory"), costs)


def _by_set(sets: Mapping[str, list[Row]], found: Iterable[list[Hit]]) -> dict[str, list[tuple[Row, list[Hit]]]]:
    """Return the single questions of each set with what was found; questions were asked in the order of the sets."""
    each = iter(found)
    pairs = {name: [(row, next(each)) for row in rows] for name, rows in sets.items()}
    return {name: [(row, hits) for row, hits in both if is_single(row)] for name, both in pairs.items()}


def _found(pairs: Iterable[tuple[Row, list[Hit]]], first: int) -> Share:
    return Share.count(right(row, (hit.label for hit in hits), first) for row, hits in pairs if row["gold"])


if __name__ == "__main__":
    main()
