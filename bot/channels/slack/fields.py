"""What can be filled in: from a Field to an input block, and from Slack's state of it back to texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, assert_never

from bot.channels.slack.fit import cut
from handlers.message import InputKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handlers.message import Field, Option

Piece: TypeAlias = dict[str, Any]

LABEL_ROOM = 2000
OPTION_ROOM = 75
TEXT_ROOM = 3000
OPTIONS = 100
TICKS = 10  # more than these do not fit in a block of boxes to tick
OURS = "field:"
# Where an element keeps what stands in it: now, and when it was drawn.
KEPT = {
    "plain_text_input": ("value", "initial_value"),
    "datepicker": ("selected_date", "initial_date"),
    "static_select": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
}


def inputs(fields: Sequence[Field], mark: str) -> Iterator[Piece]:
    """
    Yield an input block for each field; one that offers nothing to choose is left out.

    `mark` goes into the ids of the blocks. Slack's programs keep what somebody typed as long as the id stays the
    same, also when the message is drawn anew, so each drawing needs a mark of its own.
    """
    for field in fields:
        element = _element(field)
        if element is None:
            continue
        drawn: Piece = {
            "type": "input",
            "block_id": f"in:{mark}:{field.name}",
            "label": _plain(cut(field.label, LABEL_ROOM)),
            "element": {"action_id": f"{OURS}{field.name}", **element},
            "optional": not field.needed,
        }
        if field.hint.strip():
            drawn["hint"] = _plain(cut(field.hint, LABEL_ROOM))
        yield drawn


def filled_in(state: object, blocks: object) -> dict[str, tuple[str, ...]]:
    """
    Return what stands in each of our fields, by its name; junk counts as nothing.

    `state` is the `values` of a payload's state. What Slack leaves out of it was never touched, and stands as it was
    drawn in `blocks`; there Slack escapes the three characters of its markup.
    """
    filled = {
        name: tuple(_unescaped(text) for text in texts)
        for block in (blocks if isinstance(blocks, list) else [])
        for name, texts in _kept(_part(block, "element"), "", when_drawn=True)
    }
    for row in state.values() if isinstance(state, dict) else []:
        for action_id, element in row.items() if isinstance(row, dict) else []:
            filled.update(_kept(element, action_id, when_drawn=False))
    return filled


def _element(field: Field) -> Piece | None:
    match field.kind:
        case InputKind.LINE:
            return _text(field, several_lines=False)
        case InputKind.LONG:
            return _text(field, several_lines=True)
        case InputKind.DATE:
            return {"type": "datepicker", **({"initial_date": field.filled[0]} if field.filled else {})}
        case InputKind.ONE:
            return _choice(field, "static_select", "initial_option")
        case InputKind.MANY:
            return _choice(field, "checkboxes" if len(field.options) <= TICKS else "multi_static_select", "")
        case _:
            assert_never(field.kind)


def _text(field: Field, *, several_lines: bool) -> Piece:
    drawn: Piece = {"type": "plain_text_input", "multiline": several_lines, "max_length": TEXT_ROOM}
    if field.filled and field.filled[0]:
        drawn["initial_value"] = cut(field.filled[0], TEXT_ROOM)
    return drawn


def _choice(field: Field, kind: str, one: str) -> Piece | None:
    """Draw options; `one` is where the one that is chosen goes, empty where there may be many."""
    options = field.options[:OPTIONS]
    chosen = [_option(option) for option in options if option.value in field.filled]
    if not options:
        return None
    drawn: Piece = {"type": kind, "options": [_option(option) for option in options]}
    if chosen:
        drawn.update({one: chosen[0]} if one else {"initial_options": chosen})
    return drawn


def _option(option: Option) -> Piece:
    return {"text": _plain(cut(option.label, OPTION_ROOM)), "value": option.value}


def _kept(element: object, action_id: str, *, when_drawn: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the name of our field and what an element keeps of it; nothing for any other element."""
    kind, named = _part(element, "type"), action_id or _part(element, "action_id")
    if isinstance(kind, str) and isinstance(named, str) and kind in KEPT and named.startswith(OURS):
        yield named.removeprefix(OURS), _texts(_part(element, KEPT[kind][when_drawn]))


def _texts(kept: object) -> tuple[str, ...]:
    if isinstance(kept, str):
        return (kept,) if kept else ()
    if isinstance(kept, list):
        return tuple(text for one in kept for text in _texts(one))
    return _texts(_part(kept, "value")) if isinstance(kept, dict) else ()


def _part(thing: object, key: str) -> object:
    return thing.get(key) if isinstance(thing, dict) else None


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _plain(text: str) -> Piece:
    return {"type": "plain_text", "text": text, "emoji": False}
