"""A message that is too long for a card, made shorter step by step: what must be read first is never cut."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from handlers.message import Alert, ClauseQuote, Facts, InputKind, Link, Note, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.message import Block, Field, Message

CUT = " … see the clause"
NOT_ALL = "This is longer than a Teams card holds, so the end is missing. See the clause."
NOT_LISTED = "This list is cut short. Not in it? Type the name in the chat."
NO_ROOM = "There is no room on this card for: {labels}. What was filled in there stays as it is."

_CUTS = (4000, 2000, 1000, 500, 250, 120)  # letters that a long text keeps, tried one after another
_OPTIONS = (100, 60, 40, 25)  # choices that a long list keeps, tried before any text is cut
_FEWEST = 12


def ever_shorter(message: Message) -> Iterator[Message]:
    """Return the message, then shorter and shorter forms of it; the last has nothing left to leave out."""
    listed = message
    for most in _OPTIONS:
        listed = _with_fewer_options(message, most)
        yield listed
    for letters in _CUTS:
        yield _with_shorter_texts(listed, letters)
    short = _with_shorter_texts(_with_fewer_options(message, _FEWEST), _CUTS[-1])
    yield short
    while short.blocks:
        short = replace(short, blocks=short.blocks[:-1])
        yield replace(short, blocks=(*short.blocks, Note(text=NOT_ALL)))
    yield from _with_fewer_fields(short)


def _with_fewer_options(message: Message, most: int) -> Message:
    return replace(message, fields=tuple(_shorter_list(one, most) for one in message.fields))


def _shorter_list(one: Field, most: int) -> Field:
    """Keep what is chosen already, whatever its place: what is not shown would come back as not chosen."""
    if len(one.options) <= most:
        return one
    room = max(0, most - len(one.filled))
    others = [option.value for option in one.options if option.value not in one.filled][:room]
    kept = tuple(option for option in one.options if option.value in one.filled or option.value in others)
    return replace(one, options=kept, hint=f"{one.hint} {NOT_LISTED}".strip())


def _with_fewer_fields(message: Message) -> Iterator[Message]:
    """Leave out what takes most room; a field that is not there comes back with no value, not with an empty one."""
    left_out: list[Field] = []
    while len(left_out) < len(message.fields):
        there = [one for one in message.fields if one not in left_out]
        left_out.append(max(there, key=_room))
        labels = ", ".join(one.label for one in message.fields if one in left_out)
        fields = tuple(one for one in there if one not in left_out)
        yield replace(message, blocks=(*message.blocks, Note(text=NO_ROOM.format(labels=labels))), fields=fields)


def _room(one: Field) -> int:
    return sum(len(text) for text in one.filled) if one.kind is not InputKind.MANY else len(one.options)


def _with_shorter_texts(message: Message, letters: int) -> Message:
    return replace(
        message,
        title=_cut(message.title, letters),
        blocks=tuple(_shorter_block(block, letters) for block in message.blocks),
    )


def _shorter_block(block: Block, letters: int) -> Block:
    match block:
        case Paragraph(text=text) | Note(text=text):
            return replace(block, text=_cut(text, letters))
        case ClauseQuote(words=words):
            return replace(block, words=_cut(words, letters))
        case Facts(rows=rows):
            return replace(block, rows=tuple(replace(row, value=_cut(row.value, letters)) for row in rows))
        case Alert() | Link():
            return block  # what must be read first is never cut, and half an address leads nowhere
        case _:
            assert_never(block)


def _cut(text: str, letters: int) -> str:
    if len(text) <= letters:
        return text
    return text[:letters].rsplit(" ", 1)[0] + CUT
