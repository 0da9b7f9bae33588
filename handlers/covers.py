"""How sites are covered on some days: slots and decisions about them, read once however many the sites are."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from policy_kb.rules.cover import cover_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from policy_kb.rules.cover import Cover
    from policy_kb.rules.site import IntendedGap, Slot
    from policy_kb.site_words import SiteId
    from storage.unit_of_work import UnitOfWork


def covers_of(sites: Iterable[SiteId], start: date, end: date, uow: UnitOfWork) -> Mapping[SiteId, Cover]:
    """
    Return how each of some sites is covered on the London days [start, end), in two queries.

    Policy: A.5.4
    """
    wanted = tuple(sites)
    slots: dict[SiteId, list[Slot]] = defaultdict(list)
    for slot in uow.rota.slots(start, end, sites=wanted):
        slots[slot.site].append(slot)
    decided: dict[SiteId, list[IntendedGap]] = defaultdict(list)
    for gap in uow.rota.intended_gaps(start, end, sites=wanted):
        decided[gap.site].append(gap)
    return {one: cover_of(slots[one], decided[one]) for one in wanted}


def cover_in(site: SiteId, start: date, end: date, uow: UnitOfWork) -> Cover:
    """
    Return how one site is covered on the London days [start, end).

    Policy: A.5.4
    """
    return covers_of((site,), start, end, uow)[site]
