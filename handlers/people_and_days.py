"""People and days as sentences say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_kb.rules.london import LONDON

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date, datetime

    from policy_kb.words import PersonId
    from storage.unit_of_work import UnitOfWork

UNKNOWN = "Somebody who is no longer in the staff list"


def name_of(person_id: PersonId, uow: UnitOfWork) -> str:
    """Return somebody's name, also once they have left."""
    person = uow.people.get(person_id)
    return person.name if person else UNKNOWN


def names_of(people: Collection[PersonId], uow: UnitOfWork) -> Mapping[PersonId, str]:
    """Return the name of each of several people, as `name_of` does, however many in a handful of queries."""
    known = {one.id: one.name for one in uow.people.among(people)}
    return {one: known.get(one, UNKNOWN) for one in people}


def day_in_words(day: date) -> str:
    """Return a day as people write it: 4 December 2026."""
    return f"{day.day} {day:%B %Y}"


def moment_in_words(at: datetime) -> str:
    """Return a moment as it is in London: 4 December 2026, 14:02."""
    there = at.astimezone(LONDON)
    return f"{day_in_words(there.date())}, {there:%H:%M}"
