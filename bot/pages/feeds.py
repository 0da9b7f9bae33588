"""Calendar feeds over HTTP: whoever has the secret address reads the calendar, and nobody else learns anything."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiohttp import web

from bot.channels.fault import report_fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.register.calendars_feed import FeedFile

ADDRESS = r"/calendar/{secret:[A-Za-z0-9_-]{1,100}}.ics"
RETRY_AFTER = "600"  # seconds
# Programs may keep a feed, and ask before each use whether it is still so: a swap shows at the next look.
ALWAYS = {
    "Cache-Control": "private, no-cache",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
}


def add_feed_routes(app: web.Application, read: Callable[[str], FeedFile | None]) -> None:
    """
    Add `GET` and `HEAD /calendar/<secret>.ics`.

    `read` returns what a secret opens, or None, and is called off the event loop. An address that opens nothing
    gets the 404 of any page that is not there; a fault of ours gets 503, for at a 404 some programs forget a feed.
    """

    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            file = await asyncio.to_thread(read, request.match_info["secret"])
        except Exception as fault:  # noqa: BLE001 - whatever it was, the calendar program keeps what it has and asks again
            says = report_fault(fault, channel="calendar")
            return web.Response(status=503, text=says, headers={**ALWAYS, "Retry-After": RETRY_AFTER})
        if file is None:
            raise web.HTTPNotFound
        return _sent(file, request)

    app.router.add_get(ADDRESS, answer)


def _sent(file: FeedFile, request: web.Request) -> web.Response:
    # Weak: the same calendar read twice differs in the moments it was read at, and in nothing else.
    headers = {**ALWAYS, "ETag": f'W/"{file.version}"'}
    known = request.if_none_match or ()
    if any(one.value in {file.version, "*"} for one in known):
        return web.Response(status=304, headers=headers)
    return web.Response(body=file.content, content_type="text/calendar", charset="utf-8", headers=headers)
