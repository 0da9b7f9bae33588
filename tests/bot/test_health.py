"""/healthz tells the truth: 200 where everything works, 503 and what is wrong where something does not."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.base import TryAgain
from bot.health import Health
from bot.outbox import Outbox
from handlers.outgoing import LATE, Outgoings
from policy_kb.bot_words import SayKind
from policy_kb.words import Channel
from storage.says import SayFacts
from tests.fakes import FakeChannel, FakeSender

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from storage.database import Database
    from tests.fakes import FakeClock
    from tests.stage import DatabaseFile

WELL = {"slack": "ok", "teams": "ok", "outbox": "ok", "database": "ok", "stuck_messages": "0", "given_up_today": "0"}


@pytest.fixture
def teams() -> FakeChannel:
    return FakeChannel()


@pytest.fixture
async def outbox(outgoings: Outgoings, clock: FakeClock) -> AsyncIterator[Outbox]:
    # Its platform is always busy, so that nothing that waits is sent under a test's feet.
    busy = FakeSender(results=deque([TryAgain(why="busy")] * 100))
    outbox = Outbox(outgoings, {Channel.SLACK: busy}, now=clock)
    outbox.start()
    yield outbox
    await outbox.stop()


@pytest.fixture
def health(outbox: Outbox, outgoings: Outgoings, teams: FakeChannel, clock: FakeClock) -> Health:
    channels = {Channel.SLACK: FakeChannel(), Channel.TEAMS: teams}
    return Health(outbox, channels, standing=lambda: outgoings.standing(now=clock()))


async def look(health: Health) -> tuple[int, dict[str, Any]]:
    """Ask over the network, as whatever watches the bot does."""
    app = web.Application()
    app.router.add_get("/healthz", health.answer)
    async with TestClient(TestServer(app)) as client, client.get("/healthz") as answer:
        return answer.status, await answer.json()


async def test_a_bot_that_is_well_says_so(health: Health) -> None:
    assert await look(health) == (200, {"status": "ok", **WELL})


async def test_a_channel_that_lost_its_platform_is_named(health: Health, teams: FakeChannel) -> None:
    teams.healthy = False

    assert await look(health) == (503, {"status": "failing", **WELL, "teams": "not connected"})


async def test_an_outbox_that_stopped_is_named(health: Health, outbox: Outbox) -> None:
    await outbox.stop()

    assert await look(health) == (503, {"status": "failing", **WELL, "outbox": "stopped"})


async def test_a_database_that_is_gone_is_named_and_never_quoted(
    health: Health, database: Database, database_file: DatabaseFile
) -> None:
    database.close()
    database_file.path.write_bytes(b"This is no database. " * 1000)

    status, state = await look(health)

    assert status == 503
    assert state["database"] == "unavailable"
    assert str(database_file.path) not in str(state)


async def test_messages_that_are_stuck_are_counted(health: Health, database: Database, clock: FakeClock) -> None:
    with database.begin() as uow:
        early = clock() - LATE
        for address in ("D1", "D2"):
            uow.outbox.put(SayFacts(kind=SayKind.HELP), Channel.SLACK, address, to=None, due_at=early, now=early)

    assert await look(health) == (503, {"status": "failing", **WELL, "stuck_messages": "2"})


async def test_messages_given_up_today_are_counted_and_are_no_failure(
    health: Health, database: Database, outgoings: Outgoings, outbox: Outbox, clock: FakeClock
) -> None:
    await outbox.stop()
    with database.begin() as uow:
        uow.outbox.put(SayFacts(kind=SayKind.HELP), Channel.SLACK, "D1", to=None, due_at=clock(), now=clock())
    (outgoing,) = outgoings.claim(now=clock())
    outgoings.give_up(outgoing.row, "the person left")
    outbox.start()

    assert await look(health) == (200, {"status": "ok", **WELL, "given_up_today": "1"})
