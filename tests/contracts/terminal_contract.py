"""How a shell shows a message: plain lines, fields to fill in one after the other, and buttons by their numbers."""

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.channels import terminal
from handlers.inbound import ButtonPressed
from handlers.message import Message

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.channels.base import Introduction
    from handlers.inbound import Actor, Inbound
    from handlers.message import Field

WIDTH = 80  # columns
SEVERAL_LINES = False
GIVES_FILES = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """What is printed, what each number on it presses, and the message it was."""

    printed: str
    numbers: tuple[tuple[str, str], ...]
    message: Message


@dataclass
class OneMessage:
    """Says one message to whatever is typed, and remembers the button that was pressed on it."""

    message: Message
    pressed: list[ButtonPressed] = field(default_factory=list)

    async def on_event(
        self, event: Inbound, introduce: Callable[[], Awaitable[Introduction]] | None = None
    ) -> tuple[Message, ...]:
        assert introduce is None
        if isinstance(event, ButtonPressed):
            self.pressed.append(event)
            return (Message(title="Pressed."),)
        return (self.message,)

    async def news(self, actor: Actor, *, after: int) -> tuple[tuple[int, Message], ...]:
        raise NotImplementedError((actor, after))  # a shell looks for none


def render(message: Message) -> Screen:
    """Return the printed message; the numbers stand for its buttons in order."""
    return Screen(
        printed=terminal.render(message, width=WIDTH),
        numbers=tuple((button.action.value, button.about) for button in message.buttons),
        message=message,
    )


def buttons(payload: Screen) -> list[tuple[str, str]]:
    """Return what each number typed would press."""
    shown = [number for number in range(1, len(payload.numbers) + 1) if f"\n[{number}] " in payload.printed]
    return [payload.numbers[number - 1] for number in shown]


def text(payload: Screen) -> str:
    """Return the text with its line breaks read as the eye reads them."""
    return " ".join(payload.printed.split())


def check(payload: Screen) -> None:
    """Check that every line fits, and that no control character reaches the shell."""
    assert all(len(line) <= WIDTH for line in payload.printed.split("\n"))
    assert all(character.isprintable() or character == "\n" for character in payload.printed)
    payload.printed.encode("utf-8")


def fields(payload: Screen) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    """Return the fields whose label, options by number and filled-in words can all be read on the screen."""
    return [
        (one.name, one.kind.value, tuple(option.value for option in one.options), one.filled)
        for one in payload.message.fields
        if all(words in text(payload) for words in _seen_of(one))
    ]


def press(
    payload: Screen, index: int, filled: Mapping[str, tuple[str, ...]]
) -> tuple[str, str, dict[str, tuple[str, ...]]]:
    """Hold a conversation in which the button is pressed and everything is filled in, a line each."""
    answers = [_typed(one, filled[one.name]) if one.name in filled else "" for one in payload.message.fields]
    listener = OneMessage(payload.message)
    typed = io.StringIO("\n".join(("Show it", str(index + 1), *answers, "quit", "")))
    asyncio.run(terminal.chat(listener, read=typed, write=io.StringIO(), greet=False))
    (event,) = listener.pressed
    return event.action.value, event.about, dict(event.values)


def _seen_of(one: Field) -> list[str]:
    labels = {option.value: option.label for option in one.options}
    options = [f"{number}. {label}" for number, label in enumerate(labels.values(), start=1)]
    filled = [", ".join(labels.get(value, value) for value in one.filled)]
    return [" ".join(words.split()) for words in (one.label, one.hint, *options, *filled)]


def _typed(one: Field, texts: tuple[str, ...]) -> str:
    numbers = {option.value: str(number) for number, option in enumerate(one.options, start=1)}
    return ",".join(numbers.get(text, text) for text in texts) or "-"
