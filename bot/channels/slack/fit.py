"""Shorten a message to what Slack takes, clauses first, and say so where words are left out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from handlers.message import Alert, Block, ClauseQuote, Facts, Link, Message, Note, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

# Slack refuses a message at about 12,000 characters of block text, and has been seen to at 11,300.
ROOM = 10_000  # the rest is for the signs and labels that rendering adds
CLAUSE_CUT = " … (shortened: see the clause)"
CUT = " …"


def fit(message: Message) -> Message:
    """Return the message, shortened if its texts together are over `ROOM` characters."""
    if _size(message) <= ROOM:
        return message
    quotes = [len(block.words) for block in message.blocks if isinstance(block, ClauseQuote)]
    cap = _cap(quotes, ROOM - (_size(message) - sum(quotes)))
    shorter = replace(message, blocks=tuple(_cut_quote(block, cap) for block in message.blocks))
    if _size(shorter) <= ROOM:
        return shorter
    return _cut_everything(shorter)


def cut(text: str, room: int, *, mark: str = CUT) -> str:
    """Return the text if it has room, else its start and a mark that words are left out."""
    return text if len(text) <= room else text[: max(0, room - len(mark))].rstrip() + mark


def _cut_everything(message: Message) -> Message:
    sizes = list(_sizes(message))
    cap = _cap(sizes, ROOM - _fixed(message))
    return replace(
        message,
        title=cut(message.title, cap),
        urgent=_cut_alert(message.urgent, cap) if message.urgent else None,
        blocks=tuple(_cut_block(block, cap) for block in message.blocks),
    )


def _cap(sizes: list[int], room: int) -> int:
    """Return the longest size that each may keep, so that all of them fit in `room` together."""
    low, high = len(CLAUSE_CUT), max(sizes, default=0)
    while low < high:
        middle = (low + high + 1) // 2
        fits = sum(min(size, middle) for size in sizes) <= room
        low, high = (middle, high) if fits else (low, middle - 1)
    return low


def _size(message: Message) -> int:
    return sum(_sizes(message)) + _fixed(message)


def _fixed(message: Message) -> int:
    """Count what is never cut: what buttons and fields say."""
    in_fields = (
        len(one.label) + len(one.hint) + sum(len(option.label) for option in one.options) for one in message.fields
    )
    return sum(len(button.label) for button in message.buttons) + sum(in_fields)


def _sizes(message: Message) -> Iterator[int]:
    yield len(message.title)
    for block in (*((message.urgent,) if message.urgent else ()), *message.blocks):
        match block:
            case Paragraph(text=text) | Note(text=text):
                yield len(text)
            case Alert(title=title, lines=lines):
                yield from (len(title), *map(len, lines))
            case ClauseQuote(number=number, heading=heading, words=words):
                yield from (len(number), len(heading), len(words))
            case Facts(rows=rows):
                yield from (length for row in rows for length in (len(row.label), len(row.value)))
            case Link(label=label, address=address):
                yield from (len(label), len(address))
            case _:
                assert_never(block)


def _cut_quote(block: Block, cap: int) -> Block:
    if isinstance(block, ClauseQuote):
        return replace(block, words=cut(block.words, cap, mark=CLAUSE_CUT))
    return block


def _cut_block(block: Block, cap: int) -> Block:
    match block:
        case Paragraph(text=text) | Note(text=text):
            return replace(block, text=cut(text, cap))
        case Alert():
            return _cut_alert(block, cap)
        case ClauseQuote():
            heading, number = cut(block.heading, cap), cut(block.number, cap)
            words = cut(block.words, cap, mark=CLAUSE_CUT)
            return replace(block, number=number, heading=heading, words=words)
        case Facts(rows=rows):
            return Facts(rows=tuple(replace(row, label=cut(row.label, cap), value=cut(row.value, cap)) for row in rows))
        case Link():
            return block  # half an address leads nowhere
        case _:
            assert_never(block)


def _cut_alert(alert: Alert, cap: int) -> Alert:
    return replace(alert, title=cut(alert.title, cap), lines=tuple(cut(line, cap) for line in alert.lines))
