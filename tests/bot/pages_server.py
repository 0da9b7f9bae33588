"""The register pages on a real port of this machine, over the rota's database."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp
from aiohttp import web

from bot.pages.door import SessionCookie
from bot.pages.register import RegisterPages

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.handlers.register.register_office import Readers


@dataclass(frozen=True, slots=True)
class Pages:
    """A started server, and who asks for links in chat."""

    readers: Readers
    base: str

    def link(self, email: str) -> str:
        """Ask for a link in chat, and return its address here."""
        return f"{self.base}/register/open/{self.readers.link(email)}"


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser's manners without a browser: one cookie jar, and it says from where a POST comes."""

    client: aiohttp.ClientSession
    base: str

    async def get(self, path: str) -> tuple[int, str]:
        async with self.client.get(path, allow_redirects=False) as response:
            return response.status, await response.text()

    async def post(self, path: str, **headers: str) -> tuple[int, str]:
        said = headers or {"Sec-Fetch-Site": "same-origin"}
        async with self.client.post(path, headers=said) as response:
            return response.status, await response.text()

    async def enter(self, link: str) -> None:
        """Open a link and press its button."""
        status, _ = await self.get(link)
        assert status == 200
        status, _ = await self.post(link)
        assert status == 200


@asynccontextmanager
async def running_pages(readers: Readers, *, secure: bool = False) -> AsyncIterator[Pages]:
    """Serve the register of some readers until the block ends."""
    app = web.Application()
    pages = RegisterPages(visits=readers.visits, cookie=SessionCookie(secure=secure), now=readers.clock)
    pages.add_routes(app)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield Pages(readers, f"http://127.0.0.1:{runner.addresses[0][1]}")
    finally:
        await runner.cleanup()


@asynccontextmanager
async def a_browser(pages: Pages) -> AsyncIterator[Browser]:
    """Open a browser with an empty cookie jar."""
    async with aiohttp.ClientSession(pages.base, cookie_jar=aiohttp.CookieJar(unsafe=True)) as client:
        yield Browser(client, pages.base)
