"""The way from the first tables to people in several settings, with somebody in every table."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from alembic import command
from sqlalchemy import text

from policy_kb.words import PersonId, Role, SettingId
from storage.database import Database
from storage.engine import run_pragma
from storage.person import RoleHolding
from storage.revisions import Revisions
from tests.storage.builders import ELM, ENTRY, OAK, a_person, fill

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = (
    "INSERT INTO settings VALUES ('elm', 'Elm Academy', 'academy', 'North')",
    "INSERT INTO people VALUES ('priya', 'Priya', 'priya@x.example', 'd-1', 'elm', 'Teacher of PE')",
    "INSERT INTO role_holdings (person_id, role, setting_id) VALUES ('priya', 'head', 'elm'), ('priya', 'dpo', NULL)",
    "INSERT INTO chat_identities VALUES ('slack', 'T1', 'U1', 'priya', '2026-09-07 08:30:00', '2026-09-07 08:30:00')",
)


@pytest.fixture
def old(url: str) -> Iterator[Database]:
    """Return a database at the first revision, with a row in every table of the directory."""
    database = Database(url)
    with database._engine.begin() as connection:
        command.upgrade(Revisions().alembic_config(connection), "0001")
    with database._engine.begin() as connection:
        for row in ROWS:
            connection.execute(text(row))
    yield database
    database.close()


def test_everybody_is_carried_over_with_their_setting_roles_and_chats(old: Database) -> None:
    old.upgrade()

    with old.begin() as work:
        priya = work.people.get(PersonId("priya"))
        heads = work.people.holders(Role.HEAD, SettingId("elm"), date(2026, 9, 7))
    assert priya is not None
    assert (priya.setting.name, priya.email, priya.directory_id) == ("Elm Academy", "priya@x.example", "d-1")
    assert priya.held == (RoleHolding(role=Role.HEAD, setting_id=SettingId("elm")), RoleHolding(role=Role.DPO))
    assert heads == (priya,)
    assert priya.pattern == "MTWTF"
    assert priya.setting.slt_role is Role.SLT
    assert old.check() == ()
    with old._engine.begin() as connection:
        assert connection.execute(text("SELECT person_id FROM chat_identities")).scalar_one() == "priya"


def test_the_way_back_keeps_the_main_setting_and_one_holding_of_each_role(old: Database) -> None:
    old.upgrade()
    held = (
        RoleHolding(role=Role.DPO, ends_on=date(2026, 1, 1)),
        RoleHolding(role=Role.DPO, starts_on=date(2026, 9, 1)),
    )
    with old.begin() as work:
        fill(work, a_person("Tom", setting=OAK, held=held), settings=(ELM, OAK))
        work.people.put((a_person("Zoe"),), entry=ENTRY)

    with old._engine.connect() as connection:
        run_pragma(connection, "foreign_keys=OFF")
        with connection.begin():
            command.downgrade(Revisions().alembic_config(connection), "0001")
        run_pragma(connection, "foreign_keys=ON")

    with old._engine.begin() as connection:
        people = connection.execute(text("SELECT id, setting_id FROM people ORDER BY id")).all()
        roles = connection.execute(text("SELECT role FROM role_holdings WHERE person_id = 'tom'")).all()
    assert [tuple(row) for row in people] == [("priya", "elm"), ("tom", "oak"), ("zoe", "elm")]
    assert [tuple(row) for row in roles] == [("dpo",)]
