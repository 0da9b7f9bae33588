"""
What can be filled in on a card: fields become inputs, and a press brings back what stands in them.

Teams puts every input into the button's data, beside what we put there: each id begins with how to read
it, so no field can take the place of `about` or `home`. A client leaves an empty input out, so the data
names the fields the card had.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, assert_never
from urllib.parse import unquote

from bot.channels.printable import printable
from bot.channels.teams.activity import ActivityError, is_text
from bot.channels.teams.elements import Element, container, text_block, unlinked
from handlers.message import InputKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handlers.message import Field, Option

FIELDS = "fields"  # the key of a button's data that names the inputs of its card
MAX_FIELDS = 40
MAX_VALUES = 120  # of all fields together
MAX_LETTERS = 4000  # of one value; the inputs themselves stop sooner
MAX_TYPED = 3000  # the same as on Slack
NEEDED = " (needed)"

_TEXT = "text_"
_MANY = "many_"
_RADIO_BUTTONS = 4  # so many choices are shown one below the other; more become a list to open
_TICK_BOXES = 12
_LIST = 12  # a longer list of which one is chosen can be searched by typing
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


class TooLongError(Exception):
    """Somebody filled in more than fits; they are told so politely."""


def inputs_of(fields: tuple[Field, ...]) -> Iterator[Element]:
    """Return an input for each field, with its hint below; below a list of boxes nobody would look for one."""
    for one in fields:
        below = one.hint and not _is_spread_out(one)
        hint = [text_block(one.hint, size="Small", spacing="Small")] if below else []
        yield container("default", _input(one), *hint)


def names_of(fields: tuple[Field, ...]) -> dict[str, str]:
    """Return what a button's data must say of the fields on its card."""
    return {FIELDS: " ".join(_id(one) for one in fields)} if fields else {}


def read_inputs(data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """
    Return what stands in each field of the card, by the field's name.

    Raises:
        ActivityError: more than a card of ours holds, or something that is not text.
        TooLongError: a text that is too long.
    """
    named = data.get(FIELDS, "")
    ids = named.split() if is_text(named) else []
    if len(ids) > MAX_FIELDS:
        raise ActivityError("more fields than a card has")
    values = {}
    for each in ids:
        kind, name = each[: len(_TEXT)], each[len(_TEXT) :]
        if kind in (_TEXT, _MANY) and name:
            values[name] = _values(data.get(each, ""), several=kind == _MANY)
    if sum(len(found) for found in values.values()) > MAX_VALUES:
        raise ActivityError("more values than a card has")
    return values


def _values(raw: object, *, several: bool) -> tuple[str, ...]:
    if not is_text(raw):
        raise ActivityError("a field that holds no text")
    parts = [unquote(part) for part in raw.split(",")] if several else [raw]
    texts = tuple(text for part in parts if (text := printable(part).strip()))
    if any(len(text) > MAX_LETTERS for text in texts):
        raise TooLongError
    return texts


def _input(one: Field) -> Element:
    label = one.label + (NEEDED if one.needed else "")
    if one.hint and _is_spread_out(one):
        label += f" – {one.hint}"
    return {"id": _id(one), "label": unlinked(label), **_control(one)}


def _control(one: Field) -> Element:
    match one.kind:
        case InputKind.LINE | InputKind.LONG:
            several_lines = one.kind is InputKind.LONG
            return {"type": "Input.Text", "isMultiline": several_lines, "maxLength": MAX_TYPED, **_filled(one)}
        case InputKind.DATE:
            filled = _filled(one) if one.filled and _DATE.fullmatch(one.filled[0]) else {}
            return {"type": "Input.Date", **filled}
        case InputKind.ONE:
            return {**_choices(one), "placeholder": "Choose one", **_filled(one)}
        case InputKind.MANY:
            ticked = {"value": ",".join(_without_comma(value) for value in one.filled)} if one.filled else {}
            return {**_choices(one), "isMultiSelect": True, "placeholder": "Choose one or more", **ticked}
        case _:
            assert_never(one.kind)


def _filled(one: Field) -> dict[str, str]:
    return {"value": printable(one.filled[0])} if one.filled else {}


def _choices(one: Field) -> Element:
    choices = [{"title": unlinked(option.label), "value": _value(one, option)} for option in one.options]
    return {"type": "Input.ChoiceSet", "choices": choices, "style": _style(one), "wrap": True}


def _style(one: Field) -> str:
    if _is_spread_out(one):
        return "expanded"
    return "filtered" if one.kind is InputKind.ONE and len(one.options) > _LIST else "compact"


def _is_spread_out(one: Field) -> bool:
    """Tell whether all choices are seen at once, each with a box or a button of its own."""
    boxes = {InputKind.ONE: _RADIO_BUTTONS, InputKind.MANY: _TICK_BOXES}
    return len(one.options) <= boxes.get(one.kind, -1)


def _value(one: Field, option: Option) -> str:
    return _without_comma(option.value) if one.kind is InputKind.MANY else option.value


def _without_comma(value: str) -> str:
    """Write a value so that a comma in it cannot be taken for the end: all that are ticked come back in one text."""
    return value.replace("%", "%25").replace(",", "%2C")


def _id(one: Field) -> str:
    return (_MANY if one.kind is InputKind.MANY else _TEXT) + one.name
