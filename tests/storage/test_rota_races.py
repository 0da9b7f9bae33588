"""Several reach for a slot, or plan, at the same moment: one has it, and nothing is there twice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from policy_kb.site_words import OfferKind, OfferState, SlotHow
from policy_kb.words import Verb
from storage.audit import Subject
from storage.audit_check import verify
from storage.database import Database
from tests.storage.at_once import at_once, of_replicas
from tests.storage.builders import NOW
from tests.storage.site_builders import (
    BY_PRIYA,
    BY_TOM,
    MONDAY,
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
    from collections.abc import Callable, Iterator

    from policy_kb.rules.site import Slot
    from policy_kb.words import PersonId
    from storage.unit_of_work import UnitOfWork

MANY = 12
WEEKS = [MONDAY + number * WEEK for number in range(13)]


@pytest.fixture
def replica(database: Database, url: str) -> Iterator[Database]:
    """Return the same database as another bot sees it; beside `database`, which has made the tables."""
    made = Database(url)
    assert made.check() == database.check() == ()
    yield made
    made.close()


def test_of_many_who_take_one_gap_at_once_one_has_it_and_is_told_so(database: Database) -> None:
    with database.begin() as work:
        (gap,) = laid_out(work, a_slot(opened(work)))

    told = at_once(database, *(_takes(gap, (PRIYA, TOM, ZOE)[number % 3]) for number in range(MANY)))

    assert told.count(True) == 1
    with database.begin() as work:
        assert the_slot(work, gap.id).person == (PRIYA, TOM, ZOE)[told.index(True) % 3]
        assert _given(work, gap) == 1
        assert verify(tuple(work.audit.everything()), {}).findings == ()


def test_of_many_who_take_an_offered_slot_one_ends_the_offer_and_has_the_slot(database: Database) -> None:
    with database.begin() as work:
        (slot,) = laid_out(work, a_slot(opened(work), person=PRIYA))
        offer = work.offers.make(slot.id, OfferKind.COVER, PRIYA, now=NOW)
        assert offer is not None

    def takes(person: PersonId) -> Callable[[UnitOfWork], object]:
        def act(work: UnitOfWork) -> bool:
            if not work.offers.close(offer, OfferState.TAKEN, now=NOW):
                return False
            assert work.rota.give(slot, person, SlotHow.TAKEN, entry=BY_TOM)
            return True

        return act

    told = at_once(database, *(takes((TOM, ZOE)[number % 2]) for number in range(MANY)))

    assert told.count(True) == 1
    with database.begin() as work:
        assert the_slot(work, slot.id).person == (TOM, ZOE)[told.index(True) % 2]
        assert _given(work, slot) == 1


def test_two_who_exchange_two_slots_both_ways_at_once_never_wait_for_each_other_for_good(database: Database) -> None:
    with database.begin() as work:
        site = opened(work)
        mine, yours = laid_out(work, a_slot(site, person=PRIYA), a_slot(site, MONDAY + WEEK, person=TOM))

    def exchange(work: UnitOfWork) -> bool:
        first, second = (work.rota.hold(one) for one in sorted((mine.id, yours.id)))
        assert first is not None
        assert second is not None
        if (first.person, second.person) != (PRIYA, TOM):
            return False
        return work.rota.give(first, TOM, SlotHow.SWAPPED, entry=BY_PRIYA) and work.rota.give(
            second, PRIYA, SlotHow.SWAPPED, entry=BY_PRIYA
        )

    told = at_once(database, *[exchange] * MANY)

    assert told.count(True) == 1
    with database.begin() as work:
        assert [the_slot(work, one.id).person for one in (mine, yours)] == [TOM, PRIYA]


def test_replicas_that_plan_at_once_lay_every_slot_out_once(database: Database, replica: Database) -> None:
    with database.begin() as work:
        sites = [opened(work, a_site(f"Site {number}")) for number in range(6)]
    every = [a_slot(site, week) for site in sites for week in WEEKS]

    def plans(order: int) -> Callable[[UnitOfWork], object]:
        return lambda work: work.rota.lay_out(every[::order])

    added = of_replicas((database, replica), *(plans(order) for order in (1, 1, -1, -1)))

    assert sum(number for number in added if isinstance(number, int)) == len(every)
    with database.begin() as work:
        slots = work.rota.slots(WEEKS[0], WEEKS[-1] + WEEK)
    assert len({(slot.site, slot.starts_on) for slot in slots}) == len(slots) == len(every)


def test_replicas_that_plan_while_somebody_takes_a_slot_leave_it_to_them(database: Database, replica: Database) -> None:
    with database.begin() as work:
        site = opened(work)
        read = laid_out(work, *(a_slot(site, week) for week in WEEKS))
    plan = [replace(slot, person=PRIYA, reserve=ZOE, how=SlotHow.PLANNED) for slot in read]

    def takes_what_is_there(work: UnitOfWork) -> bool:
        found = work.rota.hold(read[6].id)
        assert found is not None
        return work.rota.give(found, TOM, SlotHow.TAKEN, entry=BY_TOM)

    told = of_replicas(
        (database, replica),
        lambda work: work.rota.plan(plan),
        lambda work: work.rota.plan(reversed(plan)),
        takes_what_is_there,
    )

    assert told[-1]
    with database.begin() as work:
        assert [the_slot(work, slot.id).person for slot in read] == [PRIYA] * 6 + [TOM] + [PRIYA] * 6


def _takes(slot: Slot, person: PersonId) -> Callable[[UnitOfWork], object]:
    return lambda work: work.rota.give(slot, person, SlotHow.TAKEN, entry=replace(BY_TOM, actor=person))


def _given(work: UnitOfWork, slot: Slot) -> int:
    return [row.verb for row in work.audit.chain(Subject.of_site(slot.site))].count(Verb.SLOT_GIVEN)
