"""/healthz: the truth about what works, for whatever watches the bot."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiohttp import web

from bot.channels.fault import report_fault

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.channels.base import ChatChannel
    from bot.outbox import Outbox
    from handlers.outgoing import Standing
    from policy_kb.words import Channel

GIVEN_UP = "given_up_today"


class Health:
    """Answers 200 where everything works and 503 where something does not; always says what."""

    def __init__(
        self, outbox: Outbox, channels: Mapping[Channel, ChatChannel], *, standing: Callable[[], Standing]
    ) -> None:
        """Take what to look at; `standing` asks the database, and raises where that is away."""
        self._outbox = outbox
        self._channels = channels
        self._standing = standing

    async def answer(self, _: web.Request) -> web.Response:
        """Answer one look."""
        state = await self.state()
        # What was given up is for somebody to look into; nothing gets better by restarting the bot.
        well = all(value in ("ok", "0") for part, value in state.items() if part != GIVEN_UP)
        return web.json_response({"status": "ok" if well else "failing", **state}, status=200 if well else 503)

    async def state(self) -> dict[str, str]:
        """Return each part with `ok` or what is wrong, and how many messages are stuck or were given up."""
        channels = {
            name.value: "ok" if channel.is_healthy() else "not connected" for name, channel in self._channels.items()
        }
        outbox = "ok" if self._outbox.is_running() else "stopped"
        return {**channels, "outbox": outbox, **await self._database_state()}

    async def _database_state(self) -> dict[str, str]:
        try:
            standing = await asyncio.to_thread(self._standing)
        except Exception as fault:  # noqa: BLE001 - whatever the driver raises, the database is not well
            report_fault(fault, channel="health")
            return {"database": "unavailable"}
        return {"database": "ok", "stuck_messages": str(standing.stuck), GIVEN_UP: str(standing.given_up_today)}
