"""Read TOML tables as typed entries; every complaint names the file, the line and what to do."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from policy_kb.clause import ClauseRef
from policy_kb.words import ItemId

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import StrEnum
    from pathlib import Path

    Choice = TypeVar("Choice", bound=StrEnum)

REF = re.compile(r"(?P<id>[A-Za-z0-9._]*[A-Za-z0-9])(?:(?P<letter>\([a-z]\))| (?P<number>\d))?")


class EditionError(Exception):
    """A data file cannot be used; the sentence says which file, which line and what to do."""

    def __init__(self, file: Path, line: int, problem: str) -> None:
        """Build the one sentence that the policy owner reads."""
        super().__init__(f"{file.name}, line {line}: {problem}")


def parse_ref(text: str) -> ClauseRef:
    """
    Turn ``5.3(a)``, ``A.4.11`` or ``checklist 2`` into a reference.

    Raises:
        ValueError: the text is not the number of an item.
    """
    found = REF.fullmatch(text)
    if found is None:
        raise ValueError(f"'{text}' is not a clause number such as 5.3(a), A.4.11 or 'checklist 2'.")
    return ClauseRef(ItemId(found["id"]), found["letter"] or found["number"] or "")


@dataclass(frozen=True, slots=True)
class Entry:
    """One table of a TOML file, with where it stands."""

    file: Path
    line: int
    fields: dict[str, Any]

    def wrong(self, problem: str) -> EditionError:
        """Build the error to raise about this entry."""
        return EditionError(self.file, self.line, problem)

    def check_only(self, *allowed: str) -> None:
        """Raise EditionError on a field nobody reads: most often a slip of the pen."""
        unknown = sorted(self.fields.keys() - set(allowed))
        if unknown:
            raise self.wrong(f"'{unknown[0]}' is not a field here; the fields are: {', '.join(allowed)}.")

    def text(self, name: str, *, default: str | None = None) -> str:
        """Return a text with its white space folded; compulsory unless a default is given."""
        value = self.fields.get(name, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.wrong(f"'{name}' must be a text in quotes.")
        return " ".join(value.split())

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts, empty where the field is missing."""
        value = self.fields.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.wrong(f"'{name}' must be a list of texts in square brackets.")
        return tuple(value)

    def flag(self, name: str) -> bool:
        """Return true or false, false where the field is missing."""
        value = self.fields.get(name, False)
        if not isinstance(value, bool):
            raise self.wrong(f"'{name}' must be true or false, without quotes.")
        return value

    def number(self, name: str) -> int:
        """Return a whole number, without quotes."""
        value = self.fields.get(name)
        if type(value) is not int:
            raise self.wrong(f"'{name}' must be a whole number, without quotes.")
        return value

    def day(self, name: str) -> date:
        """Return a date written as 2026-12-31, without quotes."""
        value = self.fields.get(name)
        if type(value) is not date:
            raise self.wrong(f"'{name}' must be a date such as 2026-12-31, without quotes.")
        return value

    def one_of(self, name: str, choices: type[Choice], *, default: Choice | None = None) -> Choice:
        """Return one of a closed set; the error lists the set."""
        return self._chosen(name, self.text(name, default=default), choices)

    def some_of(self, name: str, choices: type[Choice]) -> tuple[Choice, ...]:
        """Return several of a closed set, in the order written."""
        return tuple(self._chosen(name, value, choices) for value in self.texts(name))

    def refs(self, name: str) -> tuple[ClauseRef, ...]:
        """Return a list of clause references."""
        return tuple(self.ref(text) for text in self.texts(name))

    def ref(self, text: str) -> ClauseRef:
        """Parse one reference; a bad one is an error about this entry."""
        try:
            return parse_ref(text)
        except ValueError as problem:
            raise self.wrong(str(problem)) from None

    def _chosen(self, name: str, value: str, choices: type[Choice]) -> Choice:
        if value not in list(choices):
            raise self.wrong(f"'{value}' is no {name}; use one of: {', '.join(choices)}.")
        return choices(value)


def read_entries(file: Path, table: str, *, beside: tuple[str, ...] = ()) -> Iterator[Entry]:
    """
    Yield each ``[[table]]`` of a file in order, with the line of its heading.

    `beside` names the other tables the file may hold.

    Raises:
        EditionError: the file is missing, is not TOML, or has a heading nobody reads.
    """
    written = _text(file)
    tables = _tables(file, written)
    unknown = sorted(tables.keys() - {table, *beside})
    if unknown:
        known = ", ".join(f"[[{one}]]" for one in (table, *beside))
        raise EditionError(file, 1, f"'{unknown[0]}' is no heading here; the headings are: {known}.")
    entries = tables.get(table, [])
    lines = [number for number, line in enumerate(written.splitlines(), start=1) if line.startswith(f"[[{table}]]")]
    if not isinstance(entries, list) or len(lines) != len(entries):
        raise EditionError(file, 1, f"write each heading as [[{table}]], at the start of a line of its own.")
    yield from (Entry(file, line, fields) for line, fields in zip(lines, entries, strict=True))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise EditionError(file, 0, "the file is missing.") from None


def _tables(file: Path, written: str) -> dict[str, Any]:
    try:
        return tomllib.loads(written)
    except tomllib.TOMLDecodeError as problem:
        line = re.search(r"line (\d+)", str(problem))
        raise EditionError(file, int(line[1]) if line else 0, f"this is not TOML: {problem}.") from None
