"""What a message asks to fill in, as labelled controls; the page sends back all of them with any button."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never
from uuid import uuid4

from bot.channels.web.escape import safe
from handlers.message import InputKind

if TYPE_CHECKING:
    from handlers.message import Field, Option

MOST_IN_VIEW = 4  # options of which one is taken; more of them go into a list that folds out
MOST_UNFILTERED = 12  # options of which several are ticked; more of them can be searched
FROM_DAY, TO_DAY = "2000-01-01", "2099-12-31"  # a slip of the keys does not lead to the year 20,261
NO_CHOICE = "Leave empty"
NONE_TICKED = "Nothing ticked yet"  # the page says the same


def render_fields(fields: tuple[Field, ...]) -> str:
    """Return a `<form>` with one group for each field, or "" where there is none."""
    if not fields:
        return ""
    prefix = uuid4().hex[:8]  # one message may stand on the page twice, and an id may not
    return f'<form class="fields">{"".join(_field(one, f"{prefix}-{one.name}") for one in fields)}</form>'


def _field(one: Field, place: str) -> str:
    match one.kind:
        case InputKind.LINE:
            return _labelled(
                one, place, f'<input class="line" type="text" value="{safe(_first(one))}" {_names(one, place)}>'
            )
        case InputKind.DATE:
            limits = f'min="{FROM_DAY}" max="{TO_DAY}"'
            return _labelled(
                one,
                place,
                f'<input class="line" type="date" {limits} value="{safe(_first(one))}" {_names(one, place)}>',
            )
        case InputKind.LONG:
            # A line break right after the tag is not part of the text, so that one of its own is kept.
            return _labelled(one, place, f'<textarea rows="3" {_names(one, place)}>\n{safe(_first(one))}</textarea>')
        case InputKind.ONE:
            return _one_in_view(one, place) if len(one.options) <= MOST_IN_VIEW else _one_of_many(one, place)
        case InputKind.MANY:
            return _several(one, place)
        case _:
            assert_never(one.kind)


def _labelled(one: Field, place: str, control: str) -> str:
    return (
        f'<div class="fill"><label for="{safe(place)}">{safe(one.label)}{_needed(one)}</label>'
        f"{_hint(one, place)}{control}</div>"
    )


def _one_in_view(one: Field, place: str) -> str:
    choices = "".join(_choice("radio", one, option) for option in one.options)
    if not one.needed:  # what has been chosen cannot be taken back but by choosing something else
        choices += _tick("radio", one.name, "", NO_CHOICE, chosen=not one.filled)
    return _group(one, place, f'<div class="choices">{choices}</div>')


def _one_of_many(one: Field, place: str) -> str:
    chosen = next((option for option in one.options if option.value in one.filled), None)
    options = "".join(_option(option.value, option.label, chosen=option is chosen) for option in one.options)
    if one.needed:
        options = _option("", "Choose", chosen=chosen is None) + options
    else:  # last, as in the list in view, and chosen unless something is: a browser would choose what stands first
        options += _option("", NO_CHOICE, chosen=chosen is None)
    return _labelled(one, place, f"<select {_names(one, place)}>{options}</select>")


def _option(value: str, label: str, *, chosen: bool) -> str:
    return f'<option value="{safe(value)}"{" selected" if chosen else ""}>{safe(label)}</option>'


def _several(one: Field, place: str) -> str:
    choices = "".join(_choice("checkbox", one, option) for option in one.options)
    if len(one.options) <= MOST_UNFILTERED:
        return _group(one, place, f'<div class="choices">{choices}</div>')
    finder = (
        f'<input class="line finder" type="search" aria-label="Find in {safe(one.label)}" placeholder="Type to find" '
        'autocomplete="off" spellcheck="false">'
    )
    ticked = ", ".join(option.label for option in one.options if option.value in one.filled)
    told = f"Ticked: {safe(ticked)}" if ticked else NONE_TICKED
    return _group(
        one, place, f'{finder}<div class="choices long">{choices}</div><p class="ticked" role="status">{told}</p>'
    )


def _group(one: Field, place: str, inner: str) -> str:
    described = f' aria-describedby="{safe(place)}-hint"' if one.hint else ""
    return (
        f'<fieldset class="fill" data-name="{safe(one.name)}"{described}>'
        f"<legend>{safe(one.label)}{_needed(one)}</legend>{_hint(one, place)}{inner}</fieldset>"
    )


def _choice(kind: str, one: Field, option: Option) -> str:
    return _tick(kind, one.name, option.value, option.label, chosen=option.value in one.filled)


def _tick(kind: str, name: str, value: str, label: str, *, chosen: bool) -> str:
    checked = " checked" if chosen else ""
    return (
        f'<label class="choice"><input type="{kind}" name="{safe(name)}" value="{safe(value)}"{checked}>'
        f"<span>{safe(label)}</span></label>"
    )


def _names(one: Field, place: str) -> str:
    described = f' aria-describedby="{safe(place)}-hint"' if one.hint else ""
    return f'id="{safe(place)}" name="{safe(one.name)}"{described} autocomplete="off"'


def _needed(one: Field) -> str:
    return ' <span class="needed">(needed)</span>' if one.needed else ""


def _hint(one: Field, place: str) -> str:
    return f'<p class="hint" id="{safe(place)}-hint">{safe(one.hint)}</p>' if one.hint else ""


def _first(one: Field) -> str:
    return one.filled[0] if one.filled else ""
