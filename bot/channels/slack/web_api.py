"""Slack's Web API: one call at a time, with a timeout, and every refusal as a value."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from bot.channels.slack.sdk_log import quiet_logger

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.config import SlackConfig

TIMEOUT = timedelta(seconds=10)
RESPONSE_HOST = URL("https://hooks.slack.com")
UPLOAD_HOST = URL("https://files.slack.com")
TOO_MANY_REQUESTS = 429
SERVER_ERROR = 500
# Slack's own trouble, and trouble with our token that an administrator can mend: the message may still go.
PASSING = frozenset(
    {
        "fatal_error",
        "internal_error",
        "invalid_auth",
        "missing_scope",
        "not_authed",
        "ratelimited",
        "request_timeout",
        "service_unavailable",
        "token_expired",
        "token_revoked",
    }
)
BAD_TOKEN = frozenset({"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """Slack did it."""

    data: dict[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """Slack could not do it now."""

    why: str
    after: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Slack will not do it; `why` is its own word, such as channel_not_found."""

    why: str


Outcome: TypeAlias = Took | Later | Refused


class WebApi:
    """One workspace's Web API, through one HTTP session."""

    def __init__(self, config: SlackConfig, *, timeout: timedelta = TIMEOUT) -> None:
        self.token_accepted = False  # so far as the last call could tell
        self._timeout = timeout
        self._origin = URL(config.api_url).origin()
        # No retries in here: the outbox tries again, and knows for how long.
        self.client = AsyncWebClient(
            token=config.bot_token.reveal(),
            base_url=config.api_url,
            timeout=max(1, round(timeout.total_seconds())),
            retry_handlers=[],
            logger=quiet_logger(),
        )

    async def open(self) -> None:
        """Open the HTTP session."""
        if self.client.session is None:
            self.client.session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=self._timeout.total_seconds())
            )

    async def close(self) -> None:
        """Close the HTTP session; safe to call twice."""
        self.token_accepted = False
        session, self.client.session = self.client.session, None
        if session is not None:
            await session.close()

    async def call(self, method: str, arguments: Mapping[str, Any]) -> Outcome:
        """Call a method that changes something, with a JSON body."""
        return await self._outcome(method, json=dict(arguments))

    async def look_up(self, method: str, **arguments: str) -> Outcome:
        """Call a method that only reads; most of these take no JSON body."""
        return await self._outcome(method, http_verb="GET", params=arguments)

    async def ask(self, method: str, **arguments: str) -> Outcome:
        """Call a method that takes its arguments in the address, as those for files do."""
        return await self._outcome(method, params=arguments)

    async def put(self, upload_url: str, content: bytes) -> Outcome:
        """
        Send a file's bytes to the address that Slack gave for them, without our token.

        It leads to Slack alone, and no redirect is followed.
        """
        return await self._post(upload_url, (self._origin, UPLOAD_HOST), data=content)

    async def respond(self, response_url: str, payload: Mapping[str, Any]) -> Outcome:
        """
        Post to the address that came with a command or a press.

        It is text from outside, so it may lead to Slack alone, and no redirect is followed.
        """
        return await self._post(response_url, (self._origin, RESPONSE_HOST), json=dict(payload))

    async def _post(self, address: str, origins: tuple[URL, ...], **body: Any) -> Outcome:  # noqa: ANN401 - handed on to aiohttp
        url, session = _slack_url(address, origins), self.client.session
        if url is None:
            return Refused(why="address_not_slack")
        if session is None:
            return Later(why="not_started")
        try:
            async with session.post(url, **body, allow_redirects=False, proxy=self.client.proxy) as answer:
                return _response_outcome(answer.status, answer.headers, await answer.text())
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as problem:
            return Later(why=type(problem).__name__)

    async def _outcome(self, method: str, **how: Any) -> Outcome:  # noqa: ANN401 - handed on to Slack's client
        try:
            async with asyncio.timeout(self._timeout.total_seconds()):
                answer = await self.client.api_call(method, **how)
        except SlackApiError as refusal:
            outcome = _refusal(refusal)
        except (
            SlackClientError,
            aiohttp.ClientError,
            TimeoutError,
            OSError,
            ValueError,
            AttributeError,
        ) as fault:
            # AttributeError: Slack's client trips over an answer that is plain text, such as a proxy's page.
            outcome = Later(why=type(fault).__name__)
        else:
            outcome = Took(data=answer.data if isinstance(answer.data, dict) else {})
        self._notice_token(outcome)
        return outcome

    def _notice_token(self, outcome: Outcome) -> None:
        if isinstance(outcome, Took):
            self.token_accepted = True
        elif outcome.why in BAD_TOKEN:
            self.token_accepted = False


def _refusal(refusal: SlackApiError) -> Outcome:
    answer = refusal.response
    # An answer that is no JSON at all comes back as aiohttp's own response, which says `status`.
    status: int = getattr(answer, "status_code", 0) or getattr(answer, "status", SERVER_ERROR)
    data = getattr(answer, "data", None)
    why = str(data.get("error", "")) if isinstance(data, dict) else ""
    if status == TOO_MANY_REQUESTS:
        return Later(why="ratelimited", after=_retry_after(getattr(answer, "headers", {})))
    if status >= SERVER_ERROR or not why or why in PASSING:
        return Later(why=why or f"http_{status}")
    return Refused(why=why)


def _response_outcome(status: int, headers: Mapping[str, str], body: str) -> Outcome:
    if status == TOO_MANY_REQUESTS:
        return Later(why="ratelimited", after=_retry_after(headers))
    for fault in ("invalid_blocks", "msg_blocks_too_long"):
        if fault in body:
            return Refused(why=fault)
    if status >= SERVER_ERROR:
        return Later(why=f"http_{status}")
    took = status < 300 and '"ok":false' not in body.replace(" ", "")  # noqa: PLR2004 - the end of the 2xx codes
    return Took() if took else Refused(why=f"http_{status}")


def _retry_after(headers: Mapping[str, str]) -> timedelta | None:
    seconds = headers.get("Retry-After", "")
    return timedelta(seconds=int(seconds)) if seconds.isdecimal() else None


def _slack_url(text: str, origins: tuple[URL, ...]) -> URL | None:
    """Return the address if it leads to one of these origins, and carries no name or password."""
    try:
        url = URL(text)
        return url if not url.user and url.origin() in origins else None
    except ValueError:
        return None
