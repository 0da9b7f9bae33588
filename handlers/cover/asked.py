"""Who was asked to take a slot: what waits for somebody's answer, and whom the bot could not reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import telling
from handlers.cover.seen import site_of
from handlers.sites.looking_after_watch import answer_for, who_acts

if TYPE_CHECKING:
    from datetime import date

    from policy_kb.rules.site import Site, Slot
    from policy_kb.words import PersonId
    from storage.offers import Offer
    from storage.unit_of_work import UnitOfWork


def offers_to(person: PersonId, uow: UnitOfWork, on: date) -> tuple[tuple[Offer, Slot], ...]:
    """Return the offers that wait for somebody's answer on a London day with their slots, the earliest slot first."""
    found = [
        (one, slot)
        for one in uow.offers.open_all()
        if person in waiting(one) and (slot := uow.rota.get(one.slot)) and slot.ends_on > on and site_of(slot, uow)
    ]
    return tuple(sorted(found, key=lambda one: (one[1].starts_on, one[1].id)))


def left_to_ask(slot: Slot, site: Site, reserve: PersonId, uow: UnitOfWork, on: date) -> tuple[PersonId, ...]:
    """
    Return whom to ask where neither the person of a slot nor its reserve looks after it.

    Those are the administrators, or whoever answers for the site where none of them is left.

    Policy: A.5.4
    """
    asked = {slot.person, reserve}
    acting = tuple(one for one in who_acts(site, uow, on, but=slot.person) if one not in asked)
    if any(telling.can_be_reached(one, uow) for one in acting):
        return acting
    return tuple(dict.fromkeys((*acting, *(one for one in answer_for(site, uow, on) if one not in asked))))


def waiting(offer: Offer) -> tuple[PersonId, ...]:
    """Return who was asked and has not said no."""
    return tuple(one for one in offer.asked if one not in offer.not_free)


def out_of_reach(offer: Offer, uow: UnitOfWork) -> tuple[PersonId, ...]:
    """Return who of those whose answer is waited for cannot be told anything, because the bot has not met them."""
    return tuple(one for one in waiting(offer) if not telling.can_be_reached(one, uow))
