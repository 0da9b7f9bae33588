"""Slack, as the contract that every channel keeps sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.channels.slack import parse
from bot.channels.slack.render import render as render_slack
from handlers.message import InputKind
from tests.clients.slack_filling import element_state, inputs_in, state_of
from tests.contracts import block_kit
from tests.contracts.block_kit_shapes import texts_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.message import Message

SEVERAL_LINES = True
GIVES_FILES = True
SHOWN_AS = {
    "datepicker": InputKind.DATE,
    "static_select": InputKind.ONE,
    "checkboxes": InputKind.MANY,
    "multi_static_select": InputKind.MANY,
}


def render(message: Message) -> dict[str, Any]:
    """Return the Slack payload of a message."""
    return render_slack(message, mark="0a1b2c3d")


def buttons(payload: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the action and the subject of each button, as a press would bring them back."""
    return [(button["action_id"].rpartition(":")[0], button.get("value", "")) for button in _buttons(payload)]


def text(payload: dict[str, Any]) -> str:
    """Return everything a person reads in the blocks."""
    return "\n".join(texts_in(payload["blocks"]))


def check(payload: dict[str, Any]) -> None:
    """Raise AssertionError if Slack would refuse the payload."""
    block_kit.check(payload)


def fields(payload: dict[str, Any]) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    """Return the name, the kind, the options and the first content of each input."""
    return [
        (_name(block), _kind(block["element"]), _options(block["element"]), _drawn(block["element"]))
        for block in inputs_in(payload["blocks"])
    ]


def press(
    payload: dict[str, Any], index: int, filled: Mapping[str, tuple[str, ...]]
) -> tuple[str, str, Mapping[str, tuple[str, ...]]]:
    """Return what the channel reads from a press in a direct message."""
    by_block = {
        block["block_id"]: element_state(block["element"], filled[_name(block)])
        for block in inputs_in(payload["blocks"])
        if _name(block) in filled
    }
    body = {
        "type": "block_actions",
        "team": {"id": "T1"},
        "user": {"id": "U1", "team_id": "T1"},
        "trigger_id": "1.2.3",
        "container": {"channel_id": "D1", "message_ts": "1.000001", "is_ephemeral": False},
        "message": {"ts": "1.000001", "blocks": payload["blocks"]},
        "state": state_of(payload["blocks"], by_block),
        "actions": [{**_buttons(payload)[index], "action_ts": "1.000002"}],
    }
    address = parse.press_address(body)
    assert address
    pressed = parse.press(body, address)
    assert pressed
    return pressed.action.value, pressed.about, pressed.values


def _buttons(payload: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"block_id": block["block_id"], **button}
        for block in payload["blocks"]
        if block["type"] == "actions"
        for button in block["elements"]
    ]


def _name(block: dict[str, Any]) -> str:
    return str(block["element"]["action_id"]).removeprefix("field:")


def _kind(element: dict[str, Any]) -> str:
    if element["type"] == "plain_text_input":
        return (InputKind.LONG if element["multiline"] else InputKind.LINE).value
    return SHOWN_AS[element["type"]].value


def _options(element: dict[str, Any]) -> tuple[str, ...]:
    return tuple(option["value"] for option in element.get("options", ()))


def _drawn(element: dict[str, Any]) -> tuple[str, ...]:
    one = element.get("initial_value") or element.get("initial_date")
    chosen = element.get("initial_options", [element["initial_option"]] if "initial_option" in element else [])
    return (one,) if one else tuple(option["value"] for option in chosen)
