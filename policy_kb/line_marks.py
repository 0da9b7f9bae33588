"""What the start of a printed line says it is: a clause, a section heading, an appendix or a bullet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_kb.words import ItemId

if TYPE_CHECKING:
    from policy_kb.printed_lines import PrintedLine

LONGEST_HEADING = 10
"""Words; a longer line in small letters is a sentence that happens to start with a number."""

_DASH = r"(?P<dash>[-–—•▪◦·*]\s*)?"
_CLAUSE = re.compile(
    rf"{_DASH}(?P<printed>(?:(?P<letter>[A-Z])\s?\.?\s?)?(?P<section>[1-9]\d?)\s?\.\s?(?P<clause>[1-9]\d?))"
    r"(?:[.):]?\s+(?P<text>\S.*)|[.):]?)"
)
_SECTION = re.compile(rf"{_DASH}(?:(?P<letter>[A-Z])\s?\.?\s?)?(?P<section>[1-9]\d?)[.):]?\s+(?P<text>\S.*)")
_APPENDIX = re.compile(r"appendix\s+[0-9a-z]{1,2}\s*(?:[-–—:.]\s*(?P<text>\S.*))?", re.IGNORECASE)
_BULLET = re.compile(r"(?P<mark>\([a-z]\)(?=\s)|[a-z]\)(?=\s)|[-–—*o](?=\s)|[•▪◦·\uf0a7\uf0b7])\s*(?P<text>\S.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseStart:
    """A line that starts with a clause number, whether or not a clause truly starts there."""

    id: ItemId
    section: str  # "4", "A.3"
    clause: int
    printed: str
    text: str
    reads_on: bool  # as in "4.12 below, and …": perhaps a reference that a line break put first


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The heading of a section ("A.3"), or of something without a number ("")."""

    section: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullet:
    """One entry of a list."""

    mark: str  # "-", "•", "(a)"
    text: str

    @property
    def letter(self) -> str:
        """Its letter as printed, ``(a)``; empty for a dash or a dot."""
        return self.mark if self.mark.endswith(")") else ""

    @property
    def maybe_dash(self) -> bool:
        """Tell whether this may be the middle of a sentence whose dash a line break put first."""
        return self.mark in ("–", "—") and self.text[0].islower()


def clause_start(line: PrintedLine) -> ClauseStart | None:
    """Read ``- A. 1.8 The …`` as clause A.1.8; None where the line starts with no clause number."""
    found = _CLAUSE.fullmatch(line.text)
    if found is None:
        return None
    section = _section(found)
    return ClauseStart(
        id=ItemId(f"{section}.{found['clause']}"),
        section=section,
        clause=int(found["clause"]),
        printed=found["printed"],
        text=found["text"] or "",
        reads_on=not found["dash"] and (not found["text"] or found["text"][0].islower()),
    )


def heading(line: PrintedLine) -> Heading | None:
    """Read ``4 SOCIAL MEDIA POLICY`` as a heading; None where the line is a sentence or a bullet."""
    found = _SECTION.fullmatch(line.text)
    if found is None or found["text"][0].isdigit():
        capitals = line.text.isupper() and line.after_blank and len(line.text.split()) > 1
        return Heading(section="", text=line.text) if capitals and not appendix_heading(line) else None
    if found["text"].isupper() or (line.text[0].isalnum() and line.after_blank and _short_title(found["text"])):
        return Heading(section=_section(found), text=found["text"])
    return None


def appendix_heading(line: PrintedLine) -> Heading | None:
    """Read ``APPENDIX 2`` or ``Appendix B: The form``; `text` is what follows the number."""
    found = _APPENDIX.fullmatch(line.text)
    if found is None or not (line.after_blank or line.text.isupper()):
        return None
    title = found["text"] or ""
    return Heading(section="", text=title) if not title or title.isupper() or _short_title(title) else None


def bullet(line: PrintedLine) -> Bullet | None:
    """Read ``- Pictures of …;`` or ``(a) Pictures of …`` as one entry of a list."""
    found = _BULLET.fullmatch(line.text)
    return Bullet(mark=found["mark"], text=found["text"]) if found else None


def _section(found: re.Match[str]) -> str:
    return f"{found['letter']}.{found['section']}" if found["letter"] else found["section"]


def _short_title(text: str) -> bool:
    return text[0].isupper() and text[-1] not in ".;:,?0123456789" and len(text.split()) <= LONGEST_HEADING
