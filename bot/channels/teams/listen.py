"""The Teams channel: one endpoint, POST /api/messages. Importing this module loads the Bot Framework SDK."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

import aiohttp
from aiohttp import web

from bot.channels.base import GivenUp, Introduction, Sent, TryAgain
from bot.channels.fault import report_fault
from bot.channels.teams.activity import CARD_ACTION, ActivityError, Incoming, event_of
from bot.channels.teams.address import AddressError, read_address, write_address
from bot.channels.teams.auth import OPENID_METADATA, AdmissionError, Gate, SigningKeys
from bot.channels.teams.errands import Errands
from bot.channels.teams.inputs import TooLongError
from bot.channels.teams.login import LOGIN, AccessToken, LoginError
from bot.channels.teams.press import (
    STILL_WORKING,
    TOO_LONG,
    UNKNOWN_BUTTON,
    Press,
    UnknownButtonError,
    address_of,
    answer_to,
    beside_the_card,
    error_body,
    read_press,
    text_body,
)
from bot.channels.teams.send import Once, Speaker
from bot.channels.teams.transport import RefusedError, Transport

if TYPE_CHECKING:
    from typing import Any

    from bot.channels.base import Listener, SendResult
    from bot.channels.teams.address import Address
    from bot.config import TeamsConfig
    from handlers.inbound import Installed, TextSent
    from handlers.message import Message

PATH = "/api/messages"
ANSWER_WITHIN = 4.0  # seconds; Teams shows an error after about ten, and sends the press again after fifteen
_ROSTER_WITHIN = 5.0  # seconds
_STOP_WITHIN = 10.0  # seconds
_TRIES = 3
_PAUSE = 1.0  # seconds, where the platform names none
_LONGEST_PAUSE = 15.0  # seconds; a press is answered now or not at all, unlike what the outbox sends

_log = logging.getLogger(__name__)


class TeamsChannel:
    """Implements ChatChannel. The URLs are Microsoft's; tests give others."""

    def __init__(
        self,
        config: TeamsConfig,
        listener: Listener,
        *,
        openid_metadata: str = OPENID_METADATA,
        login: str = LOGIN,
        answer_within: float = ANSWER_WITHIN,
    ) -> None:
        if not config.development and not config.tenant_id:
            raise ValueError("Teams needs the tenant it serves; without it any tenant could talk to the bot.")
        self._config = config
        self._listener = listener
        self._answer_within = answer_within
        self._open_session: aiohttp.ClientSession | None = None
        self._keys = SigningKeys(self._session, openid_metadata)
        self._token = AccessToken(config, self._session, login)
        self._gate = Gate(config, self._keys)
        self._transport = Transport(config.app_id, self._session, self._token)
        self._speaker = Speaker(self._transport, config.app_password)
        self._errands = Errands()
        self._spoken = Once()

    def add_routes(self, app: web.Application) -> None:
        """Add the messaging endpoint."""
        app.router.add_post(PATH, self._receive)

    async def start(self) -> None:
        """Open the session and fetch what the first message would otherwise wait for."""
        self._open_session = aiohttp.ClientSession()
        if self._config.development:
            _log.warning("Teams runs in development mode: nobody is authenticated, this machine alone may call.")
            return
        await self._keys.refresh()
        try:
            await self._token.get()
        except LoginError as problem:
            _log.warning("Microsoft gives the bot no access token.", extra={"why": str(problem)})

    async def stop(self) -> None:
        """Finish the answers under way, then close the session."""
        await self._errands.finish(_STOP_WITHIN)
        if self._open_session is not None:
            await self._open_session.close()
            self._open_session = None

    async def send(self, address: str, message: Message, *, key: str) -> SendResult:
        """Send one message to an address that a `reply_to` carried; Teams knows no key to tell a repeat by."""
        del key
        try:
            return await self._speaker.send(read_address(address), message)
        except AddressError as problem:
            return GivenUp(why=str(problem))

    def card(self, address: str, message_id: str) -> str:
        """Return the address at which a message that replaces takes the place of one sent earlier, or ""."""
        try:
            sent_to = read_address(address)
        except AddressError:
            return ""
        return write_address(replace(sent_to, activity="", card=message_id, tell=False)) if message_id else ""

    def conversation(self, address: str) -> str:
        """Return the conversation an address lies in; an address that is not ours is a place of its own."""
        try:
            return read_address(address).conversation
        except AddressError:
            return address

    def is_healthy(self) -> bool:
        """Tell whether the session is open, keys are known and the last login worked."""
        ready = self._config.development or (self._keys.known and not self._token.failed)
        return self._open_session is not None and ready

    def _session(self) -> aiohttp.ClientSession:
        if self._open_session is None:
            raise aiohttp.ClientConnectionError("the Teams channel is not started")
        return self._open_session

    async def _receive(self, request: web.Request) -> web.Response:
        try:
            incoming = await self._gate.admit(request)
            if incoming.type == "invoke":
                return await self._invoked(incoming)
            event = event_of(incoming)
        except AdmissionError as refusal:
            _log.info(
                "A request to the Teams endpoint was turned away.",
                extra={"status": int(refusal.status), "why": str(refusal)},
            )
            return web.Response(status=refusal.status)
        except ActivityError:
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        return await self._heard(event, incoming) if event else web.Response()

    async def _heard(self, event: TextSent | Installed, incoming: Incoming) -> web.Response:
        """Let the listener commit the event; the outbox then sends what there is to say."""
        try:
            await self._listener.on_event(event, partial(self._introduce, incoming))
        except Exception as fault:  # noqa: BLE001 - whatever it is, the person must hear of it
            told = await self._speaker.say(incoming.address, report_fault(fault, channel="teams"))
            # Told, they will ask again themselves; otherwise the status asks Teams to deliver it again.
            return web.Response(status=HTTPStatus.OK if isinstance(told, Sent) else HTTPStatus.SERVICE_UNAVAILABLE)
        return web.Response()

    async def _introduce(self, incoming: Incoming) -> Introduction:
        """Ask the roster for an e-mail address; without one the directory id alone must do."""
        email = ""
        try:
            async with asyncio.timeout(_ROSTER_WITHIN):
                email = await self._transport.email_of(incoming.address)
        except (RefusedError, LoginError, aiohttp.ClientError, TimeoutError) as problem:
            _log.warning("The roster of Teams did not answer.", extra={"why": type(problem).__name__})
        return Introduction(email=email, directory_id=incoming.directory_id)

    async def _invoked(self, incoming: Incoming) -> web.Response:
        if incoming.name != CARD_ACTION:
            return web.json_response({}, status=HTTPStatus.NOT_IMPLEMENTED)
        try:
            press = read_press(incoming, secret=self._config.app_password)
        except ActivityError as problem:
            return web.json_response(error_body(str(problem)))
        except UnknownButtonError:
            return web.json_response(text_body(UNKNOWN_BUTTON))
        except TooLongError:
            return web.json_response(text_body(TOO_LONG))
        return web.json_response(await self._pressed(press, incoming))

    async def _pressed(self, press: Press, incoming: Incoming) -> dict[str, Any]:
        """Answer in time whatever happens; what takes longer follows as a message."""
        introduce = partial(self._introduce, incoming)
        work = self._errands.begin(self._listener.on_event(press.event, introduce))
        await asyncio.wait({work}, timeout=self._answer_within)
        if not work.done():
            self._errands.begin(self._answer_late(press, work))
            return text_body(STILL_WORKING)
        try:
            messages = work.result()
        except Exception as fault:  # noqa: BLE001 - whatever it is, the person must hear of it
            return text_body(report_fault(fault, channel="teams"))
        if self._spoken.first(press.event.event_id):
            said = beside_the_card(press, messages)
            self._errands.begin(self._speak(press, tuple(each for each in messages if each is not said)))
        return answer_to(press, messages)

    async def _answer_late(self, press: Press, work: asyncio.Task[tuple[Message, ...]]) -> None:
        try:
            messages = await work
        except Exception as fault:  # noqa: BLE001 - whatever it is, the person must hear of it
            await self._speaker.say(press.here, report_fault(fault, channel="teams"))
            return
        if self._spoken.first(press.event.event_id):
            await self._speak(press, messages)

    async def _speak(self, press: Press, messages: tuple[Message, ...]) -> None:
        """
        Update the stored card and post the rest.

        The invoke's answer changes only what the presser sees until Teams draws the card anew.
        """
        for message in messages:
            await self._deliver(address_of(press, message), message)

    async def _deliver(self, address: Address, message: Message) -> None:
        for _ in range(_TRIES):
            result = await self._speaker.send(address, message)
            if not isinstance(result, TryAgain):
                return
            _log.warning("The answer to a press was not sent yet.", extra={"why": result.why})
            pause = result.after.total_seconds() if result.after is not None else _PAUSE
            await asyncio.sleep(min(pause, _LONGEST_PAUSE))
