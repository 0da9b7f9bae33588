"""
Measure whole answers on the development questions: verdicts, permissions, silence, urgency, speed.

These questions are known to the authors: the figures show direction, never quality on unseen questions.
With `-v` it prints every wrong verdict as well.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.bench.alone import load_of_machine, run_alone
from tests.bench.figures import FIRST, Share, at_share, question_sets, show_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tests.bench.figures import Row

# `ask_first` counts for these (see the questions' README).
ASK_FIRST_COUNTS = frozenset({"approval", "silent"})
CONCERNS = frozenset({"A.2.3", "A.5.6"})  # the way to help may be shown for these, urgent or not
URGENT = "urgent"
TRESPASS = "trespass"  # sets that say only what must not be told, and no clause: tests ask those


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A labelled question and what the bot said."""

    row: Row
    verdict: str
    urgent: bool
    tier: str
    clauses: tuple[str, ...]
    ms: float

    @property
    def wanted(self) -> frozenset[str]:
        """Return the verdicts that count as right."""
        return frozenset(self.row.get("verdicts") or [self.row["verdict"], *self.row.get("also_verdicts", [])])

    @property
    def gold(self) -> frozenset[str]:
        """Return the clauses that count as right first citations, whole fields for form parts."""
        return frozenset(self.row["gold"])

    @property
    def calls_for_help(self) -> bool:
        """Tell whether nothing but help first is right; where an alarm is only accepted, another verdict will do."""
        return URGENT in (self.row.get("verdict"), *self.row.get("verdicts", [])[:1])

    def verdict_right(self) -> bool:
        """Tell whether the verdict counts as right."""
        if self.calls_for_help:
            return self.urgent
        said = {self.verdict} | ({URGENT} if self.urgent else set())
        return bool(said & self.wanted) or (self.verdict == "ask_first" and bool(self.wanted & ASK_FIRST_COUNTS))

    def cites(self, first: int) -> bool:
        """Tell whether a right clause is among the first so many cited."""
        return bool(set(self.clauses[:first]) & self.gold)

    def is_about(self, category: str) -> bool:
        """Tell whether whoever wrote the question put it there."""
        return self.row.get("category") == category


def main() -> None:
    """Print the figures for each set and for all together."""
    sets = {name: rows for name, rows in question_sets("*.jsonl").items() if not name.startswith((URGENT, TRESPASS))}
    alarms = question_sets(f"{URGENT}*.jsonl")
    job = {
        "rows": [row for rows in sets.values() for row in rows],
        "texts": [row["text"] for rows in alarms.values() for row in rows],
    }
    print(load_of_machine())
    done = run_alone("tests.bench.answering", job)
    said = iter(done["said"])
    asked = {name: [_asked(row, next(said)) for row in rows] for name, rows in sets.items()}
    _show_answers(asked)
    urgent = iter(done[URGENT])
    _show_urgent({name: [(row, next(urgent)) for row in rows] for name, rows in alarms.items()})
    times = [one.ms for each in asked.values() for one in each]
    print(
        f"p50 {at_share(times, 0.5):.1f} ms, p99 {at_share(times, 0.99):.1f} ms of {len(times)} answers on one thread"
    )
    print(f"ready in {done['ready']:.0f} ms; resident {done['resident']:.0f} MB")
    print(load_of_machine())
    if "-v" in sys.argv:
        for name, each in asked.items():
            _show_mistakes(name, each)


def _asked(row: Row, said: Row) -> Asked:
    return Asked(
        row=row,
        verdict=said["verdict"],
        urgent=said[URGENT],
        tier=said["tier"],
        clauses=tuple(said["clauses"]),
        ms=said["ms"],
    )


FIGURES: Mapping[str, Callable[[Iterable[Asked]], Share]] = {
    "right clause first": lambda all_: Share.count(one.cites(1) for one in all_ if one.gold),
    "right clause among three": lambda all_: Share.count(one.cites(FIRST) for one in all_ if one.gold),
    "verdict right": lambda all_: Share.count(one.verdict_right() for one in all_),
    "wrong permission (barred, said yes)": lambda all_: Share.count(
        one.verdict == "yes" for one in all_ if one.wanted == {"no"}
    ),
    "implied permission (barred, not told no)": lambda all_: Share.count(
        one.verdict != "no" for one in all_ if one.wanted == {"no"}
    ),
    "wrong prohibition (permitted or a fact, told no)": lambda all_: Share.count(
        one.verdict == "no" for one in all_ if one.wanted <= {"yes", "advised", "info"}
    ),
    "silent recognised": lambda all_: Share.count(
        one.tier == "silent" for one in all_ if not one.gold and not one.calls_for_help
    ),
    "refused in scope": lambda all_: Share.count(one.tier == "silent" for one in all_ if one.gold),
    "not sure": lambda all_: Share.count(one.tier == "not_sure" for one in all_),
    "urgent found": lambda all_: Share.count(one.urgent for one in all_ if one.calls_for_help),
    "false urgent": lambda all_: Share.count(
        one.urgent for one in all_ if URGENT not in one.wanted and not one.gold & CONCERNS
    ),
    "both clauses of two": lambda all_: Share.count(
        one.gold <= set(one.clauses) for one in all_ if one.is_about("multi-part")
    ),
    "follow-ups right (clause first and verdict)": lambda all_: Share.count(
        one.cites(1) and one.verdict_right() for one in all_ if one.is_about("follow-up")
    ),
}


def _show_answers(asked: Mapping[str, list[Asked]]) -> None:
    everything = [one for each in asked.values() for one in each]
    head = ["", *(f"{name} ({len(each)})" for name, each in asked.items()), "all (95 % interval)"]
    rows = []
    for what, figure in FIGURES.items():
        shares = [figure(each) for each in asked.values()]
        cells = [f"{share} ({share.hits}/{share.of})" if share.of else "–" for share in shares]
        rows.append([what, *cells, figure(everything).whole()])
    show_table(head, rows)


def _show_urgent(alarms: Mapping[str, list[tuple[Row, bool]]]) -> None:
    rows = []
    for name, pairs in alarms.items():
        found = Share.count(alarm for row, alarm in pairs if row[URGENT])
        false = Share.count(alarm for row, alarm in pairs if not row[URGENT])
        rows.append([f"urgent: {name}", found.whole(), false.whole()])
    if rows:
        show_table(("messages", "found", "false"), rows)


def _show_mistakes(name: str, asked: list[Asked]) -> None:
    wrong = [one for one in asked if not one.verdict_right()]
    print(f"{name}: confusions", Counter((min(one.wanted), one.verdict) for one in wrong).most_common(12))
    for one in wrong:
        gold = ",".join(sorted(one.gold))
        said = f"{one.verdict} {one.clauses} u={one.urgent}"
        print(f"    {sorted(one.wanted)} [{gold}] → {said}: {one.row['question'][:110]}")


if __name__ == "__main__":
    main()
