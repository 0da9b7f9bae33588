"""The lines of a printed document, freed from the traces that extraction from Word or PDF leaves."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE_END = re.compile(r"\r\n|\r")
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")  # soft hyphens, zero-width spaces, byte order marks
_LINK = re.compile(r"\[([^\[\]]{0,500})\]\([^()]{0,500}\)")
_TAG = re.compile(r"</?(?:u|b|i|em|strong)>", re.IGNORECASE)
_BOLD = re.compile(r"\*\*(?=[^\s*])(.{1,500}?)(?<=[^\s*])\*\*")
_EMPHASIS = re.compile(r"\*(?=[^\s*])(.{1,500}?)(?<=[^\s*])\*")
_HASHES = re.compile(r"^#{1,6}\s+")
_CELL_END = re.compile(r"\t|\s{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    """One line that holds words."""

    number: int  # as an editor counts, from 1
    text: str  # without markup, white space folded
    first_cell: str  # what stands before the first tab; the whole text where there is none
    after_blank: bool  # an empty line, or the start of the document, stands before it
    contents: bool  # ends in a page number after dots or a tab, as in a table of contents


def printed_lines(text: str) -> tuple[PrintedLine, ...]:
    """Return the lines that hold words, in order; empty ones only leave `after_blank` behind."""
    found: list[PrintedLine] = []
    after_blank = True
    for number, raw in enumerate(_LINE_END.sub("\n", text).split("\n"), start=1):
        plain = plain_words(_HASHES.sub("", raw.strip()))
        if plain:
            found.append(
                PrintedLine(
                    number=number,
                    text=plain,
                    first_cell=plain_words(_CELL_END.split(raw.strip(), maxsplit=1)[0]),
                    after_blank=after_blank,
                    contents=bool(re.search(r"(?:\.{3,}|…|\t)\s*\d{1,3}\s*$", raw)),
                )
            )
        after_blank = not plain
    return tuple(found)


def plain_words(text: str) -> str:
    """Return the words as printed: no emphasis marks, tags or link targets, white space folded."""
    plain = _LINK.sub(r"\1", _TAG.sub("", _UNSEEN.sub("", text)))
    return " ".join(_EMPHASIS.sub(r"\1", _BOLD.sub(r"\1", plain)).split())
