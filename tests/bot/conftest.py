from __future__ import annotations

import io
import logging
import sys
from typing import TYPE_CHECKING

import pytest

import bot.clock
from bot.outbox import Outbox
from handlers.outgoing import Outgoings
from policy_kb.bot_words import SayKind
from policy_kb.words import Channel
from storage.says import SayFacts
from tests.bot.command_line import COMMANDED_AT
from tests.fakes import FakeSender
from tests.stage import clock, database, database_file, talk, turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from handlers.desk import Desk
    from storage.database import Database
    from tests.fakes import FakeClock
    from tests.stage import DatabaseFile

__all__ = ["clock", "database", "database_file", "talk", "turns"]


@pytest.fixture
def sender() -> FakeSender:
    return FakeSender()


@pytest.fixture
def outgoings(database: Database, desk: Desk) -> Outgoings:
    return Outgoings(database, desk)


@pytest.fixture
def outbox(outgoings: Outgoings, sender: FakeSender, clock: FakeClock) -> Outbox:
    return Outbox(outgoings, {Channel.SLACK: sender}, now=clock)


@pytest.fixture
def queue(database: Database, clock: FakeClock) -> Callable[..., None]:
    """Queue one thing to say for an address."""

    def put(address: str, kind: SayKind = SayKind.HELP, channel: Channel = Channel.SLACK) -> None:
        with database.begin() as uow:
            uow.outbox.put(SayFacts(kind=kind), channel, address, to=None, due_at=clock(), now=clock())

    return put


@pytest.fixture
def own_environment(monkeypatch: pytest.MonkeyPatch, database_file: DatabaseFile) -> Iterator[None]:
    """Give each test a database and an instant of its own, and put back the logs that `serve` and `demo` set up.

    The commands tell of days, and a day may end while the tests run.
    """
    monkeypatch.setattr(bot.clock, "now", lambda: COMMANDED_AT)
    monkeypatch.setenv("ASKFIRST_DATABASE_URL", database_file.url)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Stand for standard input."""
    given = io.StringIO()
    monkeypatch.setattr(sys, "stdin", given)
    return given
