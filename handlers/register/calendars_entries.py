"""What stands in a calendar feed: somebody's own slots, or a site's, each day of a slot by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.cover.seen import COVERED
from handlers.covers import cover_in
from handlers.people_and_days import name_of
from policy_kb.rules.london import LONDON, london_instant
from policy_kb.rules.periods import DAY, days_between
from policy_kb.site_words import GapKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from policy_kb.rules.cover import Cover
    from policy_kb.rules.rota_hours import RotaHours
    from policy_kb.rules.site import Site, Slot
    from policy_kb.words import PersonId
    from storage.unit_of_work import UnitOfWork

BACK = timedelta(weeks=4)  # so that somebody can still look up when they were on
AHEAD = timedelta(weeks=53)  # farther than any rota is laid out
ON_PURPOSE = {GapKind.COMMENTS_OFF: "comments off", GapKind.PAUSED: "paused"}
WHERE_TO_ASK = "Say “who is on” to Ask First to see the rota as it stands now."


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event of a calendar."""

    key: str  # the same for the same slot whoever has it, and it names nobody: slot-123, slot-123-20261130
    begins: datetime  # on London clocks
    ends: datetime
    summary: str
    description: str  # several lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Everything in one feed, the earliest first."""

    name: str
    entries: tuple[Entry, ...]


def own_calendar(person: PersonId, hours: RotaHours, uow: UnitOfWork, today: date) -> Calendar:
    """Return the slots that somebody has on any site: from four weeks ago to as far as rotas are laid out."""
    slots = uow.rota.slots(today - BACK, today + AHEAD, person=person)
    sites = {one: uow.sites.get(one) for one in dict.fromkeys(slot.site for slot in slots)}
    entries = (
        entry
        for slot in slots
        if (site := sites[slot.site]) and _still_stands(slot, site, today)
        for entry in _entries(slot, f"{site.name}: you are on duty", _reserve(slot, "Your", uow), hours)
    )
    return Calendar(name="Ask First: my slots", entries=_in_order(entries))


def site_calendar(site: Site, hours: RotaHours, uow: UnitOfWork, today: date) -> Calendar:
    """
    Return who is on for a site, with its gaps, those that are meant and those that are not; days as `own_calendar`.

    Policy: A.5.4
    """
    days = today - BACK, today + AHEAD
    cover = cover_in(site.id, *days, uow)
    missing = {slot.id for gap in cover.gaps for slot in gap.slots}
    entries = (
        entry
        for slot in cover.slots
        if _still_stands(slot, site, today)
        for entry in _entries(
            slot,
            f"NOBODY: {site.name}" if slot.id in missing else f"{site.name}: {_who(slot, cover, uow)}",
            _reserve(slot, "The", uow),
            hours,
        )
    )
    return Calendar(name=f"Ask First: {site.name}", entries=_in_order(entries))


def _still_stands(slot: Slot, site: Site, today: date) -> bool:
    """Tell whether a slot is to be served, or was; a site that has closed or was suspended needs nobody."""
    return site.state in COVERED or slot.ends_on <= today


def _who(slot: Slot, cover: Cover, uow: UnitOfWork) -> str:
    if slot.person is not None:
        return name_of(slot.person, uow)
    return next(ON_PURPOSE[one.kind] for one in cover.intended if one.covers(slot.starts_on))


def _reserve(slot: Slot, whose: str, uow: UnitOfWork) -> str:
    named = slot.person is not None and slot.reserve is not None
    return f"{whose} reserve is {name_of(slot.reserve, uow)}.\n" if named and slot.reserve else ""


def _entries(slot: Slot, summary: str, reserve: str, hours: RotaHours) -> Iterator[Entry]:
    """
    Return a slot day by day.

    A week is one entry for each of its days: one entry over the nights would say that somebody is on at midnight,
    and one for the whole week is a thin line above the days, where nobody looks.
    """
    begins, ends = hours.hours[slot.part]
    lasts_long = slot.ends_on - slot.starts_on > DAY
    for day in days_between(slot.starts_on, slot.ends_on):
        yield Entry(
            key=f"slot-{slot.id}-{day:%Y%m%d}" if lasts_long else f"slot-{slot.id}",
            begins=london_instant(day, begins).astimezone(LONDON),
            ends=london_instant(day, ends).astimezone(LONDON),
            summary=summary,
            description=f"{reserve}{WHERE_TO_ASK}",
        )


def _in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda one: (one.begins, one.key)))
