"""The door for signed HTTP: nobody but Slack comes in, and nothing malformed gets as far as Bolt."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import Clock

from bot.channels.fault import report_fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slack_bolt.async_app import AsyncApp

    from bot.secret import Secret

TOLERANCE = 300  # seconds; Slack's own limit against replays
TIMESTAMP = re.compile(r"[0-9]{1,12}", re.ASCII)
SIGNATURE = re.compile(r"v0=[0-9a-f]{64}", re.ASCII)
UTF_8 = frozenset({None, "utf-8", "utf8", "us-ascii"})
FIELDS = 200  # far more than any form Slack sends
PASSED_ON = ("X-Slack-Retry-Num", "X-Slack-Retry-Reason")

log = logging.getLogger(__name__)


class Guard:
    """Answers POST /slack/events: verifies the raw body, reads it, and hands it to Bolt."""

    def __init__(self, bolt: AsyncApp, signing_secret: Secret, *, clock: Clock | None = None) -> None:
        self._bolt = bolt
        self._secret = signing_secret
        self._clock = clock or Clock()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer Slack; 401 for what Slack did not sign just now, 400 for what cannot be read."""
        try:
            raw = await request.read()
        except web.RequestPayloadError:
            return _refuse(request, 400, "not readable")
        if not self._is_signed(request.headers, raw):
            return _refuse(request, 401, "not signed by Slack")
        try:
            body = _body(request, raw)
            bolt_request = _for_bolt(request, body)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return _refuse(request, 400, "not readable")
        try:
            return await to_aiohttp_response(await self._bolt.async_dispatch(bolt_request))
        except Exception as fault:  # noqa: BLE001 - aiohttp would log it with its words, which may be somebody's
            report_fault(fault, channel="slack")
            return web.Response(status=500)

    def _is_signed(self, headers: Mapping[str, str], raw: bytes) -> bool:
        timestamp = headers.get("X-Slack-Request-Timestamp", "")
        signature = headers.get("X-Slack-Signature", "")
        if not (TIMESTAMP.fullmatch(timestamp) and SIGNATURE.fullmatch(signature)):
            return False
        if abs(self._clock.now() - int(timestamp)) > TOLERANCE:
            return False
        signed = b"v0:" + timestamp.encode() + b":" + raw
        digest = hmac.new(self._secret.reveal().encode(), signed, hashlib.sha256).hexdigest()
        return hmac.compare_digest(f"v0={digest}", signature)


def _body(request: web.Request, raw: bytes) -> dict[str, Any]:
    """
    Read JSON, a form, or JSON in the `payload` field of a form.

    Raises:
        ValueError: the body is not UTF-8, not well formed, or not an object.

    """
    charset = request.charset
    if (charset.lower() if charset else None) not in UTF_8:
        raise ValueError("Slack writes UTF-8.")
    text = raw.decode("utf-8")
    if request.content_type != "application/json":
        fields = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=FIELDS))
        if "payload" not in fields:
            return dict(fields)
        text = fields["payload"]
    body = json.loads(text)
    if not isinstance(body, dict) or not _has_shape(body):
        raise ValueError("Slack does not send this.")
    return body


def _has_shape(body: dict[str, Any]) -> bool:
    """Tell whether the parts are there on which Bolt would stumble."""
    event, actions = body.get("event", {}), body.get("actions", [{}])
    listed = isinstance(actions, list) and bool(actions) and all(isinstance(one, dict) for one in actions)
    view = body.get("view", {"type": "", "callback_id": ""})
    named = isinstance(view, dict) and all(isinstance(view.get(name), str) for name in ("type", "callback_id"))
    return isinstance(event, dict) and listed and named


def _for_bolt(request: web.Request, body: dict[str, Any]) -> AsyncBoltRequest:
    # Given text, Bolt would read a form again and take any that has the word "payload" in it for an
    # interaction, losing a command about payloads. In this mode it takes what was already read.
    headers = {name: request.headers[name] for name in PASSED_ON if name in request.headers}
    return AsyncBoltRequest(body=body, headers=dict(headers), mode="socket_mode")


def _refuse(request: web.Request, status: int, why: str) -> web.Response:
    log.warning("A request to Slack's address was refused.", extra={"why": why, "remote": request.remote})
    return web.Response(status=status, text=why)
