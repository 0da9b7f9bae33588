"""What every message must be once it is an Adaptive Card: the Teams half of the contract for all channels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.channels.teams import render as teams_render
from tests.contracts.adaptive_cards import check_card, elements_of

if TYPE_CHECKING:
    from handlers.message import Message

Card = dict[str, Any]


def render(message: Message) -> Card:
    return teams_render.render(message)


def buttons(payload: Card) -> list[tuple[str, str]]:
    return [(button["verb"], button["data"]["about"]) for button in _of_kind(payload, "Action.Execute")]


def text(payload: Card) -> str:
    """Return what a person reads, a line for each block; the unseen joint in a broken macro is left out."""
    lines = [
        "".join(run["text"] for run in element["inlines"])
        if element["type"] == "RichTextBlock"
        else str(element["title"])
        for element in elements_of(payload)
        if element["type"] in ("RichTextBlock", "Action.Execute")
    ]
    return "\n".join(lines).replace("\u200b", "")


def check(payload: Card) -> None:
    check_card(payload)


def _of_kind(payload: Card, kind: str) -> list[dict[str, Any]]:
    return [element for element in elements_of(payload) if element["type"] == kind]
