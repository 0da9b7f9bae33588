"""What every message must be once it is an Adaptive Card: the Teams half of the contract for all channels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from bot.channels.teams import render as teams_render
from bot.channels.teams.activity import read_activity
from bot.channels.teams.press import read_press
from bot.secret import Secret
from tests.contracts.adaptive_cards import check_card, elements_of
from tests.contracts.adaptive_inputs import is_input, sent_with

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.message import Message

Card = dict[str, Any]
Shown = tuple[str, str, tuple[str, ...], tuple[str, ...]]

SEVERAL_LINES = True
GIVES_FILES = False
INVOKE = {
    "type": "invoke",
    "name": "adaptiveCard/action",
    "id": "press-1",
    "channelId": "msteams",
    "serviceUrl": "https://teams.example/",
    "from": {"id": "29:priya"},
    "recipient": {"id": "28:bot"},
    "conversation": {"id": "a:own-chat", "conversationType": "personal", "tenantId": "oakfield"},
    "replyToId": "card-1",
}


def render(message: Message) -> Card:
    return teams_render.render(message)


def buttons(payload: Card) -> list[tuple[str, str]]:
    return [(button["verb"], button["data"]["about"]) for button in _of_kind(payload, "Action.Execute")]


def text(payload: Card) -> str:
    """Return what a person reads, a line for each block; the unseen joint in a broken macro is left out."""
    return "\n".join(line for element in elements_of(payload) for line in _lines(element)).replace("\u200b", "")


def check(payload: Card) -> None:
    check_card(payload)


def fields(payload: Card) -> list[Shown]:
    return [_shown(element) for element in elements_of(payload) if is_input(element)]


def press(payload: Card, index: int, filled: Mapping[str, tuple[str, ...]]) -> tuple[str, str, dict[str, Any]]:
    """Press a button in one's own chat, after filling in what `filled` says."""
    inputs = [element for element in elements_of(payload) if is_input(element)]
    button = _of_kind(payload, "Action.Execute")[index]
    typed = {element["id"]: _typed(element, filled[_name(element)]) for element in inputs if _name(element) in filled}
    action = {"type": "Action.Execute", "verb": button["verb"], "data": sent_with(inputs, button, typed)}
    event = read_press(read_activity({**INVOKE, "value": {"action": action}}), secret=Secret("of the tests")).event
    return event.action.value, event.about, dict(event.values)


def _of_kind(payload: Card, kind: str) -> list[dict[str, Any]]:
    return [element for element in elements_of(payload) if element["type"] == kind]


def _lines(element: Card) -> list[str]:
    if element["type"] == "RichTextBlock":
        return ["".join(run["text"] for run in element["inlines"])]
    if element["type"] == "Action.Execute":
        return [str(element["title"])]
    if is_input(element):
        return [element["label"], *(choice["title"] for choice in element.get("choices", []))]
    return []


def _name(element: Card) -> str:
    return str(element["id"]).partition("_")[2]


def _shown(element: Card) -> Shown:
    value = element.get("value", "")
    choices = tuple(choice["value"] for choice in element.get("choices", []))
    if element.get("isMultiSelect"):
        filled = tuple(unquote(part) for part in value.split(",") if part)
        return _name(element), "many", tuple(unquote(choice) for choice in choices), filled
    kind = {"Input.Date": "date", "Input.ChoiceSet": "one"}.get(element["type"], "line")
    return _name(element), "long" if element.get("isMultiline") else kind, choices, (value,) if value else ()


def _typed(element: Card, values: tuple[str, ...]) -> str:
    """Return what a client makes of a person's choice: the card's own values, joined by commas."""
    if not element.get("isMultiSelect"):
        return "".join(values)
    return ",".join(choice["value"] for choice in element["choices"] if unquote(choice["value"]) in values)
