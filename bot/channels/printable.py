"""Text without the characters that no screen should be handed: the same rule for what comes in and goes out."""

from __future__ import annotations

import unicodedata

UNPRINTABLE = frozenset({"Cc", "Cs"})
"""Control characters, and halves of pairs that no encoding can carry."""

DIRECTION_TRICKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the reading order of the text around them."""


def printable(text: str) -> str:
    """Return the text without control and direction characters; line breaks and tabs stay."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(character for character in unified if _may_stay(character))


def _may_stay(character: str) -> bool:
    if character in "\n\t":
        return True
    return character not in DIRECTION_TRICKS and unicodedata.category(character) not in UNPRINTABLE
