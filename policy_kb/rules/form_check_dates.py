"""Checks of days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from policy_kb.rules.form_finding import Force, day_of
from policy_kb.rules.periods import days_between, in_words
from policy_kb.rules.uncovered import NoCalendar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from policy_kb.rules.form_finding import CheckFacts, Finding, Look

TIME_TO_APPROVE = 5  # working days
FAR_AWAY = timedelta(days=70)  # calendar days; even across the summer there are enough working days in it
SATURDAY = 5


def not_past(look: Look) -> Iterator[Finding]:
    """Find a day that is over."""
    day = day_of(look.value)
    if day and day < look.facts.today:
        yield look.says(Force.STOPS, f"{in_words(day)} is over. Please give today or a later day.")


def later_than(look: Look) -> Iterator[Finding]:
    """Find a day that does not come after another."""
    day, other = day_of(look.value), day_of(look.other_value())
    if day and other and look.other and day <= other:
        stands = f"{in_words(other)}, which stands under “{look.label_of_other()}”"
        says = f"This has to come after {stands}. Give a later day, or change that one."
        yield look.says(Force.STOPS, says, fix=(look.other,))


def earlier_than(look: Look) -> Iterator[Finding]:
    """Find a day that does not come before another."""
    day, other = day_of(look.value), day_of(look.other_value())
    if day and other and look.other and day >= other:
        stands = f"{in_words(other)}, which stands under “{look.label_of_other()}”"
        says = f"This has to come before {stands}. Give an earlier day, or change that one."
        yield look.says(Force.STOPS, says, fix=(look.other,))


def time_to_approve(look: Look) -> Iterator[Finding]:
    """
    Find a day by which hardly anybody could have decided.

    Policy: A.3.7
    """
    day = day_of(look.value)
    left = working_days_until(day, look.facts) if day else None
    if left is not None and left < TIME_TO_APPROVE:
        leaves = {0: "no working day", 1: "one working day"}.get(left, f"{left} working days")
        says = f"That leaves {leaves} for everybody who has to approve this. A later day is safer"
        yield look.says(Force.WARNS, f"{says}: nothing may be created before they have.")


def working_days_until(day: date, facts: CheckFacts) -> int | None:
    """
    Count the working days from today up to a day, itself not counted; None where it is past or far away.

    Without a calendar of the setting, Monday to Friday count.
    """
    if not facts.today <= day <= facts.today + FAR_AWAY:
        return None
    try:
        if facts.calendar:
            return facts.calendar.count_working_days(facts.today, day)
    except NoCalendar:
        pass
    return sum(one.weekday() < SATURDAY for one in days_between(facts.today, day))
