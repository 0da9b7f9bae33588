"""A small trust to import staff lists into."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from handlers.imports.people_import import import_people
from handlers.imports.settings_import import import_settings

if TYPE_CHECKING:
    from datetime import date

    from handlers.imports.people_plan import PeoplePlan
    from handlers.imports.settings_plan import SettingsPlan
    from storage.database import Database
    from storage.person import Person

NOW = datetime(2026, 9, 7, 8, 30, tzinfo=UTC)
TODAY = NOW.date()
SETTINGS = """
[settings.elm]
name = "Elm Academy"
type = "academy"
region = "North"

[settings.acorns]
name = "Little Acorns"
type = "nursery"
region = "North"
"""


def import_list(
    database: Database, *rows: str, columns: str = "name,email,setting", apply: bool = True, leavers: date | None = None
) -> PeoplePlan:
    """Import a staff list of these rows."""
    data = "\n".join((columns, *rows)).encode()
    with database.begin() as work:
        return import_people(data, work, apply=apply, last_day_of_leavers=leavers, now=NOW)


def import_toml(database: Database, text: str | bytes = SETTINGS, *, apply: bool = True) -> SettingsPlan:
    """Import a settings file."""
    with database.begin() as work:
        return import_settings(text if isinstance(text, bytes) else text.encode(), work, apply=apply, now=NOW)


def everyone(database: Database) -> dict[str, Person]:
    """Return everybody in the directory, by the first word of their name."""
    with database.begin() as work:
        return {person.name.partition(" ")[0]: person for person in work.people.everyone()}


def told(plan: PeoplePlan | SettingsPlan) -> list[str]:
    return [str(problem) for problem in plan.problems]
