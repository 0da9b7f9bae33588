"""From the bytes of a CSV file to rows with named cells, whatever spreadsheet saved it."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.imports.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
SAVE_AS = "Save it as “CSV UTF-8 (comma delimited)” and import that file."
FORMULA = tuple("=+-@\t\r")
MOST_LETTERS = 1000  # in one cell; more is a quotation mark that was never closed


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns a file may have, and those it must have."""

    known: tuple[str, ...]
    needed: tuple[str, ...]
    may_start_with_a_sign: frozenset[str] = frozenset()  # whose cells are held to a stricter form anyway


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row with something in it."""

    number: int  # as a spreadsheet counts, the header being 1
    cells: Mapping[str, str]  # without spaces around them
    refused: frozenset[str] = frozenset()  # columns whose cell is told of among the problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A whole file."""

    columns: frozenset[str] = frozenset()
    rows: tuple[Row, ...] = ()
    misshapen: tuple[Row, ...] = ()  # rows of which nobody can tell which cell is which
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def read_sheet(data: bytes, columns: Columns) -> Sheet:
    """Read a file; what is wrong with it comes back as problems."""
    text = _decoded(data)
    if isinstance(text, Problem):
        return Sheet(problems=(text,))
    separator = _separator(text, columns)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as fault:
        return Sheet(problems=(_unreadable(fault, text, separator),))
    header, *others = lines or [[]]
    names = [_column_name(name) for name in header]
    problems = tuple(_header_problems(names, columns))
    if problems:
        return Sheet(problems=problems)
    kept = [(number, line) for number, line in enumerate(others, start=2) if any(map(str.strip, line))]
    misshapen = {number: faults for number, line in kept if (faults := tuple(_shape_problems(number, line, names)))}
    refused = {number: tuple(_refused_cells(number, line, names, columns)) for number, line in kept}
    rows = [_row(number, line, names, refused[number]) for number, line in kept]
    return Sheet(
        columns=frozenset(names) - {""},
        rows=tuple(row for row in rows if row.number not in misshapen),
        misshapen=tuple(row for row in rows if row.number in misshapen),
        problems=tuple(fault for found in (misshapen, refused) for faults in found.values() for fault in faults),
        notes=() if separator == "," else (f"The columns of this file are parted by {SEPARATORS[separator]}.",),
    )


def _decoded(data: bytes) -> str | Problem:
    if data.startswith(b"PK\x03\x04"):
        return Problem(says=f"This is a spreadsheet, not a CSV file. Open it. {SAVE_AS}")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Problem(says=f"This file is “Unicode text” (UTF-16). Open it in a spreadsheet. {SAVE_AS}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        row = data[: fault.start].count(b"\n") + 1
        return Problem(
            row=row, says=f"This row has letters that are not UTF-8. Open the file in a spreadsheet. {SAVE_AS}"
        )
    if "\0" in text:
        return Problem(says=f"This is not a text file. Open it in a spreadsheet. {SAVE_AS}")
    return text


def _separator(text: str, columns: Columns) -> str:
    """Return what parts the columns: whatever makes most sense of the first line."""
    first = text.partition("\n")[0]

    def makes_sense(separator: str) -> int:
        return sum(_column_name(name) in columns.known for name in first.replace('"', "").split(separator))

    return max(SEPARATORS, key=makes_sense)


def _column_name(text: str) -> str:
    return "_".join(text.strip().lower().replace("-", " ").replace("_", " ").split())


def _unreadable(fault: csv.Error, text: str, separator: str) -> Problem:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    row = 0
    try:
        for row, _ in enumerate(reader, start=1):  # noqa: B007 - the last number is what is wanted
            pass
    except csv.Error:
        pass
    return Problem(
        row=row + 1, says=f"This row cannot be read ({fault}). Look for a quotation mark that is opened and not closed."
    )


def _header_problems(names: Sequence[str], columns: Columns) -> Iterator[Problem]:
    missing = [name for name in columns.needed if name not in names]
    if missing:
        has = ", ".join(name for name in names if name) or "nothing"
        yield Problem(
            row=1, says=f"The first row must name the columns, and {', '.join(missing)} is missing. It has: {has}."
        )
        return
    for name, times in Counter(name for name in names if name).items():
        if name not in columns.known:
            yield Problem(
                row=1,
                column=name,
                says=f"There is no such column: take it out. The columns are {', '.join(columns.known)}.",
            )
        elif times > 1:
            yield Problem(row=1, column=name, says="This column is there twice: take one out.")


def _row(number: int, line: Sequence[str], names: Sequence[str], refused: Sequence[Problem]) -> Row:
    return Row(
        number=number,
        cells={name: cell.strip() for name, cell in zip(names, line, strict=False) if name},
        refused=frozenset(problem.column for problem in refused),
    )


def _refused_cells(number: int, line: Sequence[str], names: Sequence[str], columns: Columns) -> Iterator[Problem]:
    for name, cell in zip(names, line, strict=False):
        if name not in columns.may_start_with_a_sign and cell.startswith(FORMULA):
            says = "This cell starts like a formula, which a spreadsheet would run. Take the sign at its start out."
            yield Problem(row=number, column=name, says=says)
        elif len(cell) > MOST_LETTERS:
            yield Problem(row=number, column=name, says=f"This cell has more than {MOST_LETTERS} letters: shorten it.")


def _shape_problems(number: int, line: Sequence[str], names: Sequence[str]) -> Iterator[Problem]:
    if len(line) < len(names):
        yield Problem(row=number, says=f"This row has {len(line)} cells and the first row {len(names)}: fill it up.")
    beyond = [cell for name, cell in zip(names, line, strict=False) if not name and cell.strip()]
    if any(cell.strip() for cell in [*beyond, *line[len(names) :]]):
        yield Problem(
            row=number, says="This row has more cells than the first row names. A cell with a comma in it needs quotes."
        )
