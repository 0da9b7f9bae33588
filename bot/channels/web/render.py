"""From a Message to an HTML fragment; every text in it is made safe."""

from __future__ import annotations

import mimetypes
import re
from base64 import b64encode
from typing import TYPE_CHECKING, assert_never

from bot.channels.web.escape import safe
from bot.channels.web.fields import render_fields
from bot.channels.web.guard import OWN_HOST
from handlers.message import Alert, ButtonStyle, ClauseQuote, Facts, Link, Note, Paragraph, Tone
from policy_kb.bot_words import Action

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handlers.message import Attachment, Block, Button, Message

VERDICT_WORDS = {
    Tone.PLAIN: "",
    Tone.YES: "Allowed",
    Tone.CARE: "Take care",
    Tone.ASK: "Check first",
    Tone.NO: "Not allowed",
    Tone.URGENT: "Act now",
}
"""The word on the badge of an answer, which quotes a clause: colour never speaks alone."""

QUESTION_BACK = "A question for you"
TO_SEE_TO = "For you to see to"
OTHER_WORDS = {
    Tone.PLAIN: "",
    Tone.YES: "Done",
    Tone.CARE: "Please note",
    Tone.ASK: TO_SEE_TO,
    Tone.NO: "Declined",
    Tone.URGENT: "Act now",
}
"""The word on the badge of what is no answer: nothing but the policy allows."""

TELEPHONE = re.compile(r"(?<![\w.,+/-])(?:999|112|101|111|(?:\+44 ?|0)\d(?: ?\d){8,9})(?![\w/-]|[.,]\d)", re.ASCII)
"""A number that a telephone in this country can call."""
OWN_CALENDAR = re.compile(rf"http://{OWN_HOST.pattern}/calendar/[\w-]+\.ics", re.ASCII | re.IGNORECASE)
"""The address of a feed of this bot, which in the web chat is on this machine; nobody can type one that leads away."""


def render(message: Message) -> str:
    """Return one `<article>`: the urgent alert, the badge, the title, the blocks, the fields, the file, the buttons."""
    parts = [
        _urgent(message.urgent) if message.urgent else "",
        _badge(message),
        f"<h2>{safe(message.title)}</h2>",
        *(_block(block) for block in message.blocks),
        render_fields(message.fields),
        _file(message.attachment) if message.attachment else "",
        _buttons(message.buttons),
    ]
    name = f' data-card="{safe(message.card)}"' if message.card else ""
    return f'<article class="card tone-{message.tone.value}"{name} tabindex="-1">{"".join(parts)}</article>'


def _badge(message: Message) -> str:
    asks_back = message.tone is Tone.ASK and any(button.action is Action.CHOOSE for button in message.buttons)
    quotes = any(isinstance(block, ClauseQuote) for block in message.blocks)
    if quotes and not asks_back:
        word = VERDICT_WORDS[message.tone]
    else:
        word = _asked(message, asks_back=asks_back) if message.tone is Tone.ASK else OTHER_WORDS[message.tone]
    return f'<p class="badge">{word}</p>' if word else ""


def _asked(message: Message, *, asks_back: bool) -> str:
    """Return what is asked of the reader: an answer, something to do, or nothing, where others are waited for."""
    if asks_back or "?" in message.title:
        return QUESTION_BACK
    to_do = message.fields or any(button.style is ButtonStyle.MAIN for button in message.buttons)
    return OTHER_WORDS[Tone.ASK] if to_do else ""


def _block(block: Block) -> str:
    match block:
        case Paragraph(text=text):
            return f"<p>{_link(text, text) if OWN_CALENDAR.fullmatch(text) else safe(text)}</p>"
        case Alert():
            return _alert(block, map(safe, block.lines), kind="alert")
        case ClauseQuote():
            return _quote(block)
        case Facts(rows=rows):
            inner = "".join(f"<div><dt>{safe(r.label)}</dt><dd>{safe(r.value)}</dd></div>" for r in rows)
            return f'<dl class="facts">{inner}</dl>'
        case Note(text=text):
            return f'<p class="note"><small>{safe(text)}</small></p>'
        case Link(label=label, address=address):
            return f"<p>{_link(label, address)}</p>"
        case _:
            assert_never(block)


def _link(label: str, address: str) -> str:
    return f'<a href="{safe(address)}" target="_blank" rel="noopener">{safe(label)}</a>'


def _urgent(alert: Alert) -> str:
    """Return the escalation block; a tap calls the numbers in it."""
    return _alert(alert, (TELEPHONE.sub(_call, safe(line)) for line in alert.lines), kind="urgent")


def _call(number: re.Match[str]) -> str:
    return f'<a href="tel:{number[0].replace(" ", "")}">{number[0]}</a>'


def _alert(alert: Alert, lines: Iterable[str], *, kind: str) -> str:
    items, tag = "".join(f"<li>{line}</li>" for line in lines), "ol" if alert.in_order else "ul"
    return f'<div class="{kind}"><p class="alert-title">{safe(alert.title)}</p><{tag}>{items}</{tag}></div>'


def _quote(quote: ClauseQuote) -> str:
    whose = "The policy’s own words" if quote.official else "Our plain words"
    caption = (
        f'<b class="number">{safe(quote.number)}</b> <span class="heading">{safe(quote.heading)}</span> '
        f'<span class="whose">{whose}</span>'
    )
    return (
        f'<figure class="clause"><figcaption>{caption}</figcaption>'
        f"<blockquote><p>{safe(quote.words)}</p></blockquote></figure>"
    )


def _file(attachment: Attachment) -> str:
    """Return a link that saves the file; it carries the whole of it, so that it works for as long as the page does."""
    kind = mimetypes.guess_type(attachment.name)[0] or "application/octet-stream"
    content = b64encode(attachment.content).decode("ascii")
    return (
        f'<p class="file"><a class="save" href="data:{safe(kind)};base64,{content}" '
        f'download="{safe(attachment.name)}">Save {safe(attachment.name)}</a></p>'
    )


def _buttons(buttons: tuple[Button, ...]) -> str:
    if not buttons:
        return ""
    inner = "".join(
        f'<button type="button" class="{button.style.value}" data-action="{safe(button.action.value)}" '
        f'data-about="{safe(button.about)}">{safe(button.label)}</button>'
        for button in buttons
    )
    return f'<div class="buttons" role="group" aria-label="What you can do next">{inner}</div>'
