"""
Grow the knowledge base from one policy to 100,000 clauses, and ask this policy's questions at every size.

The other policies' clauses are made by rule (`other_policies`) and have no phrasings; this policy has its own.
Ours answers from this policy first; the others are found by meaning, and lead only where ours would be silent.
Every peer looks everything up in one index: own clauses, the same phrasings, the other policies' clauses.

Beyond 10,000 clauses no further meanings are worked out: that would take a quarter of an hour for each encoder.
Those of the first 10,000 are moved at random instead, each as far as such a clause lies from its nearest neighbour.
Speed and memory are the same as with real ones; as rivals of the right clause they are a guess.
The systems that read words get 100,000 different texts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from policy_kb.training.phrasings import read_phrasings, taught
from tests.bench.alone import load_of_machine
from tests.bench.figures import FIRST, Share, at_share, is_single, question_sets, right, show_table
from tests.bench.finders import ENCODER, OURS, PEERS, Base, Document, measure, own_clauses, said
from tests.bench.growth_plot import Point, draw
from tests.bench.other_policies import foreign_clauses
from tests.bench.vectors import encoded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tests.bench.figures import Row
    from tests.bench.finders import Measured

SIZES = (100, 1_000, 10_000, 100_000)  # clauses in all; the first is this policy alone, which has a few more
WORKED_OUT = 10_000  # clauses
SAMPLE = 500  # clauses whose nearest neighbours are looked for
SEED = 5
QUESTIONS = "dev4[23].jsonl"  # no model learned from them


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grown:
    """The largest knowledge base; a smaller one is its beginning."""

    known: list[Document]  # this policy: its clauses and their phrasings
    foreign: list[Document]
    known_by_base: NDArray[np.float16]  # meanings
    foreign_by_base: NDArray[np.float16]
    foreign_by_ours: NDArray[np.float16]

    def base(self, system: str, count: int) -> Base:
        """Return what a system looks questions up in, with so many clauses of other policies."""
        foreign = self.foreign[:count]
        if system == OURS:
            return Base(documents=foreign, meanings=self.foreign_by_ours[:count] if count else None)
        documents = self.known + foreign
        if system != ENCODER:
            return Base(documents=documents)
        return Base(documents=documents, meanings=np.concatenate([self.known_by_base, self.foreign_by_base[:count]]))


def main() -> None:
    """Measure every system at every size, print the table, draw the plot."""
    rows = [row for each in question_sets(QUESTIONS).values() for row in each]
    own = own_clauses()
    grown = _grown(own, SIZES[-1] - len(own))
    print(load_of_machine())
    points = []
    for size in SIZES:
        count = max(0, size - len(own))
        for system in (OURS, *PEERS):
            measured = measure(system, grown.base(system, count), [row["question"] for row in rows])
            points.append(_point(system, len(own) + count, rows, measured))
            print(f"  {system} with {len(own) + count:,} clauses: p50 {points[-1].p50:.1f} ms", flush=True)
    _show(points, len(rows))
    draw(points)
    print(load_of_machine())


def _grown(own: list[Document], count: int) -> Grown:
    foreign = [Document(label=one.label, text=one.text) for one in foreign_clauses(count)]
    known = own + said(taught(read_phrasings()))
    few = [one.text for one in foreign[:WORKED_OUT]]
    ours, base = encoded(few, base=False), encoded(few, base=True)
    print(f"to work out a meaning: ours {ours.each:.1f} ms of a processor a clause, the base {base.each:.1f} ms")
    return Grown(
        known=known,
        foreign=foreign,
        known_by_base=encoded([one.text for one in known], base=True).meanings,
        foreign_by_base=_more(base.meanings, count),
        foreign_by_ours=_more(ours.meanings, count),
    )


def _more(meanings: NDArray[np.float16], count: int) -> NDArray[np.float16]:
    """Return meanings for so many clauses: those there are, then the same again, each moved at random."""
    dice = np.random.default_rng(SEED)
    nearest = _nearest(meanings.astype(np.float32))
    print(f"  a clause's nearest neighbour lies at a cosine of {nearest:.3f} (median of {SAMPLE}); so far others move")
    step = math.sqrt(1 / nearest**2 - 1) / math.sqrt(meanings.shape[1])
    parts = [meanings[:count]]
    for done in range(len(meanings), count, len(meanings)):
        moved = meanings[: count - done].astype(np.float32)
        moved += step * dice.standard_normal(moved.shape, dtype=np.float32)
        parts.append((moved / np.linalg.norm(moved, axis=1, keepdims=True)).astype(np.float16))
    return np.concatenate(parts)


def _nearest(meanings: NDArray[np.float32]) -> float:
    """Return the median cosine between a clause and the clause nearest to it."""
    cosines = meanings[:SAMPLE] @ meanings.T
    np.fill_diagonal(cosines, -1)  # itself
    return float(np.median(cosines.max(axis=1)))


def _point(system: str, size: int, rows: Sequence[Row], measured: Measured) -> Point:
    pairs = [
        (row, [hit.label for hit in hits])
        for row, hits in zip(rows, measured.found, strict=True)
        if row["gold"] and is_single(row)
    ]
    return Point(
        system=system,
        size=size,
        first=Share.count(right(row, labels, 1) for row, labels in pairs),
        three=Share.count(right(row, labels, FIRST) for row, labels in pairs),
        p50=at_share(measured.times, 0.5),
        p99=at_share(measured.times, 0.99),
        ready=measured.ready,
        grown=measured.grown,
    )


def _show(points: Sequence[Point], asked: int) -> None:
    head = ("system", "clauses", "right first", "among three", f"p50 / p99 of {asked}", "ready in", "memory")
    by_system = sorted(points, key=lambda point: (OURS, *PEERS).index(point.system))
    show_table(
        head,
        (
            (
                point.system,
                f"{point.size:,}",
                point.first.whole(),
                point.three.whole(),
                f"{point.p50:.1f} / {point.p99:.1f} ms",
                f"{point.ready / 1000:.2f} s",
                f"{point.grown:.0f} MB",
            )
            for point in by_system
        ),
    )


if __name__ == "__main__":
    main()
