"""Somebody at the web chat without a browser: the same calls as the page makes, over real HTTP."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import uuid4

import aiohttp

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

BUTTON = re.compile(r'<button[^>]* data-action="([^"]*)" data-about="([^"]*)">([^<]*)</button>')


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One message as it came back."""

    html: str
    text: str
    replaces: bool
    card: str = ""
    id: int = 0  # of what was sent for later

    def buttons(self) -> dict[str, tuple[str, str]]:
        """Return action and subject of each button, by its label."""
        found: list[tuple[str, str, str]] = BUTTON.findall(self.html)
        return {unescape(label): (unescape(action), unescape(about)) for action, about, label in found}


@dataclass(slots=True)
class WebUser:
    """A browser's manners: one cookie jar, the Origin of its page, a new id for each event."""

    base: str  # http://127.0.0.1:PORT
    client: aiohttp.ClientSession
    person: str = ""  # empty: whoever was picked last
    last: tuple[Shown, ...] = field(default=())

    async def say(self, text: str, *, event_id: str = "") -> tuple[Shown, ...]:
        """Ask something and return the answer."""
        return await self._post("/api/say", {"event_id": event_id or uuid4().hex, "text": text})

    async def press(
        self, label: str, values: Mapping[str, list[str]] | None = None, *, event_id: str = ""
    ) -> tuple[Shown, ...]:
        """Press a button of the latest answer by its label, with what stands in the fields beside it."""
        action, about = {label: at for shown in self.last for label, at in shown.buttons().items()}[label]
        body = {"event_id": event_id or uuid4().hex, "action": action, "about": about, "values": values or {}}
        return await self._post("/api/press", body)

    async def news(self, after: int = 0) -> tuple[Shown, ...]:
        """Look what others did since the message numbered `after`; its buttons can be pressed next."""
        return await self._post("/api/news", {"after": after})

    async def become(self, person: str) -> tuple[Shown, ...]:
        """Be somebody else of the sample trust, and return the greeting."""
        self.person = person
        return await self._post("/api/person", {})

    async def page(self) -> str:
        """Return the chat page."""
        async with self.client.get(f"{self.base}/") as response:
            response.raise_for_status()
            return await response.text()

    async def _post(self, path: str, body: Mapping[str, object]) -> tuple[Shown, ...]:
        whole = {**body, "person": self.person} if self.person else body
        headers = {"Origin": self.base, "Sec-Fetch-Site": "same-origin"}
        async with self.client.post(f"{self.base}{path}", json=whole, headers=headers) as response:
            answer = await response.json()
            if response.status != 200:
                raise TurnedAwayError(response.status, answer["error"])
            self.last = tuple(Shown(**message) for message in answer["messages"])
            return self.last


class TurnedAwayError(Exception):
    """The bot did not take the call."""

    def __init__(self, status: int, says: str) -> None:
        super().__init__(f"{status}: {says}")
        self.status = status
        self.says = says


@asynccontextmanager
async def open_web_user(start_link: str) -> AsyncIterator[WebUser]:
    """Open the printed link and stay let in."""
    address = urlsplit(start_link)
    jar = aiohttp.CookieJar(unsafe=True)  # cookies from an address that is a number
    timeout = aiohttp.ClientTimeout(total=10)
    async with aiohttp.ClientSession(cookie_jar=jar, timeout=timeout) as client:
        async with client.get(start_link) as response:
            response.raise_for_status()
        yield WebUser(base=f"{address.scheme}://{address.netloc}", client=client)
