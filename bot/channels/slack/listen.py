"""The Slack channel: what Slack sends becomes our events, stored before it is acknowledged."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from slack_bolt.response import BoltResponse

from bot.channels.base import Introduction, SendResult
from bot.channels.fault import report_fault
from bot.channels.slack import parse
from bot.channels.slack.address import Address
from bot.channels.slack.bolt_app import build_bolt
from bot.channels.slack.guard import Guard
from bot.channels.slack.send import SlackSender
from bot.channels.slack.socket_link import SocketLink
from bot.channels.slack.web_api import Took, WebApi
from handlers.message import Message

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from aiohttp import web

    from bot.channels.base import Listener
    from bot.config import SlackConfig
    from handlers.inbound import ButtonPressed, Inbound, Installed, TextSent

PATH = "/slack/events"
INTRODUCTION_WITHIN = 2  # seconds, of the three that Slack waits for an acknowledgement
APOLOGY_WITHIN = 1.5  # seconds
UNKNOWN_BUTTON = Message(title="I do not know that button any more. Please ask me again.")

log = logging.getLogger(__name__)


class SlackUnknown(Exception):  # noqa: N818 - it says what is missing
    """Slack has not yet told who the bot is, so a mention of it cannot be told from other mentions."""


class SlackChannel:
    """Slack, over signed HTTP or Socket Mode, as the configuration says."""

    def __init__(self, config: SlackConfig, listener: Listener) -> None:
        self._config = config
        self._listener = listener
        self._api = WebApi(config)
        self._sender = SlackSender(self._api)
        self._me = ""  # the bot's own user id
        self._bolt = build_bolt(
            config,
            events={
                "message": self._on_dm,
                "app_mention": self._on_mention,
                "app_home_opened": self._on_opened,
            },
            on_command=self._on_command,
            on_press=self._on_press,
            on_submit=self._on_submit,
        )
        self._link = SocketLink(self._bolt, config.app_token, self._api.client) if config.socket_mode else None

    def add_routes(self, app: web.Application) -> None:
        """Add the one address for events, commands and buttons; Socket Mode needs none."""
        if self._link is None:
            app.router.add_post(PATH, Guard(self._bolt, self._config.signing_secret).answer)

    async def start(self) -> None:
        """Open the HTTP session, ask who we are, and connect where Socket Mode is set."""
        await self._api.open()
        await self._ask_who_i_am()
        if self._link is not None:
            await self._link.start()

    async def stop(self) -> None:
        """Close everything again; safe to call twice."""
        if self._link is not None:
            await self._link.stop()
        await self._api.close()

    async def send(self, address: str, message: Message, *, key: str) -> SendResult:
        """Send one message to an address this channel put in `reply_to`."""
        return await self._sender.send(address, message, key=key)

    def card(self, address: str, message_id: str) -> str:
        """Return the address at which a message takes the place of one that was sent."""
        return self._sender.card(address, message_id)

    def conversation(self, address: str) -> str:
        """Return the Slack channel an address lies in; an address that is not ours is a place of its own."""
        try:
            return Address.from_text(address).channel
        except ValueError:
            return address

    def is_healthy(self) -> bool:
        """Tell whether Slack knows our token and, over Socket Mode, whether the line is open."""
        connected = self._link is None or self._link.is_connected()
        return self._api.token_accepted and connected

    async def _ask_who_i_am(self) -> None:
        who = await self._api.call("auth.test", {})
        if not isinstance(who, Took):
            log.error("Slack did not accept the bot token or could not be reached.", extra={"why": who.why})
            return
        if who.data.get("team_id") not in self._config.team_ids:
            log.error("The bot token belongs to a workspace that ASKFIRST_SLACK_TEAM_IDS does not name.")
        self._me = str(who.data.get("user_id", ""))

    async def _who_am_i(self) -> str:
        if not self._me:
            await self._ask_who_i_am()
        if not self._me:
            raise SlackUnknown
        return self._me

    async def _on_dm(self, body: dict[str, Any]) -> BoltResponse:
        return await self._hear(parse.dm_text(body, me=self._me))

    async def _on_mention(self, body: dict[str, Any]) -> BoltResponse:
        try:
            me = await self._who_am_i()
        except SlackUnknown as fault:
            return _again_please(fault)
        return await self._hear(parse.mention(body, me=me))

    async def _on_opened(self, body: dict[str, Any]) -> BoltResponse:
        return await self._hear(parse.met(body))

    async def _hear(self, event: TextSent | Installed | None) -> BoltResponse:
        """Store an event of Slack's Events API; if that fails, ask Slack to deliver it again."""
        if event is not None:
            try:
                await self._tell(event)
            except Exception as fault:  # noqa: BLE001 - Slack must deliver again whatever went wrong
                return _again_please(fault)
        return BoltResponse(status=200)

    async def _on_command(self, body: dict[str, Any]) -> BoltResponse:
        event = parse.command(body)
        if event is None:
            return BoltResponse(status=200)
        try:
            await self._tell(event)
        except Exception as fault:  # noqa: BLE001 - a command is never delivered again: the person must be told
            says = report_fault(fault, channel="slack")
            return BoltResponse(status=200, body={"response_type": "ephemeral", "text": says})
        return BoltResponse(status=200)

    async def _on_press(self, body: dict[str, Any]) -> BoltResponse:
        address = parse.press_address(body)
        if address is None or parse.is_filling_in(body):
            return BoltResponse(status=200)
        event = parse.press(body, address)
        if event is None:
            await self._say_at_once(address, UNKNOWN_BUTTON)
        else:
            await self._obey(event, address)
        return BoltResponse(status=200)

    async def _on_submit(self, body: dict[str, Any]) -> BoltResponse:
        """Store what a window was filled in with, then let it close; where that fails it stays, and says so."""
        event = parse.submitted(body)
        if event is not None:
            try:
                await self._tell(event)
            except Exception as fault:  # noqa: BLE001 - a window is never delivered again: the person must be told
                says = report_fault(fault, channel="slack")
                return _stay_open(parse.first_input(body), says)
        return BoltResponse(status=200)

    async def _obey(self, event: ButtonPressed, address: Address) -> None:
        try:
            await self._tell(event)
        except Exception as fault:  # noqa: BLE001 - a press is never delivered again: the person must be told
            says = report_fault(fault, channel="slack")
            await self._say_at_once(address, Message(title=says))

    async def _say_at_once(self, address: Address, message: Message) -> None:
        """Say something that is in no outbox, within what is left of Slack's three seconds."""
        try:
            async with asyncio.timeout(APOLOGY_WITHIN):
                await self._sender.send(address.to_text(), message, key=uuid4().hex)
        except TimeoutError:
            log.warning("Slack took too long to show somebody an error.")

    async def _tell(self, event: Inbound) -> None:
        await self._listener.on_event(event, self._introduction_of(event.actor.user))

    def _introduction_of(self, user: str) -> Callable[[], Awaitable[Introduction]]:
        async def introduce() -> Introduction:
            """Ask Slack for the person's e-mail address; without an answer they stay unknown, not unheard."""
            try:
                async with asyncio.timeout(INTRODUCTION_WITHIN):
                    found = await self._api.look_up("users.info", user=user)
            except TimeoutError:
                log.warning("Slack took too long to introduce somebody.")
                return Introduction()
            if not isinstance(found, Took):
                log.warning("Slack did not introduce somebody.", extra={"why": found.why})
                return Introduction()
            return Introduction(email=_email(found.data))

        return introduce


def _stay_open(block_id: str, says: str) -> BoltResponse:
    errors = {"response_action": "errors", "errors": {block_id: says}}
    return BoltResponse(status=200, body=errors)


def _again_please(fault: Exception) -> BoltResponse:
    report_fault(fault, channel="slack")
    return BoltResponse(status=500)


def _email(data: Mapping[str, Any]) -> str:
    """Return the e-mail address in a users.info answer, or "" where Slack gives none."""
    user = data.get("user")
    profile = user.get("profile") if isinstance(user, dict) else None
    email = profile.get("email") if isinstance(profile, dict) else None
    return email if isinstance(email, str) else ""
