"""
Draw the record of a request as a PDF that anybody can read, with a screen reader too (PDF/UA-1).

Typst sets it: the record goes in as data, so nothing anybody typed can act as markup.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst

if TYPE_CHECKING:
    from collections.abc import Mapping

TEMPLATE = Path(__file__).with_name("form.typ")
# It comes inside typst: Latin, Greek, Cyrillic and Arabic letters. Others come from the machine's own fonts.
FONTS = ("Libertinus Serif",)
MOST_STRANGE_LETTERS = 200  # different letters that no font has; a text of only such letters is no text
DRAWN_AT_ONCE = 8  # papers that are kept for a moment, each some 50 KB
UNDRAWN = re.compile(r'the text `"(?P<letters>.+?)"` could not be displayed', re.DOTALL)
ESCAPED = re.compile(r"\\u\{(?P<number>[0-9a-f]+)\}")  # how typst writes a letter that is no printable one
NOTE = "No font on this computer has some of the letters that were typed: each is shown as its Unicode number."


class CannotBeDrawn(Exception):  # noqa: N818 - the name is the sentence
    """A record cannot be set as an accessible PDF; the text says why."""


def draw(record: Mapping[str, Any]) -> bytes:
    """
    Return the PDF of a record, made by `handlers.requests.record`; the same record gives the same bytes.

    A letter that no font has is shown as its number, and a note on the first page says so.

    Raises:
        CannotBeDrawn: typst refuses the record.
    """
    drawn = dict(record)
    for _ in range(MOST_STRANGE_LETTERS):
        try:
            return _compiled(drawn)
        except typst.TypstError as fault:
            undrawn = UNDRAWN.search(fault.message)
            if undrawn is None:
                raise CannotBeDrawn(fault.message) from None
            letters = ESCAPED.sub(lambda found: chr(int(found["number"], 16)), undrawn["letters"])
            drawn = _spelt_out(drawn, letters)
    raise CannotBeDrawn("Too many of its letters are in no font of this computer. Install fonts for its language.")


def _compiled(record: Mapping[str, Any]) -> bytes:
    return _set(json.dumps({**record, "fonts": FONTS}, ensure_ascii=False), record["made_at"])


@lru_cache(maxsize=DRAWN_AT_ONCE)
def _set(record: str, made_at: int) -> bytes:
    """Set one record; whoever notes a paper and then hands it out has it set once."""
    return typst.compile(TEMPLATE, sys_inputs={"record": record}, format="pdf", pdf_standards="ua-1", timestamp=made_at)


def _spelt_out(record: dict[str, Any], letters: str) -> dict[str, Any]:
    numbers = "".join(f"[U+{ord(letter):04X}]" for letter in letters)
    changed = _replaced(record, letters, numbers)
    notes = [note for note in changed["notes"] if note != NOTE]
    return {**changed, "notes": [*notes, NOTE]}


def _replaced(value: Any, letters: str, numbers: str) -> Any:  # noqa: ANN401 - whatever JSON can hold
    if isinstance(value, str):
        return value.replace(letters, numbers)
    if isinstance(value, dict):
        return {name: _replaced(each, letters, numbers) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_replaced(each, letters, numbers) for each in value]
    return value
