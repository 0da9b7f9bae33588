"""The pieces that Adaptive Cards are built of, and text made safe for them."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from bot.channels.printable import printable

Element: TypeAlias = dict[str, Any]

_MACRO = re.compile(r"\{(?=\{)")
_JOINT = "\u200b"  # a space without width: unseen, and it breaks {{DATE(…)}}, which Teams would compute


def container(style: str, *items: Element, bleed: bool = False) -> Element:
    """Return a box around elements; `bleed` lets its colour reach the card's edges."""
    return {"type": "Container", "style": style, "items": list(items), "bleed": bleed}


def text_block(text: str, *, spacing: str = "Default", **look: str) -> Element:
    """Return a line of text, shown as it is written."""
    return {"type": "RichTextBlock", "inlines": [run(text, **look)], "spacing": spacing}


def run(text: str, **look: str) -> Element:
    """Return a piece of a line, with a look of its own."""
    return {"type": "TextRun", "text": plain(text), **look}


def plain(text: str) -> str:
    """Return text for a property that knows no markup but the date macro."""
    return _MACRO.sub("{" + _JOINT, printable(text))


def unlinked(text: str) -> str:
    """Return text for a property that may hold Markdown: a link written in it is broken up."""
    return plain(text).replace("](", f"]{_JOINT}(")
