"""
An imitation of Slack on loopback, for a bot that does not know the difference.

It checks what Slack checks (tokens, scopes, Block Kit, membership), signs what it delivers over HTTP or
sends it over Socket Mode, delivers an event again that nobody acknowledged, and lets people act.
It imports nothing of the bot; it reads the manifest an administrator would upload.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict, deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from tests.clients.slack_delivery import Delivery, HttpRoad, Kind, Road, SocketRoad, deliver
from tests.clients.slack_methods import Methods, Refusal, check_payload
from tests.clients.slack_user import User
from tests.clients.slack_world import Post, ResponseUrl, World

MANIFEST = Path(__file__).parents[2] / "bot" / "channels" / "slack" / "manifest.json"
HISTORY = {"message.im": "im:history", "app_mention": "app_mentions:read", "app_home_opened": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """How the peer answers the next call of a method instead of doing it."""

    status: int = 200
    error: str = ""
    body: str = ""  # instead of JSON
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0  # seconds before it answers
    after_doing: bool = False  # do the call first: the answer alone is lost


class SlackPeer:
    """Slack, with one workspace and one bot; `await start()`, then point the bot at `api_url`."""

    bot_token = "xoxb-1-fake"
    app_token = "xapp-1-fake"
    signing_secret = "signing-secret-of-the-imitation"

    def __init__(self) -> None:
        self.world = World()
        self.manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
        self.commands = {command["command"] for command in self.manifest["features"]["slash_commands"]}
        self.patience = 3.0  # seconds until Slack takes silence for a failure
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.url = ""
        self.socket = SocketRoad(lambda: self.patience, self.world.new_id)
        self._road: Road = self.socket
        scopes = frozenset(self.manifest["oauth_config"]["scopes"]["bot"])
        self.scopes = scopes
        self._methods = Methods(self.world, scopes, self._echo)
        self._trips: dict[str, deque[Trip]] = defaultdict(deque)
        self._echoes: set[asyncio.Task[Delivery]] = set()
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None

    @property
    def api_url(self) -> str:
        """Return the Web API's base address."""
        return f"{self.url}/api/"

    async def start(self) -> None:
        """Listen on a loopback port that the system picks."""
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._on_call)
        app.router.add_post("/response/{token}", self._on_response)
        app.router.add_post("/upload/v1/{file}", self._on_upload)
        app.router.add_get("/link", self.socket.serve)
        self._runner = web.AppRunner(app, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = self.world.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._session = aiohttp.ClientSession()

    async def stop(self) -> None:
        """Stop, after the last deliveries are over."""
        await self.settle()
        await self.socket.close()
        if self._session is not None:
            await self._session.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def use_http(self, request_url: str) -> None:
        """Deliver by signed HTTP to this address from now on; otherwise Socket Mode is used."""
        assert self._session is not None, "start the peer first"
        self._road = HttpRoad(self._session, request_url, self.signing_secret, lambda: self.patience)

    def user(self, name: str, *, email: str = "", team_id: str = "") -> User:
        """Let somebody join the workspace, or another one, and sit down in front of Slack."""
        return User(self, self.world.add_person(name, email=email, team_id=team_id))

    def trip(self, method: str, *trips: Trip) -> None:
        """Answer the next calls of a method (or of "response_url") in these ways."""
        self._trips[method].extend(trips)

    def called(self, method: str) -> list[dict[str, Any]]:
        """Return the arguments of every call of a method so far."""
        return [arguments for name, arguments in self.calls if name == method]

    async def settle(self) -> None:
        """Wait until the bot has been told of all its own posts."""
        while self._echoes:
            await asyncio.wait(set(self._echoes))

    async def deliver(self, kind: Kind, payload: dict[str, Any]) -> Delivery:
        """Deliver any payload."""
        return await deliver(self._road, kind, payload)

    async def deliver_event(self, name: str, event: dict[str, Any], **envelope: Any) -> Delivery:  # noqa: ANN401 - any field of a payload
        """Deliver an event, if the manifest subscribes to it and has the scope for it."""
        subscribed = name in self.manifest["settings"]["event_subscriptions"]["bot_events"]
        if not subscribed or (HISTORY[name] and HISTORY[name] not in self.scopes):
            return Delivery(status=0, seconds=0, attempts=0)
        return await self.deliver(Kind.EVENT, self.event_payload(event) | envelope)

    def event_payload(self, event: dict[str, Any]) -> dict[str, Any]:
        """Return the envelope of the Events API around an event."""
        return {
            "token": "unused",
            "team_id": event.get("team", self.world.team_id),
            "api_app_id": self.world.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": self.world.new_id("Ev"),
            "event_time": 1763000000,
            "authorizations": [{"team_id": self.world.team_id, "user_id": self.world.bot_user, "is_bot": True}],
            "is_ext_shared_channel": False,
        }

    def _echo(self, post: Post, new: bool) -> None:
        """Tell the bot of its own post in a direct conversation, as Slack does."""
        if not self.world.rooms[post.room].is_dm or not (isinstance(self._road, HttpRoad) or self.socket.connections):
            return
        written = {"user": post.author, "bot_id": self.world.bot_id, "text": post.text, "ts": post.ts}
        event: dict[str, Any] = {"type": "message", "channel": post.room, "channel_type": "im", "event_ts": post.ts}
        event |= written if new else {"subtype": "message_changed", "message": written}
        event |= {"subtype": "file_share", "bot_id": ""} if post.file else {}  # only who uploaded it tells whose it is
        task = asyncio.create_task(self.deliver_event("message.im", event))
        self._echoes.add(task)
        task.add_done_callback(self._echoes.discard)

    async def _on_call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        arguments = await _arguments(request)
        self.calls.append((method, arguments))
        trip = self._trips[method].popleft() if self._trips[method] else None
        if trip and not trip.after_doing:
            return await _tripped(trip)
        answer = self._answer(request, method, arguments)
        return await _tripped(trip) if trip else web.json_response(answer)

    def _answer(self, request: web.Request, method: str, arguments: dict[str, Any]) -> dict[str, Any]:
        bearer = request.headers.get("Authorization", "")
        if not bearer:
            return {"ok": False, "error": "not_authed"}
        if method == "apps.connections.open":
            if bearer != f"Bearer {self.app_token}":
                return {"ok": False, "error": "invalid_auth"}
            return {
                "ok": True,
                "url": f"{self.url.replace('http', 'ws', 1)}/link?ticket={self.world.new_id('t')}",
            }
        if bearer != f"Bearer {self.bot_token}":
            return {"ok": False, "error": "invalid_auth"}
        return self._methods.answer(method, arguments)

    async def _on_response(self, request: web.Request) -> web.StreamResponse:
        payload = await request.json()
        self.calls.append(("response_url", payload))
        if self._trips["response_url"]:
            return await _tripped(self._trips["response_url"].popleft())
        allowed = self.world.response_urls.get(request.match_info["token"])
        if allowed is None or allowed.uses_left == 0:
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        allowed.uses_left -= 1
        try:
            check_payload(payload)
        except Refusal as refusal:
            return web.Response(status=400, text=str(refusal))
        self._respond(allowed, payload)
        return web.Response(text="ok")

    async def _on_upload(self, request: web.Request) -> web.StreamResponse:
        content = await request.read()
        assert "Authorization" not in request.headers, "the token is not for this address"
        self.calls.append(("upload", {"length": len(content)}))
        if self._trips["upload"]:
            return await _tripped(self._trips["upload"].popleft())
        upload = self.world.uploads.get(request.match_info["file"])
        if upload is None or upload.length != len(content):
            return web.Response(status=400, text="upload failed")
        upload.content = content
        return web.Response(text=f"OK - {len(content)}")

    def _respond(self, allowed: ResponseUrl, payload: dict[str, Any]) -> None:
        text, blocks = payload.get("text", ""), payload.get("blocks") or []
        if payload.get("replace_original") and allowed.source is not None:
            self.world.change(allowed.source, text=text, blocks=blocks)
            return
        alone = payload.get("response_type", "ephemeral") == "ephemeral"
        post = Post(
            ts=self.world.new_ts(),
            room=allowed.room,
            author=self.world.bot_user,
            text=text,
            blocks=blocks,
            only_for=allowed.user if alone else "",
        )
        self.world.post(post)


async def _arguments(request: web.Request) -> dict[str, Any]:
    given: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        # Slack's read methods do not look at a JSON body.
        reads = request.match_info["method"] in {"users.info", "users.lookupByEmail"}
        return given if reads or not request.can_read_body else given | await request.json()
    return given | dict(await request.post())


async def _tripped(trip: Trip) -> web.Response:
    await asyncio.sleep(trip.wait)
    body = trip.body or json.dumps({"ok": False, "error": trip.error} if trip.error else {"ok": True})
    return web.Response(status=trip.status, text=body, content_type=trip.content_type, headers=trip.headers)
