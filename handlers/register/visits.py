"""Somebody at the register page: let in by a link once, known by a session, reading; one transaction a request."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.register.reading import read_register
from handlers.register.site_reading import read_site
from handlers.register.spreadsheet import spreadsheet
from policy_kb.rules.london import london_date
from policy_kb.words import Verb
from storage.audit import THE_TRUST, AuditEntry

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from handlers.desk import Desk
    from handlers.register.reading import Register
    from handlers.register.site_reading import SiteRecord
    from policy_kb.site_words import SiteId
    from policy_kb.words import PersonId
    from storage.audit import Fact
    from storage.database import Database
    from storage.person import Person
    from storage.unit_of_work import UnitOfWork

SESSION_LASTS = timedelta(hours=8)


class NotLetIn(Exception):  # noqa: N818 - the name is the sentence: they are not let in
    """A session has ended, was never begun, or is of somebody who works for the trust no longer."""


class Visits:
    """What the page asks; a link and a session are told apart from any other text by storage alone."""

    def __init__(self, database: Database, desk: Desk) -> None:
        self._database = database
        self._desk = desk

    def whose_link(self, link: str, *, now: datetime) -> str:
        """Return the name of whom a link would let in, "" where it would let in nobody; it stays unspent."""
        with self._database.begin() as uow:
            person = _in_post(uow.secret_addresses.whose_link(link, now=now), uow, now=now)
            return person.name if person else ""

    def begin(self, link: str, *, now: datetime, instead_of: str = "") -> str:
        """
        Spend a link and return the secret of the session it begins, in the place of an earlier session.

        Raises:
            NotLetIn: the link was spent, has expired or never was, or is of somebody who has left.
        """
        with self._database.begin() as uow:
            person = _in_post(uow.secret_addresses.spend_link(link, now=now), uow, now=now)
            if person is not None:
                uow.secret_addresses.end_session(instead_of)
                return uow.secret_addresses.begin_session(person.id, expires_at=now + SESSION_LASTS)
        raise NotLetIn

    def end(self, session: str) -> None:
        """End a session."""
        with self._database.begin() as uow:
            uow.secret_addresses.end_session(session)

    def register(self, session: str, values: Mapping[str, str], *, now: datetime) -> Register:
        """
        Return the register as the address of the page asks for it.

        Raises:
            NotLetIn: there is no such session.
        """
        with self._database.begin() as uow:
            reader = _reader(session, uow, now=now)
            return read_register(reader, values, self._desk.reading(uow).view, uow, london_date(now))

    def site(self, session: str, site_id: SiteId, *, now: datetime) -> SiteRecord | None:
        """
        Return one site; None where there is none that they may see.

        Raises:
            NotLetIn: there is no such session.
        """
        with self._database.begin() as uow:
            reader = _reader(session, uow, now=now)
            return read_site(reader, site_id, self._desk.reading(uow).view, uow, london_date(now))

    def export(self, session: str, values: Mapping[str, str], *, now: datetime) -> str:
        """
        Return the register as a table, whole, and write down that it was taken away.

        Raises:
            NotLetIn: there is no such session.
        """
        with self._database.begin() as uow:
            reader, view = _reader(session, uow, now=now), self._desk.reading(uow).view
            found = read_register(reader, values, view, uow, london_date(now), whole=True)
            facts: dict[str, Fact] = {"what": "register", "sites": found.found}
            uow.audit.write(THE_TRUST, AuditEntry(actor=reader.id, verb=Verb.EXPORTED, at=now, facts=facts))
            return spreadsheet(found)


def _reader(session: str, uow: UnitOfWork, *, now: datetime) -> Person:
    person = _in_post(uow.secret_addresses.whose_session(session, now=now), uow, now=now)
    if person is None:
        raise NotLetIn
    return person


def _in_post(person_id: PersonId | None, uow: UnitOfWork, *, now: datetime) -> Person | None:
    """Return somebody who works for the trust today; a link or session that is older than their leaving is nothing."""
    person = uow.people.get(person_id) if person_id else None
    return person if person and person.is_in_post(london_date(now)) else None
