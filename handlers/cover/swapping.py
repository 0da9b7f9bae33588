"""Two people exchange slots of one site: asked by the one, agreed by the other, and then both change hands at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.cover.about import GONE, read_offer, read_slot
from handlers.cover.handing import end_offer, hand_over, news, show_slot
from handlers.cover.seen import reaches_of, site_of
from policy_kb.bot_words import SayKind
from policy_kb.rules.periods import DAY
from policy_kb.rules.swapping import AlreadyOffered, NoSwap, NotYourSlot, can_swap, check_is_theirs, serves
from policy_kb.site_words import OfferKind, OfferState, SlotHow
from storage.says import SayFacts

if TYPE_CHECKING:
    from datetime import date

    from handlers.acting import Acting
    from handlers.inbound import ButtonPressed
    from policy_kb.rules.site import Site, Slot
    from policy_kb.site_words import OfferId, SlotId
    from policy_kb.words import PersonId
    from storage.offers import Offer
    from storage.unit_of_work import UnitOfWork

FOR_FIELD = "for_slot"
SWAPS_AHEAD = 8 * 7  # calendar days in which slots are offered for an exchange


def swap(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    Ask somebody to exchange slots; without one of theirs, show the form that lists them.

    Raises:
        SlotOver, NotYourSlot, NoSwap, AlreadyOffered: nobody was asked.
    """
    slot_id = read_slot(event.about, event.values)
    wanted = next(iter(event.values.get(FOR_FIELD, ())), "")
    if slot_id is None or act.person is None:
        return (GONE,)
    if not wanted:
        return (SayFacts(kind=SayKind.COVER_FORM, about=f"{slot_id}:swap"),)
    other_id = read_slot(wanted, {})
    found = _both(slot_id, other_id, act) if other_id else None
    if found is None:
        return (GONE,)
    slot, other, site = found
    check_is_theirs(slot, act.person, today=act.today)
    if other.person is None or not _is_possible(slot, other, site, act):
        raise NoSwap
    before = act.uow.offers.open_for(slot.id)
    if before and (before.kind, before.for_slot) != (OfferKind.SWAP, other.id):
        raise AlreadyOffered
    if before is None:
        made = act.uow.offers.make(slot.id, OfferKind.SWAP, act.person, now=act.now, for_slot=other.id)
        if made is None:
            raise AlreadyOffered
        act.uow.offers.ask(made, (other.person,))
        act.tell((other.person,), SayFacts(kind=SayKind.OFFER, about=str(made)))
        show_slot(slot.id, act)
        return (_offer_card(made),)
    return (_offer_card(before.id),)


def agree(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    Let both slots change hands at once, where both are still as they were; the offer ends otherwise.

    Raises:
        NotYourSlot: somebody else was asked.

    Policy: A.5.4
    """
    found = _asked_swap(event, act)
    if found is None:
        return (GONE,)
    made, slot, other, site = found
    if made.is_open:
        if slot.person == made.by and other.person == act.person and _is_possible(slot, other, site, act):
            _exchange(made, slot, other, act)
        else:
            end_offer(made, OfferState.CLOSED, act)
            act.tell((made.by,), news("kept", slot.id))
    return (_offer_card(made.id),)


def refuse(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """Keep that whoever was asked does not want to swap, and tell who asked; raises NotYourSlot."""
    found = _asked_swap(event, act)
    if found is None or act.person is None:
        return (GONE,)
    made, slot, _, _ = found
    if end_offer(made, OfferState.TURNED_DOWN, act):
        show_slot(slot.id, act)
        act.tell((made.by,), news("no_swap", slot.id, act.person))
    return (_offer_card(made.id),)


def slots_to_swap_for(slot: Slot, site: Site, uow: UnitOfWork, on: date) -> tuple[Slot, ...]:
    """Return others' slots of a site in the next weeks that a slot could be exchanged for, the earliest first."""
    theirs = uow.rota.slots(on, on + SWAPS_AHEAD * DAY, sites=(site.id,))
    others = [one for one in theirs if one.person not in {None, slot.person} and one.starts_on >= on]
    people = {one.person for one in others if one.person and serves(one.person, site, on)}
    reaches = reaches_of((*people, *((slot.person,) if slot.person else ())), uow, on)
    return tuple(
        one
        for one in others
        if slot.person
        and one.person in people
        and can_swap(slot, one, site, (reaches[slot.person], reaches[one.person]), today=on)
    )


def _both(slot_id: SlotId, other_id: SlotId, act: Acting) -> tuple[Slot, Slot, Site] | None:
    """Return two slots of a site, all held: the site first, then the lower number, so that nobody waits for good."""
    known = act.uow.rota.get(slot_id)
    if known is None:
        return None
    act.uow.sites.hold(known.site)
    slots = {one: act.uow.rota.hold(one) for one in sorted((slot_id, other_id))}
    slot, other = slots[slot_id], slots[other_id]
    site = site_of(slot, act.uow) if slot else None
    return (slot, other, site) if slot and other and site else None


def _asked_swap(event: ButtonPressed, act: Acting) -> tuple[Offer, Slot, Slot, Site] | None:
    offer_id = read_offer(event.about)
    made = act.uow.offers.get(offer_id) if offer_id else None
    if made is None or made.kind is not OfferKind.SWAP or made.for_slot is None:
        return None
    if act.person not in made.asked:
        raise NotYourSlot
    found = _both(made.slot, made.for_slot, act)
    again = act.uow.offers.get(made.id) if found else None
    return (again, *found) if again and found else None


def _is_possible(slot: Slot, other: Slot, site: Site, act: Acting) -> bool:
    both: tuple[PersonId | None, PersonId | None] = (slot.person, other.person)
    reaches = reaches_of((one for one in both if one), act.uow, act.today)
    if both[0] is None or both[1] is None:
        return False
    return can_swap(slot, other, site, (reaches[both[0]], reaches[both[1]]), today=act.today)


def _exchange(made: Offer, slot: Slot, other: Slot, act: Acting) -> None:
    """Give each the other's slot. Both are held, so that neither can have moved since they were read."""
    if other.person is None or not hand_over(slot, other.person, SlotHow.SWAPPED, act, offer=made):
        raise LookupError(slot.id)
    if not hand_over(other, made.by, SlotHow.SWAPPED, act):
        raise LookupError(other.id)
    act.tell((made.by,), news("swapped", slot.id, str(other.id)))


def _offer_card(offer_id: OfferId) -> SayFacts:
    return SayFacts(kind=SayKind.OFFER, about=str(offer_id), replaces=True)
