from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from storage.database import Database
from tests.storage.postgresql_server import NoServer, PostgresqlServer, running_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresqlServer]:
    try:
        with contextmanager(running_server)(os.environ.get("ASKFIRST_TEST_POSTGRES_URL")) as server:
            yield server
    except NoServer as reason:
        pytest.skip(str(reason))


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'askfirst.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """Return the URL of an empty database, once on each kind."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    server = request.getfixturevalue("postgresql_server")
    assert isinstance(server, PostgresqlServer)
    return server.new_database()


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """Return a database with our tables and nothing in them."""
    made = Database(url)
    made.upgrade()
    yield made
    made.close()
