"""What the web chat answers: pages and JSON, each behind the guard and with the safe headers."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from aiohttp import web

from bot.channels.printable import printable
from bot.channels.web.guard import SAFE_HEADERS, Refused, check_caller, check_post, read_json
from bot.channels.web.pages import plain_page
from bot.channels.web.render import render
from handlers.message import plain_text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from handlers.message import Message

    Handler: TypeAlias = Callable[[web.Request], Awaitable[web.Response]]
    BodyHandler: TypeAlias = Callable[[web.Request, dict[str, object]], Awaitable[web.Response]]


def page(handler: Handler) -> Handler:
    """Guard a page: a request that is refused gets a page that says why."""

    async def guarded(request: web.Request) -> web.Response:
        try:
            check_caller(request)
            response = await handler(request)
        except Refused as refused:
            response = html(plain_page("This cannot be shown", refused.says), status=refused.status)
        response.headers.update(SAFE_HEADERS)
        return response

    return guarded


def call(handler: BodyHandler) -> Handler:
    """Guard a call: a request that is refused gets `{"error": "…"}`."""

    async def guarded(request: web.Request) -> web.Response:
        try:
            check_caller(request)
            check_post(request)
            response = await handler(request, await read_json(request))
        except Refused as refused:
            response = error(refused.says, status=refused.status)
        response.headers.update(SAFE_HEADERS)
        return response

    return guarded


def html(text: str, *, status: int = 200) -> web.Response:
    """Return a page."""
    return web.Response(text=text, content_type="text/html", status=status)


def file(*, content_type: str, body: bytes) -> web.Response:
    """Return a static file."""
    return web.Response(body=body, content_type=content_type, charset="utf-8")


def see_other(path: str) -> web.Response:
    """Return a redirect to another page of ours."""
    return web.Response(status=303, headers={"Location": path})


def messages(shown: tuple[Message, ...]) -> web.Response:
    """Return messages as `{"messages": [{"html": …, "text": …, "replaces": …, "card": …}]}`, in order."""
    return web.json_response({"messages": [_message(each) for each in shown]})


def news(told: tuple[tuple[int, Message], ...], *, after: int) -> web.Response:
    """Return what was sent since as `{"messages": [{"id": …, …}], "last": …}`; `last` is what to ask after next."""
    shown = [{"id": number, **_message(each)} for number, each in told]
    return web.json_response({"messages": shown, "last": told[-1][0] if told else after})


def error(says: str, *, status: int) -> web.Response:
    """Return a sentence for the person as `{"error": "…"}`."""
    return web.json_response({"error": says}, status=status)


def _message(message: Message) -> dict[str, str | bool]:
    return {
        "html": render(message),
        "text": printable(plain_text(message)),
        "replaces": message.replaces,
        "card": message.card,
    }
