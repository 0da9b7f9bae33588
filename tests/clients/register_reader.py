"""Somebody at the register page in Chromium, let in by a link as they are."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from playwright.async_api import expect

from storage.database import Database
from tests.bot.pages_server import running_pages
from tests.clients.browser import DESK, PATIENCE, open_page
from tests.fakes import FakeClock
from tests.handlers.cover.rota_office import SUNDAY, rota_database
from tests.handlers.register.register_office import Readers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Page

    from handlers.desk import Desk
    from tests.bot.pages_server import Pages

expect.set_options(timeout=PATIENCE)


@asynccontextmanager
async def a_register(desk: Desk, found_desk: Desk) -> AsyncIterator[Pages]:
    """Serve the register over a database of its own."""
    content, site = rota_database(desk)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "askfirst.db"
        file.write_bytes(content)
        database = Database(f"sqlite:///{file}")
        try:
            async with running_pages(Readers(database, found_desk, FakeClock(SUNDAY), site=site)) as pages:
                yield pages
        finally:
            database.close()


@asynccontextmanager
async def a_reader(
    browser: Browser,
    pages: Pages,
    email: str,
    *,
    width: int = DESK,
    colours: Literal["light", "dark"] = "light",
) -> AsyncIterator[Page]:
    """Open somebody's link and press its button; at the end, the pages must have had nothing to complain of."""
    complaints: list[str] = []
    async with open_page(browser, width=width, colours=colours) as page:
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(pages.link(email))
        await page.get_by_role("button", name="Open the register").click()
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        yield page
    assert complaints == []
