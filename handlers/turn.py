"""One turn: take an event, find out who acted, act, and queue or return what is to be said; one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.inbound import ButtonPressed
from handlers.router import compose, handle
from policy_kb.rules.london import london_date
from storage.chat_addresses import ChatAddress

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.desk import Desk
    from handlers.inbound import Actor, Inbound
    from handlers.message import Message
    from policy_kb.words import PersonId
    from storage.database import Database
    from storage.person import Person
    from storage.says import SayFacts
    from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a platform says of someone we do not know yet."""

    email: str = ""
    directory_id: str = ""


class Turns:
    """Takes events one at a time for each conversation; the caller sees to that."""

    def __init__(self, database: Database, desk: Desk) -> None:
        self._database = database
        self._desk = desk

    def knows(self, actor: Actor, *, now: datetime) -> bool:
        """Tell whether an actor has been looked up among the staff, recently enough."""
        with self._database.begin() as uow:
            known = uow.identities.find(actor.channel, actor.tenant, actor.user)
        return known is not None and not known.may_be_looked_up(now)

    def take(self, event: Inbound, named: Named | None, *, now: datetime) -> tuple[Message, ...]:
        """
        Commit what an event changes and return what to say; nothing where the outbox says it.

        A repeat changes nothing and brings the same messages. `named` settles who the actor is.

        Raises:
            StorageError: nothing was kept.
        """
        with self._database.begin() as uow:
            if named is not None:
                _remember(event.actor, named, uow, now=now)
            says = self._says(event, uow, now=now)
            if event.reply_to:
                return ()
            person = _person(event.actor, uow, now=now)
            reading = self._desk.reading(uow)
            return tuple(compose(say, reading, uow, person, now=now) for say in says)

    def _says(self, event: Inbound, uow: UnitOfWork, *, now: datetime) -> tuple[SayFacts, ...]:
        channel, tenant = event.actor.channel, event.actor.tenant
        if not uow.inbox.take(channel, tenant, event.event_id, now):
            return uow.inbox.replies_to(channel, tenant, event.event_id) or ()
        says = handle(event, self._desk.reading(uow), uow, now=now)
        uow.inbox.record_replies(channel, tenant, event.event_id, says)
        if event.reply_to:
            person = _person(event.actor, uow, now=now)
            if person and _is_private_word(event):
                _keep_address(person, event, uow, now=now)
            for say in says:
                uow.outbox.put(say, channel, event.reply_to, to=person.id if person else None, due_at=now, now=now)
        return says


def _person(actor: Actor, uow: UnitOfWork, *, now: datetime) -> Person | None:
    """Return who of the staff acts; whoever has left, or is still to come, is nobody of the staff."""
    known = uow.identities.find(actor.channel, actor.tenant, actor.user)
    person = uow.people.get(known.person_id) if known and known.person_id else None
    return person if person and person.is_in_post(london_date(now)) else None


def _is_private_word(event: Inbound) -> bool:
    """Tell whether a reply to an event is read by the person alone, and would be at any later time too."""
    where = event.conversation
    # What answers a press would change the message whose button was pressed.
    return where.private and where.lasting and not where.thread and not isinstance(event, ButtonPressed)


def _keep_address(person: Person, event: Inbound, uow: UnitOfWork, *, now: datetime) -> None:
    actor = event.actor
    uow.chat_addresses.refresh(
        ChatAddress(
            person_id=person.id,
            channel=actor.channel,
            tenant=actor.tenant,
            address=event.reply_to,
            updated_at=now,
        )
    )


def _remember(actor: Actor, named: Named, uow: UnitOfWork, *, now: datetime) -> None:
    uow.identities.remember(actor.channel, actor.tenant, actor.user, _matched(actor, named, uow), now)


def _matched(actor: Actor, named: Named, uow: UnitOfWork) -> PersonId | None:
    """Return whom a platform's user is: by directory id first, for an e-mail address can change hands."""
    directory_id = actor.directory_id or named.directory_id
    person = uow.people.find_by_directory_id(directory_id) if directory_id else None
    if person is None and named.email:
        person = uow.people.find_by_email(named.email)
        if person and directory_id and person.directory_id not in (None, directory_id):
            return None  # the address was somebody else's before, and the staff list does not know yet
    return person.id if person else None
