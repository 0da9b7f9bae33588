"""What most tests stand on: a clock in the hand, the real edition and models, a real database in a file."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

from bot.sample import load_sample_trust
from handlers.desk import Desk
from handlers.turn import Turns
from storage.database import Database
from tests.fakes import FakeClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from handlers.inbound import Inbound
    from handlers.message import Button, Message
    from handlers.turn import Named
    from storage.unit_of_work import UnitOfWork


LOADED_AT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)  # a Monday of term


@dataclass(frozen=True)
class Talk:
    """Turns taken at the fake clock's time."""

    turns: Turns
    clock: FakeClock

    def take(self, event: Inbound, named: Named | None = None) -> tuple[Message, ...]:
        return self.turns.take(event, named, now=self.clock())

    def reply(self, event: Inbound, named: Named | None = None) -> Message:
        """Return the one message an event brings."""
        (message,) = self.take(event, named)
        return message


@dataclass(frozen=True)
class DatabaseFile:
    """A SQLite database, looked at from outside."""

    path: Path

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    def table(self, name: str) -> list[dict[str, Any]]:
        """Return the rows of a table as they stand on the disk, in the order they were added."""
        with closing(sqlite3.connect(self.path)) as connection:
            connection.row_factory = sqlite3.Row
            found = connection.execute(f"SELECT * FROM {name} ORDER BY rowid")  # noqa: S608 - only tests name tables
            return [dict(row) for row in found]

    def rows(self, table: str) -> int:
        """Count the rows of a table."""
        return len(self.table(table))

    def column(self, table: str, name: str) -> list[Any]:
        """Return one column of a table, in the order the rows were added."""
        return [row[name] for row in self.table(table)]

    def run(self, statement: str) -> None:
        """Change something by hand, as somebody with the database's own tools could."""
        with closing(sqlite3.connect(self.path)) as connection:
            connection.execute(statement)
            connection.commit()

    def bytes(self) -> bytes:
        """Return everything on the disk: the file, and the log that SQLite keeps beside it."""
        return b"".join(file.read_bytes() for file in sorted(self.path.parent.glob(f"{self.path.name}*")))


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session")
def desk() -> Desk:
    return Desk.open()


@pytest.fixture(scope="session")
def empty_database_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a database once: bringing a copy into place is far quicker than making one for each test."""
    file = tmp_path_factory.mktemp("database") / "empty.db"
    made = Database(f"sqlite:///{file}")
    made.upgrade()
    made.close()
    return file


@pytest.fixture
def database_file(tmp_path: Path, empty_database_file: Path) -> DatabaseFile:
    return DatabaseFile(Path(shutil.copy(empty_database_file, tmp_path / "askfirst.db")))


@cache
def sample_trust_database() -> bytes:
    """Import the sample trust once, and return the file it makes: a copy is far quicker than another import."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "trust.db"
        made = Database(f"sqlite:///{file}")
        made.upgrade()
        with made.begin() as uow:
            load_sample_trust(uow, now=FakeClock(LOADED_AT))
        made.close()
        return file.read_bytes()


def put_in_place(database: Database, file: DatabaseFile, made: Callable[[], bytes]) -> bool:
    """Let a database hold what a file made once holds; False for one on a server, which has no file to copy."""
    if database.folder() != file.path.parent:
        return False
    database.close()
    file.path.write_bytes(made())
    return True


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Iterator[UnitOfWork]:
    """Look at the sample trust; nobody changes it here."""
    file = tmp_path_factory.mktemp("sample") / "trust.db"
    file.write_bytes(sample_trust_database())
    opened = Database(f"sqlite:///{file}")
    with opened.begin() as work:
        yield work
    opened.close()


@pytest.fixture
def sample_trust(database: Database, database_file: DatabaseFile) -> None:
    if not put_in_place(database, database_file, sample_trust_database):
        with database.begin() as uow:
            load_sample_trust(uow, now=FakeClock(LOADED_AT))


@pytest.fixture
def database(database_file: DatabaseFile) -> Iterator[Database]:
    opened = Database(database_file.url)
    yield opened
    opened.close()


@pytest.fixture
def turns(database: Database, desk: Desk) -> Turns:
    return Turns(database, desk)


@pytest.fixture
def talk(turns: Turns, clock: FakeClock) -> Talk:
    return Talk(turns, clock)


def button(message: Message, label: str) -> Button:
    """Return the one button of a message whose label begins like this."""
    (found,) = (one for one in message.buttons if one.label.startswith(label))
    return found


async def until(true: Callable[[], bool], *, seconds: float = 4.0) -> None:
    """Wait until something is so; fail where it is not in time."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - a fake and a file have no event to wait for
            await asyncio.sleep(0.01)
