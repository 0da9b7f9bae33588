"""A slot changes hands: kept, the offers about it end, the cards that show it change, and those concerned are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.cards import refresh_cards
from policy_kb.bot_words import SayKind
from policy_kb.site_words import OfferState, SlotHow
from policy_kb.words import Verb
from storage.says import SayFacts

if TYPE_CHECKING:
    from handlers.acting import Acting
    from policy_kb.rules.site import Slot
    from policy_kb.site_words import OfferId, SlotId
    from policy_kb.words import Channel, PersonId
    from storage.offers import Offer


def hand_over(slot: Slot, to: PersonId, how: SlotHow, act: Acting, *, offer: Offer | None = None) -> bool:
    """
    Give a slot to somebody; False, and nothing changes, where it is no longer as it was read.

    `offer` is the one that led to it, where one did. Whatever else was asked about the slot is asked no longer.
    A slot that has begun counts as seen: whoever takes it knows of it.
    """
    if not act.uow.rota.give(slot, to, how, entry=act.entry(Verb.SLOT_GIVEN, "A.5.4")):
        return False
    if slot.starts_on <= act.today and to == act.person:
        accept(slot.id, act)
    end_offers(slot.id, act, offer=offer)
    # Only taking is pressed on a card of the slot: giving and swapping leave one that whoever presses may hold too.
    show_slot(slot.id, act, is_pressed=how is SlotHow.TAKEN)
    return True


def accept(slot_id: SlotId, act: Acting) -> bool:
    """Keep that whoever has a slot has seen it; False where nobody has it."""
    slot = act.uow.rota.get(slot_id)
    if slot is None or not act.uow.rota.accept(slot, entry=act.entry(Verb.ACCEPTED, "A.5.3")):
        return False
    # Somebody looks after it on this day: it is not neglected (A.1.6).
    act.uow.sites.touch(slot.site, act.today)
    return True


def end_offers(slot_id: SlotId, act: Acting, *, offer: Offer | None = None) -> tuple[Offer, ...]:
    """
    End every offer about a slot, of swaps that would give it in exchange too; the one that was taken as such.

    Returns them as they were.
    """
    ended = tuple(one for one in act.uow.offers.open_all() if slot_id in {one.slot, one.for_slot})
    for one in ended:
        end_offer(one, OfferState.TAKEN if offer and one.id == offer.id else OfferState.CLOSED, act)
    return ended


def end_offer(offer: Offer, state: OfferState, act: Acting) -> bool:
    """End an offer and lock its cards; False where it had ended before."""
    if not act.uow.offers.close(offer.id, state, now=act.now):
        return False
    show_offer(offer.id, act)
    return True


def show_offer(offer_id: OfferId, act: Acting) -> None:
    """Show an offer as it stands on every card of it, but the one that was pressed."""
    say = SayFacts(kind=SayKind.OFFER, about=str(offer_id))
    refresh_cards(f"offer:{offer_id}", say, act.uow, now=act.now, but=_pressed(act))


def show_slot(slot_id: SlotId, act: Acting, *, is_pressed: bool = True) -> None:
    """Show a slot as it stands on every card of it, but the one that was pressed, where it was one of them."""
    say = SayFacts(kind=SayKind.SLOT, about=str(slot_id))
    refresh_cards(f"slot:{slot_id}", say, act.uow, now=act.now, but=_pressed(act) if is_pressed else None)


def news(key: str, number: int, beside: str = "") -> SayFacts:
    """Return what somebody hears of a slot, or of what the number names."""
    return SayFacts(kind=SayKind.COVER_NEWS, about=f"{key}:{number}{':' if beside else ''}{beside}")


def _pressed(act: Acting) -> tuple[PersonId, Channel] | None:
    return (act.person, act.channel) if act.person and act.channel else None
