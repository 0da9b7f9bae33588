"""The composition root: builds every object once, in order, and runs them as one web application."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from bot import clock
from bot.config import Config, ConfigError, is_loopback
from bot.dispatch import Dispatch
from bot.health import Health
from bot.outbox import Outbox
from bot.pages.door import SessionCookie
from bot.pages.feeds import add_feed_routes
from bot.pages.register import RegisterPages
from bot.retention import read_periods
from bot.schedule import Schedule
from handlers.desk import Desk
from handlers.night import Nights
from handlers.outgoing import Outgoings
from handlers.register.calendars_feed import FeedFile, Feeds
from handlers.register.visits import Visits
from handlers.reminders import look_once
from handlers.turn import Turns
from policy_kb.words import Channel
from storage.audit_heads import HeadsFile
from storage.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from bot.channels.base import ChatChannel, Listener

LOG = logging.getLogger(__name__)

BODY_LIMIT = 2 * 1024**2  # bytes; a Slack modal's state can pass aiohttp's own limit of 1 MiB


@dataclass(frozen=True, slots=True, kw_only=True)
class Bot:
    """Everything that runs, ready to start."""

    config: Config
    database: Database
    desk: Desk
    dispatch: Dispatch
    outbox: Outbox
    schedule: Schedule
    channels: Mapping[Channel, ChatChannel]
    health: Health
    register: RegisterPages
    read_feed: Callable[[str], FeedFile | None]

    def application(self) -> web.Application:
        """Return the one web application: every channel's routes, the pages and /healthz."""
        app = web.Application(client_max_size=BODY_LIMIT)
        app.router.add_get("/healthz", self.health.answer)
        for channel in self.channels.values():
            channel.add_routes(app)
        add_feed_routes(app, self.read_feed)
        self.register.add_routes(app)
        app.on_startup.append(self._start)
        app.on_cleanup.append(self._stop)
        return app

    async def _start(self, _: web.Application) -> None:
        await asyncio.gather(*(channel.start() for channel in self.channels.values()))
        self.outbox.start()
        self.schedule.start()

    async def _stop(self, _: web.Application) -> None:
        self.schedule.stop()
        await self.outbox.stop()
        await asyncio.gather(*(channel.stop() for channel in self.channels.values()))
        self.database.close()


def open_database(config: Config) -> Database:
    """
    Open the database and bring it up to date.

    Raises:
        StorageError: it cannot be used; the sentence says why and what to do.
    """
    database = Database(config.database_url)
    database.upgrade()
    return database


def heads_file(config: Config, database: Database) -> HeadsFile:
    """Return where the heads of the audit are kept: where it is told, else beside a SQLite file or in `data/`."""
    beside = database.folder() or Path("data")
    return HeadsFile(config.audit_heads or beside / "audit-heads.jsonl")


def build_bot(
    config: Config,
    *,
    database: Database,
    channels: Callable[[Config, Listener], dict[Channel, ChatChannel]] | None = None,
    now: Callable[[], datetime] = clock.now,
) -> Bot:
    """
    Build the bot with the platforms the configuration names, or with the channels given.

    Raises:
        ConfigError: nothing is set up, or development mode would be reachable from outside.
    """
    desk = Desk.open()
    desk.be_found_at(config.address)
    nights = Nights(database, read_periods(config.retention), heads_file(config, database))
    outgoings = Outgoings(database, desk)
    feeds = Feeds(database, desk)
    senders: dict[Channel, ChatChannel] = {}
    outbox = Outbox(outgoings, senders, now=now)
    dispatch = Dispatch(Turns(database, desk), now=now, wake_outbox=outbox.wake)
    senders.update((channels or platforms)(config, dispatch))
    return Bot(
        config=config,
        database=database,
        desk=desk,
        dispatch=dispatch,
        outbox=outbox,
        schedule=Schedule(
            look=lambda: look_once(database, desk, now=now()),
            tidy=lambda: nights.work(now()),
            wake_outbox=outbox.wake,
        ),
        channels=senders,
        health=Health(outbox, senders, standing=lambda: outgoings.standing(now=now())),
        register=RegisterPages(
            visits=Visits(database, desk),
            cookie=SessionCookie(secure=config.address.startswith("https:")),
            now=now,
        ),
        read_feed=lambda secret: feeds.read(secret, now=now()),
    )


def platforms(config: Config, listener: Listener) -> dict[Channel, ChatChannel]:
    """
    Build the real platforms that are set up.

    Raises:
        ConfigError: none is, or Teams would run without authentication on an open address.
    """
    built: dict[Channel, ChatChannel] = {}
    if config.slack:
        from bot.channels.slack.listen import SlackChannel  # noqa: PLC0415 - Bolt costs 0.4 s: paid only where used

        built[Channel.SLACK] = SlackChannel(config.slack, listener)
    if config.teams:
        if config.teams.development and not is_loopback(config.host):
            raise ConfigError(
                "Teams without ASKFIRST_TEAMS_APP_ID authenticates nobody, so it runs on 127.0.0.1 only. "
                "Set the app id, or set ASKFIRST_HOST to 127.0.0.1."
            )
        from bot.channels.teams.listen import TeamsChannel  # noqa: PLC0415 - botbuilder costs 0.6 s: paid only where used

        built[Channel.TEAMS] = TeamsChannel(config.teams, listener)
    if not built:
        raise ConfigError("No platform is set up. Follow docs/deploy.md, then run: askfirst doctor")
    return built
