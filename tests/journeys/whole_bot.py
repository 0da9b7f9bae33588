"""The whole bot, as `serve` and `demo` build it, on loopback between our Slack and Teams peers."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
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
from tests.clients.slack_peer import SlackPeer
from tests.clients.slack_stage import HTTP
from tests.clients.slack_stage import config_for as slack_config_for
from tests.clients.teams_bot import config_for as teams_config_for
from tests.clients.teams_peer import TeamsPeer
from tests.clients.web_user import open_web_user
from tests.stage import sample_trust_database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.app import Bot
    from bot.channels.base import ChatChannel, Listener
    from tests.clients.web_user import WebUser


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The platforms and the database, which outlive any one run of the bot."""

    slack: SlackPeer
    teams: TeamsPeer
    database_url: str
    transport: str = HTTP


@asynccontextmanager
async def a_world(folder: Path, *, transport: str = HTTP) -> AsyncIterator[World]:
    """Start both peers beside an empty database with the sample trust."""
    file = folder / "askfirst.db"
    file.write_bytes(sample_trust_database())
    slack = SlackPeer()
    await slack.start()
    try:
        async with TeamsPeer() as teams:
            yield World(slack=slack, teams=teams, database_url=f"sqlite:///{file}", transport=transport)
        await slack.settle()
    finally:
        await slack.stop()


@asynccontextmanager
async def a_running_bot(world: World) -> AsyncIterator[Bot]:
    """Run the bot on Slack and Teams until the block ends; a second block is a restart."""

    def channels(_: Config, listener: Listener) -> dict[Channel, ChatChannel]:
        teams = TeamsChannel(
            teams_config_for(world.teams),
            listener,
            openid_metadata=world.teams.openid_metadata,
            login=world.teams.login,
        )
        return {
            Channel.SLACK: SlackChannel(slack_config_for(world.slack, world.transport), listener),
            Channel.TEAMS: teams,
        }

    bot = build_bot(_config(world.database_url), database=Database(world.database_url), channels=channels)
    async with _served(bot) as base:
        world.teams.bot_url = f"{base}/api/messages"
        if world.transport == HTTP:
            world.slack.use_http(f"{base}/slack/events")
        else:
            await world.slack.socket.connected()
        yield bot


@asynccontextmanager
async def a_web_chat(world: World) -> AsyncIterator[WebUser]:
    """Run the demo's web chat on the same database, and open its link."""
    people = (
        SamplePerson("priya-sample", "Priya Sample", "Teacher of PE", "Elm", "priya.sample@elm-academy.example"),
        SamplePerson("oliver-sample", "Oliver Sample", "Teacher", "Oak", "oliver.sample@oak-academy.example"),
        SamplePerson("ellie-sample", "Ellie Sample", "Practitioner", "Acorns", "ellie.sample@little-acorns.example"),
    )
    page: list[WebChannel] = []

    def channels(_: Config, listener: Listener) -> dict[Channel, ChatChannel]:
        page.append(WebChannel(listener, people, Secret("a-token-for-this-test")))
        return {Channel.WEB: page[0]}

    bot = build_bot(_config(world.database_url), database=Database(world.database_url), channels=channels)
    async with _served(bot) as base, open_web_user(base + page[0].start_path()) as user:
        yield user


@asynccontextmanager
async def _served(bot: Bot) -> AsyncIterator[str]:
    runner = web.AppRunner(bot.application(), shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def _config(database_url: str) -> Config:
    return Config(database_url=database_url, host="127.0.0.1", port=0, slack=None, teams=None)
