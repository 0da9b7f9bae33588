"""The rows from which cards, digests, pages and calendars read: laid out once, found by day, site and person."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policy_kb.site_words import SiteId, SlotHow, SlotId, SlotPart
from storage.audit import Subject
from storage.errors import ChangeRefused
from tests.storage.builders import NOW
from tests.storage.site_builders import (
    BY_PRIYA,
    DAY,
    MONDAY,
    NEVER_MADE,
    NOBODY,
    PRIYA,
    TOM,
    WEEK,
    ZOE,
    a_site,
    a_slot,
    laid_out,
    opened,
    the_slot,
)

if TYPE_CHECKING:
    from datetime import date

    from policy_kb.rules.site import Slot
    from policy_kb.words import PersonId
    from storage.database import Database
    from storage.unit_of_work import UnitOfWork


def test_a_slot_is_read_back_as_it_was_laid_out(database: Database) -> None:
    with database.begin() as work:
        site = opened(work)
        whole = replace(
            a_slot(site, part=SlotPart.AFTERNOON, days=1, person=TOM, weight=2),
            reserve=ZOE,
            how=SlotHow.TAKEN,
            accepted_at=NOW + timedelta(hours=1),
        )

        (read,) = laid_out(work, whole)

        assert read == replace(whole, id=read.id) == work.rota.get(read.id) == work.rota.hold(read.id)
        assert work.rota.get(SlotId(NEVER_MADE)) is work.rota.hold(SlotId(NEVER_MADE)) is None


def test_slots_are_laid_out_once_however_often_they_are_worked_out(database: Database) -> None:
    with database.begin() as work:
        site, other = opened(work), opened(work, a_site("Other"))
        weeks = [a_slot(site, MONDAY + number * WEEK) for number in range(3)]
        halves = [a_slot(other, part=part, days=1) for part in (SlotPart.MORNING, SlotPart.AFTERNOON)]

        told = [
            work.rota.lay_out(slots)
            for slots in (weeks, [*weeks, a_slot(site, MONDAY + 3 * WEEK)], reversed(halves), halves, ())
        ]

        assert told == [3, 1, 2, 0, 0]
        assert len(work.rota.slots(MONDAY, MONDAY + 4 * WEEK)) == 6


def test_what_is_there_already_stays_whose_it_is_when_it_is_laid_out_again(database: Database) -> None:
    with database.begin() as work:
        site = opened(work)
        (mine,) = laid_out(work, a_slot(site, person=TOM))

        (still,) = laid_out(work, a_slot(site, person=ZOE, weight=2))

    assert still == mine


def test_a_slot_of_a_site_or_a_person_that_is_not_there_is_refused(database: Database) -> None:
    with database.begin() as work:
        site = opened(work)

    for slot in (a_slot(SiteId(NEVER_MADE)), a_slot(site, person=NOBODY)):
        with pytest.raises(ChangeRefused), database.begin() as work:
            work.rota.lay_out([a_slot(site, MONDAY - WEEK), slot])

    with database.begin() as work:
        assert work.rota.slots(MONDAY - WEEK, MONDAY + WEEK) == ()


def test_slots_are_found_by_site_and_by_person_the_earliest_first(database: Database) -> None:
    with database.begin() as work:
        site, other = opened(work), opened(work, a_site("Other"))
        laid_out(
            work,
            a_slot(other, MONDAY + WEEK, person=TOM),
            a_slot(other, MONDAY, person=PRIYA),
            a_slot(site, MONDAY + WEEK, person=TOM),
            a_slot(site, MONDAY),
        )

        def found(**which: object) -> list[tuple[SiteId, date]]:
            slots = work.rota.slots(MONDAY, MONDAY + 2 * WEEK, **which)  # type: ignore[arg-type]  # each case names its own
            return [(slot.site, slot.starts_on) for slot in slots]

        next_week = MONDAY + WEEK
        assert found() == [(site, MONDAY), (other, MONDAY), (site, next_week), (other, next_week)]
        assert found(sites=(other,)) == [(other, MONDAY), (other, next_week)]
        assert found(person=TOM) == [(site, next_week), (other, next_week)]
        assert found(people=(PRIYA, TOM)) == [(other, MONDAY), (site, next_week), (other, next_week)]
        assert found(people=()) == []
        assert found(person=TOM, sites=(site,)) == [(site, next_week)]
        assert found(sites=()) == found(person=ZOE) == []


STRETCHES = st.lists(
    st.tuples(st.integers(-10, 10), st.integers(1, 8)), min_size=1, max_size=8, unique_by=lambda one: one[0]
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(STRETCHES, st.integers(-12, 12), st.integers(1, 8))
def test_a_slot_is_found_exactly_where_it_shares_a_day_with_what_is_asked_for(
    database: Database, stretches: list[tuple[int, int]], first: int, days: int
) -> None:
    asked = {first + number for number in range(days)}
    with database.begin() as work:
        site = opened(work, a_site(f"Site {len(work.sites.listed())}"))
        laid_out(work, *(a_slot(site, MONDAY + start * DAY, days=length) for start, length in stretches))

        start, end = MONDAY + first * DAY, MONDAY + (first + days) * DAY
        found = {(slot.starts_on - MONDAY).days for slot in work.rota.slots(start, end, sites=(site,))}

    assert found == {start for start, length in stretches if asked & set(range(start, start + length))}


def test_the_planner_gives_what_is_free_and_takes_back_what_it_gave(database: Database) -> None:
    with database.begin() as work:
        free, planned = laid_out(work, *_two_weeks(work, PRIYA))

        plan = [replace(free, person=TOM, reserve=ZOE, how=SlotHow.PLANNED), replace(planned, person=None, how=None)]
        work.rota.plan(reversed(plan))

        assert work.rota.slots(MONDAY, MONDAY + 2 * WEEK) == tuple(plan)
        work.rota.plan(())
        assert work.rota.slots(MONDAY, MONDAY + 2 * WEEK) == tuple(plan)


@pytest.mark.parametrize("act", ["taken", "assigned", "accepted"])
def test_the_planner_leaves_alone_what_somebody_took_was_given_or_said_they_have(database: Database, act: str) -> None:
    with database.begin() as work:
        _, planned = read = laid_out(work, *_two_weeks(work, PRIYA))
        if act == "accepted":
            work.rota.accept(planned, entry=BY_PRIYA)
        else:
            work.rota.give(planned, ZOE, SlotHow(act), entry=BY_PRIYA)
        before = the_slot(work, planned.id)

        work.rota.plan(replace(slot, person=TOM, how=SlotHow.PLANNED) for slot in read)

        assert the_slot(work, planned.id) == before
        assert the_slot(work, read[0].id).person == TOM


def test_what_the_planner_does_is_not_in_the_audit(database: Database) -> None:
    with database.begin() as work:
        slots = laid_out(work, *_two_weeks(work, PRIYA))
        work.rota.plan(replace(slot, person=TOM, how=SlotHow.PLANNED) for slot in slots)
        work.rota.set_reserve(slots[0].id, ZOE)
        work.rota.drop(slots[0].site, start=MONDAY + WEEK)

        assert len(work.audit.chain(Subject.of_site(slots[0].site))) == 1


def test_a_reserve_is_named_and_nobody_is(database: Database) -> None:
    with database.begin() as work:
        slot, other = laid_out(work, *_two_weeks(work, PRIYA))

        seen = []
        for reserve in (ZOE, None):
            work.rota.set_reserve(slot.id, reserve)
            seen.append(the_slot(work, slot.id))

        assert seen == [replace(slot, reserve=ZOE), slot]
        assert the_slot(work, other.id) == other
    with pytest.raises(ChangeRefused), database.begin() as work:
        work.rota.set_reserve(slot.id, NOBODY)


def test_what_each_has_served_is_the_weight_of_the_slots_that_begin_in_a_stretch(database: Database) -> None:
    with database.begin() as work:
        site, other = opened(work), opened(work, a_site("Other"))
        laid_out(
            work,
            a_slot(site, MONDAY - WEEK, person=PRIYA, weight=2),
            a_slot(site, MONDAY, person=PRIYA, weight=2),
            a_slot(site, MONDAY + WEEK, person=TOM),
            a_slot(site, MONDAY + 2 * WEEK, person=PRIYA),
            a_slot(site, MONDAY + 3 * WEEK),
            a_slot(site, MONDAY + 4 * WEEK, person=TOM),
            a_slot(other, MONDAY, person=TOM),
        )

        assert work.rota.served(site, MONDAY, MONDAY + 4 * WEEK) == {PRIYA: 3, TOM: 1}
        assert work.rota.served(site, MONDAY, MONDAY) == {}


def test_the_slots_to_come_of_one_site_are_dropped_and_the_rest_stays(database: Database) -> None:
    with database.begin() as work:
        site, other = opened(work), opened(work, a_site("Other"))
        weeks = [MONDAY, MONDAY + WEEK, MONDAY + 2 * WEEK]
        laid_out(work, *(a_slot(one, week) for one in (site, other) for week in weeks))

        told = [work.rota.drop(site, start=MONDAY + DAY) for _ in range(2)]

        assert told == [2, 0]
        assert [slot.starts_on for slot in work.rota.slots(MONDAY, weeks[-1] + WEEK, sites=(site,))] == weeks[:1]
        assert len(work.rota.slots(MONDAY, weeks[-1] + WEEK, sites=(other,))) == 3


def test_a_number_that_was_a_slots_is_never_anothers(database: Database) -> None:
    with database.begin() as work:
        first = laid_out(work, *_two_weeks(work, TOM))
        work.rota.drop(first[0].site, start=MONDAY)
        second = laid_out(work, *(replace(slot, id=SlotId(0)) for slot in first))

    assert {slot.id for slot in first}.isdisjoint(slot.id for slot in second)


def _two_weeks(work: UnitOfWork, second: PersonId) -> tuple[Slot, ...]:
    """Return a gap, and a week that the planner gave somebody."""
    site = opened(work)
    return a_slot(site), replace(a_slot(site, MONDAY + WEEK), person=second, how=SlotHow.PLANNED)
