"""What one document says otherwise than another: items with other words, new ones, and those that are gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy_kb.clause import ClauseRef

AROUND = 8  # words that stay are shown on either side of those that do not
LEFT_OUT = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reworded:
    """One item that is not what it was; without words where the document has, or had, no such item."""

    ref: ClauseRef
    was: str
    now: str


def reworded(before: Mapping[ClauseRef, str], after: Mapping[ClauseRef, str]) -> tuple[Reworded, ...]:
    """Return what is not the same, in the order of the newer document, and then what is gone; spaces do not count."""
    found = [Reworded(ref=ref, was=before.get(ref, ""), now=words) for ref, words in after.items()]
    gone = [Reworded(ref=ref, was=words, now="") for ref, words in before.items() if ref not in after]
    return tuple(one for one in (*found, *gone) if one.was.split() != one.now.split())


def where_they_differ(was: str, now: str) -> tuple[str, str]:
    """Return of two wordings the words from the first to the last that differ, with some of those around them."""
    old, new = was.split(), now.split()
    same = _same(old, new)
    end = min(_same(old[::-1], new[::-1]), len(old) - same, len(new) - same)
    return _cut(old, same, len(old) - end), _cut(new, same, len(new) - end)


def _same(some: list[str], others: list[str]) -> int:
    """Return how many words are the same from the beginning on."""
    number = 0
    while number < min(len(some), len(others)) and some[number] == others[number]:
        number += 1
    return number


def _cut(words: list[str], start: int, end: int) -> str:
    first, last = max(0, start - AROUND), min(len(words), end + AROUND)
    shown = words[first:last]
    return " ".join([*([LEFT_OUT] if first else []), *shown, *([LEFT_OUT] if last < len(words) else [])])
