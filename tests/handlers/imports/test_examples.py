"""What docs/people.md shows must work as it stands there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from handlers.imports.people_file import COLUMNS
from handlers.imports.settings_file import SETTING_KEYS
from policy_kb.words import Role, SettingId
from tests.handlers.imports.directory import TODAY, import_list, import_toml, told

if TYPE_CHECKING:
    from storage.database import Database

PAGE = Path(__file__).parents[3].joinpath("docs", "people.md").read_text("utf-8")


def example(language: str) -> str:
    (found,) = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return str(found)


def test_the_examples_of_the_page_make_a_trust(database: Database) -> None:
    columns, *rows = example("csv").splitlines()

    first = import_toml(database, example("toml"))
    people = import_list(database, *rows, columns=columns)
    second = import_toml(database, example("toml"))

    assert [told(plan) for plan in (first, people, second)] == [[], [], []]
    with database.begin() as work:
        (head,) = work.people.holders(Role.HEAD, SettingId("little-acorns"), TODAY)
        assert head.name == "Fatima Sample"
        assert len(work.delegations.everything()) == 1


def test_the_page_names_every_column_and_every_key() -> None:
    assert [name for name in (*COLUMNS.known, *SETTING_KEYS) if f"`{name}`" not in PAGE] == []
