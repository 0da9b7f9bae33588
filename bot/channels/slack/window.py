"""A window of its own for a message with many fields, and where its answers go once it is sent."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.channels.slack.address import Address
from bot.channels.slack.fields import inputs
from bot.channels.slack.fit import cut
from bot.channels.slack.render import said_in

if TYPE_CHECKING:
    from handlers.message import Message

Piece: TypeAlias = dict[str, Any]

HEADLINE_ROOM = 24  # characters in a window's own title, and on its buttons
BLOCKS = 100


def is_for_window(message: Message, to: Address) -> bool:
    """Tell whether a message can be shown in a window: it wants one, and a press has just allowed it."""
    return message.dialog and bool(to.trigger and message.fields) and len(message.buttons) == 1


def window(message: Message, to: Address, *, mark: str) -> Piece:
    """Return the view for a message with one button, which becomes the window's own."""
    (button,) = message.buttons
    whole_title = len(message.title) <= HEADLINE_ROOM
    said = said_in(replace(message, title="") if whole_title else message)
    return {
        "type": "modal",
        "callback_id": button.action.value,
        "private_metadata": _notes(button.about, to),
        "title": _plain(cut(message.title, HEADLINE_ROOM)),
        "submit": _plain(cut(button.label, HEADLINE_ROOM)),
        "close": _plain("Cancel"),
        "blocks": [*said, *inputs(message.fields, mark)][:BLOCKS],
    }


def read_notes(text: str) -> tuple[str, Address]:
    """
    Return what a window was about, and where it was opened.

    Raises:
        ValueError: these are not the notes of a window of ours.

    """
    try:
        notes = json.loads(text)
        about, address = str(notes["about"]), Address.from_text(notes["address"])
    except (KeyError, TypeError) as problem:
        raise ValueError("The text is not the notes of a window of ours.") from problem
    return about, address


def _notes(about: str, to: Address) -> str:
    # What may be used for minutes or seconds only is of no use to a window that stays open longer.
    lasting = replace(to, trigger="", response_url="")
    return json.dumps({"about": about, "address": lasting.to_text()})


def _plain(text: str) -> Piece:
    return {"type": "plain_text", "text": text, "emoji": False}
