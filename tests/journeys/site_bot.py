"""One bot for a whole trust: Slack, Teams and the web chat together, on one database, by a clock of ours."""

from __future__ import annotations

import asyncio
import socket
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from aiohttp import web

from bot.app import build_bot
from bot.channels.slack.listen import SlackChannel
from bot.channels.teams.listen import TeamsChannel
from bot.channels.web.listen import SamplePerson, WebChannel
from bot.config import Config
from bot.secret import Secret
from policy_kb.words import Channel
from storage.database import Database
from tests.clients.slack_stage import HTTP
from tests.clients.slack_stage import config_for as slack_config_for
from tests.clients.teams_bot import config_for as teams_config_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.app import Bot
    from bot.channels.base import ChatChannel, Listener
    from tests.journeys.whole_bot import World

TUESDAY_AFTERNOON = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
AT_THE_WEB = (
    SamplePerson("priya-sample", "Priya Sample", "Teacher of PE", "Elm", "priya.sample@elm-academy.example"),
    SamplePerson("aisha-sample", "Aisha Sample", "Head of PE", "Elm", "aisha.sample@elm-academy.example"),
    SamplePerson("callum-sample", "Callum Sample", "Teacher of PE", "Elm", "callum.sample@elm-academy.example"),
    SamplePerson("ewa-example", "Ewa Example", "Teacher of PE", "Elm", "ewa.example@elm-academy.example"),
    SamplePerson("tom-example", "Tom Example", "Teacher", "Elm", "tom.example@elm-academy.example"),
    SamplePerson("daniel-example", "Daniel Example", "Teacher", "Elm", "daniel.example@elm-academy.example"),
    SamplePerson("grace-sample", "Grace Sample", "Headteacher", "Elm", "grace.sample@elm-academy.example"),
)


@dataclass(slots=True)
class StoryClock:
    """A clock that starts on a school day and runs; people who take their time move it on."""

    ahead: timedelta = timedelta()
    begun: float = field(default_factory=time.monotonic)

    def __call__(self) -> datetime:
        return TUESDAY_AFTERNOON + self.ahead + timedelta(seconds=time.monotonic() - self.begun)

    def advance(self, **parts: float) -> None:
        self.ahead += timedelta(**parts)

    def go_to(self, moment: datetime) -> None:
        """Let it be a moment that is still to come."""
        wait = moment - self()
        assert wait > timedelta(), f"{moment} has passed"
        self.ahead += wait


@dataclass(frozen=True, slots=True, kw_only=True)
class Everywhere:
    """A bot that runs on every channel."""

    bot: Bot
    base: str  # where its pages are found, by people as by platforms
    link: str  # into the web chat


@asynccontextmanager
async def a_bot_everywhere(world: World, clock: StoryClock) -> AsyncIterator[Everywhere]:
    """
    Run the bot on every channel until the block ends; a second block is a restart.

    Its bell is still: it would ring on this machine's minutes, and a story has minutes of its own.
    """
    page: list[WebChannel] = []
    door = socket.create_server(("127.0.0.1", 0))
    base = f"http://127.0.0.1:{door.getsockname()[1]}"

    def channels(_: Config, listener: Listener) -> dict[Channel, ChatChannel]:
        page.append(WebChannel(listener, AT_THE_WEB, Secret("a-token-for-this-test")))
        return {
            Channel.SLACK: SlackChannel(slack_config_for(world.slack, world.transport), listener),
            Channel.TEAMS: TeamsChannel(
                teams_config_for(world.teams),
                listener,
                openid_metadata=world.teams.openid_metadata,
                login=world.teams.login,
            ),
            Channel.WEB: page[0],
        }

    config = Config(database_url=world.database_url, host="127.0.0.1", port=0, slack=None, teams=None, address=base)
    bot = build_bot(config, database=Database(world.database_url), channels=channels, now=clock)
    async with serving(bot, at=door):
        bot.schedule.stop()
        await _introduce(world, base)
        yield Everywhere(bot=bot, base=base, link=base + page[0].start_path())
        await _quiet(world)


@asynccontextmanager
async def serving(bot: Bot, *, at: socket.socket | None = None) -> AsyncIterator[str]:
    """Serve a bot on loopback, behind a door of its own or one that is open already; gives its address."""
    runner = web.AppRunner(bot.application(), shutdown_timeout=1)
    await runner.setup()
    await web.SockSite(runner, at or socket.create_server(("127.0.0.1", 0))).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def _quiet(world: World) -> None:
    """Wait until the bot has nothing more to say, so that Slack does not tell it of a post after it has gone."""
    calls = -1
    while calls != len(world.slack.calls):
        calls = len(world.slack.calls)
        await asyncio.sleep(0.3)
        await world.slack.settle()


async def _introduce(world: World, base: str) -> None:
    """Tell the platforms where the bot is."""
    world.teams.bot_url = f"{base}/api/messages"
    if world.transport == HTTP:
        world.slack.use_http(f"{base}/slack/events")
    else:
        await world.slack.socket.connected()
