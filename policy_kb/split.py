"""Split a message that asks two things into its questions."""

from __future__ import annotations

import re

MOST_PARTS = 3
FEWEST_WORDS = 3

_ENDS = re.compile(r"(?<=[?!])\s+|(?<=\?)(?=\w)|\n+")
# "…, and who signs it?": a second question joined to the first by a comma or a plain "and"; "and are at uni" is none.
_JOINS = re.compile(
    r"(?:,|;)?\s+(?:and|also|plus)\s+(?=(?:also\s+)?"
    r"(?:can|could|may|must|do|does|(?:is|are)(?!\s+(?:at|in|off|now|still|not|both)\b)|should"
    r"|who|whose|how|what|when|where|which)\b)",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"(?<!\bto )\b(?:can|could|may|must|do|does|am|is|are|should|who|whose|how|what|when|where|which|allowed|ok)\b",
    re.IGNORECASE,
)


def split_questions(text: str) -> tuple[str, ...]:
    """
    Return the questions of a message in order, at most three; most messages hold one.

    Story sentences that ask nothing stay with the question they lead up to.
    """
    parts: list[str] = []
    story = ""
    for sentence in _sentences(text):
        if _asks(sentence):
            parts.append(f"{story} {sentence}".strip())
            story = ""
        else:
            story = f"{story} {sentence}".strip()
    if story and parts:
        parts[-1] = f"{parts[-1]} {story}"
    return tuple(parts[:MOST_PARTS]) if len(parts) > 1 else (text.strip(),)


def _sentences(text: str) -> list[str]:
    ends = (sentence for sentence in _ENDS.split(text) if sentence and sentence.strip())
    return [part.strip() for sentence in ends for part in _JOINS.split(sentence) if part.strip()]


def _asks(sentence: str) -> bool:
    return len(sentence.split()) >= FEWEST_WORDS and bool(_QUESTION.search(sentence))
