"""One bot for a whole trust: Slack, Teams and the web chat together, on one database, by a clock of ours."""

from __future__ import annotations

import asyncio
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


@asynccontextmanager
async def a_bot_everywhere(world: World, clock: StoryClock) -> AsyncIterator[str]:
    """Run the bot on every channel until the block ends, and give the web chat's link; a second block is a restart."""
    page: list[WebChannel] = []

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

    config = Config(database_url=world.database_url, host="127.0.0.1", port=0, slack=None, teams=None)
    bot = build_bot(config, database=Database(world.database_url), channels=channels, now=clock)
    async with serving(bot) as base:
        await _introduce(world, base)
        yield base + page[0].start_path()
        await _quiet(world)


@asynccontextmanager
async def serving(bot: Bot) -> AsyncIterator[str]:
    """Serve a bot on loopback; gives its address."""
    runner = web.AppRunner(bot.application(), shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
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
