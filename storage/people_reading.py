"""From the rows of several tables to people, however many, in a handful of queries."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from storage import people_tables as tables
from storage.person import BotRoleHolding, Person, RoleHolding
from storage.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection, Row, Table

    from policy_kb.words import SettingId
    from storage.settings import Setting

AT_ONCE = 500  # ids named in one statement; databases take some ten thousand and are slow long before


def read_people(
    connection: Connection, *which: ColumnElement[bool], ids: Sequence[str] | None = None
) -> tuple[Person, ...]:
    """Return the people for whom all of this is true, or those with these ids, by name."""
    if ids is None:
        return tuple(_read(connection, which))
    found = [person for some in _in_portions(ids) for person in _read(connection, [tables.people.c.id.in_(some)])]
    return tuple(sorted(found, key=lambda person: (person.name, person.id)))


def _in_portions(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


def _read(connection: Connection, which: Sequence[ColumnElement[bool]]) -> Iterator[Person]:
    people = tables.people
    rows = connection.execute(select(people).where(*which).order_by(people.c.name, people.c.id)).all()
    works = _by_person(connection, tables.person_settings, which)
    held = _by_person(connection, tables.role_holdings, which)
    bot_roles = _by_person(connection, tables.bot_roles, which)
    settings = {one.id: one for one in read_settings(connection)} if rows else {}
    for row in rows:
        yield _person(row, _settings(works[row.id], settings), held[row.id], bot_roles[row.id])


def _by_person(
    connection: Connection, table: Table, which: Sequence[ColumnElement[bool]]
) -> Mapping[str, list[Row[tuple[object, ...]]]]:
    """Return the rows of a table that belong to some people, by person, in the order they were written."""
    theirs = select(table).where(table.c.person_id.in_(select(tables.people.c.id).where(*which)))
    order = [table.c.id] if "id" in table.c else []
    found: dict[str, list[Row[tuple[object, ...]]]] = defaultdict(list)
    for row in connection.execute(theirs.order_by(*order)):
        found[row.person_id].append(row)
    return found


def _settings(rows: Sequence[Row[tuple[object, ...]]], settings: Mapping[SettingId, Setting]) -> tuple[Setting, ...]:
    """Return the settings of one person, the main one first."""
    return tuple(settings[row.setting_id] for row in sorted(rows, key=lambda row: (not row.is_main, row.setting_id)))


def _person(
    row: Row[tuple[object, ...]],
    settings: tuple[Setting, ...],
    held: Sequence[Row[tuple[object, ...]]],
    bot_roles: Sequence[Row[tuple[object, ...]]],
) -> Person:
    main, *others = settings
    return Person(
        id=row.id,
        name=row.name,
        email=row.email or "",
        directory_id=row.directory_id,
        staff_id=row.staff_id,
        post=row.post,
        setting=main,
        other_settings=tuple(others),
        department=row.department,
        line_manager_id=row.line_manager_id,
        pattern=row.pattern,
        term_time_only=row.term_time_only,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        held=tuple(
            RoleHolding(role=one.role, setting_id=one.setting_id, starts_on=one.starts_on, ends_on=one.ends_on)
            for one in held
        ),
        bot_roles=tuple(BotRoleHolding(role=one.role, setting_id=one.setting_id) for one in bot_roles),
    )
