"""What is covered and what is not: gaps of a rota, less those that are intended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_kb.rules.periods import days_between
from policy_kb.site_words import SlotPart

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from policy_kb.rules.site import IntendedGap, Slot
    from policy_kb.site_words import SiteId

PARTS = tuple(SlotPart)
"""The parts of a day in the order they come; by their words the afternoon would be first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """
    Slots in a row, of one site, that nobody has and nobody meant to leave.

    Policy: A.5.4
    """

    site: SiteId
    slots: tuple[Slot, ...]  # the earliest first; never empty

    @property
    def starts_on(self) -> date:
        """Return its first London day."""
        return self.slots[0].starts_on

    @property
    def ends_on(self) -> date:
        """Return the first London day after it."""
        return self.slots[-1].ends_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """How one site is covered over a stretch of London days."""

    slots: tuple[Slot, ...]
    gaps: tuple[Gap, ...]
    intended: tuple[IntendedGap, ...]

    @property
    def covered(self) -> int:
        """Return how many slots somebody has."""
        return sum(slot.person is not None for slot in self.slots)


def cover_of(slots: Iterable[Slot], intended: Iterable[IntendedGap]) -> Cover:
    """
    Return how one site is covered, from its slots and the decisions about it.

    A slot counts as left on purpose where every day of it is.

    Policy: A.5.4
    """
    ordered = tuple(sorted(slots, key=lambda slot: (slot.starts_on, PARTS.index(slot.part), slot.id)))
    decided = tuple(intended)
    gaps: list[Gap] = []
    run: list[Slot] = []
    for slot in ordered:
        if slot.person is None and not is_intended(slot, decided):
            run.append(slot)
        elif run:
            gaps.append(Gap(site=run[0].site, slots=tuple(run)))
            run = []
    if run:
        gaps.append(Gap(site=run[0].site, slots=tuple(run)))
    return Cover(slots=ordered, gaps=tuple(gaps), intended=decided)


def is_intended(slot: Slot, decided: tuple[IntendedGap, ...]) -> bool:
    """Tell whether every day of a slot is one that somebody decided to leave."""
    days = days_between(slot.starts_on, slot.ends_on)
    return all(any(one.covers(day) for one in decided) for day in days)
