"""Whose turn it is: slots of a site given to its moderators, fair by what each has served, never by week number."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from math import lcm
from typing import TYPE_CHECKING

from policy_kb.rules.london import london_date
from policy_kb.rules.periods import days_between
from policy_kb.rules.reach import hindrance
from policy_kb.rules.rota_cut import in_order
from policy_kb.site_words import SlotHow
from policy_kb.words import PersonId, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import date

    from policy_kb.rules.reach import Reach
    from policy_kb.rules.site import Site, Slot
    from policy_kb.site_words import SlotId

UNFAIR = 2
"""Slots that are still far are given anew once that evens the rota out by more than so many of its heaviest slots."""
REMEMBERED = 256  # people whose days are remembered from one plan to the next


def nowhere(person: PersonId, day: date) -> int:
    """Return that nobody has a slot of another site."""
    del person, day
    return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """Everything that decides whose turn it is at one site, beside its slots."""

    pool: Mapping[PersonId, Reach]  # who moderates it, see `pool_of`
    today: date
    settled_until: date  # a plan for a slot that begins earlier stays
    left_alone: Collection[SlotId] = ()  # somebody is asked about them, or nobody is wanted
    elsewhere: Callable[[PersonId, date], int] = nowhere  # how many slots of other sites somebody has on a day

    def may_plan(self, slot: Slot) -> bool:
        """Tell whether a slot is the planner's to give: not over, and neither taken, swapped, given nor accepted."""
        by_a_person = slot.person is not None and (slot.how is not SlotHow.PLANNED or slot.accepted_at is not None)
        return slot.ends_on > self.today and not by_a_person and slot.id not in self.left_alone


def pool_of(site: Site, reaches: Mapping[PersonId, Reach], *, today: date) -> Mapping[PersonId, Reach]:
    """
    Return who takes turns at a site, with the days on which they can: its moderators who have accepted.

    Before they accepted, and from the day on which their part ends, nobody counts as there.

    Policy: A.3.2, A.5.4
    """
    found: dict[PersonId, Reach] = {}
    for one in site.members:
        is_over = one.until is not None and one.until <= today
        if one.role is Role.SITE_MODERATOR and one.accepted_at and not is_over and one.person in reaches:
            reach = reaches[one.person]
            since = max(one.since, london_date(one.accepted_at))
            ends = [day for day in (reach.in_post_until, one.until) if day is not None]
            found[one.person] = replace(
                reach,
                in_post_from=max(since, reach.in_post_from or since),
                in_post_until=min(ends, default=None),
            )
    return found


def assign(slots: Iterable[Slot], turns: Turns) -> tuple[Slot, ...]:
    """
    Return those slots of a site that change hands or reserves, the earliest first; a slot nobody can have is a gap.

    `slots` are all of its slots of the last year and of those laid out: what somebody served and what they still
    have count alike. A slot goes to whoever has least by weight; among equals to whoever has least on other sites
    then, and did not have the slot before. Whoever was not there for a slot, having not yet joined or being away,
    counts as having had their share of it: nobody is swamped on coming or coming back.

    A plan stays as it is while whoever has it can have it. Only if the rota has become uneven, say because somebody
    joined, is what lies beyond `settled_until` given anew; asked twice, the second time changes nothing.

    Policy: A.1.5, A.5.3, A.5.4
    """
    before = sorted(slots, key=in_order)
    days = _Days(turns, before)
    after, unevenness = _filled(before, [slot for slot in before if _is_wanting(slot, days)], days)
    far = [slot for slot in after if turns.may_plan(slot) and slot.starts_on >= turns.settled_until]
    margin = UNFAIR * days.whole * max((slot.weight for slot in far), default=0)
    if far and unevenness > margin:
        anew, left = _filled(after, far, days)
        after = anew if unevenness - left > margin else after
    after = _with_reserves(after, days)
    return tuple(slot for was, slot in zip(before, after, strict=True) if was != slot)


def _is_wanting(slot: Slot, days: _Days) -> bool:
    """Tell whether somebody has to be found for a slot: nobody has it, or whoever does cannot have it."""
    return days.turns.may_plan(slot) and (slot.person is None or not days.is_there(slot.person, slot))


def _filled(slots: Sequence[Slot], wanting: Iterable[Slot], days: _Days) -> tuple[list[Slot], int]:
    """
    Return slots in their order, with somebody for each that wants somebody, whoever can be had.

    And by how much whoever then has most has more than whoever has least.
    """
    to_fill = {slot.id for slot in wanting}
    loads = _Loads(days, (slot for slot in slots if slot.id not in to_fill))
    filled: list[Slot] = []
    previous: PersonId | None = None
    for slot in slots:
        given = slot
        if slot.id in to_fill:
            person, reserve = loads.next_for(slot, previous)
            given = replace(slot, person=person, reserve=reserve, how=SlotHow.PLANNED if person else None)
            loads.count(given)
        filled.append(given)
        previous = given.person
    return filled, loads.unevenness()


def _with_reserves(slots: Sequence[Slot], days: _Days) -> list[Slot]:
    """Return slots, with a reserve for each planned one that lost it, whoever can be had."""
    lacking = {slot.id for slot in slots if _lacks_reserve(slot, days)}
    if not lacking:
        return list(slots)
    loads = _Loads(days, slots)
    return [replace(slot, reserve=loads.reserve_for(slot)) if slot.id in lacking else slot for slot in slots]


def _lacks_reserve(slot: Slot, days: _Days) -> bool:
    if slot.person is None or not days.turns.may_plan(slot):
        return False
    return slot.reserve in {None, slot.person} or not (slot.reserve and days.is_there(slot.reserve, slot))


class _Days:
    """Who can have which slot: worked out only for those who are not always there, and once while nothing changes."""

    def __init__(self, turns: Turns, slots: Sequence[Slot]) -> None:
        self.turns = turns
        start, end = (slots[0].starts_on, max(slot.ends_on for slot in slots)) if slots else (turns.today, turns.today)
        self.absent = tuple(one for one, reach in turns.pool.items() if not reach.is_always_there(start, end))
        self.whole = lcm(*range(1, len(turns.pool) + 1))  # what a weight of 1 counts: any share of it is whole, too
        self._found = {one: _remembered(turns.pool[one]) for one in self.absent}

    def is_there(self, person: PersonId, slot: Slot) -> bool:
        """Tell whether somebody takes turns and can have a slot, or could have had it when it began."""
        reach = self.turns.pool.get(person)
        if reach is None or person not in self._found:
            return reach is not None
        is_over = slot.ends_on <= self.turns.today
        left = (slot.starts_on if is_over else max(slot.starts_on, self.turns.today), slot.ends_on)
        found = self._found[person]
        if left not in found:
            found[left] = hindrance(slot, reach, today=left[0]) is None
        return found[left]


class _Loads:
    """What each of the pool has of a site's slots, by weight in `_Days.whole`, as slots are given one after another."""

    def __init__(self, days: _Days, slots: Iterable[Slot]) -> None:
        self._days = days
        self._has: dict[PersonId, int] = dict.fromkeys(days.turns.pool, 0)
        self._steps_in = Counter[PersonId]()
        for slot in slots:
            self.count(slot)

    def count(self, slot: Slot) -> None:
        """Add a slot to what its person has, and a share of it to whoever could not have had it."""
        if slot.reserve is not None and slot.ends_on > self._days.turns.today:
            self._steps_in[slot.reserve] += 1
        if slot.person not in self._has:
            return
        weight = slot.weight * self._days.whole
        self._has[slot.person] += weight
        missing = [one for one in self._days.absent if one != slot.person and not self._days.is_there(one, slot)]
        for one in missing:
            self._has[one] += weight // (len(self._has) - len(missing))

    def next_for(self, slot: Slot, previous: PersonId | None) -> tuple[PersonId | None, PersonId | None]:
        """Return whose turn a slot is, and the next best as their reserve; None where there is nobody."""
        able = [one for one in self._has if self._days.is_there(one, slot)]
        person = _first(able, self._has.__getitem__, lambda one: self._busy(one, slot), lambda one: one == previous)
        return person, self._next_best([one for one in able if one != person], slot)

    def reserve_for(self, slot: Slot) -> PersonId | None:
        """Return who steps in for whoever has a slot; None where there is nobody."""
        able = [one for one in self._has if one != slot.person and self._days.is_there(one, slot)]
        found = self._next_best(able, slot)
        if found is not None:
            self._steps_in[found] += 1
        return found

    def unevenness(self) -> int:
        """Return by how much whoever has most has more than whoever has least."""
        return max(self._has.values()) - min(self._has.values()) if self._has else 0

    def _next_best(self, able: Sequence[PersonId], slot: Slot) -> PersonId | None:
        return _first(able, self._has.__getitem__, self._steps_in.__getitem__, lambda one: self._busy(one, slot))

    def _busy(self, one: PersonId, slot: Slot) -> int:
        """Return how many slots of other sites somebody has on the days of a slot."""
        return sum(self._days.turns.elsewhere(one, day) for day in days_between(slot.starts_on, slot.ends_on))


def _first(people: Sequence[PersonId], *by: Callable[[PersonId], int]) -> PersonId | None:
    """Return whoever has least; what comes later is looked at only while several have the same, and then who it is."""
    left = people
    for weigh in by:
        if len(left) > 1:
            weighed = [weigh(one) for one in left]
            least = min(weighed)
            left = [one for one, load in zip(left, weighed, strict=True) if load == least]
    return min(left, default=None)


@lru_cache(maxsize=REMEMBERED)
def _remembered(reach: Reach) -> dict[tuple[date, date], bool]:
    """Return where it is kept on which stretches of days somebody is there; another place once anything changes."""
    del reach
    return {}
