"""An empty database for each test, once on each kind: a file of SQLite, and a database of a real PostgreSQL server."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from storage.database import Database
from tests.storage.postgresql_server import NoServer, PostgresqlServer, running_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUSY_SECONDS = 120


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresqlServer]:
    try:
        with contextmanager(running_server)(os.environ.get("ASKFIRST_TEST_POSTGRES_URL")) as server:
            yield server
    except NoServer as reason:
        pytest.skip(str(reason))


@pytest.fixture
def no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let many wait for a connection as long as a busy computer takes: it is asked who wins, and not how soon."""
    monkeypatch.setattr("storage.engine.WAIT_SECONDS", BUSY_SECONDS)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'askfirst.db'}"


@pytest.fixture(scope="session")
def postgresql_tables(postgresql_server: PostgresqlServer) -> str:
    """Make our tables once, and return the URL of their database: a copy is far quicker than making them anew."""
    url = postgresql_server.new_database()
    made = Database(url)
    made.upgrade()
    made.close()
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """Return the URL of an empty database, once on each kind; where `database` is asked for too, it has our tables."""
    has_tables = "database" in request.fixturenames
    if request.param == "sqlite":
        made = str(request.getfixturevalue("sqlite_url"))
        if has_tables:
            shutil.copy(request.getfixturevalue("empty_database_file"), made.removeprefix("sqlite:///"))
        return made
    server = request.getfixturevalue("postgresql_server")
    assert isinstance(server, PostgresqlServer)
    return server.new_database(like=str(request.getfixturevalue("postgresql_tables")) if has_tables else "")


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """Return a database with our tables and nothing in them."""
    made = Database(url)
    yield made
    made.close()
