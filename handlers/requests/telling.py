"""Telling people something on their own, and keeping the cards they hold true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_kb.words import SayKind
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from policy_kb.words import Channel, PersonId
    from storage.unit_of_work import UnitOfWork


def tell(person_id: PersonId, say: SayFacts, uow: UnitOfWork, *, now: datetime) -> bool:
    """Queue something for a person where they last spoke to the bot alone; False where they never did."""
    address = next(iter(uow.chat_addresses.of(person_id)), None)
    if address is None:
        return False
    uow.outbox.put(say, address.channel, address.address, to=person_id, due_at=now, now=now)
    return True


def tell_all(people: Iterable[PersonId], say: SayFacts, uow: UnitOfWork, *, now: datetime) -> None:
    """Queue something for several people, once for each; whoever never spoke to the bot misses it."""
    for person_id in dict.fromkeys(people):
        tell(person_id, say, uow, now=now)


def can_be_reached(person_id: PersonId, uow: UnitOfWork) -> bool:
    """Tell whether somebody ever spoke to the bot alone."""
    return bool(uow.chat_addresses.of(person_id))


def refresh_cards(name: str, uow: UnitOfWork, *, now: datetime, but: tuple[PersonId, Channel] | None = None) -> None:
    """
    Show a step as it stands now on every card of it that anybody holds.

    `but` is whoever pressed, and where: their card changes with the reply. Where they hold several there,
    nobody knows which it was, and all of them change.
    """
    cards = uow.cards.named(name)
    theirs = [card for card in cards if (card.person_id, card.channel) == but]
    for card in cards:
        if theirs != [card]:
            say = SayFacts(kind=SayKind.STEP_CARD, about=name, replaces=True)
            uow.outbox.put(say, card.channel, card.address, to=card.person_id, due_at=now, now=now)
