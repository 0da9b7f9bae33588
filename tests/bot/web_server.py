"""The web chat on a real port of this machine, with a listener that answers from the gallery."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import web

from bot.channels.web.listen import SamplePerson, WebChannel
from bot.secret import Secret
from handlers.inbound import ButtonPressed, Installed, TextSent
from handlers.message import Message
from policy_kb.bot_words import Action
from tests.gallery import ANSWER_NO, GALLERY, REPLACED
from tests.gallery_form import DECIDE, DECIDED

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.channels.base import Introduction
    from handlers.inbound import Actor, Inbound

PRIYA = SamplePerson("priya", "Priya Shah", "Class teacher", "Elm Bank Primary", "priya@elm-bank.example")
SAM = SamplePerson("sam", "Sam Okoro", "Headteacher", "Elm Bank Primary")
PEOPLE = (PRIYA, SAM)
TOKEN = "a-token-for-these-tests"
WELCOME = Message(title="Hello. Ask me what the policy says.")
CLAUSE = Message(title="Here is the clause.")


@dataclass
class GalleryListener:
    """Answers "an urgent answer" with that gallery message, and remembers what came."""

    heard: list[Inbound] = field(default_factory=list)
    introduced: list[Introduction] = field(default_factory=list)
    sent: list[tuple[str, Message]] = field(default_factory=list)  # to whom, and what; numbered from 1
    slow: float = 0.0  # seconds
    broken: bool = False

    async def on_event(
        self, event: Inbound, introduce: Callable[[], Awaitable[Introduction]] | None = None
    ) -> tuple[Message, ...]:
        assert introduce is not None
        self.introduced.append(await introduce())
        self.heard.append(event)
        await asyncio.sleep(self.slow)
        if self.broken:
            raise RuntimeError("a fault that repeats what was typed: my secret question")
        match event:
            case TextSent(text=text):
                return (GALLERY.get(text, ANSWER_NO),)
            case ButtonPressed(action=Action.HELPFUL):
                return (REPLACED,)
            case ButtonPressed(action=Action.APPROVE):
                return (DECIDED,)
            case ButtonPressed(action=Action.CARD):
                return (DECIDE,)
            case ButtonPressed():
                return (CLAUSE,)
            case Installed():
                return (WELCOME,)

    async def news(self, actor: Actor, *, after: int) -> tuple[tuple[int, Message], ...]:
        if self.broken:
            raise RuntimeError("a fault in the news")
        theirs = [(number, message) for number, (user, message) in enumerate(self.sent, start=1) if user == actor.user]
        return tuple((number, message) for number, message in theirs if number > after)

    def tell(self, person: SamplePerson, message: Message) -> None:
        """Send somebody a message that is no answer to them."""
        self.sent.append((person.user, message))

    def said(self) -> list[TextSent]:
        return [event for event in self.heard if isinstance(event, TextSent)]

    def pressed(self) -> list[ButtonPressed]:
        return [event for event in self.heard if isinstance(event, ButtonPressed)]


@dataclass
class RunningChat:
    """A started web chat; `stop` and `start` are its power switch."""

    listener: GalleryListener
    token: str = TOKEN
    port: int = 0
    _runner: web.AppRunner | None = None
    _channel: WebChannel | None = None

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def link(self) -> str:
        assert self._channel is not None
        return self.base + self._channel.start_path()

    async def start(self) -> None:
        """Start it afresh, on the port it had before if it had one."""
        self._channel = WebChannel(self.listener, PEOPLE, Secret(self.token))
        app = web.Application()
        self._channel.add_routes(app)
        await self._channel.start()
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Switch it off; safe to call twice."""
        if self._runner and self._channel:
            await self._runner.cleanup()
            await self._channel.stop()
        self._runner = self._channel = None


@asynccontextmanager
async def running_chat(*, slow: float = 0.0) -> AsyncIterator[RunningChat]:
    chat = RunningChat(GalleryListener(slow=slow))
    await chat.start()
    try:
        yield chat
    finally:
        await chat.stop()
