"""The one place where a text becomes harmless in a page."""

from __future__ import annotations

from html import escape

from bot.channels.printable import printable


def safe(text: str) -> str:
    """Return a text that is only text, wherever in the page it is put."""
    return escape(printable(text), quote=True)
