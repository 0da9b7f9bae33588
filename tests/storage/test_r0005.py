"""The way to requests and back: nothing of the directory is lost on either."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from alembic import command
from sqlalchemy import Connection, inspect, text

from policy_kb.words import Channel, PersonId, SettingId
from storage.database import Database
from storage.engine import run_pragma
from storage.revisions import Revisions
from tests.storage.request_builders import PRIYA, TOM, sent

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = (
    (
        "INSERT INTO settings (id, name, type, region, slt_role, consent_list)"
        " VALUES ('elm', 'Elm Academy', 'academy', 'North', 'slt', 'The office')"
    ),
    (
        "INSERT INTO people (id, name, email, post, department, pattern, term_time_only, starts_on, ends_on) VALUES"
        " ('priya', 'Priya', 'priya@x.example', 'Teacher', '', 'MTWTF', FALSE, '0001-01-01', '9999-12-31'),"
        " ('tom', 'Tom', 'tom@x.example', 'Head', '', 'MTWTF', FALSE, '0001-01-01', '9999-12-31'),"
        " ('zoe', 'Zoe', 'zoe@x.example', 'Head', '', 'MTWTF', FALSE, '0001-01-01', '9999-12-31')"
    ),
    "UPDATE settings SET final_approver_id = 'tom'",
    "INSERT INTO person_settings VALUES ('priya', 'elm', TRUE), ('tom', 'elm', TRUE), ('zoe', 'elm', TRUE)",
    (
        "INSERT INTO role_holdings (person_id, role, setting_id, starts_on, ends_on)"
        " VALUES ('tom', 'head', 'elm', '0001-01-01', '9999-12-31')"
    ),
    "INSERT INTO dsl_cards VALUES ('elm', 'Anna', '1', 'Bert', '2', '3', '2026-09-01')",
    "INSERT INTO calendar_days VALUES ('elm', 'term', '2026-09-01', '2026-12-19', 'Autumn term')",
    "INSERT INTO bank_holiday_changes VALUES ('elm', '2027-05-10', TRUE)",
    (
        "INSERT INTO delegations (role, setting_id, from_id, to_id, starts_on, ends_on, set_by_id)"
        " VALUES ('head', 'elm', 'tom', 'priya', '2026-09-01', '2026-12-19', 'tom')"
    ),
    "INSERT INTO chat_addresses VALUES ('priya', 'slack', 'T1', 'D1', '2026-09-07 08:30:00')",
)
TABLES = (
    "people",
    "person_settings",
    "role_holdings",
    "dsl_cards",
    "calendar_days",
    "bank_holiday_changes",
    "delegations",
    "chat_addresses",
)


@pytest.fixture
def old(url: str) -> Iterator[Database]:
    """Return a database of the time before requests, with a row in every table that belongs to a setting."""
    database = Database(url)
    with database._engine.begin() as connection:
        command.upgrade(Revisions().alembic_config(connection), "0004")
    with database._engine.begin() as connection:
        for row in ROWS:
            connection.execute(text(row))
    yield database
    database.close()


def rows(connection: Connection) -> dict[str, list[object]]:
    """Return every row of the directory."""
    setting = "SELECT id, name, type, region, final_approver_id, slt_role, consent_list FROM settings"
    found = {name: connection.execute(text(f"SELECT * FROM {name}")) for name in TABLES}  # noqa: S608 - our own words
    return {name: list(result) for name, result in {**found, "settings": connection.execute(text(setting))}.items()}


def test_every_row_of_the_directory_is_there_on_the_way_up_and_back(old: Database) -> None:
    with old._engine.begin() as connection:
        before = rows(connection)
    old.upgrade()
    with old._engine.begin() as connection:
        after = rows(connection)
    with old.begin() as work:
        sent(work)
    _go_back(old)

    with old._engine.begin() as connection:
        back = rows(connection)
        tables = inspect(connection).get_table_names()
    assert all(before.values())
    assert after == before
    assert back == before
    assert not {"requests", "decisions", "setting_delegators"} & set(tables)


def test_nobody_stands_in_before_somebody_is_named(old: Database) -> None:
    old.upgrade()

    with old.begin() as work:
        elm = work.settings.get(SettingId("elm"))
        assert elm is not None
        assert (elm.final_approver_id, elm.stands_in_id, elm.delegation_by) == (TOM, None, ())
        assert work.chat_addresses.of(PersonId(PRIYA))[0].channel is Channel.SLACK
    assert old.check() == ()


def _go_back(database: Database) -> None:
    with database._engine.connect() as connection:
        run_pragma(connection, "foreign_keys=OFF")
        with connection.begin():
            command.downgrade(Revisions().alembic_config(connection), "0004")
        run_pragma(connection, "foreign_keys=ON")
