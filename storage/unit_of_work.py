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
from storage.moderation import Moderation
from storage.offers import Offers
from storage.outbox import Outbox
from storage.people import People
from storage.reminded import Reminded
from storage.request_reading import KnownRequests
from storage.requests import Requests
from storage.rota import Rota
from storage.secret_addresses import SecretAddresses
from storage.settings import Settings
from storage.sites import Sites

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from policy_kb.words import PersonId, SettingId
    from storage.person import Person
    from storage.settings import Calendar, Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitOfWork:
    """What one turn reads and changes; all of it is kept, or none."""

    settings: Settings
    people: People
    delegations: Delegations
    requests: Requests
    form_talks: FormTalks
    sites: Sites
    rota: Rota
    offers: Offers
    moderation: Moderation
    secret_addresses: SecretAddresses
    cards: Cards
    chat_addresses: ChatAddresses
    identities: Identities
    inbox: Inbox
    answers: Answers
    outbox: Outbox
    editions: Editions
    due: Due
    reminded: Reminded
    audit: Audit
    erasing: Erasing


def unit_of_work(connection: Connection) -> UnitOfWork:
    """Build every repository on one connection, which is in a transaction already."""
    audit = Audit(connection=connection)
    people: dict[PersonId, Person | None] = {}
    places: dict[SettingId, Setting] = {}
    calendars: dict[SettingId, Calendar] = {}
    known_requests = KnownRequests()

    def change() -> None:
        people.clear()
        places.clear()
        calendars.clear()
        known_requests.forget()

    settings = Settings(connection=connection, audit=audit, known=places, calendars=calendars, change=change)
    return UnitOfWork(
        settings=settings,
        people=People(connection=connection, audit=audit, settings=settings, known=people, change=change),
        delegations=Delegations(connection=connection, audit=audit),
        requests=Requests(connection=connection, audit=audit, known=known_requests, change=change),
        form_talks=FormTalks(connection=connection),
        sites=Sites(connection=connection, audit=audit),
        rota=Rota(connection=connection, audit=audit),
        offers=Offers(connection=connection),
        moderation=Moderation(connection=connection, audit=audit),
        secret_addresses=SecretAddresses(connection=connection),
        cards=Cards(connection=connection),
        chat_addresses=ChatAddresses(connection=connection),
        identities=Identities(connection=connection),
        inbox=Inbox(connection=connection),
        answers=Answers(connection=connection),
        outbox=Outbox(connection=connection),
        editions=Editions(connection=connection, audit=audit),
        due=Due(connection=connection),
        reminded=Reminded(connection=connection),
        audit=audit,
        erasing=Erasing(connection=connection, audit=audit, people_change=change),
    )
