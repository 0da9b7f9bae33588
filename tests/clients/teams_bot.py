"""Our Teams channel running on loopback, with a listener that answers as a test tells it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web

from bot.channels.teams.listen import TeamsChannel
from bot.config import TeamsConfig
from bot.secret import Secret
from handlers.message import Message
from tests.clients.teams_peer import PASSWORD, TENANT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.channels.base import Introduction, SendResult
    from handlers.inbound import Actor, Inbound
    from tests.clients.teams_peer import TeamsPeer

HELLO = Message(title="Hello. Ask me about the policy.")


class FakeListener:
    """Stands for the dispatch and the outbox: answers, remembers repeats, sends to `reply_to` at once."""

    def __init__(self, answer: Callable[[Inbound], tuple[Message, ...]] = lambda _: (HELLO,)) -> None:
        self.answer = answer
        self.channel: TeamsChannel | None = None
        self.events: list[Inbound] = []
        self.introductions: list[Introduction] = []
        self.sent: list[SendResult] = []
        self.thinks_for = 0.0
        self._turn = asyncio.Lock()
        self._answered: dict[str, tuple[Message, ...]] = {}

    async def on_event(
        self, event: Inbound, introduce: Callable[[], Awaitable[Introduction]] | None = None
    ) -> tuple[Message, ...]:
        self.events.append(event)
        async with self._turn:
            await asyncio.sleep(self.thinks_for)
            repeat = event.event_id in self._answered
            if introduce is not None and not self.introductions:
                self.introductions.append(await introduce())
            messages = self._answered.setdefault(event.event_id, () if repeat else self.answer(event))
            if not event.reply_to:
                return messages
            if not repeat and self.channel is not None:
                self.sent += [await self.channel.send(event.reply_to, message, key="of a row") for message in messages]
            return ()

    async def news(self, actor: Actor, *, after: int) -> tuple[tuple[int, Message], ...]:
        raise NotImplementedError((actor, after))  # whoever can be called fetches nothing


def config_for(teams: TeamsPeer) -> TeamsConfig:
    """Return the settings of a bot that this peer knows."""
    password = Secret(PASSWORD if teams.signed else "")
    return TeamsConfig(app_id=teams.app_id, app_password=password, tenant_id=TENANT if teams.signed else "")


@asynccontextmanager
async def running_bot(
    teams: TeamsPeer, listener: FakeListener, *, answer_within: float = 4.0
) -> AsyncIterator[TeamsChannel]:
    """Run the channel in an application of its own; the peer learns where it is."""
    channel = TeamsChannel(
        config_for(teams),
        listener,
        openid_metadata=teams.openid_metadata,
        login=teams.login,
        answer_within=answer_within,
    )
    listener.channel = channel
    async with serving(channel) as teams.bot_url:
        yield channel


@asynccontextmanager
async def serving(channel: TeamsChannel) -> AsyncIterator[str]:
    """Serve the channel on loopback; gives the address of its endpoint."""
    app = web.Application()
    channel.add_routes(app)
    runner = web.AppRunner(app, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await channel.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/api/messages"
    finally:
        await channel.stop()
        await runner.cleanup()
