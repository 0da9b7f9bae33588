"""What is said where no calendar was imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_kb.rules.periods import DAY, in_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


class NoCalendar(Exception):  # noqa: N818 - the name is the sentence: there is no calendar
    """
    A setting was asked about a day that nobody imported.

    `missing_from` is the first day of the stretch without dates that the day lies in, `missing_until` the first
    day after it; either is None where nothing was imported on that side.
    """

    def __init__(self, *, setting: str, day: date, known: Sequence[tuple[date, date]]) -> None:
        self.setting = setting
        self.day = day
        self.missing_from = max((end for _, end in known if end <= day), default=None)
        self.missing_until = min((start for start, _ in known if start > day), default=None)
        super().__init__(
            f"There is no calendar of {setting} for {in_words(day)}. "
            f"Import its terms, half-terms, INSET days and closures{self._stretch()}."
        )

    def _stretch(self) -> str:
        """Say which dates to import: from a day, up to a day, both, or neither."""
        since = f" from {in_words(self.missing_from)}" if self.missing_from else ""
        until = f" up to {in_words(self.missing_until - DAY)}" if self.missing_until else ""
        return since + (until or (" on" if since else ""))
