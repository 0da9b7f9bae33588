"""From what Slack's client sends to the words a person typed."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Slack's own tokens only. A '<' that somebody typed arrives as '&lt;' and is no token.
TOKEN = re.compile(r"<(?P<kind>[@#!]?)(?P<what>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")
LINK = re.compile(r"(?:https?|mailto|tel|ftp):", re.IGNORECASE)
# Tab and line feed are typed on purpose; the rest can break a database or a log.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def plain_words(text: str, *, me: str = "") -> str:
    """
    Return what was typed as plain text, without mentions of the bot `me` (a user id).

    Other people's ids become "someone": they say nothing to the policy and are not ours to keep.
    """
    words = html.unescape(TOKEN.sub(_speaker(me), text))
    words = words.encode("utf-8", errors="replace").decode("utf-8")
    return CONTROL.sub(" ", words).strip()


def _speaker(me: str) -> Callable[[re.Match[str]], str]:
    def say(token: re.Match[str]) -> str:
        what, label = token["what"], token["label"] or ""
        match token["kind"]:
            case "@":
                return "" if what == me else "someone"
            case "#":
                return f"#{label}" if label else "a channel"
            case "!":
                return label or f"@{what.partition('^')[0]}"
            case _:
                return (label or what) if LINK.match(what) else token[0]

    return say
