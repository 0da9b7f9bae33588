"""When slots begin and end, and how far ahead rotas are laid out, as data a trust may change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from typing import TYPE_CHECKING

from policy_kb.rules.london import london_instant
from policy_kb.rules.periods import DAY
from policy_kb.site_words import SlotPart
from policy_kb.toml_entries import EditionError, read_entries

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from policy_kb.rules.site import Slot
    from policy_kb.toml_entries import Entry

TABLES = ("hours", "ahead")
MOST_WEEKS = 52


@dataclass(frozen=True, slots=True, kw_only=True)
class RotaHours:
    """
    The hours of slots on London clocks, which the policy does not name, and how far ahead they are laid out.

    Policy: A.5.3, A.5.4
    """

    hours: Mapping[SlotPart, tuple[time, time]]
    ahead: timedelta  # slots are laid out from this week on for so long
    settled: timedelta  # whoever is given a slot that begins sooner than this is told

    def starts_at(self, slot: Slot) -> datetime:
        """Return the instant, in UTC, at which somebody has to have said that they are there."""
        return london_instant(slot.starts_on, self.hours[slot.part][0])

    def ends_at(self, slot: Slot) -> datetime:
        """Return the instant, in UTC, at which a slot is over: on the last of its days."""
        return london_instant(slot.ends_on - DAY, self.hours[slot.part][1])


def load_rota_hours(file: Path) -> RotaHours:
    """
    Read the hours.

    Raises:
        EditionError: the file has a slip; the error names the line.
    """
    hours: dict[SlotPart, tuple[time, time]] = {}
    for entry in read_entries(file, "hours", beside=TABLES):
        entry.check_only("part", "begins", "ends")
        part = entry.one_of("part", SlotPart)
        begins, ends = _time(entry, "begins"), _time(entry, "ends")
        if part in hours:
            raise entry.wrong(f"'{part}' stands twice; keep one.")
        if begins >= ends:
            raise entry.wrong("'begins' has to be earlier than 'ends'.")
        hours[part] = (begins, ends)
    missing = [part.value for part in SlotPart if part not in hours]
    if missing:
        raise EditionError(file, 1, f"[[hours]] has no '{missing[0]}': write when it begins and ends.")
    return RotaHours(hours=hours, **_ahead(file))


def _ahead(file: Path) -> dict[str, timedelta]:
    entries = tuple(read_entries(file, "ahead", beside=TABLES))
    if len(entries) != 1:
        raise EditionError(file, 1, "there has to be exactly one [[ahead]]: how far ahead slots are laid out.")
    (entry,) = entries
    entry.check_only("weeks", "settled")
    weeks, settled = entry.number("weeks"), entry.number("settled")
    if not 4 <= weeks <= MOST_WEEKS:  # noqa: PLR2004 - a site goes live with its rota filled four weeks ahead
        raise entry.wrong(f"'weeks' is from 4 to {MOST_WEEKS}.")
    if not 0 < settled <= 7 * weeks:
        raise entry.wrong("'settled' counts days, and is more than 0 and within 'weeks'.")
    return {"ahead": timedelta(weeks=weeks), "settled": timedelta(days=settled)}


def _time(entry: Entry, name: str) -> time:
    try:
        return time.fromisoformat(entry.text(name))
    except ValueError:
        raise entry.wrong(f"'{name}' is a time such as 08:30.") from None
