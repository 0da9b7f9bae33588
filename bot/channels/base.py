"""What a channel needs from the rest of the bot, and what the outbox needs from a channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import timedelta

    from aiohttp import web

    from handlers.inbound import Actor, Inbound
    from handlers.message import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """What a platform says of a person when asked; used once, to find them among the staff."""

    email: str = ""
    directory_id: str = ""


class Listener(Protocol):
    """The dispatch, as a channel sees it."""

    async def on_event(
        self, event: Inbound, introduce: Callable[[], Awaitable[Introduction]] | None = None
    ) -> tuple[Message, ...]:
        """
        Handle one event: commit what it changes, then return what to say to the actor.

        A repeat of an event id changes nothing and returns the same messages.
        Where the event carries `reply_to`, the reply is already in the outbox and nothing is returned.
        `introduce` is awaited only for an actor who is not known yet.
        """
        ...

    async def news(self, actor: Actor, *, after: int) -> tuple[tuple[int, Message], ...]:
        """
        Return what the outbox has sent to an actor's own person, for a channel that cannot push: oldest first.

        Each message comes with its number; `after` is the last number shown to them, or 0.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The platform took the message."""

    message_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TryAgain:
    """Not now; `after` is the platform's own wish, where it has one."""

    why: str
    after: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenUp:
    """Never: the person left, blocked the bot, or the conversation is gone."""

    why: str


SendResult: TypeAlias = Sent | TryAgain | GivenUp


class Sender(Protocol):
    """How the outbox speaks through a channel."""

    async def send(self, address: str, message: Message, *, key: str) -> SendResult:
        """
        Send one message to an address this channel once put in `reply_to`; never raises for a refusal.

        `key` is the same for every try of one message and for no other message.
        A platform that can tell a repeat by such a key must be given it.
        """
        ...

    def card(self, address: str, message_id: str) -> str:
        """
        Return the address at which a message with `replaces` takes the place of one sent to `address` earlier.

        `message_id` is what `Sent` told of that one. "" where no message can take its place; never raises.
        """
        ...

    def conversation(self, address: str) -> str:
        """Return the conversation an address lies in: what the platform counts messages by."""
        ...

    def is_healthy(self) -> bool:
        """Tell whether the channel is connected as far as it can know."""
        ...


class ChatChannel(Sender, Protocol):
    """A platform the bot talks on: routes in our one web application, and a life."""

    def add_routes(self, app: web.Application) -> None:
        """Add the platform's endpoints; called once, before the application starts."""
        ...

    async def start(self) -> None:
        """Open what must be open (a socket, a client session, warmed keys)."""
        ...

    async def stop(self) -> None:
        """Close it again; safe to call twice."""
        ...
