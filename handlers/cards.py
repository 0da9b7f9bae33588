"""Keeping the cards that people hold true."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.telling import place_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from policy_kb.words import Channel, PersonId
    from storage.says import SayFacts
    from storage.unit_of_work import UnitOfWork


def point_to_newer(name: str, people: Collection[PersonId], say: SayFacts, uow: UnitOfWork, *, now: datetime) -> None:
    """
    Let every card of a name that some people hold say that a newer one comes; it changes no more after that.

    Where a channel knows its cards by their names, the newer one takes the older one's place by itself.
    """
    for card in uow.cards.named(name):
        if card.person_id in people and (card.channel, card.address) != place_of(card.person_id, uow):
            uow.outbox.put(say, card.channel, card.address, to=card.person_id, due_at=now, now=now)
            uow.cards.forget(card)


def refresh_cards(
    name: str,
    say: SayFacts,
    uow: UnitOfWork,
    *,
    now: datetime,
    but: tuple[PersonId, Channel] | None = None,
    asked: Collection[PersonId] = (),
) -> None:
    """
    Show what stands now on every card of a name that anybody holds, but those who are `asked` with a new one.

    `say` is what such a card says. `but` is whoever pressed, and where: their card changes with the reply. Where
    they hold several there, nobody knows which it was, and all of them change.
    """
    cards = [card for card in uow.cards.named(name) if card.person_id not in asked]
    theirs = [card for card in cards if (card.person_id, card.channel) == but]
    for card in cards:
        if theirs != [card]:
            again = replace(say, replaces=True)
            uow.outbox.put(again, card.channel, card.address, to=card.person_id, due_at=now, now=now)
