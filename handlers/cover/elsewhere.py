"""Who has slots of which sites on a day, so that nobody is on for two where it need not be."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from policy_kb.rules.periods import WEEK, days_between, monday_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import date

    from policy_kb.rules.site import Slot
    from policy_kb.site_words import SiteId
    from policy_kb.words import PersonId
    from storage.unit_of_work import UnitOfWork


class Elsewhere:
    """The slots that some people have on all sites, read a week at a time and only where somebody asks."""

    def __init__(self, people: Collection[PersonId], uow: UnitOfWork) -> None:
        self._people = people
        self._uow = uow
        self._weeks: set[date] = set()  # by their Mondays
        self._sites: defaultdict[tuple[PersonId, date], list[SiteId]] = defaultdict(list)

    def of(self, site_id: SiteId) -> Callable[[PersonId, date], int]:
        """Return what tells how many slots of other sites than this one somebody has on a London day."""

        def count(person: PersonId, day: date) -> int:
            self._read_week(monday_of(day))
            return sum(one != site_id for one in self._sites.get((person, day), ()))

        return count

    def change(self, changes: Iterable[tuple[Slot, Slot]]) -> None:
        """Take in that slots have changed hands, each as it was and as it is now; both are stored already."""
        for before, after in changes:
            for day in days_between(after.starts_on, after.ends_on):
                if monday_of(day) not in self._weeks:
                    continue
                # Somebody may have taken it since it was read, so that it is not among theirs any more.
                if before.person is not None and before.site in self._sites[before.person, day]:
                    self._sites[before.person, day].remove(before.site)
                if after.person is not None:
                    self._sites[after.person, day].append(after.site)

    def _read_week(self, monday: date) -> None:
        if monday in self._weeks:
            return
        self._weeks.add(monday)
        for slot in self._uow.rota.slots(monday, monday + WEEK, people=self._people):
            for day in days_between(slot.starts_on, slot.ends_on):
                if slot.person is not None:
                    self._sites[slot.person, day].append(slot.site)
