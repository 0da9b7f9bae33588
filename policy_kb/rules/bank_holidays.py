"""The bank holidays of England: from a kept library, with the trust's own corrections."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from holidays import country_holidays

from policy_kb.rules.periods import CalendarError, in_words

if TYPE_CHECKING:
    from datetime import date

LAST_YEAR = country_holidays("GB", subdiv="ENG").end_year  # the library knows none after it


@dataclass(frozen=True, slots=True, kw_only=True)
class BankHolidays:
    """
    Which days are bank holidays in England.

    `added` and `removed` are for days that are proclaimed or moved after the library was released.

    Raises:
        CalendarError: a day is both added and removed.
    """

    added: frozenset[date] = frozenset()
    removed: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        for day in sorted(self.added & self.removed):
            raise CalendarError(f"The bank holiday of {in_words(day)} is both added and removed. Keep one of the two.")

    def __contains__(self, day: date) -> bool:
        return day in self.added or (day in _in_england(day.year) and day not in self.removed)


@cache
def _in_england(year: int) -> frozenset[date]:
    # The library fills its object as it is asked; a frozen copy is safe with many threads.
    return frozenset(country_holidays("GB", subdiv="ENG", years=year, expand=False, language="en_GB"))
