"""What a request must be before the web chat reads it: from this machine, from our own page, small, JSON."""

from __future__ import annotations

import asyncio
import json
import re
from ipaddress import ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiohttp import web

LARGEST_BODY = 256 * 1024  # bytes; a whole section of the form with long answers
SLOWEST_BODY = 10.0  # seconds
OWN_HOST = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?", re.IGNORECASE)  # with any port

SAFE_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Refused(Exception):  # noqa: N818 - it is the request that was at fault, not we
    """A request that the web chat does not take; `says` is for the person."""

    def __init__(self, status: int, says: str) -> None:
        super().__init__(says)
        self.status = status
        self.says = says


def check_caller(request: web.Request) -> None:
    """
    Check that the request comes from this machine and asks for it by one of its own names.

    A page elsewhere can point its own name at 127.0.0.1; the name it asks for gives it away.

    Raises:
        Refused: 403 for another machine, 421 for another name.
    """
    if not is_this_machine(request.remote):
        raise Refused(403, "The web chat answers only on the computer it runs on.")
    if not OWN_HOST.fullmatch(request.host):
        raise Refused(421, "Use the address the bot printed when it started, with 127.0.0.1 in it.")


def check_post(request: web.Request) -> None:
    """
    Check that a POST was made by our own page.

    Raises:
        Refused: 403 for another page's, or 415 for something other than JSON.
    """
    if request.headers.getall("Origin", []) != [f"http://{request.host}"]:
        raise Refused(403, "That did not come from the chat page. Open the page and ask there.")
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise Refused(403, "That came from another page. Open the chat page and ask there.")
    if request.content_type != "application/json":
        raise Refused(415, "Send JSON, with the header Content-Type: application/json.")


async def read_json(request: web.Request) -> dict[str, object]:
    """
    Read the body as one JSON object.

    Raises:
        Refused: 413 too large, 408 too slow, 400 not a JSON object.
    """
    try:
        async with asyncio.timeout(SLOWEST_BODY):
            value = json.loads(await _read_body(request))
    except TimeoutError:
        raise Refused(408, "That took too long to arrive. Please try again.") from None
    except (ValueError, RecursionError):
        raise Refused(400, "That is not JSON that I can read.") from None
    if not isinstance(value, dict):
        raise Refused(400, "Send one JSON object.")
    return value


def is_this_machine(address: str | None) -> bool:
    """Tell whether a connection's far end is this machine itself."""
    try:
        return address is not None and ip_address(address).is_loopback
    except ValueError:
        return False


async def _read_body(request: web.Request) -> bytes:
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise Refused(413, "That is too long to send at once. Please shorten it.")
    return bytes(body)
