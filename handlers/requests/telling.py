"""Telling people something on their own, and keeping the cards they hold true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.inbound import BY_EMAIL
from policy_kb.words import Channel, SayKind
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from policy_kb.words import PersonId
    from storage.unit_of_work import UnitOfWork


def tell(person_id: PersonId, say: SayFacts, uow: UnitOfWork, *, now: datetime) -> bool:
    """
    Queue something for a person where they last spoke to the bot alone; False where they cannot be reached.

    Slack lets the bot speak first, to an e-mail address; Teams does so once the app is installed for somebody,
    and then the bot has met them.
    """
    where = _where(person_id, uow)
    if where is None:
        return False
    channel, address = where
    uow.outbox.put(say, channel, address, to=person_id, due_at=now, now=now)
    return True


def tell_all(people: Iterable[PersonId], say: SayFacts, uow: UnitOfWork, *, now: datetime) -> None:
    """Queue something for several people, once for each; whoever cannot be reached misses it."""
    for person_id in dict.fromkeys(people):
        tell(person_id, say, uow, now=now)


def can_be_reached(person_id: PersonId, uow: UnitOfWork) -> bool:
    """Tell whether the bot knows where to tell somebody something."""
    return _where(person_id, uow) is not None


def _where(person_id: PersonId, uow: UnitOfWork) -> tuple[Channel, str] | None:
    for known in uow.chat_addresses.of(person_id):
        return known.channel, known.address
    person = uow.people.get(person_id)
    if person and person.email and uow.identities.is_in_use(Channel.SLACK):
        return Channel.SLACK, f"{BY_EMAIL}{person.email}"
    return None


def point_to_newer(name: str, people: Collection[PersonId], say: SayFacts, uow: UnitOfWork, *, now: datetime) -> None:
    """
    Let every card of a step that some people hold say that a newer one comes; it changes no more after that.

    Where a channel knows its cards by their names, the newer one takes the older one's place by itself.
    """
    for card in uow.cards.named(name):
        if card.person_id in people and (card.channel, card.address) != _where(card.person_id, uow):
            uow.outbox.put(say, card.channel, card.address, to=card.person_id, due_at=now, now=now)
            uow.cards.forget(card)


def refresh_cards(
    name: str,
    uow: UnitOfWork,
    *,
    now: datetime,
    but: tuple[PersonId, Channel] | None = None,
    asked: Collection[PersonId] = (),
) -> None:
    """
    Show a step as it stands now on every card of it that anybody holds, but those who are `asked` with a new one.

    `but` is whoever pressed, and where: their card changes with the reply. Where they hold several there,
    nobody knows which it was, and all of them change.
    """
    cards = [card for card in uow.cards.named(name) if card.person_id not in asked]
    theirs = [card for card in cards if (card.person_id, card.channel) == but]
    for card in cards:
        if theirs != [card]:
            say = SayFacts(kind=SayKind.STEP_CARD, about=name, replaces=True)
            uow.outbox.put(say, card.channel, card.address, to=card.person_id, due_at=now, now=now)
