"""
Who may call the endpoint: our own check of Microsoft's token, before anything in the body is believed.

The SDK's check is not used. It answers 500 to forged tokens, accepts a token that never expires,
never looks at the tenant, and stops the event loop while it fetches keys. What passes here needs
no second check: the SDK is given no incoming request at all.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import aiohttp
import jwt

from bot.channels.teams.activity import ActivityError, Incoming, read_activity
from bot.config import is_loopback

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aiohttp import web

    from bot.config import TeamsConfig

OPENID_METADATA = "https://login.botframework.com/v1/.well-known/openidconfiguration"
ISSUER = "https://api.botframework.com"
TEAMS_CHANNEL = "msteams"
_TIMEOUT = aiohttp.ClientTimeout(total=5)
_LEEWAY = 300  # seconds that Microsoft allows clocks to differ
_KEYS_LAST = 24 * 3600.0  # seconds
_BETWEEN_FETCHES = 60.0  # seconds; a stranger's made-up key ids must not make us call Microsoft each time
_ANY_KEY_FAULT = (jwt.PyJWTError, ValueError, TypeError, KeyError)

_log = logging.getLogger(__name__)


class AdmissionError(Exception):
    """A request is turned away with this HTTP status; the sentence is for our log."""

    def __init__(self, status: HTTPStatus, why: str) -> None:
        super().__init__(why)
        self.status = status


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """One of Microsoft's public keys, and the channels it may speak for."""

    key: jwt.PyJWK
    endorsements: frozenset[str]


class SigningKeys:
    """Microsoft's public keys: kept for a day, and fetched anew when an unknown one appears."""

    def __init__(self, session: Callable[[], aiohttp.ClientSession], metadata_url: str = OPENID_METADATA) -> None:
        self._session = session
        self._url = metadata_url
        self._keys: dict[str, SigningKey] = {}
        self._fetched_at = float("-inf")
        self._tried_at = float("-inf")
        self._lock = asyncio.Lock()

    @property
    def known(self) -> bool:
        """Tell whether any key was ever fetched."""
        return bool(self._keys)

    async def find(self, kid: str) -> SigningKey | None:
        """Return the key with this id, asking Microsoft again where it is unknown or a day old."""
        if kid not in self._keys or self._age(self._fetched_at) > _KEYS_LAST:
            await self.refresh()
        return self._keys.get(kid)

    async def refresh(self) -> None:
        """Fetch the keys, at most once a minute; the old ones stay where that fails."""
        async with self._lock:
            if self._age(self._tried_at) < _BETWEEN_FETCHES:
                return
            self._tried_at = asyncio.get_running_loop().time()
            try:
                metadata = await self._get(self._url)
                found = await self._get(metadata["jwks_uri"])
                keys = _read_keys(found["keys"])
            except (aiohttp.ClientError, TimeoutError, *_ANY_KEY_FAULT) as problem:
                _log.warning("Microsoft's signing keys could not be fetched.", extra={"why": type(problem).__name__})
                return
            if keys:
                self._keys = keys
                self._fetched_at = self._tried_at

    def _age(self, moment: float) -> float:
        return asyncio.get_running_loop().time() - moment

    async def _get(self, url: str) -> Any:  # noqa: ANN401 - JSON from outside has no type until it is read
        async with self._session().get(url, timeout=_TIMEOUT, allow_redirects=False) as response:
            response.raise_for_status()
            return await response.json(content_type=None)


class Gate:
    """Lets an activity in, or says with which status it is turned away."""

    def __init__(self, config: TeamsConfig, keys: SigningKeys) -> None:
        self._config = config
        self._keys = keys

    async def admit(self, request: web.Request) -> Incoming:
        """
        Return the activity of a request that Microsoft signed for our app, our tenant and Teams.

        In development nobody signs: then only this machine may call, and only about itself.

        Raises:
            AdmissionError: 415 not JSON, 401 not Microsoft's or not for us, 400 not an activity,
                403 another tenant (or, in development, another machine), 503 no keys to check with.
        """
        if request.content_type != "application/json":
            raise AdmissionError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "not JSON")
        if self._config.development:
            return self._of_this_tenant(await self._from_this_machine(request))
        claims, key = await self._verified(request.headers.get("Authorization", ""))
        incoming = await _activity_in(request)
        if incoming.channel_id != TEAMS_CHANNEL or TEAMS_CHANNEL not in key.endorsements:
            raise AdmissionError(HTTPStatus.UNAUTHORIZED, "the key may not speak for this channel")
        # The claim binds the address we will post to; without it a true token could steer replies elsewhere.
        if claims.get("serviceurl") != incoming.service_url:
            raise AdmissionError(HTTPStatus.UNAUTHORIZED, "the token is for another service address")
        return self._of_this_tenant(incoming)

    async def _verified(self, header: str) -> tuple[Mapping[str, Any], SigningKey]:
        scheme, _, token = header.partition(" ")
        if scheme != "Bearer":
            raise AdmissionError(HTTPStatus.UNAUTHORIZED, "no bearer token")
        try:
            kid = jwt.get_unverified_header(token).get("kid")
            key = await self._keys.find(kid) if isinstance(kid, str) else None
            if key is None:
                raise self._unknown_key()
            return self._decode(token, key), key
        except _ANY_KEY_FAULT as problem:
            raise AdmissionError(HTTPStatus.UNAUTHORIZED, type(problem).__name__) from None

    def _decode(self, token: str, key: SigningKey) -> Mapping[str, Any]:
        claims: Mapping[str, Any] = jwt.decode(
            token,
            key.key,
            algorithms=["RS256"],
            audience=self._config.app_id,
            issuer=ISSUER,
            leeway=_LEEWAY,
            options={"require": ["exp", "iss", "aud"]},
        )
        return claims

    def _unknown_key(self) -> AdmissionError:
        if self._keys.known:
            return AdmissionError(HTTPStatus.UNAUTHORIZED, "signed with an unknown key")
        return AdmissionError(HTTPStatus.SERVICE_UNAVAILABLE, "no keys to check the signature with")

    async def _from_this_machine(self, request: web.Request) -> Incoming:
        if not is_loopback(request.remote or ""):
            raise AdmissionError(HTTPStatus.FORBIDDEN, "development mode, and not from this machine")
        incoming = await _activity_in(request)
        if not is_loopback(_host(incoming.service_url)):
            raise AdmissionError(HTTPStatus.FORBIDDEN, "development mode, and replies would leave this machine")
        return incoming

    def _of_this_tenant(self, incoming: Incoming) -> Incoming:
        if self._config.tenant_id and incoming.tenant != self._config.tenant_id:
            raise AdmissionError(HTTPStatus.FORBIDDEN, "another tenant")
        return incoming


async def _activity_in(request: web.Request) -> Incoming:
    try:
        return read_activity(await request.json())
    except (ActivityError, ValueError, LookupError, RecursionError):
        # LookupError is a charset nobody knows; RecursionError is JSON nested on purpose.
        raise AdmissionError(HTTPStatus.BAD_REQUEST, "not an activity") from None


def _read_keys(found: list[dict[str, Any]]) -> dict[str, SigningKey]:
    return {
        item["kid"]: SigningKey(
            key=jwt.PyJWK(item, algorithm="RS256"), endorsements=frozenset(item.get("endorsements", ()))
        )
        for item in found
        if item.get("kty") == "RSA"
    }


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
