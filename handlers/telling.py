"""Telling people something on their own, where they last spoke to the bot alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.inbound import BY_EMAIL
from policy_kb.rules.london import london_date
from policy_kb.words import Channel

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from policy_kb.words import PersonId
    from storage.says import SayFacts
    from storage.unit_of_work import UnitOfWork


def tell(
    person_id: PersonId, say: SayFacts, uow: UnitOfWork, *, now: datetime, not_before: datetime | None = None
) -> bool:
    """
    Queue something for a person where they last spoke to the bot alone; False where they cannot be reached.

    Slack lets the bot speak first, to an e-mail address; Teams does so once the app is installed for somebody,
    and then the bot has met them. Whoever has left is not written to: they may have died.
    """
    person = uow.people.get(person_id)
    where = place_of(person_id, uow)
    if where is None or person is None or person.has_left(london_date(now)):
        return False
    channel, address = where
    uow.outbox.put(say, channel, address, to=person_id, due_at=max(now, not_before or now), now=now)
    return True


def tell_all(people: Iterable[PersonId], say: SayFacts, uow: UnitOfWork, *, now: datetime) -> None:
    """Queue something for several people, once for each; whoever cannot be reached misses it."""
    for person_id in dict.fromkeys(people):
        tell(person_id, say, uow, now=now)


def can_be_reached(person_id: PersonId, uow: UnitOfWork) -> bool:
    """Tell whether the bot knows where to tell somebody something."""
    return place_of(person_id, uow) is not None


def place_of(person_id: PersonId, uow: UnitOfWork) -> tuple[Channel, str] | None:
    """Return the channel and address on which somebody is told something; None where there is none."""
    for known in uow.chat_addresses.of(person_id):
        return known.channel, known.address
    person = uow.people.get(person_id)
    if person and person.email and uow.identities.is_in_use(Channel.SLACK):
        return Channel.SLACK, f"{BY_EMAIL}{person.email}"
    return None
