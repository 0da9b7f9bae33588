"""The way to sites and cover, and back: nothing that was asked for, said or known of people is lost on either."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from alembic import command
from sqlalchemy import inspect, select, text

from policy_kb.bot_words import DueKind
from storage.database import Database
from storage.engine import run_pragma
from storage.revisions import Revisions
from storage.tables import metadata
from tests.storage.builders import NOW
from tests.storage.request_builders import sent, staff
from tests.storage.site_builders import PRIYA
from tests.storage.site_life import look_after_a_site

if TYPE_CHECKING:
    from collections.abc import Iterator

NEW = {
    "absences",
    "calendar_feeds",
    "cover_offer_asks",
    "cover_offers",
    "days_told",
    "intended_gaps",
    "moderation_log",
    "page_links",
    "page_sessions",
    "reminders_put_off",
    "rota_slots",
    "site_checks",
    "site_evaluations",
    "site_members",
    "site_tasks",
    "sites",
}
OF_COVER = NEW - {name for name in NEW if name.startswith(("site", "moderation"))}


@pytest.fixture
def old(url: str) -> Iterator[Database]:
    """Return a database of the time before sites, with people, a request and what falls due in it."""
    database = Database(url)
    _go(database, up="0005")
    with database.begin() as work:
        staff(work)
        sent(work)
        work.due.add(DueKind.OWNER_FINDINGS, "", NOW)
        work.due.add(DueKind.CHASING, "elm", NOW)
        work.due.take(NOW, (DueKind.CHASING,))
    yield database
    database.close()


def rows(database: Database) -> dict[str, list[object]]:
    """Return every row of the tables that were there before sites."""
    with database.begin() as work:
        return {
            table.name: [
                tuple(row) for row in work.audit.connection.execute(select(table).order_by(*table.primary_key))
            ]
            for table in metadata.sorted_tables
            if table.name not in NEW
        }


def test_every_row_is_there_on_the_way_up_and_a_site_finds_its_place(old: Database) -> None:
    before = rows(old)

    old.upgrade()

    assert old.check() == ()
    assert rows(old) == before
    assert [name for name in ("people", "requests", "due", "audit") if not before[name]] == []
    with old.begin() as work:
        look_after_a_site(work, PRIYA)
        assert [row.subject for row in work.due.take(NOW)] == [""]


def test_the_way_back_takes_sites_away_and_nothing_else(old: Database) -> None:
    before = rows(old)
    old.upgrade()
    with old.begin() as work:
        number = look_after_a_site(work, PRIYA)
        work.audit.connection.execute(text("DELETE FROM due WHERE subject LIKE 'below_two%'"))

    _go(old, down="0005")

    after = rows(old)
    of_sites = len(after["audit"]) - len(before["audit"])
    assert number > 0
    assert of_sites > 0
    assert {**after, "audit": after["audit"][:0]} == {**before, "audit": []}
    assert NEW & set(inspect(old._engine).get_table_names()) == set()


def test_cover_goes_and_comes_without_the_register_of_sites(old: Database) -> None:
    old.upgrade()
    with old.begin() as work:
        number = look_after_a_site(work, PRIYA)

    _go(old, down="0006")
    left = NEW & set(inspect(old._engine).get_table_names())
    old.upgrade()

    with old.begin() as work:
        site = work.sites.get(number)
        assert site is not None
        assert len(site.members) == 3
        assert work.rota.slots(NOW.date().min, NOW.date().max) == ()
    assert left == NEW - OF_COVER
    assert old.check() == ()


def test_the_tables_named_here_are_those_the_code_knows() -> None:
    assert set(metadata.tables) >= NEW


def _go(database: Database, *, up: str = "", down: str = "") -> None:
    with database._engine.connect() as connection:
        run_pragma(connection, "foreign_keys=OFF")
        with connection.begin():
            config = Revisions().alembic_config(connection)
            command.upgrade(config, up) if up else command.downgrade(config, down)
        run_pragma(connection, "foreign_keys=ON")
