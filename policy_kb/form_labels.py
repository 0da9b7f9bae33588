"""Know the parts of a policy document that have no number, by their printed labels."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from policy_kb.edition_files import EDITION
from policy_kb.toml_entries import read_entries
from policy_kb.words import ItemId

if TYPE_CHECKING:
    from pathlib import Path

    from policy_kb.printed_lines import PrintedLine

_STRAIGHT = str.maketrans("‘’“”", "''\"\"")


class Place(StrEnum):
    """What a label can mark apart from a field of the form."""

    FRONT = "front"
    FORM_TITLE = "form_title"
    FORM_SECTION = "form_section"
    CHECKLIST_TITLE = "checklist_title"
    CHECKLIST_TABLE = "checklist_table"
    CHECKLIST_ANSWER = "checklist_answer"


@dataclass(frozen=True, slots=True)
class FormLabels:
    """Every label, ready to be compared with lines."""

    places: dict[Place, re.Pattern[str]]
    fields: dict[ItemId, re.Pattern[str]]  # in the order of the file

    def marks(self, line: PrintedLine, place: Place) -> bool:
        """Tell whether the line, or its first cell, is a label of this place."""
        return place in self.places and _matches(self.places[place], line)

    def field(self, line: PrintedLine) -> ItemId | None:
        """Return the field of the form whose label the line starts with."""
        return next((field for field, pattern in self.fields.items() if _matches(pattern, line)), None)


def load_form_labels(folder: Path = EDITION) -> FormLabels:
    """
    Read `form_labels.toml`.

    Raises:
        EditionError: the file has a slip; the error names the line.
    """
    places: dict[Place, re.Pattern[str]] = {}
    fields: dict[ItemId, re.Pattern[str]] = {}
    for entry in read_entries(folder / "form_labels.toml", "label"):
        entry.check_only("of", "printed")
        if not entry.texts("printed"):
            raise entry.wrong("'printed' must list at least one label, as your document prints it.")
        pattern = re.compile("|".join(_pattern(label) for label in entry.texts("printed")))
        if entry.text("of").startswith("form."):
            fields[ItemId(entry.text("of"))] = pattern
        else:
            places[entry.one_of("of", Place)] = pattern
    return FormLabels(places, fields)


def _matches(pattern: re.Pattern[str], line: PrintedLine) -> bool:
    return any(pattern.fullmatch(_folded(text)) for text in (line.text, line.first_cell))


def _pattern(label: str) -> str:
    pieces = (re.escape(piece.strip()) for piece in _folded(label).split("…"))
    return ".*".join(rf"(?<!\w){piece}(?!\w)" if piece else "" for piece in pieces)


def _folded(text: str) -> str:
    return " ".join(text.translate(_STRAIGHT).casefold().split()).rstrip(" :_")
