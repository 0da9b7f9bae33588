"""`askfirst sites import`: the sites that are there already, shown first and taken in whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import clock
from bot.app import open_database
from bot.commands.importing import print_plan, read_bytes
from handlers.acting import Acting
from handlers.imports.sites_import import import_sites
from handlers.imports.sites_report import sites_lines
from policy_kb.view import load_view

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config import Config


def run_import(config: Config, file: Path, *, apply: bool) -> int:
    """
    Say what a list of sites would change, and do it where `apply` says so; 1 where something is wrong with it.

    Raises:
        UnreadableFile: there is no such file, or it may not be read.
        StorageError: the database cannot be used; nothing is changed.
    """
    data, database = read_bytes(file), open_database(config)
    with database.begin() as uow:
        act = Acting(person=None, view=load_view(), uow=uow, now=clock.now())
        plan = import_sites(data, act, apply=apply)
        people = {person.id: person.name for person in uow.people.everyone()}
        settings = {setting.id: setting.name for setting in uow.settings.listed()}
    return print_plan(plan.problems, plan.notes, sites_lines(plan, people, settings), apply=apply)
