"""Reads one table of a TOML file and keeps everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from handlers.imports import cells
from handlers.imports.cells import CellRefused
from handlers.imports.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """
    One table and the path to it; a table inside shares its list of problems.

    A key that is not there is None; so is one that cannot be read, with a problem to say so.
    """

    table: Mapping[str, Any]
    path: str = ""
    problems: list[Problem] = field(default_factory=list)

    def has(self, key: str) -> bool:
        """Tell whether the table has a key."""
        return key in self.table

    def check_keys(self, *known: str) -> None:
        """Note every key that nobody would read."""
        for key in self.table:
            if key not in known:
                self.note(key, f"There is no such key: take it out. The keys here are {', '.join(known)}.")

    def text(self, key: str, read: Callable[[str], T], *, needed: bool = False) -> T | None:
        """Return what a text means to `read`; an empty one counts as not there."""
        value = self._value(key, str, "a text in quotes", needed=needed)
        if not isinstance(value, str) or not value.strip():
            if needed and value is not None:
                self.note(key, "This is empty: fill it in.")
            return None
        try:
            return read(cells.read_text(value.strip()))
        except CellRefused as refusal:
            self.note(key, str(refusal))
            return None

    def texts(self, key: str, read: Callable[[str], T]) -> tuple[T, ...]:
        """Return what each text of a list means to `read`, empty where the list is not there."""
        value = self._value(key, list, "a list of texts in quotes")
        texts = value if isinstance(value, list) else []
        if not all(isinstance(one, str) and one.strip() for one in texts):
            self.note(key, "This must be a list of texts in quotes, none of them empty.")
            return ()
        try:
            return tuple(read(cells.read_text(one.strip())) for one in texts)
        except CellRefused as refusal:
            self.note(key, str(refusal))
            return ()

    def day(self, key: str) -> date | None:
        """Return a day, which must be there."""
        value = self._value(key, date, "a date without quotes, such as 2026-09-01", needed=True)
        if not isinstance(value, date):
            return None
        if value.year not in cells.YEARS:
            self.note(key, f"{value} is too far away: correct the year.")
            return None
        return value

    def days(self, key: str) -> tuple[date, ...]:
        """Return a list of days, empty where it is not there."""
        value = self._value(key, list, "a list of dates, such as [2026-09-01]")
        days = value if isinstance(value, list) else []
        if any(type(day) is not date or day.year not in cells.YEARS for day in days):
            self.note(key, "This must be a list of dates without quotes, such as [2026-09-01], none of them far away.")
            return ()
        return tuple(days)

    def inside(self, key: str) -> Reader:
        """Return the table under a key, an empty one where it is not there."""
        value = self._value(key, dict, "a table")
        return Reader(table=value if isinstance(value, dict) else {}, path=self._at(key), problems=self.problems)

    def each(self, key: str) -> Iterator[Reader]:
        """Yield the tables of a list of tables."""
        value = self._value(key, list, "a list of tables")
        for number, entry in enumerate(value if isinstance(value, list) else (), start=1):
            where = f"{self._at(key)} {number}"
            if isinstance(entry, dict):
                yield Reader(table=entry, path=where, problems=self.problems)
            else:
                self.problems.append(Problem(column=where, says="This must be a table."))

    def note(self, key: str, says: str) -> None:
        """Keep what is wrong with a key; with no key, with the whole table."""
        self.problems.append(Problem(column=self._at(key) if key else self.path, says=says))

    def _value(self, key: str, kind: type[object], called: str, *, needed: bool = False) -> object:
        value = self.table.get(key)
        if value is None:
            if needed:
                self.note(key, f"This is missing: add {called}.")
            return None
        # An instant counts as a date to Python, and it would be one in some time zone or other.
        if not isinstance(value, kind) or (kind is date and type(value) is not date):
            self.note(key, f"This must be {called}.")
            return None
        return value

    def _at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key
