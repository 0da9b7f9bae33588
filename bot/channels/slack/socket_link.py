"""Socket Mode: the bot dials Slack, so no public address is needed."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

from bot.channels.slack.sdk_log import quiet_logger

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.secret import Secret

PATIENCE = 10  # seconds that starting waits for the connection before it goes on without

log = logging.getLogger(__name__)


class SocketLink:
    """One connection to Slack, which Slack's client opens again whenever it is lost."""

    def __init__(self, bolt: AsyncApp, app_token: Secret, web_client: AsyncWebClient) -> None:
        self._bolt = bolt
        self._app_token = app_token
        self._web_client = web_client
        self._handler: AsyncSocketModeHandler | None = None
        self._connecting: asyncio.Task[None] | None = None

    async def start(self, *, patience: float = PATIENCE) -> None:
        """Connect; where Slack cannot be reached, keep trying and let the rest of the bot start."""
        self._handler = AsyncSocketModeHandler(
            self._bolt, self._app_token.reveal(), logger=quiet_logger(), web_client=self._web_client
        )
        # `connect` tries until it succeeds, so it runs beside the start and is ended by `stop`.
        connecting = self._handler.client.connect()  # type: ignore[no-untyped-call]  # slack_sdk leaves it bare
        self._connecting = asyncio.create_task(connecting)
        await asyncio.wait({self._connecting}, timeout=patience)
        if not self.is_connected():
            log.warning("Slack could not be reached over Socket Mode yet. The bot keeps trying.")

    async def stop(self) -> None:
        """Hang up; safe to call twice."""
        handler, self._handler = self._handler, None
        connecting, self._connecting = self._connecting, None
        if connecting is not None:
            connecting.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await connecting
        if handler is not None:
            await handler.client.close()  # type: ignore[no-untyped-call]  # slack_sdk leaves it bare

    def is_connected(self) -> bool:
        """Tell whether the connection is open and has answered lately."""
        if self._handler is None:
            return False
        client = self._handler.client
        session = client.current_session
        return session is not None and not (client.closed or client.stale or session.closed)
