"""From a Message to Block Kit: plain text elements only, so that nothing anybody typed can act as markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias, assert_never

from bot.channels.slack.address import Place, block_mark
from bot.channels.slack.fields import inputs
from bot.channels.slack.fit import CUT, cut, fit
from handlers.message import (
    Alert,
    Block,
    Button,
    ButtonStyle,
    ClauseQuote,
    Facts,
    Link,
    Message,
    Note,
    Paragraph,
    Tone,
    plain_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Piece: TypeAlias = dict[str, Any]

HEADER_ROOM = 150
ELEMENT_ROOM = 3000
LABEL_ROOM = 75
TEXT_ROOM = 39_000  # Slack cuts at 40,000
BLOCKS = 50
BUTTONS_IN_A_ROW = 5
NOTES_IN_A_BLOCK = 10
# The title's words carry the verdict; the sign only helps the eye to find it.
SIGNS = {
    Tone.PLAIN: "",
    Tone.YES: "✅ ",
    Tone.CARE: "⚠️ ",
    Tone.ASK: "❓ ",
    Tone.NO: "⛔ ",
    Tone.URGENT: "🚨 ",
}


def render(message: Message, *, place: Place = Place.DM, thread: str = "", mark: str = "") -> dict[str, Any]:
    """
    Return the `text` and `blocks` of a Slack message.

    `place` and `thread` travel on the buttons, so that a press is counted to the right conversation.
    `mark` is different for each drawing of a message with fields.
    """
    fitted = fit(message)
    said = said_in(fitted)
    rows = list(_rows(fitted.buttons, place, thread))[: BLOCKS // 2]
    below = [*list(inputs(fitted.fields, mark))[: BLOCKS - 1 - len(rows)], *rows]
    if len(said) + len(below) > BLOCKS:
        said = [_rich(_one_after_another(said))]
    return {"text": plain_payload(message)["text"], "blocks": [*said, *below]}


def said_in(message: Message) -> list[Piece]:
    """Return what is read above the fields: the alert, the title and the blocks."""
    return [*_urgent(message), *_title(message), *_said(message), *_file(message)]


def plain_payload(message: Message) -> dict[str, Any]:
    """Return the message without blocks: what notifications and screen readers read, and the last resort."""
    return {"text": _escaped(plain_text(message)), "blocks": []}


def _urgent(message: Message) -> Iterator[Piece]:
    if message.urgent:
        yield _alert(message.urgent, SIGNS[Tone.URGENT])


def _title(message: Message) -> Iterator[Piece]:
    title = SIGNS[message.tone] + message.title
    if not message.title.strip():
        return
    if len(title) <= HEADER_ROOM:
        yield {"type": "header", "text": {"type": "plain_text", "text": title, "emoji": False}}
    else:
        yield _rich([_section(_words(title, bold=True))])


def _said(message: Message) -> Iterator[Piece]:
    for block in message.blocks:
        yield from _block(block)


def _file(message: Message) -> Iterator[Piece]:
    if message.attachment:
        yield from _note(f"{message.attachment.name} comes as a message of its own.")


def _block(block: Block) -> Iterator[Piece]:
    match block:
        case Paragraph(text=text):
            if text.strip():
                yield _rich([_section(_words(text))])
        case Alert():
            yield _alert(block, SIGNS[Tone.CARE])
        case ClauseQuote():
            yield _quote(block)
        case Facts(rows=rows):
            if rows:
                yield _rich([_section(_words(f"{row.label}: ", bold=True) + _words(row.value)) for row in rows])
        case Note(text=text):
            yield from _note(text)
        case Link(label=label, address=address):
            yield _rich([_section([{"type": "link", "url": address, "text": label, "style": {"bold": True}}])])
        case _:
            assert_never(block)


def _alert(alert: Alert, sign: str) -> Piece:
    heading = _section(_words(sign + alert.title, bold=True))
    items = [_section(_words(line)) for line in alert.lines if line.strip()]
    style = "ordered" if alert.in_order else "bullet"
    listed = [{"type": "rich_text_list", "style": style, "elements": items}] if items else []
    return _rich([heading, *listed])


def _quote(quote: ClauseQuote) -> Piece:
    whose = [] if quote.official else _words(" (our plain words)", italic=True)
    heading = _section(_words(f"{quote.number} {quote.heading}", bold=True) + whose)
    words = [{"type": "rich_text_quote", "elements": _words(quote.words)}] if quote.words.strip() else []
    return _rich([heading, *words])


def _note(text: str) -> Iterator[Piece]:
    if text.strip():
        elements = [{"type": "plain_text", "text": part, "emoji": False} for part in _parts(text)]
        yield {"type": "context", "elements": elements[:NOTES_IN_A_BLOCK]}


def _rows(buttons: Sequence[Button], place: Place, thread: str) -> Iterator[Piece]:
    for row, start in enumerate(range(0, len(buttons), BUTTONS_IN_A_ROW)):
        elements = [
            _button(button, index)
            for index, button in enumerate(buttons[start : start + BUTTONS_IN_A_ROW], start=start)
        ]
        yield {"type": "actions", "block_id": block_mark(place, thread, row), "elements": elements}


def _button(button: Button, index: int) -> Piece:
    drawn: Piece = {
        "type": "button",
        "text": {"type": "plain_text", "text": cut(button.label, LABEL_ROOM), "emoji": False},
        "action_id": f"{button.action}:{index}",
    }
    if button.about:
        drawn["value"] = button.about
    if button.style is ButtonStyle.MAIN:
        drawn["style"] = "primary"
    return drawn


def _one_after_another(blocks: Sequence[Piece]) -> list[Piece]:
    """Put what many blocks say into the elements of one, for the message that has too many."""
    elements: list[Piece] = []
    for block in blocks:
        match block["type"]:
            case "rich_text":
                elements += block["elements"]
            case "header":
                elements.append(_section(_words(block["text"]["text"], bold=True)))
            case _:
                elements.append(_section([word for note in block["elements"] for word in _words(note["text"])]))
    return elements


def _rich(elements: Sequence[Piece]) -> Piece:
    return {"type": "rich_text", "elements": list(elements)}


def _section(words: Sequence[Piece]) -> Piece:
    return {"type": "rich_text_section", "elements": list(words)}


def _words(text: str, **style: bool) -> list[Piece]:
    marked: Piece = {"style": style} if style else {}
    return [{"type": "text", "text": part, **marked} for part in _parts(text)]


def _parts(text: str) -> list[str]:
    return [text[start : start + ELEMENT_ROOM] for start in range(0, len(text), ELEMENT_ROOM)]


def _escaped(text: str) -> str:
    """Escape the three characters that mean something in Slack's `text`, such as in <!channel>."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if len(escaped) <= TEXT_ROOM:
        return escaped
    return re.sub(r"&\w{0,3}$", "", escaped[:TEXT_ROOM]) + CUT  # no half an escape at the end
