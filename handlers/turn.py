"""One turn: take an event, find out who acted, act, and queue or return what is to be said; one transaction."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.inbound import ButtonPressed, Installed
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


MOST_NEWS = 10  # told at once to somebody who looks for them


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

    def news(self, actor: Actor, *, after: int, now: datetime) -> tuple[tuple[int, Message], ...]:
        """
        Return what was sent to an actor's own person where they look for it, as it stands now, each with its number.

        This is for a channel on which people are reached under their own id. Strangers are sent nothing.
        `after` is the last number they have seen, 0 where they have seen none.
        """
        with self._database.begin() as uow:
            person = _person(actor, uow, now=now)
            if person is None:
                return ()
            sent = uow.outbox.sent_to(actor.channel, actor.user, person.id, after=after, most=MOST_NEWS)
            reading = self._desk.reading(uow)
            told = []
            for number, say in sent:
                with suppress(LookupError, ValueError):  # what it told of is gone: nothing is left to tell
                    told.append((number, compose(say, reading, uow, person, now=now)))
            return tuple(told)

    def _says(self, event: Inbound, uow: UnitOfWork, *, now: datetime) -> tuple[SayFacts, ...]:
        channel, tenant = event.actor.channel, event.actor.tenant
        if not uow.inbox.take(channel, tenant, event.event_id, now):
            return uow.inbox.replies_to(channel, tenant, event.event_id) or ()
        person = _person(event.actor, uow, now=now)
        if person and (address := _private_address(event)):
            _keep_address(person, event.actor, address, uow, now=now)
        says = handle(event, self._desk.reading(uow), uow, person, now=now)
        uow.inbox.record_replies(channel, tenant, event.event_id, says)
        if event.reply_to:
            for say in says:
                uow.outbox.put(say, channel, event.reply_to, to=person.id if person else None, due_at=now, now=now)
        return says


def _person(actor: Actor, uow: UnitOfWork, *, now: datetime) -> Person | None:
    """Return who of the staff acts; whoever has left, or is still to come, is nobody of the staff."""
    known = uow.identities.find(actor.channel, actor.tenant, actor.user)
    person = uow.people.get(known.person_id) if known and known.person_id else None
    return person if person and person.is_in_post(london_date(now)) else None


def _private_address(event: Inbound) -> str:
    """Return where a person alone reads what is said, now and later; "" where an event tells no such place."""
    where = event.conversation
    if isinstance(event, Installed) and event.reaches:
        return event.reaches
    # What answers a press would change the message whose button was pressed.
    lasts = where.private and where.lasting and not where.thread and not isinstance(event, ButtonPressed)
    return event.reply_to if lasts else ""


def _keep_address(person: Person, actor: Actor, address: str, uow: UnitOfWork, *, now: datetime) -> None:
    uow.chat_addresses.refresh(
        ChatAddress(
            person_id=person.id,
            channel=actor.channel,
            tenant=actor.tenant,
            address=address,
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
