"""How a shell shows what is to be filled in, and reads what somebody types for it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, assert_never

from handlers.message import InputKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handlers.message import Field

EMPTY = "-"  # typed to take away what stands there
HOW_TO_FILL_IN = "Enter keeps or skips an answer, - empties it, a full stop keeps all the rest."


class NotThat(Exception):  # noqa: N818 - the name is the sentence: not that
    """What was typed does not fit the field; the text says what would."""


def listed(one: Field) -> str:
    """Return a field as lines: its label, what stands there, its hint, and its options by number."""
    label = f"{one.label} (needed)" if one.needed else one.label
    labels = {option.value: option.label for option in one.options}
    filled = ", ".join(labels.get(value, value) for value in one.filled)
    options = (f"{number}. {option.label}" for number, option in enumerate(one.options, start=1))
    return "\n".join(part for part in (f"{label}: {filled}" if filled else label, one.hint, *options) if part)


def asked(one: Field) -> str:
    """Return the words that ask for a field, on one line."""
    what = {
        InputKind.LINE: "",
        InputKind.LONG: "",
        InputKind.DATE: ", as 2026-11-24",
        InputKind.ONE: ", by its number",
        InputKind.MANY: ", by numbers, such as 1,3",
    }[one.kind]
    skips = "Enter keeps what stands there" if one.filled else "leave empty to skip"
    return f"{one.label}{what} ({skips}): "


def read(one: Field, line: str) -> tuple[str, ...]:
    """
    Return what a field holds after a line was typed for it.

    Raises:
        NotThat: it is no day, or there is no such number.
    """
    if not line:
        return one.filled
    if line == EMPTY:
        return ()
    match one.kind:
        case InputKind.LINE | InputKind.LONG:
            return (line,)
        case InputKind.DATE:
            return (_day(line).isoformat(),)
        case InputKind.ONE:
            return _chosen(one, (line,))
        case InputKind.MANY:
            return _chosen(one, line.replace(",", " ").split())
        case _:
            assert_never(one.kind)


def _day(line: str) -> date:
    """Return a day written as 2026-11-24 or, as people here do, as 24/11/2026."""
    try:
        if "/" not in line:
            return date.fromisoformat(line)
        day, month, year = map(int, line.split("/"))
        return date(year, month, day)
    except ValueError:
        raise NotThat("Please give the day as 2026-11-24 or 24/11/2026.") from None


def _chosen(one: Field, typed: Iterable[str]) -> tuple[str, ...]:
    """Return the values that some numbers stand for, in the order of the list, each once."""
    values = {str(number): option.value for number, option in enumerate(one.options, start=1)}
    numbers = {text.strip() for text in typed}
    if not numbers <= values.keys():
        raise NotThat(f"Please give numbers from 1 to {len(values)}.")
    return tuple(value for number, value in values.items() if number in numbers)
