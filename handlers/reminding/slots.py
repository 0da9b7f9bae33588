"""A slot begins: what was asked about it goes on while it lasts, and where nobody said a word, others are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import telling
from handlers.cover.handing import end_offer, news
from handlers.cover.seen import held_slot
from handlers.reminding.abouts import read_number
from handlers.sites.looking_after_watch import who_acts
from policy_kb.bot_words import SayKind
from policy_kb.site_words import OfferKind, OfferState, SlotId
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handlers.acting import Acting
    from policy_kb.rules.site import Site, Slot
    from policy_kb.words import PersonId


def begins(subject: str, act: Acting) -> int:
    """
    End the swaps of a slot that begins, and ask its reserve where nobody said “I've got it” or “I can't”.

    Whoever said that they cannot keeps it while others are asked, and is told so. Returns how many people were told.

    Policy: A.5.3, A.5.4
    """
    found = _slot(subject, act)
    if found is None:
        return 0
    slot, _ = found
    told = _end_swaps(slot, act)
    made = act.uow.offers.open_for(slot.id)
    if made and made.by == slot.person:
        return told + int(telling.tell(made.by, news("kept", slot.id), act.uow, now=act.now))
    if slot.person is None or slot.accepted_at is not None:
        return told
    return told + _tell((slot.reserve,) if slot.reserve else (), slot, act)


def stays_unanswered(subject: str, act: Acting) -> int:
    """
    Ask the administrators of a site where neither the person of a slot nor its reserve looks after it.

    Where that person is the only one, whoever answers for the site is asked. An administrator who was asked as the
    reserve is not asked again where another can be told.

    Policy: A.5.4
    """
    number = read_number(subject)
    seen = act.uow.rota.get(SlotId(number)) if number else None
    if seen is None or seen.person is None or seen.accepted_at is not None:
        return 0  # as almost always: nobody need wait for it
    found = _slot(subject, act)
    if found is None or found[0].person is None or found[0].accepted_at is not None:
        return 0
    slot, site = found
    people = who_acts(site, act.uow, act.today, but=slot.person)
    others = tuple(one for one in people if one != slot.reserve or act.uow.offers.open_for(slot.id))
    return _tell(others if any(telling.can_be_reached(one, act.uow) for one in others) else people, slot, act)


def _slot(subject: str, act: Acting) -> tuple[Slot, Site] | None:
    """Return a slot that goes on still, of a site that people see, and let nobody else change it meanwhile."""
    number = read_number(subject)
    found = held_slot(SlotId(number), act.uow) if number else None
    if found is None:
        return None
    slot, site = found
    if not site.is_in_use or slot.ends_on <= act.today:
        return None
    return slot, site


def _end_swaps(slot: Slot, act: Acting) -> int:
    """End the swaps in which a slot would change hands; whoever asked for one of it keeps it, and is told so."""
    swaps = [one for one in act.uow.offers.open_all() if one.kind is OfferKind.SWAP]
    ended = [one for one in swaps if slot.id in {one.slot, one.for_slot} and end_offer(one, OfferState.CLOSED, act)]
    made = next((one for one in ended if one.slot == slot.id), None)
    if made is None or slot.person != made.by:
        return 0
    return int(telling.tell(made.by, news("kept", slot.id), act.uow, now=act.now))


def _tell(people: Iterable[PersonId], slot: Slot, act: Acting) -> int:
    say = SayFacts(kind=SayKind.SLOT, about=str(slot.id))
    found = (act.uow.people.get(one) for one in people)
    there = (one.id for one in found if one and one.is_in_post(act.today))
    return sum(telling.tell(one, say, act.uow, now=act.now) for one in there)
