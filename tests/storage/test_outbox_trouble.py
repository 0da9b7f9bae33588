"""The bot at work while its database goes away or has no room: nothing lost, nothing half done, nothing said twice."""

from __future__ import annotations

import asyncio
import signal
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.outbox import Outbox
from handlers.outgoing import LEASE, Outgoings
from handlers.turn import Turns
from policy_kb.bot_words import SayKind
from policy_kb.words import Channel
from storage.database import Database
from storage.engine import run_pragma
from storage.errors import DatabaseUnavailable
from storage.says import SayFacts
from tests.builders import a_text
from tests.fakes import FakeSender
from tests.stage import Talk, clock, database_file, until
from tests.storage.postgresql_server import NoServer, OwnServer, own_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.desk import Desk
    from handlers.inbound import TextSent
    from tests.fakes import FakeClock
    from tests.stage import DatabaseFile

__all__ = ["clock", "database_file"]

NOTICES = 60
AWAY = 0.7  # seconds; with the restart, about as long as an update of the server takes at its quickest
MANY = 1_000_000  # pages


@pytest.fixture
def server() -> Iterator[OwnServer]:
    """Start a server that nobody else uses, because it is going to fall over."""
    try:
        with contextmanager(own_server)() as running:
            yield running
    except NoServer as reason:
        pytest.skip(str(reason))


@pytest.mark.parametrize("word", [signal.SIGINT, signal.SIGQUIT])
async def test_a_server_that_stops_and_comes_back_loses_nothing_and_nothing_is_said_twice(
    server: OwnServer, desk: Desk, clock: FakeClock, word: signal.Signals
) -> None:
    database = Database(server.new_database())
    database.upgrade()
    queue(database, clock, [f"D{number}" for number in range(NOTICES)])
    sender = FakeSender(takes=0.05)
    outbox = Outbox(Outgoings(database, desk), {Channel.SLACK: sender}, now=clock)
    outbox.start()
    await until(lambda: len(sender.tried) > 0)

    await asyncio.to_thread(server.stop, word)
    await asyncio.sleep(AWAY)
    running = outbox.is_running()
    sent_by_then = len(sender.arrived)
    await asyncio.to_thread(server.start)
    queue(database, clock, ["afterwards"])
    await until(lambda: calls(outbox) and len(sender.arrived) > sent_by_then, seconds=20)
    clock.advance(LEASE)  # a claim may have been kept whose answer never came
    await until(lambda: calls(outbox) and "afterwards" in sender.arrived and not waiting(database, clock), seconds=20)

    await outbox.stop()
    database.close()
    assert running
    assert sent_by_then < NOTICES
    assert len(sender.arrived) == NOTICES + 1
    assert len(sender.tried) == NOTICES + 1


async def test_a_full_disk_stops_whole_turns_and_with_room_again_everything_goes_on(
    database_file: DatabaseFile, desk: Desk, clock: FakeClock
) -> None:
    database = Database(database_file.url)
    talk = Talk(Turns(database, desk), clock)
    run(database, f"max_page_count={run(database, 'page_count')}")

    answered, refused = ask_until_it_is_full(talk)
    kept = {table: database_file.rows(table) for table in ("inbox", "answers", "outbox")}
    run(database, f"max_page_count={MANY}")
    talk.take(refused)
    sender = FakeSender()
    await Outbox(Outgoings(database, desk), {Channel.SLACK: sender}, now=clock).send_due()

    assert kept == {"inbox": answered, "answers": answered, "outbox": answered}
    assert len(sender.tried) == len(sender.arrived) == answered + 1
    assert database.check() == ()
    database.close()


def ask_until_it_is_full(talk: Talk) -> tuple[int, TextSent]:
    """Ask one question after another; return how many were answered, and the one that no longer was."""
    for number in range(10_000):
        question = a_text("Can I friend a parent on Facebook?", event_id=f"E{number}", reply_to=f"D{number}")
        try:
            talk.take(question)
        except DatabaseUnavailable as full:
            assert "the disk is full" in str(full)  # noqa: PT017 - the first refusal is the one that counts
            return number, question
    raise AssertionError("the disk never was full")


def queue(database: Database, clock: FakeClock, addresses: list[str]) -> None:
    with database.begin() as work:
        for address in addresses:
            work.outbox.put(SayFacts(kind=SayKind.HELP), Channel.SLACK, address, to=None, due_at=clock(), now=clock())


def calls(outbox: Outbox) -> bool:
    """Wake the outbox, as each new message does."""
    outbox.wake()
    return True


def waiting(database: Database, clock: FakeClock) -> int:
    with database.begin() as work:
        return work.outbox.stuck(clock(), timedelta(0))


def run(database: Database, pragma: str) -> object:
    with database._engine.connect() as connection:
        return run_pragma(connection, pragma)
