"""Slots of somebody who no longer looks after a site: they fall open at once, and what hangs on them ends."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from policy_kb.bot_words import SayKind
from policy_kb.rules.periods import DAY
from policy_kb.site_words import OfferState
from policy_kb.words import Verb
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from handlers.acting import Acting
    from policy_kb.rules.site import Slot
    from policy_kb.site_words import SiteId, SlotId
    from policy_kb.words import PersonId

EVER = date.max


def slots_to_come(person: PersonId, act: Acting, site: SiteId | None = None) -> tuple[Slot, ...]:
    """Return the slots of somebody that have a day from today on, of one site or of all, the earliest first."""
    return act.uow.rota.slots(act.today, EVER, person=person, sites=None if site is None else (site,))


def free_slots(person: PersonId, act: Acting, *, sites: Collection[SiteId], clause: str = "A.5.4") -> int:
    """
    Open every slot to come that somebody has on some sites, end their offers, and return how many fell open.

    They are nobody's reserve there any more either. The planner looks for others; it never runs in the same breath,
    so that an open slot is seen as one.

    Policy: A.5.3, A.5.4
    """
    to_come = act.uow.rota.slots(act.today, EVER, sites=sites) if sites else ()
    for slot in to_come:
        if slot.reserve == person:
            act.uow.rota.set_reserve(slot.id, None)
    theirs = [slot for slot in to_come if slot.person == person]
    end_offers(person, {slot.id for slot in theirs}, act)
    return sum(act.uow.rota.open(slot, entry=act.entry(Verb.SLOT_OPENED, clause)) for slot in theirs)


def end_offers(person: PersonId, slots: Collection[SlotId], act: Acting, *, all_of_them: bool = False) -> None:
    """
    End the open offers of some slots of somebody, and the swaps that ask for one; whoever else had offered is told.

    With `all_of_them`, also what they offered of any other slot.
    """
    for offer in act.uow.offers.open_all():
        theirs = offer.slot in slots or (all_of_them and offer.by == person)
        ended = theirs or (offer.for_slot is not None and offer.for_slot in slots)
        if ended and act.uow.offers.close(offer.id, OfferState.CLOSED, now=act.now) and offer.by != person:
            act.tell((offer.by,), SayFacts(kind=SayKind.OFFER, about=str(offer.id)))


def drop_slots(site: SiteId, act: Acting) -> int:
    """
    Remove the slots of a site that begin after today, and return how many went; nobody is looked for there any more.

    Whoever is on today stays on, so that nobody's day changes under their hands. That the site is over is told to
    everybody who had a slot, so that the end of an offer needs no word of its own.

    Policy: A.1.6
    """
    theirs = {slot.id for slot in act.uow.rota.slots(act.today, EVER, sites=(site,))}
    for offer in act.uow.offers.open_all():
        if offer.slot in theirs or offer.for_slot in theirs:
            act.uow.offers.close(offer.id, OfferState.CLOSED, now=act.now)
    return act.uow.rota.drop(site, start=act.today + DAY)


def sites_of(slots: Iterable[Slot]) -> frozenset[SiteId]:
    """Return the sites that some slots are of."""
    return frozenset(slot.site for slot in slots)
