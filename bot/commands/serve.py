"""`askfirst demo` and `askfirst serve`: the bot as a server, for one machine or for the real platforms."""

from __future__ import annotations

import asyncio
import logging
import secrets
import signal
import sys
from typing import TYPE_CHECKING

from aiohttp import web

from bot.app import Bot, build_bot
from bot.channels.web.listen import SamplePerson, WebChannel
from bot.config import Config, ConfigError, is_loopback
from bot.logs import set_up_logs
from bot.sample import load_sample_trust, people_to_be
from bot.secret import Secret
from policy_kb.words import Channel
from storage.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.channels.base import ChatChannel, Listener

LOG = logging.getLogger(__name__)


def run_demo(config: Config) -> int:
    """
    Serve the local web chat with the sample trust, on this machine only.

    Raises:
        ConfigError: a real platform is set up too, or the address can be reached from outside.
        StorageError: the database cannot be used, or another bot serves from the same file.
    """
    if config.slack or config.teams:
        raise ConfigError(
            "The demo lets anyone on this machine act as anyone, so it never runs beside a real platform. "
            "Unset the ASKFIRST_SLACK_… and ASKFIRST_TEAMS_… settings, or run: askfirst serve"
        )
    if not is_loopback(config.host):
        raise ConfigError("The demo runs on this machine only: leave ASKFIRST_HOST unset, or set it to 127.0.0.1.")
    set_up_logs(sys.stderr)
    database = Database(config.database_url)
    with database.only_bot():
        return _demo(config, database)


def run_serve(config: Config) -> int:
    """
    Serve the real platforms that the environment names.

    Raises:
        ConfigError: none is set up, or one is set up by half.
        StorageError: the database cannot be used, or another bot serves from the same file.
    """
    set_up_logs(sys.stderr)
    database = Database(config.database_url)
    with database.only_bot():  # before the upgrade: no older bot may be running on the file meanwhile
        database.upgrade()
        bot = build_bot(config, database=database)
        return asyncio.run(_serve(bot, on_ready=lambda base: LOG.info("Serving.", extra={"where": base})))


def _demo(config: Config, database: Database) -> int:
    database.upgrade()
    with database.begin() as uow:
        load_sample_trust(uow)
    page: list[WebChannel] = []

    def channels(_: Config, listener: Listener) -> dict[Channel, ChatChannel]:
        page.append(WebChannel(listener, _people(database), Secret(secrets.token_urlsafe(24))))
        return {Channel.WEB: page[0]}

    bot = build_bot(config, database=database, channels=channels)

    def invite(base: str) -> None:
        # The port may be known only now; people of the demo are at this machine, so this is where they find it.
        bot.desk.be_found_at(base)
        _invite(base + page[0].start_path())

    return asyncio.run(_serve(bot, on_ready=invite))


async def _serve(bot: Bot, *, on_ready: Callable[[str], None]) -> int:
    runner = web.AppRunner(bot.application(), access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, bot.config.host, bot.config.port)
        await _listen(site, bot.config)
        on_ready(f"http://{bot.config.host}:{_port(runner)}")
        await _until_told_to_stop()
    finally:
        await runner.cleanup()
    return 0


async def _listen(site: web.TCPSite, config: Config) -> None:
    try:
        await site.start()
    except OSError as problem:
        raise ConfigError(
            f"The address {config.host}, port {config.port}, cannot be used: {problem.strerror}. "
            "Stop what runs there, or set ASKFIRST_PORT to another number."
        ) from None


async def _until_told_to_stop() -> None:
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told.set)
    await told.wait()


def _port(runner: web.AppRunner) -> int:
    address = runner.addresses[0]
    return int(address[1])


def _people(database: Database) -> tuple[SamplePerson, ...]:
    with database.begin() as uow:
        people = people_to_be(uow)
    return tuple(
        SamplePerson(
            user=person.id, name=person.name, post=person.post, setting=person.setting.name, email=person.email
        )
        for person in people
    )


def _invite(link: str) -> None:
    print(f"\nAsk First is ready. Open this link in your browser:\n\n    {link}\n\nPress Ctrl-C to stop.", flush=True)
