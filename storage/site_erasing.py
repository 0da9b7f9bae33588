"""Taking a person out of sites: they look after none any more, and nobody waits for them in a rota to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import and_, delete, or_, select, update

from policy_kb.rules.site import OWES_PEOPLE
from policy_kb.site_words import OfferState
from storage import due_tables, request_tables, rota_tables, tables
from storage import site_tables as sites
from storage.rota import Rota
from storage.sites import Sites

if TYPE_CHECKING:
    from sqlalchemy import Column, Connection

    from policy_kb.words import PersonId
    from storage.audit import Audit, AuditEntry

# What holds ids between colons: the other things that name people point at them, and have their fates.
_ABOUT: tuple[Column[str], ...] = (
    tables.outbox.c.about,
    due_tables.due.c.subject,
    due_tables.put_off.c.subject,
    request_tables.cards.c.name,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteErasing:
    """Ends what somebody who is erased would still do; what they did is told without their name."""

    connection: Connection
    audit: Audit

    def take_out(self, person_id: PersonId, day: date, *, entry: AuditEntry) -> None:
        """Let somebody look after no site and have no slot from a London day on; each site is told."""
        self._end_parts(person_id, day, entry)
        self._close_offers(person_id, entry)
        self._open_slots(person_id, day, entry)
        for column in _ABOUT:
            self._forget_naming(column, person_id)

    def author_of(self, person_id: PersonId) -> tuple[str, ...]:
        """Return the names of the sites that need their people and have this author."""
        made = sites.sites
        theirs = (made.c.author_id == person_id, made.c.state.in_(OWES_PEOPLE))
        return tuple(self.connection.execute(select(made.c.name).where(*theirs).order_by(made.c.name)).scalars())

    def _end_parts(self, person_id: PersonId, day: date, entry: AuditEntry) -> None:
        made = sites.members
        going_on = or_(made.c.until.is_(None), made.c.until > day)
        parts = select(made.c.site_id, made.c.role).where(made.c.person_id == person_id, going_on)
        register = Sites(connection=self.connection, audit=self.audit)
        for row in self.connection.execute(parts.order_by(made.c.site_id, made.c.id)).all():
            register.end_member(row.site_id, person_id, row.role, until=day, entry=entry)

    def _close_offers(self, person_id: PersonId, entry: AuditEntry) -> None:
        """Close what they offer, and every swap for a slot of theirs: there is nobody to agree with."""
        slots, offers = rota_tables.slots, rota_tables.offers
        theirs = select(slots.c.id).where(slots.c.person_id == person_id)
        of_them = or_(offers.c.by_id == person_id, offers.c.for_slot_id.in_(theirs))
        closed = update(offers).where(offers.c.state == OfferState.OPEN, of_them)
        self.connection.execute(closed.values(state=OfferState.CLOSED, closed_at=entry.at))

    def _open_slots(self, person_id: PersonId, day: date, entry: AuditEntry) -> None:
        made = rota_tables.slots
        rota = Rota(connection=self.connection, audit=self.audit)
        for slot in rota.slots(day, date.max, person=person_id):
            rota.open(slot, entry=entry)
        self.connection.execute(update(made).where(made.c.reserve_id == person_id).values(reserve_id=None))

    def _forget_naming(self, column: Column[str], person_id: PersonId) -> None:
        """Remove what is still to be said or done about them: their id stands in it, and is made of their name."""
        table = column.table
        holding = select(table).where(column.contains(person_id, autoescape=True))
        for row in self.connection.execute(holding).all():
            if person_id in getattr(row, column.name).replace(";", ":").split(":"):
                same = and_(*(one == getattr(row, one.name) for one in table.primary_key))
                self.connection.execute(delete(table).where(same))
