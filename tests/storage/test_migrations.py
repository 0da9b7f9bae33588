from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from policy_kb.words import Channel, Role
from storage.database import Database
from storage.engine import make_engine, read_url
from storage.errors import DatabaseTooNew
from storage.people import PersonId, RoleHolding
from storage.revisions import MIGRATIONS, MigrationLeftOrphans, Revisions
from storage.tables import metadata
from tests.storage.builders import ELM, ENTRY, NOW, a_person, an_item, fill

if TYPE_CHECKING:
    from pathlib import Path

NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "9000"
down_revision = "{head}"


def upgrade():
    {body}
"""

INDEXES = {
    "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name",
    "postgresql": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'"
    " AND tablename <> 'alembic_version' ORDER BY indexname",
}


def test_the_migrations_make_exactly_the_tables_the_code_knows(database: Database) -> None:
    with database._engine.begin() as connection:
        command.check(Revisions().alembic_config(connection))


def test_the_migrations_make_exactly_the_indexes_the_code_knows(
    database: Database, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    other = _another_database(database._engine, tmp_path, request)

    metadata.create_all(other)

    made, known = _indexes(database._engine), _indexes(other)
    other.dispose()
    assert made == known


def test_bringing_a_database_up_to_date_twice_changes_nothing(database: Database) -> None:
    database.upgrade()

    assert database.check() == ()


def test_bots_that_start_at_the_same_moment_do_not_trip_over_each_other(url: str) -> None:
    replicas = [Database(url) for _ in range(4)]

    with ThreadPoolExecutor(len(replicas)) as pool:
        list(pool.map(Database.upgrade, replicas))

    assert replicas[0].check() == ()
    for replica in replicas:
        replica.close()


def test_the_first_revision_can_be_taken_back_and_leaves_no_trace(database: Database) -> None:
    with database._engine.begin() as connection:
        command.downgrade(Revisions().alembic_config(connection), "base")

    assert inspect(database._engine).get_table_names() == ["alembic_version"]


def test_a_database_of_a_newer_version_is_left_alone_and_the_way_out_is_told(database: Database) -> None:
    with database._engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(DatabaseTooNew, match="Install that version again, or restore the backup") as refusal:
        database.upgrade()

    assert "revision 9999" in str(refusal.value)
    assert database.check() == (str(refusal.value),)


def test_a_step_that_fails_half_way_is_undone_and_can_be_tried_again(database: Database, tmp_path: Path) -> None:
    broken = _revisions(tmp_path / "broken", "op.create_table('new', sa.Column('id', sa.Text())); 1 / 0")
    mended = _revisions(tmp_path / "mended", "op.create_table('new', sa.Column('id', sa.Text()))")

    with pytest.raises(ZeroDivisionError):
        broken.upgrade(database._engine)

    assert "new" not in inspect(database._engine).get_table_names()
    assert database.check() == ()
    mended.upgrade(database._engine)
    assert "new" in inspect(database._engine).get_table_names()


def test_changing_a_table_keeps_every_row_and_every_row_that_belongs_to_it(database: Database, tmp_path: Path) -> None:
    held = (RoleHolding(role=Role.HEAD, setting_id=ELM.id),)
    with database.begin() as work:
        fill(work, a_person(held=held), a_person("Tom"))
        work.identities.remember(Channel.SLACK, "T1", "U1", PersonId("priya"), NOW)
        work.editions.import_edition(source_name="a", sha256="a", items=(an_item("1.1"),), entry=ENTRY)
    change = "op.batch_alter_table('{}', recreate='auto')"
    body = "\n    ".join(
        f"with {change.format(table)} as batch: batch.alter_column('{column}', nullable=True)"
        for table, column in (("people", "post"), ("settings", "region"), ("editions", "source_name"))
    )

    _revisions(tmp_path / "next", body).upgrade(database._engine)

    with database.begin() as work:
        active = work.editions.active()
        identity = work.identities.find(Channel.SLACK, "T1", "U1")
        assert [(person.name, person.held) for person in work.people.everyone()] == [
            ("Priya", held),
            ("Tom", ()),
        ]
    assert identity is not None
    assert identity.person_id == "priya"
    assert active is not None
    assert active.items == (an_item("1.1"),)


def test_a_step_that_would_leave_rows_without_what_they_belong_to_is_undone(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    database.upgrade()
    with database.begin() as work:
        fill(work, a_person())

    with pytest.raises(MigrationLeftOrphans, match="'person_settings'"):
        _revisions(tmp_path / "bad", "op.execute('DELETE FROM settings')").upgrade(database._engine)

    with database.begin() as work:
        assert work.settings.listed() == (ELM,)
    database.close()


def _revisions(folder: Path, body: str) -> Revisions:
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "r9000_next.py").write_text(NEXT.format(body=body, head=head), encoding="utf-8")
    return Revisions(folder=folder)


def _another_database(like: Engine, tmp_path: Path, request: pytest.FixtureRequest) -> Engine:
    if like.dialect.name == "sqlite":
        return make_engine(read_url(f"sqlite:///{tmp_path / 'other.db'}"))
    return make_engine(read_url(request.getfixturevalue("postgresql_server").new_database()))


def _indexes(engine: Engine) -> list[str]:
    with engine.begin() as connection:
        return list(connection.execute(text(INDEXES[engine.dialect.name])).scalars())
