"""One transaction, with everything that can be read or changed in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.answers import Answers
from storage.audit import Audit
from storage.cards import Cards
from storage.chat_addresses import ChatAddresses
from storage.delegations import Delegations
from storage.due import Due
from storage.editions import Editions
from storage.erasing import Erasing
from storage.form_talks import FormTalks
from storage.identities import Identities
from storage.inbox import Inbox
from storage.outbox import Outbox
from storage.people import People
from storage.requests import Requests
from storage.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitOfWork:
    """What one turn reads and changes; all of it is kept, or none."""

    settings: Settings
    people: People
    delegations: Delegations
    requests: Requests
    form_talks: FormTalks
    cards: Cards
    chat_addresses: ChatAddresses
    identities: Identities
    inbox: Inbox
    answers: Answers
    outbox: Outbox
    editions: Editions
    due: Due
    audit: Audit
    erasing: Erasing


def unit_of_work(connection: Connection) -> UnitOfWork:
    """Build every repository on one connection, which is in a transaction already."""
    audit = Audit(connection=connection)
    return UnitOfWork(
        settings=Settings(connection=connection, audit=audit),
        people=People(connection=connection, audit=audit),
        delegations=Delegations(connection=connection, audit=audit),
        requests=Requests(connection=connection, audit=audit),
        form_talks=FormTalks(connection=connection),
        cards=Cards(connection=connection),
        chat_addresses=ChatAddresses(connection=connection),
        identities=Identities(connection=connection),
        inbox=Inbox(connection=connection),
        answers=Answers(connection=connection),
        outbox=Outbox(connection=connection),
        editions=Editions(connection=connection, audit=audit),
        due=Due(connection=connection),
        audit=audit,
        erasing=Erasing(connection=connection, audit=audit),
    )
