"""What the benchmarks of search and of answers have in common: questions, shares with their intervals, tables."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policy_kb.training.phrasings import BESIDE_THE_POLICY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

QUESTIONS = Path(__file__).parents[1] / "questions"
APART = ("multi-part", "follow-up")  # they need more than one search
SURENESS = 1.96  # standard errors either side of a 95 % interval
FIRST = 3

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    hits: int
    of: int

    @classmethod
    def count(cls, outcomes: Iterable[bool]) -> Share:
        """Count what came out well."""
        known = list(outcomes)
        return cls(sum(known), len(known))

    def interval(self) -> tuple[float, float]:
        """Return Wilson's 95 % interval; from 0 to 1 where nothing was asked."""
        if not self.of:
            return 0.0, 1.0
        share, square = self.hits / self.of, SURENESS**2
        centre = (share + square / (2 * self.of)) / (1 + square / self.of)
        spread = math.sqrt(share * (1 - share) / self.of + square / (4 * self.of**2)) / (1 + square / self.of)
        return max(0.0, centre - SURENESS * spread), min(1.0, centre + SURENESS * spread)

    def __str__(self) -> str:
        return f"{self.hits / self.of:.2f}" if self.of else "–"

    def whole(self) -> str:
        """Return the share with its interval and how many questions it rests on."""
        if not self.of:
            return "–"
        low, high = self.interval()
        return f"{self.hits / self.of:.3f} ({low:.2f}–{high:.2f}), {self.hits} of {self.of}"


def question_sets(pattern: str) -> dict[str, list[Row]]:
    """Read the sets of questions whose file names fit, in order of their names."""
    files = sorted(QUESTIONS.glob(pattern))
    return {file.stem: [json.loads(line) for line in file.read_text("utf-8").splitlines()] for file in files}


def is_single(row: Row) -> bool:
    """Tell whether one search can answer a question."""
    return row.get("category") not in APART


def right(row: Row, labels: Iterable[str], first: int) -> bool:
    """Tell whether a clause that counts is among the first so many found; labels beside the policy are passed over."""
    # A gold `checklist` is met by any of its four points, which search tells apart.
    items = list(dict.fromkeys(label.split(" ")[0] for label in labels if label not in BESIDE_THE_POLICY))
    return bool(set(items[:first]) & set(row["gold"]))


def at_share(values: Sequence[float], share: float) -> float:
    """Return the value that this share of all lie below."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def show_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table as Markdown has it."""
    for line in (head, ["---"] * len(head), *rows):
        print("| " + " | ".join(line) + " |")
    print()
