"""Slack, as the contract that every channel keeps sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.channels.slack.render import render as render_slack
from tests.contracts import block_kit
from tests.contracts.block_kit_shapes import texts_in

if TYPE_CHECKING:
    from handlers.message import Message


def render(message: Message) -> dict[str, Any]:
    """Return the Slack payload of a message."""
    return render_slack(message)


def buttons(payload: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the action and the subject of each button, as a press would bring them back."""
    return [
        (button["action_id"].rpartition(":")[0], button.get("value", ""))
        for block in payload["blocks"]
        if block["type"] == "actions"
        for button in block["elements"]
    ]


def text(payload: dict[str, Any]) -> str:
    """Return everything a person reads in the blocks."""
    return "\n".join(texts_in(payload["blocks"]))


def check(payload: dict[str, Any]) -> None:
    """Raise AssertionError if Slack would refuse the payload."""
    block_kit.check(payload)
