"""Settings, the people who work in them, and the roles they hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NewType

from sqlalchemy import delete, insert, or_, select, update

from storage import tables
from storage.conflict import insert_or_change

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Connection, Row

    from policy_kb.words import Role, SettingType

SettingId = NewType("SettingId", str)
"""A short slug: ``elm-academy``."""

PersonId = NewType("PersonId", str)
"""Ours, not a platform's: ``priya-sample``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """
    A place people work in.

    Policy: 2.2
    """

    id: SettingId
    name: str
    type: SettingType
    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleHolding:
    """A role, and where it is held."""

    role: Role
    setting_id: SettingId | None = None  # None: for the whole trust


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody in the staff directory."""

    id: PersonId
    name: str
    email: str  # lower case
    directory_id: str | None = None
    post: str  # as staff would say it: "Teacher of PE"
    setting: Setting
    held: tuple[RoleHolding, ...] = ()

    @property
    def roles(self) -> tuple[Role, ...]:
        """Return each role once, wherever it is held."""
        return tuple(dict.fromkeys(holding.role for holding in self.held))


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The staff directory."""

    connection: Connection

    def get(self, person_id: PersonId) -> Person | None:
        """Return one person."""
        return self._first(tables.people.c.id == person_id)

    def find_by_email(self, email: str) -> Person | None:
        """Return whoever has this address, whatever its capitals."""
        return self._first(tables.people.c.email == _address(email))

    def find_by_directory_id(self, directory_id: str) -> Person | None:
        """Return whoever has this id in the trust's own directory."""
        return self._first(tables.people.c.directory_id == directory_id)

    def everyone(self) -> tuple[Person, ...]:
        """Return all people, by name."""
        return self._people()

    def holders(self, role: Role, setting_id: SettingId | None) -> tuple[Person, ...]:
        """Return who holds a role at a setting, then for the whole trust; None asks for the latter alone."""
        held = tables.role_holdings
        here = or_(held.c.setting_id.is_(None), held.c.setting_id == setting_id)
        holders = self._people(tables.people.c.id.in_(select(held.c.person_id).where(held.c.role == role, here)))
        local = RoleHolding(role=role, setting_id=setting_id)
        return tuple(sorted(holders, key=lambda person: local not in person.held))

    def settings(self) -> tuple[Setting, ...]:
        """Return all settings, by name."""
        found = tables.settings
        return tuple(_setting(row) for row in self.connection.execute(select(found).order_by(found.c.name)))

    def add_setting(self, setting: Setting) -> None:
        """Add a setting, or change the one with this id."""
        insert_or_change(self.connection, tables.settings, [_setting_row(setting)])

    def add_person(self, person: Person) -> None:
        """
        Add a person and the roles they hold, or change the one with this id.

        Raises:
            ChangeRefused: the address or the directory id is somebody else's, or a setting is missing.
        """
        self._add((person,))

    def replace_all(self, *, settings: Sequence[Setting], people: Sequence[Person]) -> None:
        """
        Make the directory hold these settings and people and no others.

        Whoever stays keeps their chat identities; whoever goes is looked up anew when they next speak.
        """
        staying = [person.id for person in people]
        self._remove_people(tables.people.c.id.not_in(staying))
        insert_or_change(self.connection, tables.settings, [_setting_row(setting) for setting in settings])
        self._add(people)
        kept = [setting.id for setting in settings]
        self.connection.execute(delete(tables.settings).where(tables.settings.c.id.not_in(kept)))

    def _add(self, people: Sequence[Person]) -> None:
        ids = [person.id for person in people]
        insert_or_change(self.connection, tables.people, [_person_row(person) for person in people])
        self.connection.execute(delete(tables.role_holdings).where(tables.role_holdings.c.person_id.in_(ids)))
        held = [
            {"person_id": person.id, "role": holding.role, "setting_id": holding.setting_id}
            for person in people
            for holding in person.held
        ]
        if held:
            self.connection.execute(insert(tables.role_holdings), held)

    def _remove_people(self, which: ColumnElement[bool]) -> None:
        gone = select(tables.people.c.id).where(which)
        known, held = tables.chat_identities, tables.role_holdings
        self.connection.execute(update(known).where(known.c.person_id.in_(gone)).values(person_id=None))
        self.connection.execute(delete(held).where(held.c.person_id.in_(gone)))
        self.connection.execute(delete(tables.people).where(which))

    def _first(self, which: ColumnElement[bool]) -> Person | None:
        return next(iter(self._people(which)), None)

    def _people(self, *which: ColumnElement[bool]) -> tuple[Person, ...]:
        found = select(tables.people.c.id).where(*which)
        held: dict[str, list[RoleHolding]] = {}
        holdings = tables.role_holdings
        query = select(holdings).where(holdings.c.person_id.in_(found)).order_by(holdings.c.id)
        for row in self.connection.execute(query):
            held.setdefault(row.person_id, []).append(RoleHolding(role=row.role, setting_id=row.setting_id))
        return tuple(self._person(row, tuple(held.get(row.id, ()))) for row in self._rows(which))

    def _rows(self, which: Sequence[ColumnElement[bool]]) -> Sequence[Row[tuple[object, ...]]]:
        person, setting = tables.people, tables.settings
        query = (
            select(
                person,
                setting.c.name.label("setting_name"),
                setting.c.type.label("setting_type"),
                setting.c.region.label("setting_region"),
            )
            .join(setting, person.c.setting_id == setting.c.id)
            .where(*which)
            .order_by(person.c.name, person.c.id)
        )
        return self.connection.execute(query).all()

    @staticmethod
    def _person(row: Row[tuple[object, ...]], held: tuple[RoleHolding, ...]) -> Person:
        return Person(
            id=row.id,
            name=row.name,
            email=row.email,
            directory_id=row.directory_id,
            post=row.post,
            setting=Setting(id=row.setting_id, name=row.setting_name, type=row.setting_type, region=row.setting_region),
            held=held,
        )


def _address(email: str) -> str:
    return email.strip().lower()


def _setting(row: Row[tuple[object, ...]]) -> Setting:
    return Setting(id=row.id, name=row.name, type=row.type, region=row.region)


def _setting_row(setting: Setting) -> dict[str, str]:
    return {"id": setting.id, "name": setting.name, "type": setting.type, "region": setting.region}


def _person_row(person: Person) -> dict[str, str | None]:
    return {
        "id": person.id,
        "name": person.name,
        "email": _address(person.email),
        "directory_id": person.directory_id or None,  # two empty ones would count as the same person
        "setting_id": person.setting.id,
        "post": person.post,
    }
