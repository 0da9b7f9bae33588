"""A copy in memory has every row as it is, goes on by itself, and the database never hears of it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import select

from policy_kb.words import PersonId
from storage.database import Database
from storage.errors import DatabaseUnavailable
from storage.tables import metadata
from tests.storage.builders import ELM, ENTRY, NOW, a_person, fill
from tests.storage.request_builders import sent
from tests.storage.site_builders import BY_TOM, PRIYA, a_site, the_site
from tests.storage.site_life import look_after_a_site

SITE_TABLES = {
    name
    for name in metadata.tables
    if name.startswith(("site", "rota_", "cover_", "absences", "intended_", "page_", "calendar_feeds", "moderation_"))
}


@pytest.fixture
def full(database: Database) -> Database:
    """Return a database with a request, and a site with a row in every table of sites."""
    with database.begin() as work:
        # Tom stands in the table before his line manager.
        fill(work, a_person("Priya"), a_person("Tom"), a_person("Zoe"))
        work.people.put((replace(a_person("Tom"), line_manager_id=PersonId("zoe")),), entry=ENTRY)
        sent(work)
        look_after_a_site(work, PRIYA)
    return database


def rows(database: Database) -> dict[str, list[object]]:
    with database.begin() as work:
        found = {
            table.name: work.audit.connection.execute(select(table).order_by(*table.primary_key)).all()
            for table in metadata.sorted_tables
        }
    return {name: [tuple(row) for row in result] for name, result in found.items()}


def test_the_copy_has_every_row_with_its_number_and_every_column_as_it_is(full: Database) -> None:
    original = rows(full)

    with closing(full.copy_into_memory()) as copy:
        copied, wrong = rows(copy), copy.check()

    assert copied == original
    assert [name for name in SITE_TABLES if not copied[name]] == []
    assert wrong == ()


def test_what_is_done_to_the_copy_never_reaches_the_database(full: Database) -> None:
    before = rows(full)

    with closing(full.copy_into_memory()) as copy, copy.begin() as work:
        site = work.sites.listed()[0]
        work.sites.change(replace(site, aims="Changed"), entry=BY_TOM)
        work.people.put((a_person("Sam"),), entry=ENTRY)
        work.due.take(NOW.replace(year=2030))

        assert the_site(work, site.id).aims == "Changed"

    assert rows(full) == before


def test_what_is_done_to_the_database_afterwards_is_not_in_the_copy(full: Database) -> None:
    with closing(full.copy_into_memory()) as copy:
        with full.begin() as work:
            work.sites.open(a_site("Later"), entry=BY_TOM)

        with copy.begin() as work:
            assert [site.name for site in work.sites.listed()] == ["PE Instagram"]


def test_what_is_added_to_the_copy_goes_on_after_the_highest_number_and_in_the_same_chains(full: Database) -> None:
    with closing(full.copy_into_memory()) as copy, copy.begin() as work:
        (site,) = work.sites.listed()
        number = work.sites.open(a_site("Next"), entry=BY_TOM)
        work.settings.put(replace(ELM, region="East"), entry=ENTRY)

        assert number > site.id
        assert work.settings.get(ELM.id) == replace(ELM, region="East")
    assert number == site.id + 1


def test_the_copy_keeps_its_keys_so_that_what_is_wrong_there_is_refused_there(full: Database) -> None:
    with closing(full.copy_into_memory()) as copy, copy.begin() as work:
        assert work.audit.connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


def test_a_database_that_cannot_be_reached_is_not_copied() -> None:
    nowhere = Database("postgresql://nobody@127.0.0.1:1/nothing")

    with pytest.raises(DatabaseUnavailable):
        nowhere.copy_into_memory()


def test_a_database_of_an_older_version_is_not_copied(sqlite_url: str) -> None:
    with closing(Database(sqlite_url)) as empty, pytest.raises(DatabaseUnavailable):
        empty.copy_into_memory()
