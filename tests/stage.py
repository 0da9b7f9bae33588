"""What most tests stand on: a clock in the hand, the real edition and models, a real database in a file."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from handlers.desk import Desk
from handlers.turn import Turns
from storage.database import Database
from tests.fakes import FakeClock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session")
def desk() -> Desk:
    return Desk.open()


@pytest.fixture(scope="session")
def _empty_database_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a database once: bringing a copy into place is far quicker than making one for each test."""
    file = tmp_path_factory.mktemp("database") / "empty.db"
    made = Database(f"sqlite:///{file}")
    made.upgrade()
    made.close()
    return file


@pytest.fixture
def database_file(tmp_path: Path, _empty_database_file: Path) -> Path:
    return shutil.copy(_empty_database_file, tmp_path / "askfirst.db")


@pytest.fixture
def database(database_file: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{database_file}")
    yield opened
    opened.close()


@pytest.fixture
def turns(database: Database, desk: Desk) -> Turns:
    return Turns(database, desk)
