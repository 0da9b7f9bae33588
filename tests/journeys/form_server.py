"""A whole bot with the web chat, to be killed: one process loads everything, and forks a server for each life."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from aiohttp import web

from bot.app import build_bot
from bot.channels.web.listen import SamplePerson, WebChannel
from bot.config import Config
from bot.logs import set_up_logs
from bot.secret import Secret
from policy_kb.words import Channel
from storage.database import Database

if TYPE_CHECKING:
    from bot.app import Bot
    from bot.channels.base import ChatChannel, Listener

PRIYA = SamplePerson("priya-sample", "Priya Sample", "Teacher of PE", "Elm", "priya.sample@elm-academy.example")
AISHA = SamplePerson("aisha-sample", "Aisha Sample", "Head of PE", "Elm", "aisha.sample@elm-academy.example")
TOKEN = "the-token-of-every-life"  # a browser that was let in once stays so, as after any restart with the same link
BEGINS = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TIMES = 30  # how much faster the clock runs: a lease of a minute, left by a killed server, takes two seconds


@dataclass(frozen=True)
class QuickClock:
    """A clock that all lives read alike, and that runs many times as fast as time."""

    began: float  # in the machine's own seconds

    def __call__(self) -> datetime:
        return BEGINS + timedelta(seconds=(time.monotonic() - self.began) * TIMES)


def main() -> None:
    """Begin a life for each line that comes in; tell its number, where it listens, and that it is over."""
    set_up_logs(sys.stderr)
    url, began = sys.argv[1], float(sys.argv[2])
    database = Database(url)  # named and not opened: the lives share nothing but what they were forked with
    bot = _built(url, database, QuickClock(began))
    for _ in sys.stdin:
        life = os.fork()
        if not life:
            _tell(f"life {os.getpid()}")
            _live(bot, database)
        os.waitpid(life, 0)
        _tell("over")


def _built(url: str, database: Database, clock: QuickClock) -> Bot:
    def channels(_: Config, listener: Listener) -> dict[Channel, ChatChannel]:
        return {Channel.WEB: WebChannel(listener, (PRIYA, AISHA), Secret(TOKEN))}

    config = Config(database_url=url, host="127.0.0.1", port=0, slack=None, teams=None)
    return build_bot(config, database=database, channels=channels, now=clock)


def _live(bot: Bot, database: Database) -> None:
    """Do what any start of the bot does, and serve until killed."""
    with database.only_bot():
        database.upgrade()
        asyncio.run(_serve(bot))


async def _serve(bot: Bot) -> None:
    runner = web.AppRunner(bot.application(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, bot.config.host, bot.config.port).start()
    _tell(f"at {runner.addresses[0][1]}")
    await asyncio.Event().wait()


def _tell(line: str) -> None:
    os.write(sys.stdout.fileno(), f"{line}\n".encode())


if __name__ == "__main__":
    main()
