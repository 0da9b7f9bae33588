r"""
The web chat: what the page posts becomes an event, and the answer goes back in the same breath.

From a shell, with the link the bot printed when it started (the link opens once, so keep the cookie)::

    curl -s -c jar 'http://127.0.0.1:8080/start?token=…'
    curl -s -b jar http://127.0.0.1:8080/api/say -H 'Origin: http://127.0.0.1:8080' \
         -H 'Content-Type: application/json' \
         -d '{"event_id": "1", "text": "Can I accept a friend request from a parent?"}'

`/api/say` answers `{"messages": [{"html": …, "text": …, "replaces": false, "card": ""}]}`.
A second call with the same `event_id` is a repeat and changes nothing.
`"person": "<id>"` beside the text says who asks; without it, it is whoever was last picked.
`/api/press` takes `"action"` and `"about"` in place of the text, and `"values": {"<field>": ["…"]}`.
`/api/news` takes `"after": <last id seen, or 0>`, as a page cannot be called when somebody else has done something.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never
from urllib.parse import quote, unquote

from bot.channels.base import GivenUp, Introduction, Sent
from bot.channels.fault import report_fault
from bot.channels.web import events, pages, reply
from bot.channels.web.guard import Refused
from bot.channels.web.people import VISITOR, SamplePerson
from bot.channels.web.render import render
from bot.channels.web.session import COOKIE, Door, Knock

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from aiohttp import web

    from bot.channels.base import Listener, SendResult
    from bot.secret import Secret
    from handlers.inbound import Actor, Inbound
    from handlers.message import Message

__all__ = ["VISITOR", "SamplePerson", "WebChannel"]

PERSON_COOKIE = "askfirst_person"
EXAMPLES = (
    "Can I accept a friend request from a parent?",
    "Can I put photos of my class on Instagram?",
    "A pupil has messaged me on my own account. What now?",
    "Who has to agree before we open a page for our choir?",
    "Who is on this week?",
)
NOT_LET_IN = "Open the link that the bot printed when it started. It lets this browser in."
STALE = f"This page is no longer let in, perhaps because the bot was started again. {NOT_LET_IN} Then try again here."


class WebChannel:
    """The local chat page; it answers only to this machine, and only to the browser that opened the link."""

    def __init__(
        self,
        listener: Listener,
        people: tuple[SamplePerson, ...],
        token: Secret,
        *,
        examples: tuple[str, ...] = EXAMPLES,
    ) -> None:
        self._listener = listener
        self._people = {person.user: person for person in (*people, VISITOR)}
        self._first = next(iter(self._people.values()))
        self._door = Door(token)
        self._examples = examples
        self._static = pages.static_files()

    def start_path(self) -> str:
        """Return the path of the link to print at start-up: `/start?token=…`."""
        return self._door.start_path()

    def add_routes(self, app: web.Application) -> None:
        """Add the page, its files and its four calls."""
        get, post = app.router.add_get, app.router.add_post
        # No HEAD: a link preview makes one, and it must not use the start link up.
        get("/start", reply.page(self._start), allow_head=False)
        get("/", reply.page(self._show_chat), allow_head=False)
        get("/static/{name}", reply.page(self._show_file), allow_head=False)
        post("/api/say", reply.call(self._say))
        post("/api/press", reply.call(self._press))
        post("/api/person", reply.call(self._pick_person))
        post("/api/news", reply.call(self._tell_news))

    async def start(self) -> None:
        """Open nothing: the page lives in our one web application."""

    async def stop(self) -> None:
        """Close nothing."""

    async def send(self, address: str, message: Message, *, key: str) -> SendResult:
        """Leave the message for the page to fetch: it asks for what was sent to whoever it acts for."""
        del message
        if address not in self._people:
            return GivenUp(why="nobody of that name uses the web chat")
        return Sent(message_id=key)

    def conversation(self, address: str) -> str:
        """Return the address itself: a person is told everything in one conversation."""
        return address

    def card(self, address: str, message_id: str) -> str:
        """Return the address itself: the page knows its cards by their names."""
        del message_id
        return address

    def is_healthy(self) -> bool:
        """Tell that the page is there whenever the application is."""
        return True

    async def _start(self, request: web.Request) -> web.Response:
        if self._session(request):
            return reply.see_other("/")
        knock = self._door.knock(request.query.get("token", ""))
        match knock:
            case Knock.OPENED:
                opened = reply.see_other("/")
                _set_cookie(opened, COOKIE, self._door.new_cookie())
                return opened
            case Knock.USED:
                says = "The start link opens once, and it has been used. Start the bot again for a new link."
                return reply.html(pages.plain_page("This link has been used", says), status=410)
            case Knock.WRONG:
                says = f"It may have been cut short, or belong to an earlier start. {NOT_LET_IN}"
                return reply.html(pages.plain_page("This link does not fit", says), status=403)
            case _:
                assert_never(knock)

    async def _show_chat(self, request: web.Request) -> web.Response:
        session = self._session(request)
        if not session:
            return reply.html(pages.plain_page("Please open the start link", NOT_LET_IN), status=401)
        person = self._people.get(_last_picked(request), self._first)
        welcome = "".join(render(message) for message in await self._greet(session, person))
        return reply.html(
            pages.chat_page(
                person=person,
                people=self._people.values(),
                examples=self._examples,
                welcome=welcome,
            )
        )

    async def _show_file(self, request: web.Request) -> web.Response:
        found = self._static.get(request.match_info["name"])
        if found is None:
            return reply.html(pages.plain_page("There is nothing here", "The chat is on the first page."), status=404)
        return reply.file(content_type=found[0], body=found[1])

    async def _say(self, request: web.Request, body: dict[str, object]) -> web.Response:
        session = self._let_in(request)
        return await self._answer(events.said(body, session=session, person=self._person(request, body)))

    async def _press(self, request: web.Request, body: dict[str, object]) -> web.Response:
        session = self._let_in(request)
        return await self._answer(events.pressed(body, session=session, person=self._person(request, body)))

    async def _pick_person(self, request: web.Request, body: dict[str, object]) -> web.Response:
        session = self._let_in(request)
        person = self._person(request, body)
        greeted = reply.messages(await self._greet(session, person))
        _set_cookie(greeted, PERSON_COOKIE, quote(person.user))
        return greeted

    async def _tell_news(self, request: web.Request, body: dict[str, object]) -> web.Response:
        self._let_in(request)
        actor, after = events.actor_of(self._person(request, body)), events.number_of(body, "after")
        try:
            return reply.news(await self._listener.news(actor, after=after), after=after)
        except Exception as fault:  # noqa: BLE001 - whatever broke, the person gets a sentence and a reference
            return reply.error(report_fault(fault, channel="web"), status=500)

    async def _answer(self, event: Inbound) -> web.Response:
        try:
            return reply.messages(await self._listener.on_event(event, self._introducing(event.actor)))
        except Exception as fault:  # noqa: BLE001 - whatever broke, the person gets a sentence and a reference
            return reply.error(report_fault(fault, channel="web"), status=500)

    async def _greet(self, session: str, person: SamplePerson) -> tuple[Message, ...]:
        try:
            event = events.met(session=session, person=person)
            return await self._listener.on_event(event, self._introducing(event.actor))
        except Exception as fault:  # noqa: BLE001 - the page must open even where the greeting broke
            report_fault(fault, channel="web")
            return ()

    def _introducing(self, actor: Actor) -> Callable[[], Awaitable[Introduction]]:
        async def introduce() -> Introduction:
            return Introduction(email=self._people[actor.user].email)

        return introduce

    def _session(self, request: web.Request) -> str:
        return self._door.session_of(request.cookies.get(COOKIE, ""))

    def _let_in(self, request: web.Request) -> str:
        session = self._session(request)
        if not session:
            raise Refused(401, STALE)
        return session

    def _person(self, request: web.Request, body: dict[str, object]) -> SamplePerson:
        """Return who acts: the body says so, because two tabs may be two people; else the last one picked."""
        if "person" not in body:
            return self._people.get(_last_picked(request), self._first)
        person = self._people.get(events.text_of(body, "person"))
        if person is None:
            raise Refused(400, "I do not have that person. Please pick one from the list.")
        return person


def _last_picked(request: web.Request) -> str:
    return unquote(request.cookies.get(PERSON_COOKIE, ""))


def _set_cookie(response: web.Response, name: str, value: str) -> None:
    response.set_cookie(name, value, httponly=True, samesite="Strict", path="/")
