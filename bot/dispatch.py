"""One inbound event, one handler call, off the event loop, one turn at a time for each conversation."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from handlers.turn import Named

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bot.channels.base import Introduction
    from handlers.inbound import Actor, Inbound
    from handlers.message import Message
    from handlers.turn import Turns


class Dispatch:
    """Takes events from every channel; the `Listener` they are built with."""

    def __init__(self, turns: Turns, *, now: Callable[[], datetime], wake_outbox: Callable[[], None]) -> None:
        self._turns = turns
        self._now = now
        self._wake_outbox = wake_outbox
        # A lock lives as long as someone holds or awaits it, so idle conversations cost nothing.
        self._locks: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    async def on_event(
        self, event: Inbound, introduce: Callable[[], Awaitable[Introduction]] | None = None
    ) -> tuple[Message, ...]:
        """
        Commit what an event changes, then return what to say; see `Listener` for repeats and `reply_to`.

        Raises:
            StorageError: nothing was kept, so the platform should deliver the event again.
        """
        where = (event.conversation.tenant, event.conversation.id)
        async with self._locks.setdefault(where, asyncio.Lock()):
            named = await self._named(event, introduce)
            messages = await asyncio.to_thread(self._turns.take, event, named, now=self._now())
        self._wake_outbox()  # what one person does is often told to another
        return messages

    async def news(self, actor: Actor, *, after: int) -> tuple[tuple[int, Message], ...]:
        """Return what was sent to an actor since, as it stands now; see `Listener`."""
        return await asyncio.to_thread(self._turns.news, actor, after=after, now=self._now())

    async def _named(self, event: Inbound, introduce: Callable[[], Awaitable[Introduction]] | None) -> Named | None:
        """Ask the platform who this is, outside any transaction, where nobody knows them yet."""
        if await asyncio.to_thread(self._turns.knows, event.actor, now=self._now()):
            return None
        if introduce is None:
            return Named()
        introduction = await introduce()
        return Named(email=introduction.email, directory_id=introduction.directory_id)
