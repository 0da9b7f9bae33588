"""What docs/sites.md shows of a list of sites must work as it stands there, in the trust of docs/people.md."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from handlers.imports.sites_file import COLUMNS
from policy_kb.site_words import SiteState
from storage.database import Database
from tests.handlers.imports.directory import import_list, import_toml
from tests.handlers.imports.sites.lists import register, take_in

if TYPE_CHECKING:
    from tests.stage import DatabaseFile

DOCS = Path(__file__).parents[4] / "docs"


def example(page: str, language: str) -> str:
    (found,) = re.findall(rf"```{language}\n(.*?)```", DOCS.joinpath(page).read_text("utf-8"), re.DOTALL)
    return str(found)


def test_the_list_on_the_page_is_taken_in(database_file: DatabaseFile) -> None:
    database = Database(database_file.url)
    people, sites = example("people.md", "csv").splitlines(), example("sites.md", "csv").splitlines()
    import_toml(database, example("people.md", "toml"))
    import_list(database, *people[1:], columns=people[0])

    plan = take_in(database, *sites[1:], columns=sites[0])

    assert plan.problems == ()
    assert [site.state for site in register(database).values()] == [SiteState.LIVE, SiteState.LEGACY]
    database.close()


def test_the_page_names_every_column() -> None:
    page = DOCS.joinpath("sites.md").read_text("utf-8")

    assert [name for name in COLUMNS.known if f"`{name}`" not in page] == []
