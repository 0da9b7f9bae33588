"""Fakes for the true edges: the clock and the chat platforms."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.channels.base import Sent

if TYPE_CHECKING:
    from aiohttp import web

    from bot.channels.base import SendResult
    from handlers.message import Message

MONDAY_MORNING = datetime(2026, 9, 7, 8, 30, tzinfo=UTC)


@dataclass
class FakeClock:
    """A clock that moves only when a test moves it; called, it tells the instant."""

    instant: datetime = MONDAY_MORNING

    def __call__(self) -> datetime:
        return self.instant

    def advance(self, step: timedelta = timedelta(), **parts: float) -> None:
        """Move on by a step, or by parts of one: `advance(minutes=31)`."""
        self.instant += step + timedelta(**parts)


@dataclass
class FakeSender:
    """A platform that takes every message, unless `results` says what becomes of the next ones."""

    results: deque[SendResult | Exception] = field(default_factory=deque)
    takes: float = 0.0  # seconds a send needs
    healthy: bool = True
    tried: list[tuple[str, Message]] = field(default_factory=list)  # every call, in order
    arrived: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # titles, by address
    keys: list[str] = field(default_factory=list)  # the key of every call, in order

    async def send(self, address: str, message: Message, *, key: str) -> SendResult:
        self.tried.append((address, message))
        self.keys.append(key)
        await asyncio.sleep(self.takes)
        result = self.results.popleft() if self.results else Sent(message_id=self._id_of(address, message))
        if isinstance(result, Exception):
            raise result
        if isinstance(result, Sent):
            self.arrived[address].append(message.title)
        return result

    def card(self, address: str, message_id: str) -> str:
        return f"{_place(address)}/{message_id}" if message_id else ""

    def conversation(self, address: str) -> str:
        return _place(address)

    def _id_of(self, address: str, message: Message) -> str:
        """Return the id of the message that this one replaces, where it was sent to a card, or else a new one."""
        _, _, card = address.partition("/")
        return card if card and message.replaces else str(len(self.tried))

    def is_healthy(self) -> bool:
        return self.healthy


@dataclass
class FakeChannel(FakeSender):
    """A whole platform: it remembers what the application did with it."""

    life: list[str] = field(default_factory=list)

    def add_routes(self, app: web.Application) -> None:
        assert not app.frozen
        self.life.append("routes added")

    async def start(self) -> None:
        self.life.append("started")

    async def stop(self) -> None:
        self.life.append("stopped")


def _place(address: str) -> str:
    return address.partition("/")[0]
