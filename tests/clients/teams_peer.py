"""
Microsoft Teams on loopback: key server, sign-in, connector and memory of every conversation.

Real HTTP both ways. It checks what Teams would check of every card and every call, keeps what it
finds in `faults`, and can be told to refuse, to wait or to be silent.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

from aiohttp import ClientSession, web

from tests.clients.teams_keys import Signer, claims_for
from tests.contracts.adaptive_cards import faults_of

if TYPE_CHECKING:
    from collections.abc import Callable

APP_ID = "11111111-2222-3333-4444-555555555555"
TENANT = "aaaaaaaa-0000-0000-0000-00000000000a"
PASSWORD = "a client secret of the tests"
CARD = "application/vnd.microsoft.card.adaptive"
MESSAGE_BYTES = 100 * 1024


@dataclass
class Talk:
    """One conversation: what the bot said in it, as it reads now."""

    id: str
    kind: str  # personal, groupChat, channel
    said: list[dict[str, Any]] = field(default_factory=list)

    def texts(self) -> list[str]:
        return [str(activity["text"]) for activity in self.said if activity.get("text")]

    def cards(self) -> list[dict[str, Any]]:
        return [card for activity in self.said if (card := card_of(activity)) is not None]


@dataclass(kw_only=True)
class Trouble:
    """What the connector does with the next calls in place of its work."""

    status: int
    code: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0
    times: int = 1
    path: str = ""  # only calls whose path contains this


def card_of(activity: dict[str, Any]) -> dict[str, Any] | None:
    """Return the card of an activity, if it has one."""
    for attachment in activity.get("attachments") or []:
        if attachment.get("contentType") == CARD:
            found: dict[str, Any] = attachment["content"]
            return found
    return None


class TeamsPeer:
    """Use as `async with TeamsPeer() as teams`; tell it where the bot is with `teams.bot_url = …`."""

    def __init__(self, *, signed: bool = True) -> None:
        self.signed = signed
        self.app_id = APP_ID if signed else ""
        self.bot = f"28:{APP_ID}"
        self.tenant = TENANT
        self.signer = Signer(kid="key-1")
        self.published = [self.signer]
        self.bot_url = ""
        self.talks: dict[str, Talk] = {}
        self.members: dict[str, dict[str, str]] = {}
        self.installed_for: set[str] = set()
        self.faults: list[str] = []
        self.calls: list[str] = []
        self.tokens: set[str] = set()
        self.sign_ins = 0
        self.key_fetches = 0
        self._troubles: list[Trouble] = []
        self._changed = asyncio.Condition()

    async def __aenter__(self) -> Self:
        self.client = ClientSession()
        app = web.Application(middlewares=[self._as_told])
        app.router.add_get("/openid", self._metadata)
        app.router.add_get("/keys", self._keys)
        app.router.add_post("/login/{tenant}/oauth2/v2.0/token", self._sign_in)
        app.router.add_post("/amer/v3/conversations", self._create)
        app.router.add_post("/amer/v3/conversations/{talk}/activities", self._post)
        app.router.add_post("/amer/v3/conversations/{talk}/activities/{id}", self._post)
        app.router.add_put("/amer/v3/conversations/{talk}/activities/{id}", self._update)
        app.router.add_get("/amer/v3/conversations/{talk}/members/{member}", self._member)
        self._runner = web.AppRunner(app, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.close()
        await self._runner.cleanup()

    @property
    def service_url(self) -> str:
        return f"{self.url}/amer/"

    @property
    def openid_metadata(self) -> str:
        return f"{self.url}/openid"

    @property
    def login(self) -> str:
        return f"{self.url}/login"

    def talk(self, name: str, kind: str) -> Talk:
        """Return a conversation, made on first use."""
        return self.talks.setdefault(name, Talk(id=name, kind=kind))

    def trouble(self, trouble: Trouble) -> None:
        """Let the next calls go wrong."""
        self._troubles.append(trouble)

    def token(self, **changes: object) -> str:
        """Return a good token, or one with other claims; a claim set to None is left out."""
        claims = {**claims_for(self.app_id, self.service_url), **changes}
        return self.signer.sign({name: value for name, value in claims.items() if value is not None})

    async def deliver(self, activity: dict[str, Any], *, token: str | None = None) -> tuple[int, dict[str, Any] | None]:
        """Send an activity to the bot as Teams does; return the status and the JSON of the answer."""
        bearer = token or (self.token() if self.signed else "")
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        async with (
            asyncio.timeout(15),
            self.client.post(self.bot_url, json=activity, headers=headers) as answer,
        ):
            body = await answer.json() if answer.content_type == "application/json" else None
            return answer.status, body

    async def until(self, seen: Callable[[], object], within: float = 5.0) -> None:
        """Wait until something has happened here, or fail."""
        async with asyncio.timeout(within), self._changed:
            await self._changed.wait_for(lambda: bool(seen()))

    def check(self) -> None:
        """Fail with everything that Teams would have refused or shown wrongly."""
        assert not self.faults, "\n".join(self.faults)

    @web.middleware
    async def _as_told(self, request: web.Request, handler: Any) -> web.StreamResponse:  # noqa: ANN401 - aiohttp's own type is private
        self.calls.append(f"{request.method} {request.path}")
        trouble = next((each for each in self._troubles if each.times > 0 and each.path in request.path), None)
        if trouble is not None and request.path.startswith("/amer"):
            trouble.times -= 1
            await asyncio.sleep(trouble.wait)
            return _error(trouble.status, trouble.code, trouble.headers)
        if request.path.startswith("/amer") and not self._may_call(request):
            return _error(401, "Unauthorized")
        response: web.StreamResponse = await handler(request)
        async with self._changed:
            self._changed.notify_all()
        return response

    def _may_call(self, request: web.Request) -> bool:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        return not self.signed or (scheme == "Bearer" and token in self.tokens)

    async def _metadata(self, _: web.Request) -> web.Response:
        self.key_fetches += 1
        return web.json_response({"issuer": "https://api.botframework.com", "jwks_uri": f"{self.url}/keys"})

    async def _keys(self, _: web.Request) -> web.Response:
        return web.json_response({"keys": [signer.public() for signer in self.published]})

    async def _sign_in(self, request: web.Request) -> web.Response:
        self.sign_ins += 1
        form = await request.post()
        right = request.match_info["tenant"] == self.tenant and form.get("client_id") == self.app_id
        if not right or form.get("client_secret") != PASSWORD:
            return web.json_response({"error": "invalid_client"}, status=401)
        token = uuid4().hex
        self.tokens.add(token)
        return web.json_response({"token_type": "Bearer", "expires_in": 3599, "access_token": token})

    async def _create(self, request: web.Request) -> web.Response:
        wanted = await request.json()
        user = wanted["members"][0]["id"]
        tenant = wanted.get("channelData", {}).get("tenant", {}).get("id")
        if tenant != self.tenant or wanted.get("bot", {}).get("id") != self.bot:
            return _error(400, "BadArgument")
        if user not in self.installed_for:
            return _error(403, "BotNotInConversationRoster")
        return web.json_response({"id": self.talk(own_chat(user), "personal").id}, status=HTTPStatus.CREATED)

    async def _post(self, request: web.Request) -> web.Response:
        talk = self.talks.get(request.match_info["talk"])
        if talk is None:
            return _error(404, "ConversationNotFound")
        activity = await request.json()
        if refusal := self._refusal(activity, await request.read()):
            return refusal
        activity["id"] = f"said-{uuid4().hex[:12]}"
        talk.said.append(activity)
        return web.json_response({"id": activity["id"]}, status=HTTPStatus.CREATED)

    async def _update(self, request: web.Request) -> web.Response:
        talk = self.talks.get(request.match_info["talk"])
        name = request.match_info["id"]
        places = [number for number, said in enumerate(talk.said) if said["id"] == name] if talk else []
        if talk is None or not places:
            return _error(404, "ActivityNotFoundInConversation")
        activity = await request.json()
        if refusal := self._refusal(activity, await request.read()):
            return refusal
        talk.said[places[0]] = {**activity, "id": name}
        return web.json_response({"id": name})

    def _refusal(self, activity: dict[str, Any], body: bytes) -> web.Response | None:
        if len(body) > MESSAGE_BYTES:
            self.faults.append(f"a message of {len(body)} bytes")
            return _error(413, "MessageSizeTooBig")
        card = card_of(activity)
        if card is None and not str(activity.get("text", "")).strip():
            self.faults.append("a message that says nothing")
            return _error(400, "BadSyntax")
        if card is not None and not str(activity.get("summary", "")).strip():
            self.faults.append("a card without a summary: the notification says nothing")
        if card is not None and (faults := faults_of(card)):
            self.faults += faults
            return _error(400, "BadSyntax")
        return None

    async def _member(self, request: web.Request) -> web.Response:
        member = self.members.get(request.match_info["member"])
        return web.json_response(member) if member else _error(404, "MemberNotFoundInConversation")


def own_chat(user: str) -> str:
    """Return the id of a person's own chat with the bot."""
    return f"a:own-chat-{user.removeprefix('29:')}"


def _error(status: int, code: str, headers: dict[str, str] | None = None) -> web.Response:
    return web.json_response({"error": {"code": code, "message": code}}, status=status, headers=headers or {})
