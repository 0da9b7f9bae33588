"""From the rows of several tables to people, however many, in two statements for each portion of them."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import Date, Integer, Text, bindparam, cast, literal_column, null, select, type_coerce, union_all

from policy_kb.words import BotRole, Role
from storage import people_tables as tables
from storage.person import BotRoleHolding, Person, RoleHolding
from storage.portions import in_portions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from sqlalchemy import BindParameter, ColumnElement, Connection, Row, Select, Table

    from policy_kb.words import SettingId
    from storage.settings import Setting, Settings

    AnyRow = Row[tuple[object, ...]]

# Built once: people are read at every turn, and building a statement takes as long as executing it.
_works, _roles, _bot_roles = tables.person_settings, tables.role_holdings, tables.bot_roles
_IDS: BindParameter[str] = bindparam("ids", expanding=True)
_PEOPLE = (
    select(tables.people, _works.c.setting_id, _works.c.is_main)
    .outerjoin(_works, _works.c.person_id == tables.people.c.id)
    .order_by(tables.people.c.name, tables.people.c.id)
)
_WITH_THESE_IDS = _PEOPLE.where(tables.people.c.id.in_(_IDS))


def _held(in_bot: int, table: Table, *days: ColumnElement[date]) -> Select[tuple[object, ...]]:
    """Return the rows of one table of roles, with what both have in common first."""
    which = literal_column(str(in_bot), Integer).label("in_bot")
    role = type_coerce(table.c.role, Text).label("role")
    own = (table.c.id, table.c.person_id, role, table.c.setting_id)
    return select(which, *own, *days).where(table.c.person_id.in_(_IDS))


_NO_DAYS = (cast(null(), Date).label("starts_on"), cast(null(), Date).label("ends_on"))
_HELD = union_all(
    _held(0, _roles, _roles.c.starts_on, _roles.c.ends_on),
    _held(1, _bot_roles, *_NO_DAYS),
).order_by("in_bot", "id")


def read_people(
    connection: Connection, settings: Settings, *which: ColumnElement[bool], ids: Sequence[str] | None = None
) -> tuple[Person, ...]:
    """Return the people for whom all of this is true, or those with these ids, by name."""
    if ids is None:
        return tuple(_people(connection, settings, connection.execute(_PEOPLE.where(*which)).all()))
    portions = (connection.execute(_WITH_THESE_IDS, {"ids": some}).all() for some in in_portions(ids))
    found = [person for rows in portions for person in _people(connection, settings, rows)]
    return tuple(sorted(found, key=lambda person: (person.name, person.id)))


def _people(connection: Connection, settings: Settings, rows: Sequence[AnyRow]) -> Iterator[Person]:
    """Yield people whose rows come together, one for each setting they work in."""
    places = {one.id: one for one in settings.listed()} if rows else {}
    everybody = [list(theirs) for _, theirs in groupby(rows, key=lambda row: row.id)]
    for some in in_portions(everybody):
        held = _by_person(connection, [theirs[0].id for theirs in some])
        for theirs in some:
            yield _person(theirs, places, held[theirs[0].id])


def _by_person(connection: Connection, ids: Sequence[str]) -> Mapping[str, list[AnyRow]]:
    """Return what some people hold, by person, in the order it was written."""
    found: dict[str, list[AnyRow]] = defaultdict(list)
    for row in connection.execute(_HELD, {"ids": ids}):
        found[row.person_id].append(row)
    return found


def _settings(rows: Sequence[AnyRow], places: Mapping[SettingId, Setting]) -> tuple[Setting, ...]:
    """Return the settings of one person, the main one first."""
    return tuple(places[row.setting_id] for row in sorted(rows, key=lambda row: (not row.is_main, row.setting_id)))


def _person(rows: Sequence[AnyRow], places: Mapping[SettingId, Setting], held: Sequence[AnyRow]) -> Person:
    row = rows[0]
    main, *others = _settings(rows, places)
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
            RoleHolding(role=Role(one.role), setting_id=one.setting_id, starts_on=one.starts_on, ends_on=one.ends_on)
            for one in held
            if not one.in_bot
        ),
        bot_roles=tuple(
            BotRoleHolding(role=BotRole(one.role), setting_id=one.setting_id) for one in held if one.in_bot
        ),
    )
