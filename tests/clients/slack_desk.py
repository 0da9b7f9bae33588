"""A sender on a desk of its own: no events come in, only messages go out to our imitation of Slack."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from bot.channels.slack.address import Address, Place
from bot.channels.slack.send import SlackSender
from bot.channels.slack.web_api import WebApi
from tests.clients.slack_peer import SlackPeer
from tests.clients.slack_stage import HTTP, config_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.channels.base import SendResult
    from handlers.message import Message
    from tests.clients.slack_user import User
    from tests.clients.slack_world import Room


class Desk:
    """A sender, Slack, and one person in one channel."""

    def __init__(self, peer: SlackPeer, api: WebApi) -> None:
        self.peer = peer
        self.api = api
        self.sender = SlackSender(api)
        self.amira: User = peer.user("Amira")
        self.room: Room = peer.world.add_room("room", self.amira.person)

    async def send(self, address: str, message: Message) -> SendResult:
        """Send a message as no other one was sent."""
        return await self.sender.send(address, message, key=uuid4().hex)

    def in_private(self) -> Address:
        user = self.amira.person.id
        return Address(place=Place.DM, channel=self.peer.world.dm(user).id, user=user)

    def in_the_room(self) -> Address:
        return Address(place=Place.SHARED, channel=self.room.id, user=self.amira.person.id)


@asynccontextmanager
async def slack_desk() -> AsyncIterator[Desk]:
    """Start the imitation and a sender that talks to it."""
    peer = SlackPeer()
    await peer.start()
    api = WebApi(config_for(peer, HTTP), timeout=timedelta(seconds=1))
    await api.open()
    yield Desk(peer, api)
    await api.close()
    await peer.stop()
