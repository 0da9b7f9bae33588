"""The staff directory: who works where, and who holds which role on which day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import and_, delete, or_, select, update

from policy_kb.words import PersonId
from storage import people_tables as tables
from storage.audit import Subject
from storage.due_tables import days_told, put_off
from storage.page_tables import feeds, page_links, page_sessions
from storage.people_reading import read_people
from storage.people_writing import write_people
from storage.person import Person, RoleHolding
from storage.person_changes import Change, changes
from storage.tables import chat_identities

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Connection

    from policy_kb.words import BotRole, Role, SettingId
    from storage.audit import Audit, AuditEntry
    from storage.settings import Settings

__all__ = ["People", "Person", "PersonId", "RoleHolding"]

_ONLY_THEIRS = (
    tables.chat_addresses,
    tables.bot_roles,
    tables.role_holdings,
    tables.person_settings,
    page_links,
    page_sessions,
    feeds,
    days_told,
    put_off,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """
    Everybody who works for the trust, is about to, or did.

    Every question about a role or a post takes the London day it is asked for.
    Every change is written to the person's own chain of the audit, and nobody who is unchanged is touched.
    """

    connection: Connection
    audit: Audit
    settings: Settings
    known: dict[PersonId, Person | None]  # read in this transaction; whatever changes people empties it
    change: Callable[[], None]  # settings name people, and all have to be read anew

    def get(self, person_id: PersonId) -> Person | None:
        """Return one person, as they were when this transaction first asked."""
        self.meet((person_id,))
        return self.known[person_id]

    def meet(self, ids: Iterable[PersonId]) -> None:
        """Read at once all of these people whom this transaction has not read yet: `get` then knows them."""
        new = [one for one in dict.fromkeys(ids) if one not in self.known]
        if new:
            self._read(ids=new)
            self.known.update((one, None) for one in new if one not in self.known)

    def among(self, ids: Collection[PersonId]) -> tuple[Person, ...]:
        """Return the people with these ids, by name; whoever is not in the directory is left out."""
        return self._read(ids=tuple(ids))

    def find_by_email(self, email: str) -> Person | None:
        """Return whoever has this address, whatever its capitals."""
        return self._first(tables.people.c.email == email.strip().lower())

    def find_by_directory_id(self, directory_id: str) -> Person | None:
        """Return whoever has this id in the trust's own directory."""
        return self._first(tables.people.c.directory_id == directory_id)

    def everyone(self) -> tuple[Person, ...]:
        """Return all people, by name, with those to come and those who left."""
        return self._read()

    def in_post(self, on: date, setting_id: SettingId | None = None) -> tuple[Person, ...]:
        """Return who works for the trust on a day, or at one setting, by name."""
        which = [_in_post(on)]
        if setting_id is not None:
            works = tables.person_settings
            which.append(tables.people.c.id.in_(select(works.c.person_id).where(works.c.setting_id == setting_id)))
        return self._read(*which)

    def holders(self, role: Role, setting_id: SettingId | None, on: date) -> tuple[Person, ...]:
        """
        Return who is in post and holds a role on a day: at a setting, then for the whole trust.

        Without a setting, the latter alone. Whoever stands in for a holder is among the delegations.
        """
        held = tables.role_holdings
        here = or_(held.c.setting_id.is_(None), held.c.setting_id == setting_id)
        holding = select(held.c.person_id).where(held.c.role == role, here, _held_on(on))
        found = self._read(tables.people.c.id.in_(holding), _in_post(on))

        def is_only_trust_wide(person: Person) -> bool:
            held_here = (one.setting_id for one in person.held_on(on) if one.role is role)
            return setting_id not in held_here

        return tuple(sorted(found, key=is_only_trust_wide))

    def bot_role_holders(self, role: BotRole, setting_id: SettingId | None, on: date) -> tuple[Person, ...]:
        """Return who is in post and looks after something in the bot, here or for the whole trust, by name."""
        held = tables.bot_roles
        here = or_(held.c.setting_id.is_(None), held.c.setting_id == setting_id)
        holding = select(held.c.person_id).where(held.c.role == role, here)
        return self._read(tables.people.c.id.in_(holding), _in_post(on))

    def leavers_with_roles(self, on: date) -> tuple[Person, ...]:
        """Return who has left by a day and is still down as holding a role on it, by name."""
        held = tables.role_holdings
        holding = select(held.c.person_id).where(_held_on(on))
        return self._read(tables.people.c.id.in_(holding), tables.people.c.ends_on <= on)

    def put(self, people: Sequence[Person], *, entry: AuditEntry) -> Mapping[PersonId, tuple[Change, ...]]:
        """
        Add people or change those with these ids, and return what became different about whom.

        Addresses may change hands among them. The verb and facts of `entry` are found out for each change.

        Raises:
            ChangeRefused: an address or id is somebody else's, a setting or line manager is missing,
                or a role is held twice on one day.
        """
        before = {person.id: person for person in self._read(ids=[one.id for one in people])}
        found = {person.id: changes(before.get(person.id), person) for person in people}
        self.change()
        write_people(self.connection, [person for person in people if found[person.id]])
        for person_id, differences in found.items():
            for one in differences:
                self._write(person_id, entry, one)
        return {person_id: differences for person_id, differences in found.items() if differences}

    def add_person(self, person: Person, *, entry: AuditEntry) -> None:
        """Add one person, or change the one with this id, as `put` does."""
        self.put((person,), entry=entry)

    def remove(self, person_id: PersonId, *, entry: AuditEntry) -> None:
        """
        Take a person out of the directory as if they had never been in it; leavers stay, with their last day.

        Raises:
            ChangeRefused: something that happened or is planned names them: a delegation, a request, a site, a slot.
        """
        theirs = chat_identities.c.person_id == person_id
        self.connection.execute(update(chat_identities).where(theirs).values(person_id=None))
        for table in _ONLY_THEIRS:
            self.connection.execute(delete(table).where(table.c.person_id == person_id))
        self.connection.execute(delete(tables.people).where(tables.people.c.id == person_id))
        self.change()
        self.audit.write(Subject.of_person(person_id), entry)

    def _write(self, person_id: PersonId, entry: AuditEntry, change: Change) -> None:
        self.audit.write(Subject.of_person(person_id), replace(entry, verb=change.verb, facts=change.facts))

    def _first(self, which: ColumnElement[bool]) -> Person | None:
        return next(iter(self._read(which)), None)

    def _read(self, *which: ColumnElement[bool], ids: Sequence[PersonId] | None = None) -> tuple[Person, ...]:
        people = read_people(self.connection, self.settings, *which, ids=ids)
        for one in people:
            self.known.setdefault(one.id, one)
        return people


def _in_post(on: date) -> ColumnElement[bool]:
    return and_(tables.people.c.starts_on <= on, tables.people.c.ends_on > on)


def _held_on(on: date) -> ColumnElement[bool]:
    held = tables.role_holdings
    return and_(held.c.starts_on <= on, held.c.ends_on > on)
