"""The Slack channel on a stage: the real thing between an imitation of Slack and a dispatch that plays along."""

from __future__ import annotations

from collections import deque
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from aiohttp import web

from bot.channels.slack.listen import SlackChannel
from bot.config import SlackConfig
from bot.secret import Secret
from handlers.message import Message
from tests.clients.slack_peer import SlackPeer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.channels.base import Introduction, SendResult
    from handlers.inbound import Actor, Inbound

HTTP, SOCKET = "http", "socket"


class FakeDispatch:
    """Stores each event once, with the replies a test wants; fails when a test says so."""

    def __init__(self) -> None:
        self.says: Callable[[Inbound], tuple[Message, ...]] = lambda _event: (Message(title="Noted."),)
        self.arrived: list[Inbound] = []
        self.events: list[Inbound] = []
        self.outbox: deque[tuple[str, Message]] = deque()
        self.faults: deque[Exception] = deque()
        self.is_curious = False
        self.introductions: list[Introduction] = []

    async def on_event(
        self, event: Inbound, introduce: Callable[[], Awaitable[Introduction]] | None = None
    ) -> tuple[Message, ...]:
        self.arrived.append(event)
        if self.faults:
            raise self.faults.popleft()
        if self.is_curious and introduce is not None:
            self.introductions.append(await introduce())
        if event.event_id not in {known.event_id for known in self.events}:
            self.events.append(event)
            self.outbox.extend((event.reply_to, message) for message in self.says(event))
        return ()

    async def news(self, actor: Actor, *, after: int) -> tuple[tuple[int, Message], ...]:
        raise NotImplementedError((actor, after))  # whoever can be called fetches nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Everything a test needs to play a scene."""

    peer: SlackPeer
    channel: SlackChannel
    dispatch: FakeDispatch
    url: str  # where the bot listens

    async def send(self) -> list[SendResult]:
        """Send what waits in the outbox, in order."""
        results = []
        while self.dispatch.outbox:
            address, message = self.dispatch.outbox.popleft()
            results.append(await self.channel.send(address, message, key=uuid4().hex))
        await self.peer.settle()
        return results


def config_for(peer: SlackPeer, transport: str) -> SlackConfig:
    """Return the configuration that lets the bot talk to the imitation."""
    return SlackConfig(
        bot_token=Secret(peer.bot_token),
        signing_secret=Secret(peer.signing_secret if transport == HTTP else ""),
        app_token=Secret(peer.app_token if transport == SOCKET else ""),
        team_ids=(peer.world.team_id,),
        api_url=peer.api_url,
    )


@asynccontextmanager
async def slack_stage(transport: str) -> AsyncIterator[Stage]:
    """Start the imitation and the channel, joined by signed HTTP or by Socket Mode."""
    peer, dispatch = SlackPeer(), FakeDispatch()
    await peer.start()
    channel = SlackChannel(config_for(peer, transport), dispatch)
    app = web.Application()
    channel.add_routes(app)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    await channel.start()
    if transport == HTTP:
        peer.use_http(url)
    else:
        await peer.socket.connected()
    try:
        yield Stage(peer=peer, channel=channel, dispatch=dispatch, url=url)
    finally:
        await peer.settle()
        await channel.stop()
        await runner.cleanup()
        await peer.stop()
