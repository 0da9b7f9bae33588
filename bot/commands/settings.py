"""`askfirst settings import`: the academies, nurseries and services, shown first and taken in whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import clock
from bot.app import open_database
from bot.commands.importing import print_plan, read_bytes
from handlers.imports.settings_import import import_settings
from handlers.imports.settings_report import settings_lines

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config import Config


def run_import(config: Config, file: Path, *, apply: bool) -> int:
    """
    Say what a settings file would change, and do it where `apply` says so; 1 where something is wrong with it.

    Raises:
        UnreadableFile: there is no such file, or it may not be read.
        StorageError: the database cannot be used; nothing is changed.
    """
    data, database = read_bytes(file), open_database(config)
    with database.begin() as uow:
        plan = import_settings(data, uow, apply=apply, now=clock.now())
    return print_plan(plan.problems, plan.notes, settings_lines(plan), apply=apply)
