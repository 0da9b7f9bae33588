"""The periods a setting's calendar is made of, and whether they can all be true at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from policy_kb.words import DayKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DAY = timedelta(days=1)
WEEK = 7 * DAY
LONGEST_HOLIDAY = timedelta(weeks=10)  # a longer gap between two terms means that a term was never imported
IMPORTED = frozenset({DayKind.TERM, DayKind.HALF_TERM, DayKind.INSET, DayKind.CLOSURE})
CLASHES = {
    frozenset({DayKind.TERM}): "Two terms cannot overlap",
    frozenset({DayKind.HALF_TERM}): "Two half-terms cannot overlap",
    frozenset({DayKind.INSET}): "The same INSET day is given twice",
    frozenset({DayKind.CLOSURE}): "Two closures cannot overlap",
    frozenset({DayKind.HALF_TERM, DayKind.INSET}): "A day cannot be both INSET and half-term",
    frozenset({DayKind.CLOSURE, DayKind.INSET}): "A day cannot be both INSET and closed",
}
UNNAMED = {
    DayKind.TERM: "a term",
    DayKind.HALF_TERM: "a half-term",
    DayKind.INSET: "an INSET day",
    DayKind.CLOSURE: "a closure",
}


class CalendarError(Exception):
    """Dates that cannot all be true; the message is for whoever imports them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """
    Days of one kind in a row, as London dates: `ends_on` is the first day after them.

    Raises:
        CalendarError: the period holds no day.
    """

    kind: DayKind
    starts_on: date
    ends_on: date
    name: str = ""

    def __post_init__(self) -> None:
        if self.ends_on <= self.starts_on:
            raise CalendarError(
                f"A period needs at least one day, but {self.title} starts on {in_words(self.starts_on)} "
                f"and the first day after it is {in_words(self.ends_on)}."
            )

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day < self.ends_on

    def __str__(self) -> str:
        last = self.ends_on - DAY
        if last == self.starts_on:
            return f"{self.title} ({in_words(last)})"
        return f"{self.title} ({in_words(self.starts_on)} to {in_words(last)})"

    @property
    def title(self) -> str:
        """Its name in quotes, or else its kind."""
        return f"“{self.name}”" if self.name else UNNAMED.get(self.kind, self.kind.replace("_", " "))

    def overlaps(self, other: Period) -> bool:
        """Tell whether the two share a day."""
        return self.starts_on < other.ends_on and other.starts_on < self.ends_on

    def holds(self, other: Period) -> bool:
        """Tell whether every day of the other is one of this."""
        return self.starts_on <= other.starts_on and other.ends_on <= self.ends_on


def check_periods(periods: Sequence[Period]) -> None:
    """
    Refuse periods that contradict each other.

    Raises:
        CalendarError: names the two that clash, or the one that is out of place.
    """
    for period in periods:
        if period.kind not in IMPORTED:
            raise CalendarError(f"Days of the kind “{period.kind}” are worked out, not imported: take out {period}.")
    for one, other in combinations(periods, 2):
        clash = CLASHES.get(frozenset({one.kind, other.kind}))
        if clash and one.overlaps(other):
            raise CalendarError(f"{clash}: {one} and {other}. Correct one of them.")
    for half_term in of_kind(periods, DayKind.HALF_TERM):
        _check_half_term(half_term, periods)


def gaps_between_terms(periods: Sequence[Period]) -> Iterator[Period]:
    """Yield the holidays between terms, earliest first, leaving out gaps too long to be one."""
    terms = sorted(of_kind(periods, DayKind.TERM), key=lambda term: term.starts_on)
    for term, following in pairwise(terms):
        if timedelta() < following.starts_on - term.ends_on <= LONGEST_HOLIDAY:
            yield Period(kind=DayKind.HOLIDAY, starts_on=term.ends_on, ends_on=following.starts_on)


def of_kind(periods: Sequence[Period], kind: DayKind) -> tuple[Period, ...]:
    """Return the periods of one kind, in their order."""
    return tuple(period for period in periods if period.kind is kind)


def days_between(start: date, end: date) -> Iterator[date]:
    """Yield each day from the first to the one before the last; none if they are the wrong way round."""
    for count in range((end - start).days):
        yield start + count * DAY


def monday_of(day: date) -> date:
    """Return the Monday of the week a day lies in."""
    return day - day.weekday() * DAY


def in_words(day: date) -> str:
    """Write a date as people say it: 3 September 2026."""
    return f"{day.day} {day:%B %Y}"


def _check_half_term(half_term: Period, periods: Sequence[Period]) -> None:
    terms = of_kind(periods, DayKind.TERM)
    if any(around.holds(half_term) for around in (*terms, *gaps_between_terms(periods))):
        return
    for term in terms:
        if term.overlaps(half_term):
            raise CalendarError(f"A half-term cannot reach out of its term: {half_term} and {term}. Correct one.")
    raise CalendarError(f"A half-term has to lie within a term or between two terms, but no term is near {half_term}.")
