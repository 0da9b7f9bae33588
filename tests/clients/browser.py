"""A real Chromium for the tests that need to see a page; it reaches nothing but this machine."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

import pytest
from playwright.async_api import async_playwright

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Page, Route

CHROMIUM = Path("/usr/bin/chromium")
HAVE_CHROMIUM = CHROMIUM.exists()
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE = 10_000  # milliseconds
DESK = 1280  # pixels
PHONE = 390


@asynccontextmanager
async def open_browser() -> AsyncIterator[Browser]:
    """Start Chromium with a profile of its own, and end it; the test is skipped where there is none."""
    if not HAVE_CHROMIUM:
        pytest.skip(f"no browser at {CHROMIUM}")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def open_page(
    browser: Browser,
    *,
    width: int = DESK,
    colours: Literal["light", "dark"] = "light",
    touch: bool = False,
) -> AsyncIterator[Page]:
    """Open an empty page without cookies; anything but this machine is out of its reach."""
    context = await browser.new_context(
        viewport={"width": width, "height": 844},
        color_scheme=colours,
        has_touch=touch,
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    await context.route("**/*", _keep_on_this_machine)
    try:
        yield await context.new_page()
    finally:
        await context.close()


async def _keep_on_this_machine(route: Route) -> None:
    address = urlsplit(route.request.url)
    if address.scheme in ("data", "blob") or address.hostname in ("127.0.0.1", "localhost"):
        await route.continue_()
    else:
        await route.abort()
