"""A slot is offered to whoever is free: the first to take it has it, and until then it stays where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.cover import free
from handlers.cover.about import GONE, read_offer, read_slot
from handlers.cover.asked import left_to_ask
from handlers.cover.handing import accept, end_offer, hand_over, news, show_offer, show_slot
from handlers.cover.seen import administrators_of, held_slot, parts, reaches_of
from policy_kb.bot_words import SayKind
from policy_kb.rules.reach import Hindrance, hindrance
from policy_kb.rules.swapping import (
    MANAGE,
    AlreadyOffered,
    NotYourSlot,
    SlotTaken,
    check_is_theirs,
    check_may_take,
    check_not_over,
    serves,
)
from policy_kb.site_words import OfferKind, OfferState, SlotHow
from storage.says import SayFacts

if TYPE_CHECKING:
    from handlers.acting import Acting
    from handlers.inbound import ButtonPressed
    from policy_kb.rules.site import Site, Slot
    from policy_kb.site_words import OfferId, SlotId
    from policy_kb.words import PersonId
    from storage.offers import Offer


def got_it(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """Keep that somebody looks after a slot of theirs; raises SlotOver, NotYourSlot."""
    slot_id = read_slot(event.about, event.values)
    found = held_slot(slot_id, act.uow)
    if found is None or act.person is None:
        return (GONE,)
    slot, _ = found
    check_is_theirs(slot, act.person, today=act.today)
    if slot.accepted_at is None:
        accept(slot.id, act)
        show_slot(slot.id, act)
    return (_slot(slot.id),)


def cannot(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    Ask others for a slot of one's own; where it was its reserve who cannot, its administrators are asked at once.

    Raises:
        SlotOver, NotYourSlot, AlreadyOffered: nobody was asked.

    Policy: A.5.4
    """
    slot_id = read_slot(event.about, event.values)
    found = held_slot(slot_id, act.uow)
    if found is None or act.person is None or not _may_stand_in(found[0], act):
        return ask_for(slot_id, act)
    slot, site = found
    act.uow.rota.set_reserve(slot.id, None)
    act.tell(left_to_ask(slot, site, act.person, act.uow, act.today), _slot(slot.id))
    show_slot(slot.id, act)
    return (news("reserve_cannot", slot.id),)


def find_cover(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    Ask everybody free for a slot of one's own, or for one that nobody has; pressed twice, it is asked once.

    Raises:
        SlotOver, NotYourSlot, AlreadyOffered: nobody was asked.

    Policy: A.5.4
    """
    return ask_for(read_slot(event.about, event.values), act)


def ask_for(slot_id: SlotId | None, act: Acting) -> tuple[SayFacts, ...]:
    """Ask everybody free for a slot, as `find_cover`, whichever way it was named."""
    found = held_slot(slot_id, act.uow)
    if found is None or act.person is None:
        return (GONE,)
    slot, site = found
    check_not_over(slot, today=act.today)
    manages = bool(MANAGE & parts(act.person, site, act.uow, act.today))
    if slot.person != act.person and not (slot.person is None and manages):
        raise NotYourSlot
    before = act.uow.offers.open_for(slot.id)
    if before and before.kind is not OfferKind.COVER:
        raise AlreadyOffered
    offer_id = before.id if before else offer(slot, site, act.person, act)
    if offer_id is None:
        return (_slot(slot.id), news("nobody", slot.id))
    show_slot(slot.id, act)
    return (SayFacts(kind=SayKind.OFFER, about=str(offer_id), replaces=True),)


def offer(slot: Slot, site: Site, by: PersonId, act: Acting) -> OfferId | None:
    """
    Offer a slot to everybody free, its reserve first; None where nobody is.

    Administrators are told where nobody is, and where it is for today.
    """
    asked = _asked(slot, site, by, act)
    administrators = [one for one in administrators_of(site, act.today) if one != by and one not in asked]
    if not asked:
        act.tell(administrators, news("nobody", slot.id, by))
        return None
    made = act.uow.offers.make(slot.id, OfferKind.COVER, by, now=act.now)
    if made is None:
        return None
    act.uow.offers.ask(made, asked)
    act.tell(asked, SayFacts(kind=SayKind.OFFER, about=str(made)))
    if slot.starts_on <= act.today:
        act.tell(administrators, news("needs", slot.id, by))
    return made


def take(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """Give a slot to the first who takes it; raises SlotOver, NotOfTheSite, SlotTaken, AwayThen."""
    return take_slot(read_slot(event.about, event.values), act)


def take_slot(slot_id: SlotId | None, act: Acting) -> tuple[SayFacts, ...]:
    """
    Give a slot to whoever takes it, where somebody is looked for: it is offered, nobody has it, or nobody answered.

    Whoever takes what they offered themselves keeps it. Whoever asked is told who has it now.

    Policy: A.5.4
    """
    found = held_slot(slot_id, act.uow)
    if found is None or act.person is None:
        return (GONE,)
    slot, site = found
    made = act.uow.offers.open_for(slot.id)
    offered = made if made and made.kind is OfferKind.COVER else None
    if slot.person == act.person:
        check_not_over(slot, today=act.today)
        if offered:
            end_offer(offered, OfferState.CLOSED, act)
        return _taken(offered, slot.id)
    reach = reaches_of((act.person,), act.uow, act.today)[act.person]
    wanted = offered is not None or slot.person is None or _may_stand_in(slot, act)
    check_may_take(slot, site, act.person, reach, wanted=wanted, today=act.today)
    if not hand_over(slot, act.person, SlotHow.TAKEN, act, offer=offered):
        raise SlotTaken
    told = [*((offered.by,) if offered else ()), *((slot.person,) if slot.person else ())]
    act.tell(told, news("taken", slot.id, act.person))
    return _taken(offered, slot.id)


def not_free(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """Keep that somebody who was asked cannot; where nobody can, whoever asked and the administrators are told."""
    found = _held(read_offer(event.about), act)
    if found is None or act.person is None or act.person not in found[0].asked:
        return (GONE,)
    made, slot, site = found
    if made.is_open and made.kind is OfferKind.COVER and act.person not in made.not_free:
        act.uow.offers.say_not_free(made.id, act.person, now=act.now)
        if set(made.asked) == made.not_free | {act.person}:
            told = (made.by, *administrators_of(site, act.today))
            act.tell(told, news("nobody", slot.id, made.by))
        show_offer(made.id, act)
    return (_offer(made.id),)


def take_back(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """Ask nobody any more: the slot stays with whoever offered it, or comes back to them unless they are away."""
    found = _held(read_offer(event.about), act)
    if found is None or act.person is None:
        return (GONE,)
    made, slot, site = found
    if made.by != act.person and not MANAGE & parts(act.person, site, act.uow, act.today):
        raise NotYourSlot
    if made.is_open:
        end_offer(made, OfferState.CLOSED, act)
        if act.uow.rota.absences(slot.starts_on, slot.ends_on, people=(made.by,)):
            # It was theirs before they were away; whoever asked for a slot that nobody had never had it.
            give_back(slot, site, made.by, act)
        show_slot(slot.id, act)
    return (_offer(made.id),)


def give_back(slot: Slot, site: Site, to: PersonId, act: Acting) -> bool:
    """Give a slot that nobody has taken back to whoever had it; False where they cannot have it, or somebody has."""
    if slot.person is not None or slot.ends_on <= act.today or not serves(to, site, act.today):
        return False
    reach = reaches_of((to,), act.uow, act.today)[to]
    if hindrance(slot, reach, today=act.today) in {Hindrance.NOT_IN_POST, Hindrance.AWAY}:
        return False
    return hand_over(slot, to, SlotHow.TAKEN, act)


def _held(offer_id: OfferId | None, act: Acting) -> tuple[Offer, Slot, Site] | None:
    """Return an offer with its slot and site, and let nobody else change the slot meanwhile."""
    made = act.uow.offers.get(offer_id) if offer_id else None
    found = held_slot(made.slot, act.uow) if made else None
    again = act.uow.offers.get(made.id) if made and found else None
    return (again, *found) if again and found else None


def _asked(slot: Slot, site: Site, by: PersonId, act: Acting) -> tuple[PersonId, ...]:
    who = free.free_for(slot, site, act.uow, act.today)
    first = (slot.reserve,) if slot.reserve in who else ()
    return tuple(one for one in dict.fromkeys((*first, *who)) if one and one not in {by, slot.person})


def _may_stand_in(slot: Slot, act: Acting) -> bool:
    """Tell whether its reserve may have a slot, because its day is here and whoever has it has not said a word."""
    return slot.starts_on <= act.today and slot.accepted_at is None and slot.reserve == act.person


def _taken(offered: Offer | None, slot_id: SlotId) -> tuple[SayFacts, ...]:
    return (_offer(offered.id) if offered else _slot(slot_id),)


def _offer(offer_id: OfferId) -> SayFacts:
    return SayFacts(kind=SayKind.OFFER, about=str(offer_id), replaces=True)


def _slot(slot_id: SlotId) -> SayFacts:
    return SayFacts(kind=SayKind.SLOT, about=str(slot_id), replaces=True)
