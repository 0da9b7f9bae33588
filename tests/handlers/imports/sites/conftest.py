"""A trust in a file, copied for each test: the lists are compared in the same way whatever the database."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from storage.database import Database
from tests.handlers.imports.sites.lists import a_trust
from tests.stage import database_file

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["database_file"]


@pytest.fixture(scope="session")
def trust_file(tmp_path_factory: pytest.TempPathFactory, empty_database_file: Path) -> Path:
    file = Path(shutil.copy(empty_database_file, tmp_path_factory.mktemp("sites") / "trust.db"))
    made = Database(f"sqlite:///{file}")
    a_trust(made)
    made.close()
    return file


@pytest.fixture
def database(tmp_path: Path, trust_file: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{shutil.copy(trust_file, tmp_path / 'askfirst.db')}")
    yield opened
    opened.close()
