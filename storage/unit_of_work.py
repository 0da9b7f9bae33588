"""One transaction, with everything that can be read or changed in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.answers import Answers
from storage.editions import Editions
from storage.identities import Identities
from storage.inbox import Inbox
from storage.outbox import Outbox
from storage.people import People

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitOfWork:
    """What one turn reads and changes; all of it is kept, or none."""

    people: People
    identities: Identities
    inbox: Inbox
    answers: Answers
    outbox: Outbox
    editions: Editions


def unit_of_work(connection: Connection) -> UnitOfWork:
    """Build every repository on one connection, which is in a transaction already."""
    return UnitOfWork(
        people=People(connection=connection),
        identities=Identities(connection=connection),
        inbox=Inbox(connection=connection),
        answers=Answers(connection=connection),
        outbox=Outbox(connection=connection),
        editions=Editions(connection=connection),
    )
