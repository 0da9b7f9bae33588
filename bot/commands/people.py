"""`askfirst people import`: the staff list, shown first and taken in whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import clock
from bot.app import open_database
from bot.commands.importing import print_plan, read_bytes
from handlers.imports.people_import import import_people
from handlers.imports.people_report import people_lines

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from bot.config import Config


def run_import(config: Config, file: Path, *, apply: bool, leavers_end: date | None) -> int:
    """
    Say what a staff list would change, and do it where `apply` says so; 1 where something is wrong with it.

    Raises:
        UnreadableFile: there is no such file, or it may not be read.
        StorageError: the database cannot be used; nothing is changed.
    """
    data, database = read_bytes(file), open_database(config)
    with database.begin() as uow:
        plan = import_people(data, uow, apply=apply, last_day_of_leavers=leavers_end, now=clock.now())
    return print_plan(plan.problems, plan.notes, people_lines(plan), apply=apply)
