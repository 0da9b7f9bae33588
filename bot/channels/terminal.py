"""The same conversation in a shell: type a question, or the number of a button."""

from __future__ import annotations

import signal
import textwrap
import threading
from contextlib import contextmanager
from dataclasses import replace
from shutil import get_terminal_size
from typing import TYPE_CHECKING, TextIO
from uuid import uuid4

from bot.channels import terminal_fields
from bot.channels.base import Introduction
from bot.channels.fault import report_fault
from bot.channels.printable import printable
from handlers.inbound import Actor, ButtonPressed, Conversation, Installed, TextSent
from handlers.message import plain_text, without_file
from policy_kb.words import Channel

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.channels.base import Listener
    from handlers.inbound import Inbound
    from handlers.message import Button, Field, Message

GOODBYES = frozenset({"quit", "exit"})
PIPE_WIDTH = 80  # columns, where there is no terminal to ask
NARROWEST = 20  # columns
PROMPT = "> "
HOW_TO = "Type a question, or the number of a button. Type quit to end."
STRANGER = "terminal"
THE_REST_STAYS = "."
NO_FILES = "I cannot give you files in a shell."


async def chat(listener: Listener, *, read: TextIO, write: TextIO, email: str = "", greet: bool = True) -> None:
    """
    Hold a conversation until `quit`, the end of the input, or Ctrl-C.

    Prompts are written only where a person types; through a pipe only the answers are, and what a form asks.
    `email` is the address of whoever of the staff talks; without it, nobody the bot knows does.
    With `greet`, the bot says hello first, as it does when it meets somebody.
    """
    talk = _Talk(listener, read=read, write=write, email=email)
    if greet:
        await talk.say_hello()
    while (line := talk.next_line()) is not None:
        await talk.take(line)


def render(message: Message, *, width: int = PIPE_WIDTH, first_number: int = 1) -> str:
    """Return a message as lines no wider than `width` columns, its buttons numbered from `first_number`."""
    numbered = enumerate(message.buttons, start=first_number)
    buttons = "\n".join(f"[{number}] {_one_line(button.label)}" for number, button in numbered)
    without_fields = replace(without_file(message, NO_FILES), fields=())
    said = (plain_text(without_fields), *map(terminal_fields.listed, message.fields))
    text = "\n\n".join(part for part in (*map(printable, said), buttons) if part)
    return "\n".join(_wrap(line, width) for line in text.split("\n"))


class _Talk:
    """One conversation: where it reads and writes, and the buttons it showed last with the fields beside each."""

    def __init__(self, listener: Listener, *, read: TextIO, write: TextIO, email: str) -> None:
        self._listener = listener
        self._read = read
        self._write = write
        self._email = email
        self._actor = Actor(channel=Channel.TERMINAL, tenant="local", user=email or STRANGER)
        self._id = uuid4().hex
        self._turn = 0
        self._buttons: tuple[tuple[Button, tuple[Field, ...]], ...] = ()
        self._typed_by_hand = read.isatty()

    async def say_hello(self) -> None:
        """Tell the bot that somebody is here, and print what it says."""
        await self._exchange(Installed(event_id=self._next_id(), actor=self._actor, conversation=self._conversation()))
        if self._typed_by_hand:
            self._print(HOW_TO)

    def next_line(self) -> str | None:
        """Return the next line that says something, or None at the end."""
        while True:
            text = self._line(PROMPT if self._typed_by_hand else "")
            if text is None or text.lower() in GOODBYES:
                return None
            if text:
                return text

    async def take(self, line: str) -> None:
        """Send one line on: the number of a button shown last presses it, anything else is said."""
        pressed = self._pressed(line)
        conversation, event_id = self._conversation(), self._next_id()
        if pressed is None:
            await self._exchange(TextSent(event_id=event_id, actor=self._actor, conversation=conversation, text=line))
            return
        button, fields = pressed
        values = self._fill_in(fields)
        if values is None:
            return
        await self._exchange(
            ButtonPressed(
                event_id=event_id,
                actor=self._actor,
                conversation=conversation,
                action=button.action,
                about=button.about,
                values=values,
            )
        )

    def _fill_in(self, fields: tuple[Field, ...]) -> Mapping[str, tuple[str, ...]] | None:
        """Ask for each field in turn and return what stands in all of them; None where the input ends before."""
        values = {one.name: one.filled for one in fields}
        if fields and self._typed_by_hand:
            self._print(_wrap(terminal_fields.HOW_TO_FILL_IN, self._width()))
        for one in fields:
            line = self._answer(one)
            if line is None:
                return None
            if line == THE_REST_STAYS:
                break
            values[one.name] = terminal_fields.read(one, line)
        return values

    def _answer(self, one: Field) -> str | None:
        """Ask for one field until what is typed fits, and return that; None at the end of the input."""
        while True:
            line = self._line(_one_line(terminal_fields.asked(one)))
            if line is None or line == THE_REST_STAYS:
                return line
            try:
                terminal_fields.read(one, line)
            except terminal_fields.NotThat as why:
                self._print(_wrap(str(why), self._width()))
            else:
                return line

    def _line(self, prompt: str) -> str | None:
        """
        Return the next line, or None at the end.

        It waits in the main thread on purpose, with the event loop: a thread that waits
        for a line cannot be ended, and would keep the process after Ctrl-C.
        """
        if prompt:
            self._put(_wrap(prompt, self._width()) + (" " if self._typed_by_hand else "\n"))
        try:
            with _ctrl_c_interrupts():
                line = self._read.readline()
        except KeyboardInterrupt:
            self._print("")
            return None
        return printable(line).strip() if line else None

    async def _exchange(self, event: Inbound) -> None:
        try:
            messages = await self._listener.on_event(event, self._introduce if self._email else None)
        except Exception as fault:  # noqa: BLE001 - whatever broke, the person gets a sentence and a reference
            self._print(_wrap(report_fault(fault, channel="terminal"), self._width()) + "\n")
            return
        self._buttons = ()
        for message in messages:
            first = len(self._buttons) + 1
            self._print(render(message, width=self._width(), first_number=first) + "\n")
            self._buttons += tuple((button, message.fields) for button in message.buttons)

    async def _introduce(self) -> Introduction:
        return Introduction(email=self._email)

    def _pressed(self, line: str) -> tuple[Button, tuple[Field, ...]] | None:
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
        self._put(text + "\n")

    def _put(self, text: str) -> None:
        encoding = self._write.encoding or "utf-8"
        # A shell set to plain ASCII gets question marks in place of a crash.
        self._write.write(text.encode(encoding, "replace").decode(encoding))
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
