"""The same conversation in a shell: type a question, or the number of a button."""

from __future__ import annotations

import signal
import textwrap
import threading
from contextlib import contextmanager
from shutil import get_terminal_size
from typing import TYPE_CHECKING, TextIO
from uuid import uuid4

from bot.channels.fault import report_fault
from bot.channels.printable import printable
from handlers.inbound import Actor, ButtonPressed, Conversation, Installed, TextSent
from handlers.message import plain_text
from policy_kb.words import Channel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.channels.base import Listener
    from handlers.inbound import Inbound
    from handlers.message import Button, Message

GOODBYES = frozenset({"quit", "exit"})
PIPE_WIDTH = 80  # columns, where there is no terminal to ask
NARROWEST = 20  # columns
PROMPT = "> "
HOW_TO = "Type a question, or the number of a button. Type quit to end."
LOCAL_USER = Actor(channel=Channel.TERMINAL, tenant="local", user="terminal")


async def chat(
    listener: Listener, *, read: TextIO, write: TextIO, actor: Actor = LOCAL_USER, greet: bool = True
) -> None:
    """
    Hold a conversation until `quit`, the end of the input, or Ctrl-C.

    Prompts are written only where a person types; through a pipe only the answers are.
    With `greet`, the bot says hello first, as it does when it meets somebody.
    """
    talk = _Talk(listener, read=read, write=write, actor=actor)
    if greet:
        await talk.say_hello()
    while (line := talk.next_line()) is not None:
        await talk.take(line)


def render(message: Message, *, width: int = PIPE_WIDTH, first_number: int = 1) -> str:
    """Return a message as lines no wider than `width` columns, its buttons numbered from `first_number`."""
    numbered = enumerate(message.buttons, start=first_number)
    buttons = "\n".join(f"[{number}] {_one_line(button.label)}" for number, button in numbered)
    text = "\n\n".join(part for part in (printable(plain_text(message)), buttons) if part)
    return "\n".join(_wrap(line, width) for line in text.split("\n"))


class _Talk:
    """One conversation: where it reads and writes, and the buttons it showed last."""

    def __init__(self, listener: Listener, *, read: TextIO, write: TextIO, actor: Actor) -> None:
        self._listener = listener
        self._read = read
        self._write = write
        self._actor = actor
        self._id = uuid4().hex
        self._turn = 0
        self._buttons: tuple[Button, ...] = ()
        self._typed_by_hand = read.isatty()

    async def say_hello(self) -> None:
        """Tell the bot that somebody is here, and print what it says."""
        await self._exchange(Installed(event_id=self._next_id(), actor=self._actor, conversation=self._conversation()))
        if self._typed_by_hand:
            self._print(HOW_TO)

    def next_line(self) -> str | None:
        """
        Return the next line that says something, or None at the end.

        It waits in the main thread on purpose, with the event loop: a thread that waits
        for a line cannot be ended, and would keep the process after Ctrl-C.
        """
        while True:
            if self._typed_by_hand:
                self._write.write(PROMPT)
                self._write.flush()
            try:
                with _ctrl_c_interrupts():
                    line = self._read.readline()
            except KeyboardInterrupt:
                self._print("")
                return None
            text = printable(line).strip()
            if not line or text.lower() in GOODBYES:
                return None
            if text:
                return text

    async def take(self, line: str) -> None:
        """Send one line on: the number of a button shown last presses it, anything else is said."""
        button = self._button(line)
        conversation, event_id = self._conversation(), self._next_id()
        if button is None:
            await self._exchange(TextSent(event_id=event_id, actor=self._actor, conversation=conversation, text=line))
        else:
            await self._exchange(
                ButtonPressed(
                    event_id=event_id,
                    actor=self._actor,
                    conversation=conversation,
                    action=button.action,
                    about=button.about,
                )
            )

    async def _exchange(self, event: Inbound) -> None:
        try:
            messages = await self._listener.on_event(event)
        except Exception as fault:  # noqa: BLE001 - whatever broke, the person gets a sentence and a reference
            self._print(_wrap(report_fault(fault, channel="terminal"), self._width()) + "\n")
            return
        self._buttons = ()
        for message in messages:
            first = len(self._buttons) + 1
            self._print(render(message, width=self._width(), first_number=first) + "\n")
            self._buttons += message.buttons

    def _button(self, line: str) -> Button | None:
        if not (line.isascii() and line.isdigit()):
            return None
        numbered = dict(enumerate(self._buttons, start=1))
        return numbered.get(int(line[:9]))

    def _conversation(self) -> Conversation:
        return Conversation(channel=self._actor.channel, tenant=self._actor.tenant, id=self._id)

    def _next_id(self) -> str:
        self._turn += 1
        return f"{self._id}:{self._turn}"

    def _width(self) -> int:
        if not self._write.isatty():
            return PIPE_WIDTH
        return max(NARROWEST, get_terminal_size((PIPE_WIDTH, 24)).columns)

    def _print(self, text: str) -> None:
        encoding = self._write.encoding or "utf-8"
        # A shell set to plain ASCII gets question marks in place of a crash.
        self._write.write(text.encode(encoding, "replace").decode(encoding) + "\n")
        self._write.flush()


@contextmanager
def _ctrl_c_interrupts() -> Iterator[None]:
    """Let Ctrl-C interrupt a wait for input, which the event loop's own handler would let go on."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _one_line(text: str) -> str:
    return " ".join(printable(text).split())


def _wrap(line: str, width: int) -> str:
    indent = "  " if line.startswith("- ") else "    " if line.startswith("[") else ""
    return textwrap.fill(line, width, subsequent_indent=indent, break_on_hyphens=False, drop_whitespace=True)
