"""What guards the register pages: their headers, their cookie, and who may post to them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

from aiohttp import web

from bot.channels.fault import report_fault
from bot.pages.plain import plain_page
from handlers.register.visits import SESSION_LASTS, NotLetIn

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Handler: TypeAlias = Callable[[web.Request], Awaitable[web.Response]]

COOKIE = "askfirst_register"
PATH = "/register"
SECRET = re.compile(r"[A-Za-z0-9_-]{20,100}")
HOW_TO_GET_IN = "Type “register” to the bot, in a chat with it alone. It gives you a link that works once."
SAFE_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; "
        "base-uri 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # With no-referrer, browsers say "null" for the Origin of our own forms, and some have no Sec-Fetch-Site.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}


def guarded(handler: Handler) -> Handler:
    """Answer with a page and the safe headers, whatever happens; what breaks is logged without the address asked."""

    async def answer(request: web.Request) -> web.Response:
        try:
            response = await handler(request)
        except NotLetIn:
            response = page(plain_page("Please ask for a link", HOW_TO_GET_IN), status=401)
        except Exception as fault:  # noqa: BLE001 - whatever broke, the person gets a sentence and a reference
            response = page(plain_page("This did not work", report_fault(fault, channel="register")), status=500)
        response.headers.update(SAFE_HEADERS)
        return response

    return answer


def from_our_own_page(request: web.Request) -> bool:
    """
    Tell whether a POST was made by a page of ours.

    Browsers say so in Sec-Fetch-Site. Those too old to, and those that do not say it to an address without HTTPS,
    send the Origin.
    """
    said = request.headers.get("Sec-Fetch-Site")
    if said is not None:
        return said == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == request.host


def a_secret(text: str) -> str:
    """Return what may be one of our secrets; "" for anything else, which nothing behind has to be able to read."""
    return text if SECRET.fullmatch(text) else ""


def page(text: str, *, status: int = 200) -> web.Response:
    """Return a page."""
    return web.Response(text=text, content_type="text/html", status=status)


def see_other(path: str) -> web.Response:
    """Return a redirect to another page of ours, to be read with GET."""
    return web.Response(status=303, headers={"Location": path})


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionCookie:
    """The cookie that holds a session's secret; `secure` where people reach the pages by HTTPS."""

    secure: bool

    def read(self, request: web.Request) -> str:
        """Return what a browser brings; "" where it brings nothing, or nothing we could have given it."""
        return a_secret(request.cookies.get(COOKIE, ""))

    def give(self, response: web.Response, session: str) -> None:
        """Let the browser keep a session, out of reach of scripts and of other sites, for as long as it lasts."""
        response.set_cookie(
            COOKIE,
            session,
            path=PATH,
            max_age=int(SESSION_LASTS.total_seconds()),
            httponly=True,
            secure=self.secure,
            samesite="Strict",
        )

    def take_back(self, response: web.Response) -> None:
        """Let the browser forget it."""
        response.del_cookie(COOKIE, path=PATH, httponly=True, secure=self.secure, samesite="Strict")
