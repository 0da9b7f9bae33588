"""The staff list as a file: which columns it has, and what each row says of one person."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.imports import cells
from handlers.imports.cells import DAY
from handlers.imports.problem import Problem
from handlers.imports.row_reader import RowReader
from handlers.imports.sheet import Columns, read_sheet
from policy_kb.words import SettingId
from storage.person import FULL_WEEK

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from handlers.imports.sheet import Row
    from storage.person import BotRoleHolding, RoleHolding

COLUMNS = Columns(
    known=(
        "name",
        "email",
        "setting",
        "other_settings",
        "post",
        "department",
        "line_manager",
        "pattern",
        "term_time_only",
        "first_day",
        "last_day",
        "roles",
        "bot_roles",
        "staff_id",
        "directory_id",
    ),
    needed=("name", "email", "setting"),
    may_start_with_a_sign=frozenset({"pattern"}),  # -TWTF: Mondays off
)
ONE_PERSON = ("email", "staff_id", "directory_id")  # columns in which no two rows may say the same


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """What one row says; a column that the file has not got leaves its default here."""

    number: int
    name: str
    email: str
    setting: SettingId
    other_settings: tuple[SettingId, ...] = ()
    post: str = ""
    department: str = ""
    line_manager: str = ""  # an address
    pattern: str = FULL_WEEK
    term_time_only: bool = False
    starts_on: date | None = None
    ends_on: date | None = None  # the day after the last
    held: tuple[RoleHolding, ...] = ()
    bot_roles: tuple[BotRoleHolding, ...] = ()
    staff_id: str = ""
    directory_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFile:
    """A staff list, as far as it could be read."""

    columns: frozenset[str]
    rows: tuple[PersonRow, ...]
    addresses: frozenset[str]  # of all rows, also of those that could not be read
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def read_people_file(data: bytes, settings: Collection[SettingId]) -> PeopleFile:
    """Read a staff list for a trust that has these settings; what is wrong comes back as problems, in order."""
    sheet = read_sheet(data, COLUMNS)
    read = [_read_row(row, settings) for row in sheet.rows]
    rows = tuple(row for row, _ in read if row)
    problems = [*sheet.problems, *(problem for _, faults in read for problem in faults), *_duplicates(sheet.rows)]
    if sheet.columns and not rows and not problems:
        problems.append(Problem(says="There is nobody in this file."))
    return PeopleFile(
        columns=sheet.columns,
        rows=rows,
        addresses=frozenset(row.cells.get("email", "").lower() for row in (*sheet.rows, *sheet.misshapen)),
        problems=tuple(sorted(problems, key=lambda problem: problem.row)),
        notes=sheet.notes,
    )


def _read_row(row: Row, settings: Collection[SettingId]) -> tuple[PersonRow | None, Sequence[Problem]]:
    reader = RowReader(row=row)
    main = reader.cell("setting", lambda text: cells.read_setting(text, settings), needed=True)
    others = reader.cell("other_settings", lambda text: cells.read_settings(text, settings)) or ()
    first, last = reader.cell("first_day", cells.read_day), reader.cell("last_day", cells.read_day)
    if first and last and last < first:
        reader.note("last_day", "The last day lies before the first: correct one of them.")
    person = PersonRow(
        number=row.number,
        name=reader.cell("name", cells.read_text, needed=True) or "",
        email=reader.cell("email", cells.read_email, needed=True) or "",
        setting=main or SettingId(""),
        other_settings=tuple(setting for setting in others if setting != main),
        post=reader.cell("post", cells.read_text) or "",
        department=reader.cell("department", cells.read_text) or "",
        line_manager=reader.cell("line_manager", cells.read_email) or "",
        pattern=reader.cell("pattern", cells.read_pattern) or FULL_WEEK,
        term_time_only=reader.cell("term_time_only", cells.read_yes_or_no) or False,
        starts_on=first,
        ends_on=last + DAY if last else None,
        held=reader.cell("roles", lambda text: cells.read_roles(text, settings)) or (),
        bot_roles=reader.cell("bot_roles", lambda text: cells.read_bot_roles(text, settings)) or (),
        staff_id=reader.cell("staff_id", cells.read_key) or "",
        directory_id=reader.cell("directory_id", cells.read_key) or "",
    )
    return (person if reader.is_whole else None), reader.problems


def _duplicates(rows: Sequence[Row]) -> Iterator[Problem]:
    for column in ONE_PERSON:
        found: dict[str, list[int]] = defaultdict(list)
        for row in rows:
            if cell := row.cells.get(column, "").lower():
                found[cell].append(row.number)
        for first, *others in found.values():
            for number in others:
                says = f"Row {first} says the same, and it can be one person's only: correct one or take it out."
                yield Problem(row=number, column=column, says=says)
