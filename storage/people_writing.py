"""From people to the rows of several tables, so that addresses and line managers may change hands among them."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, insert, update

from storage import people_tables as tables
from storage.conflict import insert_or_change
from storage.errors import ChangeRefused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection, Table

    from storage.person import Person

AT_ONCE = 500  # people in one statement

Values = dict[str, Any]


def write_people(connection: Connection, people: Sequence[Person]) -> None:
    """
    Make the tables hold these people as they are given, whatever was there of them.

    Raises:
        ChangeRefused: a role is held twice on one day; the database's own refusals rise as its errors.
    """
    for person in people:
        _check_roles(person)
    portions = [people[start : start + AT_ONCE] for start in range(0, len(people), AT_ONCE)]
    for some in portions:
        _let_go(connection, some)
    for some in portions:
        insert_or_change(connection, tables.people, [_person_row(person) for person in some])
    for some in portions:
        _name_line_managers(connection, some)
        _replace(connection, tables.person_settings, some, [row for person in some for row in _setting_rows(person)])
        _replace(connection, tables.role_holdings, some, [row for person in some for row in _role_rows(person)])
        _replace(connection, tables.bot_roles, some, [row for person in some for row in _bot_role_rows(person)])


def _check_roles(person: Person) -> None:
    if any(one.overlaps(other) for one, other in combinations(person.held, 2)):
        raise ChangeRefused("Nobody holds the same role twice at one place on one day.")


def _let_go(connection: Connection, people: Sequence[Person]) -> None:
    """Take away what only one person may have: two who swap addresses would else be in each other's way."""
    ids = [person.id for person in people]
    unique = {"email": None, "directory_id": None, "staff_id": None}
    connection.execute(update(tables.people).where(tables.people.c.id.in_(ids)).values(unique))


def _name_line_managers(connection: Connection, people: Sequence[Person]) -> None:
    """Name them once everybody is there; a line manager may come later in the list."""
    managed = [{"whose": one.id, "manager": one.line_manager_id} for one in people if one.line_manager_id]
    if managed:
        named = update(tables.people).where(tables.people.c.id == bindparam("whose"))
        connection.execute(named.values(line_manager_id=bindparam("manager")), managed)


def _replace(connection: Connection, table: Table, people: Sequence[Person], rows: list[Values]) -> None:
    connection.execute(delete(table).where(table.c.person_id.in_([person.id for person in people])))
    if rows:
        connection.execute(insert(table), rows)


def _person_row(person: Person) -> Values:
    return {
        "id": person.id,
        "name": person.name,
        "email": person.email.strip().lower() or None,  # two empty ones would count as the same person
        "directory_id": person.directory_id or None,
        "staff_id": person.staff_id or None,
        "post": person.post,
        "department": person.department,
        "line_manager_id": None,
        "pattern": person.pattern,
        "term_time_only": person.term_time_only,
        "starts_on": person.starts_on,
        "ends_on": person.ends_on,
    }


def _setting_rows(person: Person) -> Iterator[Values]:
    for setting in person.settings:
        yield {"person_id": person.id, "setting_id": setting.id, "is_main": setting.id == person.setting.id}


def _role_rows(person: Person) -> Iterator[Values]:
    for held in person.held:
        yield {
            "person_id": person.id,
            "role": held.role,
            "setting_id": held.setting_id,
            "starts_on": held.starts_on,
            "ends_on": held.ends_on,
        }


def _bot_role_rows(person: Person) -> Iterator[Values]:
    for held in person.bot_roles:
        yield {"person_id": person.id, "role": held.role, "setting_id": held.setting_id}
