"""
From a Message to an Adaptive Card 1.5, as Teams shows it.

Everything a person reads stands in `TextRun`s, which know no markup: nothing has to be escaped
but the date macro. A coloured band only repeats what the words beside it say.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from bot.channels.printable import printable
from bot.channels.teams.elements import Element, container, plain, run, text_block, unlinked
from bot.channels.teams.inputs import inputs_of, names_of
from bot.channels.teams.shorten import ever_shorter
from handlers.message import (
    Alert,
    Button,
    ButtonStyle,
    ClauseQuote,
    Fact,
    Facts,
    Link,
    Message,
    Note,
    Paragraph,
    Tone,
    plain_text,
    without_file,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handlers.message import Block

MAX_BYTES = 27 * 1024  # Teams' safe budget is 28 KB; Teams adds a little of its own
MAX_SUMMARY = 10_000  # letters; a whole message may take 100 KB, and names of many staff can fill that
BUTTONS_IN_A_ROW = 6
# A bot can put a file into a person's OneDrive, with a consent of theirs and a right of its own: more than this needs.
NO_FILES = "I cannot give you files in Teams."
_STYLES = {
    Tone.PLAIN: "default",
    Tone.YES: "good",
    Tone.CARE: "warning",
    Tone.ASK: "accent",
    Tone.NO: "attention",
    Tone.URGENT: "attention",
}


def render(message: Message, *, home: str = "") -> Element:
    """
    Return the card for a message, small enough for Teams whatever it says.

    `home` goes into every button's data beside `about`, and comes back with a press.
    """
    card: Element = {}
    for shorter in ever_shorter(without_file(message, NO_FILES)):
        card = _card(shorter, home)
        if _size(card) <= MAX_BYTES:
            break
    return card


def summary(message: Message) -> str:
    """Return the plain twin: the notification, and what a screen reader says first; long lists stay on the card."""
    said = without_file(message, NO_FILES)
    whole = printable(plain_text(said))
    if len(whole) <= MAX_SUMMARY:
        return whole
    return printable(plain_text(replace(said, fields=())))[:MAX_SUMMARY]


def _card(message: Message, home: str) -> Element:
    body = [*_urgent(message.urgent), _headline(message)]
    body += [_element(block) for block in message.blocks]
    body += list(inputs_of(message.fields))
    body += list(_buttons(message, home))
    return {
        "type": "AdaptiveCard",
        "version": "1.5",
        # For clients that show no card: nothing can be filled in there.
        "fallbackText": unlinked(plain_text(replace(message, fields=()))),
        "msteams": {"width": "Full"},
        "body": body,
    }


def _urgent(alert: Alert | None) -> list[Element]:
    return [_alert(alert)] if alert else []


def _headline(message: Message) -> Element:
    title = text_block(message.title, weight="Bolder", size="Medium")
    # Under an alert the headline has no band of its own: two red bands would be read as one.
    tone = Tone.PLAIN if message.urgent else message.tone
    return container(_STYLES[tone], title, bleed=tone is not Tone.PLAIN)


def _element(block: Block) -> Element:
    match block:
        case Paragraph(text=text):
            return container("default", *_lines(text))
        case Note(text=text):
            return container("default", *_lines(text, size="Small"))
        case Alert():
            return _alert(block)
        case ClauseQuote():
            return _quote(block)
        case Facts(rows=rows):
            return container("default", *(_fact(row) for row in rows))
        case Link(label=label, address=address):
            return {"type": "ActionSet", "actions": [{"type": "Action.OpenUrl", "title": label, "url": address}]}
        case _:
            assert_never(block)


def _alert(alert: Alert) -> Element:
    title = text_block(alert.title, weight="Bolder", size="Large")
    lines = [text_block(line, spacing="Small") for line in alert.marked("•")]
    return container("attention", title, *lines, bleed=True)


def _quote(quote: ClauseQuote) -> Element:
    whose = "The policy’s own words" if quote.official else "Our plain words"
    head = text_block(f"{quote.number} {quote.heading}", weight="Bolder")
    return container("emphasis", head, *_lines(quote.words), text_block(whose, size="Small", spacing="Small"))


def _fact(row: Fact) -> Element:
    label, value = run(f"{row.label}: ", weight="Bolder"), run(row.value)
    return {"type": "RichTextBlock", "inlines": [label, value], "spacing": "Small"}


def _buttons(message: Message, home: str) -> Iterator[Element]:
    data = ({"home": home} if home else {}) | names_of(message.fields)
    for first in range(0, len(message.buttons), BUTTONS_IN_A_ROW):
        row = message.buttons[first : first + BUTTONS_IN_A_ROW]
        yield {"type": "ActionSet", "actions": [_button(button, data) for button in row]}


def _button(button: Button, data: Mapping[str, str]) -> Element:
    return {
        "type": "Action.Execute",
        "title": plain(button.label),
        "verb": str(button.action),
        "data": {"about": button.about, **data},
        "associatedInputs": "auto",
        "style": "positive" if button.style is ButtonStyle.MAIN else "default",
    }


def _lines(text: str, **look: str) -> list[Element]:
    """Give each line a block of its own: a run would show a line break as a space."""
    return [text_block(line, **look) for line in text.splitlines() if line.strip()] or [text_block(text, **look)]


def _size(card: Element) -> int:
    """Count the bytes of its largest form on the way, where letters beyond ASCII take six or twelve."""
    return len(json.dumps(card))
