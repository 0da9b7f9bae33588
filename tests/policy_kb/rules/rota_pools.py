"""Moderators with days off, leave and ends, and rotas for them to share: drawn at random."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from policy_kb.rules.periods import DAY
from policy_kb.rules.reach import Reach
from policy_kb.rules.rota_turns import Turns, assign
from policy_kb.rules.site import Absence, Slot
from policy_kb.site_words import SiteId, SlotHow, SlotId
from policy_kb.words import PersonId

TODAY = date(2026, 11, 30)  # a Monday
SETTLED = TODAY + timedelta(days=14)
SITE = SiteId(7)
NAMES = tuple(PersonId(f"{name}-sample") for name in ("ada", "ben", "cleo", "dev", "ewa", "finn"))
ALWAYS = Reach()
ACCEPTED = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


def a_slot(number: int, *, person: PersonId | None = None, days: int = 1, weight: int = 1) -> Slot:
    """Return the slot of so many weekdays from today on, or before; planned, if somebody has it."""
    weeks, weekday = divmod(number, 5)
    day = TODAY + weeks * timedelta(weeks=1) + weekday * DAY
    return Slot(
        id=SlotId(1000 + number),
        site=SITE,
        starts_on=day,
        ends_on=day + days * DAY,
        weight=weight,
        person=person,
        how=SlotHow.PLANNED if person else None,
    )


def turns_of(pool: dict[PersonId, Reach]) -> Turns:
    return Turns(pool=pool, today=TODAY, settled_until=SETTLED)


def planned(slots: tuple[Slot, ...], turns: Turns) -> tuple[Slot, ...]:
    """Return all the slots as they are once they are planned."""
    changed = {slot.id: slot for slot in assign(slots, turns)}
    return tuple(changed.get(slot.id, slot) for slot in slots)


def _absences(person: PersonId) -> st.SearchStrategy[tuple[Absence, ...]]:
    made = st.tuples(st.integers(-30, 60), st.integers(1, 30)).map(
        lambda span: Absence(
            id=1, person=person, starts_on=TODAY + span[0] * DAY, ends_on=TODAY + (span[0] + span[1]) * DAY
        )
    )
    return st.lists(made, max_size=2).map(tuple)


def reaches(person: PersonId) -> st.SearchStrategy[Reach]:
    """Draw somebody's days: some are always there, some join, leave, have days off or are away."""
    days = st.one_of(st.none(), st.integers(-20, 50).map(lambda number: TODAY + number * DAY))
    some = st.builds(
        Reach,
        in_post_from=days,
        in_post_until=days,
        pattern=st.sampled_from(["MTWTF", "MTWTF", "M-W-F", "-T-T-", "-----"]),
        absences=_absences(person),
    )
    return st.one_of(st.just(ALWAYS), some)


@st.composite
def pools(draw: st.DrawFn) -> dict[PersonId, Reach]:
    """Draw up to six moderators."""
    return {one: draw(reaches(one)) for one in NAMES[: draw(st.integers(0, len(NAMES)))]}


STATES = st.sampled_from(
    [
        (person, how, accepted, weight)
        for person in (*NAMES, None, None)
        for how in (SlotHow.PLANNED, SlotHow.PLANNED, SlotHow.TAKEN, SlotHow.ASSIGNED)
        for accepted in (None, None, None, ACCEPTED)
        for weight in (1, 1, 1, 2)
    ]
)


@st.composite
def rotas(draw: st.DrawFn) -> tuple[Slot, ...]:
    """Draw a rota of days: some weeks that were served, some that are to come, in any state."""
    first, last = -draw(st.integers(0, 6)), draw(st.integers(1, 24))
    weeks = draw(st.booleans())
    found: list[Slot] = []
    for number in range(first, last):
        if weeks and number % 5:
            continue
        person, how, accepted, weight = draw(STATES)
        slot = a_slot(number, days=5 if weeks else 1, weight=weight)
        found.append(replace(slot, person=person, how=how, accepted_at=accepted) if person else slot)
    return tuple(found)
