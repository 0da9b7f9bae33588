"""From the rows of several tables to people, however many, in a handful of queries."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from storage import people_tables as tables
from storage.person import BotRoleHolding, Person, RoleHolding
from storage.portions import in_portions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection, Executable, Row

    from policy_kb.words import SettingId
    from storage.settings import Setting, Settings

# Built once: people are read at every turn, and building a statement takes as long as executing it.
_OF_PEOPLE = tuple(
    select(table)
    .where(table.c.person_id.in_(bindparam("ids", expanding=True)))
    .order_by(*([table.c.id] if "id" in table.c else []))
    for table in (tables.person_settings, tables.role_holdings, tables.bot_roles)
)


def read_people(
    connection: Connection, settings: Settings, *which: ColumnElement[bool], ids: Sequence[str] | None = None
) -> tuple[Person, ...]:
    """Return the people for whom all of this is true, or those with these ids, by name."""
    if ids is None:
        return tuple(_read(connection, settings, which))
    portions = ([tables.people.c.id.in_(some)] for some in in_portions(ids))
    found = [person for some in portions for person in _read(connection, settings, some)]
    return tuple(sorted(found, key=lambda person: (person.name, person.id)))


def _read(connection: Connection, settings: Settings, which: Sequence[ColumnElement[bool]]) -> Iterator[Person]:
    people = tables.people
    rows = connection.execute(select(people).where(*which).order_by(people.c.name, people.c.id)).all()
    places = {one.id: one for one in settings.listed()} if rows else {}
    for some in in_portions(rows):
        ids = [row.id for row in some]
        works, held, bot_roles = (_by_person(connection, theirs, ids) for theirs in _OF_PEOPLE)
        for row in some:
            yield _person(row, _settings(works[row.id], places), held[row.id], bot_roles[row.id])


def _by_person(
    connection: Connection, theirs: Executable, ids: Sequence[str]
) -> Mapping[str, list[Row[tuple[object, ...]]]]:
    """Return the rows of a table that belong to some people, by person, in the order they were written."""
    found: dict[str, list[Row[tuple[object, ...]]]] = defaultdict(list)
    for row in connection.execute(theirs, {"ids": ids}):
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
