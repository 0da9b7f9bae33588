"""How a shell shows a message: plain lines, and buttons by their numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.channels import terminal

if TYPE_CHECKING:
    from handlers.message import Message

WIDTH = 80  # columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """What is printed, and what each number on it presses."""

    printed: str
    numbers: tuple[tuple[str, str], ...]


def render(message: Message) -> Screen:
    """Return the printed message; the numbers stand for its buttons in order."""
    return Screen(
        printed=terminal.render(message, width=WIDTH),
        numbers=tuple((button.action.value, button.about) for button in message.buttons),
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
