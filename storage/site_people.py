"""Who looks after a site, from when until when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import exists, or_, select, update

from policy_kb.words import Verb
from storage import site_tables as tables
from storage.audit import Someone
from storage.conflict import insert_unless_there
from storage.site_work import Check, Evaluation, SiteTask, SiteWork

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import ColumnElement, Connection

    from policy_kb.rules.site import Member
    from policy_kb.site_words import SiteId
    from policy_kb.words import PersonId, Role
    from storage.audit import Audit, AuditEntry, Fact

__all__ = ["Check", "Evaluation", "SitePeople", "SiteTask"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePeople(SiteWork):
    """What `Sites` knows of the people of each site."""

    connection: Connection
    audit: Audit

    def add_member(self, site_id: SiteId, member: Member, *, entry: AuditEntry) -> bool:
        """
        Let somebody look after a site; False where they do in that role already, on the day it would begin.

        Raises:
            ChangeRefused: the site or the person is unknown.
        """
        row = {
            "site_id": site_id,
            "person_id": member.person,
            "role": member.role,
            "since": member.since,
            "until": member.until,
            "accepted_at": member.accepted_at,
            "attested_on": member.attested_on,
        }
        already = exists().where(*_theirs(site_id, member.person, member.role), _goes_on_after(member.since))
        if self.connection.execute(select(already)).scalar_one():
            return False
        if not insert_unless_there(self.connection, tables.members, row):
            return False
        self._write(site_id, entry, Verb.ADDED, {"person": Someone(member.person), "role": member.role.value})
        return True

    def end_member(self, site_id: SiteId, person: PersonId, role: Role, *, until: date, entry: AuditEntry) -> bool:
        """Let somebody look after a site no longer from a London day on; False where they would not have anyway."""
        theirs = (*_theirs(site_id, person, role), _goes_on_after(until))
        ended = update(tables.members).where(*theirs).values(until=until)
        if self.connection.execute(ended).rowcount == 0:
            return False
        facts: dict[str, Fact] = {"person": Someone(person), "role": role.value, "until": until.isoformat()}
        self._write(site_id, entry, Verb.REMOVED, facts)
        return True

    def accept(self, site_id: SiteId, person: PersonId, role: Role, *, entry: AuditEntry) -> bool:
        """Keep that somebody accepts and has a login of their own; False where they are not asked, or did already."""
        made = tables.members
        theirs = (*_theirs(site_id, person, role), made.c.until.is_(None), made.c.accepted_at.is_(None))
        accepted = update(made).where(*theirs).values(accepted_at=entry.at)
        if self.connection.execute(accepted).rowcount == 0:
            return False
        self._write(site_id, entry, Verb.ACCEPTED, {"person": Someone(person), "role": role.value})
        return True

    def attest(self, site_id: SiteId, person: PersonId, *, on: date, entry: AuditEntry) -> bool:
        """Keep that somebody's login is still their own; False where they look after the site no longer."""
        made = tables.members
        theirs = (made.c.site_id == site_id, made.c.person_id == person, _goes_on_after(on))
        attested = update(made).where(*theirs).values(attested_on=on)
        if self.connection.execute(attested).rowcount == 0:
            return False
        self._write(site_id, entry, Verb.ATTESTED, {"person": Someone(person)})
        return True


def _theirs(site_id: SiteId, person: PersonId, role: Role) -> tuple[ColumnElement[bool], ...]:
    made = tables.members
    return made.c.site_id == site_id, made.c.person_id == person, made.c.role == role


def _goes_on_after(day: date) -> ColumnElement[bool]:
    return or_(tables.members.c.until.is_(None), tables.members.c.until > day)
