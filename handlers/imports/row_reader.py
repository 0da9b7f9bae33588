"""One row of a list, cell by cell: what it says, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from handlers.imports.cells import CellRefused
from handlers.imports.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.imports.sheet import Row

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowReader:
    """Reads the cells of one row and keeps what is wrong with them."""

    row: Row
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong with the row so far."""
        return not self.problems and not self.row.refused

    def cell(self, column: str, read: Callable[[str], T], *, needed: bool = False) -> T | None:
        """Return what a cell says; None where it says nothing or cannot be read."""
        if column in self.row.refused:
            return None
        text = self.row.cells.get(column, "")
        if not text:
            if needed:
                self.note(column, "This cell is empty: fill it in.")
            return None
        try:
            return read(text)
        except CellRefused as refusal:
            self.note(column, str(refusal))
            return None

    def note(self, column: str, says: str) -> None:
        """Keep something that is wrong with a cell."""
        self.problems.append(Problem(row=self.row.number, column=column, says=says))
