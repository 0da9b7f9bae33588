"""The outbox as a sheet of paper would keep it: what the real one must do, without a word of SQL."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from policy_kb.words import Channel

LEASE = timedelta(minutes=1)

Place = tuple["Channel", str]


@dataclass
class Line:
    """One thing to say."""

    about: str  # its name: every line has another
    place: Place
    wanted_at: datetime
    due_at: datetime
    made_at: datetime
    number: int  # in the order they were put
    state: str = "pending"
    attempts: int = 0
    lease: str | None = None

    @property
    def is_open(self) -> bool:
        return self.state in ("pending", "sending")


@dataclass
class Sheet:
    """Every line that was not tidied away, and what became of those that were."""

    lines: dict[str, Line] = field(default_factory=dict)
    put_in: int = 0
    tidied: list[Line] = field(default_factory=list)

    def put(self, place: Place, wanted_at: datetime, now: datetime) -> str:
        about = self.next_name()
        self.lines[about] = Line(about, place, wanted_at, wanted_at, now, self.put_in)
        self.put_in += 1
        return about

    def next_name(self) -> str:
        return f"notice {self.put_in}"

    def due(self, now: datetime, limit: int, *, without: Collection[str] = ()) -> list[str]:
        """Return the names of what may be claimed now, as it must be chosen: the longest due first."""
        free = [line for line in self.lines.values() if line.is_open and line.due_at <= now]
        ready = [line for line in free if not self._waits(line) and line.about not in without]
        chosen = sorted(ready, key=lambda line: (line.due_at, line.number))[:limit]
        return [line.about for line in sorted(chosen, key=lambda line: (line.wanted_at, line.number))]

    def claim(self, about: str, lease: str, now: datetime) -> None:
        line = self.lines[about]
        line.state, line.lease, line.due_at = "sending", lease, now + LEASE
        line.attempts += 1

    def holds(self, about: str, lease: str) -> bool:
        """Tell whether a claim is still the line's own."""
        return about in self.lines and self.lines[about].lease == lease

    def report(self, about: str, outcome: str, until: datetime) -> None:
        """Write down what a line's own worker says of it."""
        line = self.lines[about]
        line.lease = None
        match outcome:
            case "sent":
                line.state = "sent"
            case "give up":
                line.state = "given_up"
            case _:
                line.state, line.due_at = "pending", until
                line.attempts -= outcome == "not yet"

    def tidy(self, state: str, before: datetime) -> int:
        gone = [line for line in self.lines.values() if line.state == state and line.made_at < before]
        for line in gone:
            self.tidied.append(self.lines.pop(line.about))
        return len(gone)

    def stuck(self, before: datetime) -> int:
        return sum(line.is_open and line.wanted_at <= before for line in self.lines.values())

    def given_up(self, since: datetime) -> int:
        return sum(line.state == "given_up" and line.due_at >= since for line in self.lines.values())

    def _waits(self, line: Line) -> bool:
        """Tell whether something earlier for the same place is still open."""
        mine = (line.wanted_at, line.number)
        others = (other for other in self.lines.values() if other.place == line.place and other.is_open)
        return any((other.wanted_at, other.number) < mine for other in others)
