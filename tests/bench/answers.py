"""
Measure whole answers on the development questions: verdicts, permissions, silence, urgency, speed.

These questions are known to the authors: the figures show direction, never quality on unseen questions.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policy_kb.answer import Answerer, Reply
from policy_kb.search import Search
from policy_kb.urgent import UrgentSigns
from policy_kb.view import load_view

QUESTIONS = Path(__file__).parents[1] / "questions"
SETS = ("dev.jsonl", "dev2.jsonl", "dev3.jsonl", "dev4.jsonl")
# `ask_first` counts for these (see the questions' README).
ASK_FIRST_COUNTS = frozenset({"approval", "silent"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A labelled question and what the bot said."""

    row: dict[str, Any]
    verdict: str
    urgent: bool
    tier: str
    clauses: tuple[str, ...]

    @property
    def wanted(self) -> frozenset[str]:
        """Return the verdicts that count as right."""
        return frozenset(self.row.get("verdicts") or [self.row["verdict"], *self.row.get("also_verdicts", [])])

    @property
    def gold(self) -> frozenset[str]:
        """Return the clauses that count as right first citations, whole fields for form parts."""
        return frozenset(self.row["gold"])

    def verdict_right(self) -> bool:
        """Tell whether the verdict counts as right."""
        if "urgent" in self.wanted:
            return self.urgent
        return self.verdict in self.wanted or (self.verdict == "ask_first" and bool(self.wanted & ASK_FIRST_COUNTS))


def main() -> None:
    """Print the figures for each set."""
    started = time.perf_counter()
    answerer = Answerer(load_view(), Search.load(), UrgentSigns.load())
    print(f"load: {1000 * (time.perf_counter() - started):.0f} ms")
    for name in SETS:
        rows = [json.loads(line) for line in (QUESTIONS / name).read_text(encoding="utf-8").splitlines()]
        timed = [_timed(answerer, row) for row in rows]
        _report(name, [asked for asked, _ in timed])
        times = sorted(ms for _, ms in timed)
        print(f"  p50 {times[len(times) // 2]:.1f} ms, p99 {times[int(len(times) * 0.99)]:.1f} ms an answer")
    print(f"resident: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def _timed(answerer: Answerer, row: dict[str, Any]) -> tuple[Asked, float]:
    topic = None
    for before in row.get("context", []):
        topic = answerer.reply(before["q"], topic).topic
    started = time.perf_counter()
    reply = answerer.reply(row["question"], topic)
    return _asked(row, reply), 1000 * (time.perf_counter() - started)


def _asked(row: dict[str, Any], reply: Reply) -> Asked:
    verdict = reply.answers[0].verdict.value if reply.answers else "silent"
    tier = reply.answers[0].tier.value if reply.answers else "silent"
    # A two-part answer cites the lead of each part first.
    leads = [str(answer.clauses[0].id) for answer in reply.answers if answer.clauses]
    rest = [str(ref.id) for answer in reply.answers for ref in (*answer.clauses, *answer.near)]
    clauses = tuple(dict.fromkeys(leads + rest))
    return Asked(row=row, verdict=verdict, urgent=reply.urgent, tier=tier, clauses=clauses)


def _report(name: str, asked: list[Asked]) -> None:
    in_scope = [one for one in asked if one.gold]
    silent = [one for one in asked if not one.gold]
    barred = [one for one in asked if one.wanted == {"no"}]
    permitted = [one for one in asked if one.wanted <= {"yes", "advised", "info"}]
    urgent = [one for one in asked if "urgent" in one.wanted]
    calm = [one for one in asked if "urgent" not in one.wanted and not one.gold & {"A.2.3", "A.5.6"}]
    two = [one for one in asked if one.row.get("category") == "multi-part"]
    print(f"{name}: {len(asked)} questions")
    _share("right clause first", [bool(set(one.clauses[:1]) & one.gold) for one in in_scope])
    _share("right clause in first three", [bool(set(one.clauses[:3]) & one.gold) for one in in_scope])
    _share("verdict right", [one.verdict_right() for one in asked])
    _share("wrong permission (gold no, said yes)", [one.verdict == "yes" for one in barred])
    _share("implied permission (gold no, not said no)", [one.verdict != "no" for one in barred])
    _share("wrong prohibition", [one.verdict == "no" for one in permitted])
    _share("silent recognised", [one.tier == "silent" for one in silent])
    _share("refused in scope", [one.tier == "silent" for one in in_scope])
    _share("not sure", [one.tier == "not_sure" for one in asked])
    _share("urgent found", [one.urgent for one in urgent])
    _share("false urgent", [one.urgent for one in calm])
    _share("both clauses of two", [one.gold <= set(one.clauses) for one in two])
    if "-v" in sys.argv:
        _mistakes(asked)


def _share(what: str, outcomes: list[bool]) -> None:
    if outcomes:
        print(f"  {what:<44}{sum(outcomes):>4} of {len(outcomes):>3}  {sum(outcomes) / len(outcomes):.2f}")


def _mistakes(asked: list[Asked]) -> None:
    wrong = [one for one in asked if not one.verdict_right()]
    print("  confusions:", Counter((min(one.wanted), one.verdict) for one in wrong).most_common(12))
    for one in wrong:
        gold = ",".join(sorted(one.gold))
        said = f"{one.verdict} {one.clauses} u={one.urgent}"
        print(f"    {sorted(one.wanted)} [{gold}] → {said}: {one.row['question'][:110]}")


if __name__ == "__main__":
    main()
