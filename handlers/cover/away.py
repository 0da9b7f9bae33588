"""Somebody is away for some days, and back: their slots of those days are opened, and others are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.cover import planning
from handlers.cover.about import days_about, read_day, read_days, read_number
from handlers.cover.handing import show_slot
from handlers.cover.offering import give_back, offer
from handlers.cover.seen import held_slot, own_sites, slots_of
from policy_kb.bot_words import SayKind
from policy_kb.rules.periods import DAY
from policy_kb.rules.reach import touched_by
from policy_kb.rules.swapping import NotYourSlot, check_days_away
from policy_kb.site_words import OfferKind, OfferState
from policy_kb.words import Verb
from storage.says import SayFacts

if TYPE_CHECKING:
    from datetime import date

    from handlers.acting import Acting
    from handlers.inbound import ButtonPressed
    from policy_kb.rules.site import Absence, Slot
    from policy_kb.site_words import SlotId
    from policy_kb.words import PersonId
    from storage.unit_of_work import UnitOfWork

ASKED_WITHIN = 14  # calendar days in which people are asked; later slots the planner gives to somebody
FIRST_FIELD = "first_day"
LAST_FIELD = "last_day"


def off(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    Keep that somebody is away on days they confirmed, open their slots of those days, and ask those who are free.

    Said twice, it is kept once. Nobody is asked why they are away.

    Raises:
        DaysOver, TooLongAway: nothing was kept.

    Policy: A.1.5, A.5.4
    """
    days = read_days(event.about) or _filled_in(event)
    if days is None or act.person is None:
        return (SayFacts(kind=SayKind.OFF_ASKED, replaces=True),)
    start, end = check_days_away(*days, today=act.today)
    if not event.about:  # typed into the form: what was understood is shown first
        return (SayFacts(kind=SayKind.OFF_ASKED, about=days_about(start, end), replaces=True),)
    kept = next((one for one in absences_of(act.person, act.uow, act.today) if _holds(one, start, end)), None)
    number = kept.id if kept else _keep(act.person, start, end, act)
    return (SayFacts(kind=SayKind.OFF_ASKED, about=f"kept:{number}", replaces=True),)


def back(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    Take an absence back, and show what is theirs on its days.

    What nobody has taken yet is theirs again, and what somebody took stays with them.

    Raises:
        NotYourSlot: it is somebody else's.
    """
    number = read_number(event.about)
    absence = act.uow.rota.absence(number) if number else None
    if absence is None or act.person is None:
        return (SayFacts(kind=SayKind.MY_SLOTS, replaces=True),)
    if absence.person != act.person:
        raise NotYourSlot
    _hold_sites(act.person, act)
    act.uow.rota.end_absence(absence.id, entry=act.entry(Verb.BACK))
    for one in act.uow.offers.open_all():
        if one.by == act.person and one.kind is OfferKind.COVER:
            _take_up_again(one.slot, act.person, absence, act)
    planning.replan(act.person, act)
    left = days_about(max(absence.starts_on, min(act.today, absence.ends_on - DAY)), absence.ends_on)
    return (SayFacts(kind=SayKind.OFF_ASKED, about=f"again:{left}", replaces=True),)


def touched(person: PersonId, days: tuple[date, date], uow: UnitOfWork, today: date) -> tuple[Slot, ...]:
    """Return somebody's slots that they cannot serve who are away on the days [first, after the last)."""
    return touched_by(days, slots_of(person, *days, uow), today=today)


def absences_of(person: PersonId, uow: UnitOfWork, on: date) -> tuple[Absence, ...]:
    """Return the days on which somebody is or will be away, the earliest first."""
    return uow.rota.absences(on, on + 3 * 366 * DAY, people=(person,))


def _hold_sites(person: PersonId, act: Acting) -> None:
    """Hold all sites that somebody looks after, in their order, before any slot of theirs."""
    act.uow.sites.hold_all([one.id for one in own_sites(person, act.uow, act.today)])


def _keep(person: PersonId, start: date, end: date, act: Acting) -> int:
    _hold_sites(person, act)
    number = act.uow.rota.add_absence(person, start, end, set_by=person, entry=act.entry(Verb.AWAY))
    for slot in touched(person, (start, end), act.uow, act.today):
        _open(slot, person, act)
    planning.replan(person, act)
    return number


def _open(slot: Slot, person: PersonId, act: Acting) -> None:
    """Take a slot from whoever is away, and ask others where it comes soon."""
    found = held_slot(slot.id, act.uow)
    if found is None or not act.uow.rota.open(slot, entry=act.entry(Verb.SLOT_OPENED, "A.5.4")):
        return
    still = act.uow.offers.open_for(slot.id)
    if still and still.kind is OfferKind.SWAP:  # there is nothing to give in exchange any more
        act.uow.offers.close(still.id, OfferState.CLOSED, now=act.now)
        still = None
    opened = act.uow.rota.get(slot.id)
    if still is None and opened and slot.starts_on < act.today + ASKED_WITHIN * DAY:
        offer(opened, found[1], person, act)
    show_slot(slot.id, act)


def _take_up_again(slot_id: SlotId, person: PersonId, absence: Absence, act: Acting) -> None:
    found = held_slot(slot_id, act.uow)
    if found is None:
        return
    slot, site = found
    if slot.starts_on < absence.ends_on and absence.starts_on < slot.ends_on:
        give_back(slot, site, person, act)


def _holds(absence: Absence, start: date, end: date) -> bool:
    return absence.starts_on <= start and end <= absence.ends_on


def _filled_in(event: ButtonPressed) -> tuple[date, date] | None:
    """Return the days that were typed into the form, the last one among them; one alone is both."""
    first = next(iter(event.values.get(FIRST_FIELD, ())), "")
    last = next(iter(event.values.get(LAST_FIELD, ())), "") or first
    start, end = read_day(first), read_day(last)
    return (start, end + DAY) if start and end and start <= end else None
