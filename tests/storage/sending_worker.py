"""A bot in miniature that does nothing but send: the real outbox, and a platform that writes down what it took."""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.channels.base import Sent
from bot.outbox import Outbox
from handlers.desk import Desk
from handlers.outgoing import Outgoings
from policy_kb.words import Channel
from storage.database import Database
from tests.storage.builders import NOW

if TYPE_CHECKING:
    from pathlib import Path

    from bot.channels.base import SendResult
    from handlers.message import Message

PLATFORM = Channel.WEB  # one without a limit: here the question is how fast we can be, and still right
ANSWERS_AFTER = 0.010  # seconds from the platform's taking a message to our hearing so
LINE = "{:>10} {:>10} {:>20} {:>10}\n"  # row, process, nanoseconds, address
LINE_LENGTH = len(LINE.format(0, 0, 0, ""))


@dataclass(frozen=True)
class QuickClock:
    """A clock, the same for all processes, that runs many times as fast as time: a lease need not take a minute."""

    began: float  # in the machine's own seconds, which every process reads alike
    times: int

    def __call__(self) -> datetime:
        return NOW + timedelta(seconds=(time.monotonic() - self.began) * self.times)


class RecordingPlatform:
    """Takes every message: once its line is written, the person has it, whatever becomes of the sender."""

    def __init__(self, record: Path) -> None:
        self._record = os.open(record, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    async def send(self, address: str, message: Message, *, key: str) -> SendResult:
        del message
        row = key.partition(" ")[0]
        os.write(self._record, LINE.format(row, os.getpid(), time.monotonic_ns(), address).encode())
        await asyncio.sleep(ANSWERS_AFTER)
        return Sent()

    def card(self, address: str, message_id: str) -> str:
        del address, message_id
        return ""

    def conversation(self, address: str) -> str:
        return address

    def is_healthy(self) -> bool:
        return True


def send_until_killed(url: str, record: Path, clock: QuickClock) -> None:
    """Send whatever is due, for ever."""
    asyncio.run(_send(url, record, clock))


async def _send(url: str, record: Path, clock: QuickClock) -> None:
    outgoings = Outgoings(Database(url), Desk.open())
    outbox = Outbox(outgoings, {PLATFORM: RecordingPlatform(record)}, now=clock)
    outbox.start()
    while True:
        await asyncio.sleep(0.1)
        outbox.wake()
