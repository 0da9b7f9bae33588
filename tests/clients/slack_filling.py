"""Filling in the inputs of a message or a window, as a Slack client lets a person do it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Piece = dict[str, Any]

MOST_TYPED = 3000
SEVERAL = ("checkboxes", "multi_static_select")
DRAWN = {
    "plain_text_input": ("value", "initial_value"),
    "datepicker": ("selected_date", "initial_date"),
    "static_select": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
}


class ClientRefuses(Exception):  # noqa: N818 - the client refuses; nothing went wrong
    """No Slack client would let a person do this."""


@dataclass(slots=True, kw_only=True)
class Window:
    """A modal on somebody's screen."""

    id: str
    view: Piece
    filled: dict[str, Piece] = field(default_factory=dict)  # by block id
    errors: dict[str, str] = field(default_factory=dict)  # shown under the fields, by block id

    @property
    def title(self) -> str:
        """Return what stands at the top."""
        return str(self.view["title"]["text"])


def inputs_in(blocks: list[Piece]) -> list[Piece]:
    """Return the blocks that can be filled in."""
    return [block for block in blocks if block["type"] == "input"]


def fill(blocks: list[Piece], filled: dict[str, Piece], label: str, *values: str) -> None:
    """Put texts, a day or the labels of options into the input with this label; nothing empties it."""
    block = next((block for block in inputs_in(blocks) if block["label"]["text"] == label), None)
    if block is None:
        raise ClientRefuses(f"There is nothing labelled '{label}' to fill in.")
    element = block["element"]
    if "options" in element:
        by_label = {option["text"]["text"]: option["value"] for option in element["options"]}
        unknown = [value for value in values if value not in by_label]
        if unknown:
            raise ClientRefuses(f"'{label}' does not offer {unknown}.")
        values = tuple(by_label[value] for value in values)
    filled[block["block_id"]] = element_state(element, values)


def element_state(element: Piece, values: tuple[str, ...]) -> Piece:
    """Return what Slack sends of an element in which these stand: texts, a day, or the values of options."""
    kind = element["type"]
    if kind in SEVERAL:
        kept: Any = [_option(element, value) for value in values]
    elif kind == "static_select":
        kept = _option(element, values[0]) if values else None
    else:
        kept = values[0] if values else None
        if kept is not None and len(kept) > element.get("max_length", MOST_TYPED):
            raise ClientRefuses("The client takes no more letters.")
        if kept is not None and "\n" in kept and not element.get("multiline"):
            raise ClientRefuses("The client takes one line here.")
    return {"type": kind, DRAWN[kind][0]: kept}


def state_of(blocks: list[Piece], filled: dict[str, Piece]) -> Piece:
    """Return the state that Slack sends along: what a person filled in, else what was drawn."""
    values = {
        block["block_id"]: {block["element"]["action_id"]: filled.get(block["block_id"]) or _drawn(block["element"])}
        for block in inputs_in(blocks)
    }
    return {"values": values}


def unfilled(blocks: list[Piece], filled: dict[str, Piece]) -> list[str]:
    """Return the labels of what a window insists on and is still empty."""
    state = state_of(blocks, filled)["values"]
    return [
        block["label"]["text"]
        for block in inputs_in(blocks)
        if not block.get("optional", False) and _is_empty(next(iter(state[block["block_id"]].values())))
    ]


def _drawn(element: Piece) -> Piece:
    now, at_first = DRAWN[element["type"]]
    return {"type": element["type"], now: element.get(at_first, [] if element["type"] in SEVERAL else None)}


def _is_empty(state: Piece) -> bool:
    return not state[DRAWN[state["type"]][0]]


def _option(element: Piece, value: str) -> Piece:
    found: Piece = next(option for option in element["options"] if option["value"] == value)
    return found
