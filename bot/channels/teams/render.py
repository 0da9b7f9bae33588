"""
From a Message to an Adaptive Card 1.5, as Teams shows it.

Everything a person reads stands in `TextRun`s, which know no markup: nothing has to be escaped
but the date macro. A coloured band only repeats what the words beside it say.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias, assert_never

from bot.channels.printable import printable
from handlers.message import (
    Alert,
    Button,
    ButtonStyle,
    ClauseQuote,
    Fact,
    Facts,
    Message,
    Note,
    Paragraph,
    Tone,
    plain_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.message import Block

Element: TypeAlias = dict[str, Any]

MAX_BYTES = 27 * 1024  # Teams' safe budget is 28 KB; Teams adds a little of its own
BUTTONS_IN_A_ROW = 6
CUT = " … see the clause"
NOT_ALL = "This is longer than a Teams card holds, so the end is missing. See the clause."

_STYLES = {
    Tone.PLAIN: "default",
    Tone.YES: "good",
    Tone.CARE: "warning",
    Tone.ASK: "accent",
    Tone.NO: "attention",
    Tone.URGENT: "attention",
}
_CUTS = (4000, 2000, 1000, 500, 250, 120)  # letters that a long text keeps, tried one after another
_MACRO = re.compile(r"\{(?=\{)")
_JOINT = "\u200b"  # a space without width: unseen, and it breaks {{DATE(…)}}, which Teams would compute


def render(message: Message, *, home: str = "") -> Element:
    """
    Return the card for a message, small enough for Teams whatever it says.

    `home` goes into every button's data beside `about`, and comes back with a press.
    """
    card = _card(message, home)
    for letters in _CUTS:
        if _size(card) <= MAX_BYTES:
            return card
        card = _card(_shorter(message, letters), home)
    short = _shorter(message, _CUTS[-1])
    while _size(card) > MAX_BYTES and short.blocks:
        short = replace(short, blocks=short.blocks[:-1])
        card = _card(replace(short, blocks=(*short.blocks, Note(text=NOT_ALL))), home)
    return card


def summary(message: Message) -> str:
    """Return the plain twin: the notification, and what a screen reader says first."""
    return printable(plain_text(message))


def _card(message: Message, home: str) -> Element:
    body = [*_urgent(message.urgent), _headline(message)]
    body += [_element(block) for block in message.blocks]
    body += list(_buttons(message.buttons, home))
    return {
        "type": "AdaptiveCard",
        "version": "1.5",
        # This one property may hold Markdown, so a link written in it is broken up.
        "fallbackText": _plain(plain_text(message)).replace("](", f"]{_JOINT}("),
        "msteams": {"width": "Full"},
        "body": body,
    }


def _urgent(alert: Alert | None) -> list[Element]:
    return [_alert(alert)] if alert else []


def _headline(message: Message) -> Element:
    title = _text(message.title, weight="Bolder", size="Medium")
    # Under an alert the headline has no band of its own: two red bands would be read as one.
    tone = Tone.PLAIN if message.urgent else message.tone
    return _container(_STYLES[tone], title, bleed=tone is not Tone.PLAIN)


def _element(block: Block) -> Element:
    match block:
        case Paragraph(text=text):
            return _container("default", *_lines(text))
        case Note(text=text):
            return _container("default", *_lines(text, size="Small"))
        case Alert():
            return _alert(block)
        case ClauseQuote():
            return _quote(block)
        case Facts(rows=rows):
            return _container("default", *(_fact(row) for row in rows))
        case _:
            assert_never(block)


def _alert(alert: Alert) -> Element:
    title = _text(alert.title, weight="Bolder", size="Large")
    lines = [_text(f"• {line}", spacing="Small") for line in alert.lines]
    return _container("attention", title, *lines, bleed=True)


def _quote(quote: ClauseQuote) -> Element:
    whose = "The policy’s own words" if quote.official else "Our plain words"
    head = _text(f"{quote.number} {quote.heading}", weight="Bolder")
    return _container("emphasis", head, *_lines(quote.words), _text(whose, size="Small", spacing="Small"))


def _fact(row: Fact) -> Element:
    label, value = _run(f"{row.label}: ", weight="Bolder"), _run(row.value)
    return {"type": "RichTextBlock", "inlines": [label, value], "spacing": "Small"}


def _buttons(buttons: tuple[Button, ...], home: str) -> Iterator[Element]:
    for first in range(0, len(buttons), BUTTONS_IN_A_ROW):
        row = buttons[first : first + BUTTONS_IN_A_ROW]
        yield {"type": "ActionSet", "actions": [_button(button, home) for button in row]}


def _button(button: Button, home: str) -> Element:
    data = {"about": button.about, "home": home} if home else {"about": button.about}
    style = "positive" if button.style is ButtonStyle.MAIN else "default"
    return {
        "type": "Action.Execute",
        "title": _plain(button.label),
        "verb": str(button.action),
        "data": data,
        "style": style,
    }


def _container(style: str, *items: Element, bleed: bool = False) -> Element:
    return {"type": "Container", "style": style, "items": list(items), "bleed": bleed}


def _lines(text: str, **look: str) -> list[Element]:
    """Give each line a block of its own: a run would show a line break as a space."""
    return [_text(line, **look) for line in text.splitlines() if line.strip()] or [_text(text, **look)]


def _text(text: str, *, spacing: str = "Default", **look: str) -> Element:
    return {"type": "RichTextBlock", "inlines": [_run(text, **look)], "spacing": spacing}


def _run(text: str, **look: str) -> Element:
    return {"type": "TextRun", "text": _plain(text), **look}


def _plain(text: str) -> str:
    return _MACRO.sub("{" + _JOINT, printable(text))


def _size(card: Element) -> int:
    """Count the bytes of its largest form on the way, where letters beyond ASCII take six or twelve."""
    return len(json.dumps(card))


def _shorter(message: Message, letters: int) -> Message:
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
        case Alert():
            return block  # what must be read first is never cut
        case _:
            assert_never(block)


def _cut(text: str, letters: int) -> str:
    if len(text) <= letters:
        return text
    return text[:letters].rsplit(" ", 1)[0] + CUT
