"""A form for a site that is filled in and waits on its review, made once and copied for each test."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from handlers.turn import Turns
from storage.database import Database
from tests.fakes import FakeClock
from tests.handlers.requests.filler import TUESDAY, Filler, fill_in
from tests.stage import Talk, sample_trust_database

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.message import Message
    from tests.stage import DatabaseFile


@cache
def filled_in_database(desk: Desk) -> tuple[bytes, tuple[Message, ...]]:
    """Fill the form in once; return the file that makes, and what Priya reads then."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "filled_in.db"
        file.write_bytes(sample_trust_database())
        database = Database(f"sqlite:///{file}")
        priya = Filler(Talk(Turns(database, desk), FakeClock(TUESDAY)))
        fill_in(priya)
        database.close()
        return file.read_bytes(), tuple(priya.read)


@pytest.fixture
def priya(talk: Talk, clock: FakeClock, database: Database, database_file: DatabaseFile, desk: Desk) -> Filler:
    """Priya, who has answered every question and reads the review."""
    content, read = filled_in_database(desk)
    database.close()
    database_file.path.write_bytes(content)
    clock.instant = TUESDAY
    return Filler(talk, read=list(read))
