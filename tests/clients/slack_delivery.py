"""How Slack brings things to a bot: signed HTTP or Socket Mode, and again if nobody acknowledges."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlencode

import aiohttp
from aiohttp import web
from slack_sdk.signature import Clock

if TYPE_CHECKING:
    from collections.abc import Callable

RETRIES = 3


class Kind(StrEnum):
    """What Slack delivers, by its Socket Mode names."""

    EVENT = "events_api"
    COMMAND = "slash_commands"
    INTERACTION = "interactive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How a delivery went."""

    status: int  # of the last attempt; 0 where nobody answered in time
    seconds: float  # that the last attempt took
    attempts: int
    answer: dict[str, Any] = field(default_factory=dict)  # what came back with the acknowledgement
    no_retry: bool = False

    @property
    def acknowledged(self) -> bool:
        """Tell whether Slack takes this as received."""
        return 200 <= self.status < 300


class Road(Protocol):
    """One way to the bot."""

    async def once(self, kind: Kind, payload: dict[str, Any], retry: int) -> Delivery:
        """Deliver once; `retry` is 0 the first time."""
        ...


async def deliver(road: Road, kind: Kind, payload: dict[str, Any]) -> Delivery:
    """Deliver, and deliver an event again as Slack does; interactions get one chance."""
    delivery = await road.once(kind, payload, 0)
    attempts = 1
    while kind is Kind.EVENT and not delivery.acknowledged and not delivery.no_retry and attempts <= RETRIES:
        delivery = await road.once(kind, payload, attempts)
        attempts += 1
    return Delivery(status=delivery.status, seconds=delivery.seconds, attempts=attempts, answer=delivery.answer)


def sign(secret: str, body: bytes, *, age: int = 0) -> dict[str, str]:
    """Return the headers that prove a body is Slack's, made `age` seconds ago."""
    timestamp = str(int(Clock().now()) - age)
    digest = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256)
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest.hexdigest()}"}


class HttpRoad:
    """Signed POSTs to the bot's public address."""

    def __init__(self, session: aiohttp.ClientSession, url: str, secret: str, patience: Callable[[], float]) -> None:
        self._session = session
        self._url = url
        self._secret = secret
        self._patience = patience

    async def once(self, kind: Kind, payload: dict[str, Any], retry: int) -> Delivery:
        """Deliver once and wait as long as Slack does."""
        body, content_type = _encoded(kind, payload)
        headers = {"Content-Type": content_type, **sign(self._secret, body)}
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_error"}
        began = asyncio.get_running_loop().time()
        try:
            async with (
                asyncio.timeout(self._patience()),
                self._session.post(self._url, data=body, headers=headers) as answer,
            ):
                text = await answer.text()
                status, no_retry = answer.status, "X-Slack-No-Retry" in answer.headers
        except TimeoutError:
            status, text, no_retry = 0, "", False
        seconds = asyncio.get_running_loop().time() - began
        return Delivery(status=status, seconds=seconds, attempts=1, answer=_decoded(text), no_retry=no_retry)


class SocketRoad:
    """Envelopes over the connection the bot has opened; the newest one if there are several."""

    def __init__(self, patience: Callable[[], float], new_id: Callable[[str], str]) -> None:
        self._patience = patience
        self._new_id = new_id
        self._sockets: list[web.WebSocketResponse] = []
        self._waiting: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._connected = asyncio.Event()
        self.connections = 0

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Greet a bot that dialled in, then take its acknowledgements."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        self._sockets.append(socket)
        self.connections += 1
        self._connected.set()
        async for frame in socket:
            if frame.type is aiohttp.WSMsgType.TEXT:
                self._acknowledge(json.loads(frame.data))
        self._sockets.remove(socket)
        return socket

    async def connected(self) -> None:
        """Wait until a bot has dialled in."""
        async with asyncio.timeout(5):
            await self._connected.wait()

    async def refresh(self) -> None:
        """Ask the bot to dial again, as Slack does every few hours, and wait until it has."""
        self._connected.clear()
        await self._sockets[-1].send_json({"type": "disconnect", "reason": "refresh_requested"})
        await self.connected()

    async def close(self) -> None:
        """Hang up on everybody."""
        for socket in list(self._sockets):
            await socket.close()

    async def once(self, kind: Kind, payload: dict[str, Any], retry: int) -> Delivery:
        """Deliver once and wait as long as Slack does for the acknowledgement."""
        envelope: dict[str, Any] = {
            "envelope_id": self._new_id("e"),
            "type": kind.value,
            "payload": payload,
            "accepts_response_payload": kind is not Kind.EVENT,
        }
        if retry:
            envelope |= {"retry_attempt": retry, "retry_reason": "timeout"}
        loop = asyncio.get_running_loop()
        began, future = loop.time(), loop.create_future()
        self._waiting[str(envelope["envelope_id"])] = future
        await self._sockets[-1].send_json(envelope)
        answer: dict[str, Any] | None = None
        with contextlib.suppress(TimeoutError):
            answer = await asyncio.wait_for(future, self._patience())
        return Delivery(
            status=0 if answer is None else 200,
            seconds=loop.time() - began,
            attempts=1,
            answer=answer or {},
        )

    def _acknowledge(self, frame: dict[str, Any]) -> None:
        future = self._waiting.pop(frame.get("envelope_id", ""), None)
        if future is not None and not future.done():
            future.set_result(frame.get("payload") or {})


def _encoded(kind: Kind, payload: dict[str, Any]) -> tuple[bytes, str]:
    match kind:
        case Kind.EVENT:
            return json.dumps(payload).encode(), "application/json"
        case Kind.COMMAND:
            return urlencode(payload).encode(), "application/x-www-form-urlencoded"
        case Kind.INTERACTION:
            return urlencode({"payload": json.dumps(payload)}).encode(), "application/x-www-form-urlencoded"


def _decoded(text: str) -> dict[str, Any]:
    try:
        answer = json.loads(text)
    except ValueError:
        return {"text": text} if text else {}
    return answer if isinstance(answer, dict) else {}
