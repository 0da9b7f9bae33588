"""Which sites or requests have much the same purpose as a new one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

STEM = 5  # letters; enough that "parent" and "parents", "share" and "sharing" mostly meet
SHORTEST = 2  # letters, so that PE and RE count
NEEDED = 2  # shared stems, or all there are where a purpose has fewer
ALIKE = 0.3  # the share of the shorter purpose's stems that the other must have too
EMPTY_WORDS = """
a about all also an and any are around as at be because been being between both but by can could day each easily
every everybody everyone for from get give good great had has have he her here him his how i idea if in into is it
its just keep keeping know let like made make making many may me more most much my need needs new nice no not now of
off on one only or other our out over own page people place post posts provide put really school academy nursery see
service she should show site sites so social media some something such take than that the their them then there these
they thing things this those through time to too up us use used using very want wants was way we week well were what
when where which while who why will wish with without work would year years yes yet you your
account channel profile facebook instagram twitter x youtube tiktok linkedin
"""
EMPTY = frozenset(EMPTY_WORDS.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """A site or request that resembles a new one."""

    id: str
    title: str
    likeness: float  # above 0, at most 1


def same_purpose(purpose: str, others: Iterable[tuple[str, str, str]]) -> tuple[Alike, ...]:
    """
    Find what resembles a purpose, by the words that carry meaning; the most alike first.

    Args:
        purpose: of what is asked for.
        others: the id, title and purpose of each site or request there is.

    Policy: 6.2
    """
    wanted = _stems(purpose)
    found = []
    for id_, title, text in others:
        likeness = _likeness(wanted, _stems(f"{title} {text}"))
        if likeness:
            found.append(Alike(id=id_, title=title, likeness=likeness))
    return tuple(sorted(found, key=lambda one: (-one.likeness, one.id)))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    shared, shorter = len(one & other), min(len(one), len(other))
    if not shared or shared < min(NEEDED, shorter):
        return 0
    return shared / shorter if shared / shorter >= ALIKE else 0


def _stems(text: str) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return frozenset(word[:STEM] for word in words if len(word) >= SHORTEST and word not in EMPTY)
