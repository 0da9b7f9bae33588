"""A slot changes hands by what somebody does: only as they read it, and each time told to the site's chain."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from policy_kb.site_words import SlotHow
from policy_kb.words import Verb
from storage.audit import Subject
from storage.errors import ChangeRefused
from tests.storage.builders import NOW
from tests.storage.site_builders import (
    BY_PRIYA,
    BY_TOM,
    NOBODY,
    PRIYA,
    TOM,
    ZOE,
    a_slot,
    laid_out,
    opened,
    the_slot,
)

if TYPE_CHECKING:
    from policy_kb.rules.site import Slot
    from storage.database import Database
    from storage.unit_of_work import UnitOfWork

LATER = replace(BY_PRIYA, at=NOW + timedelta(hours=2))


def test_a_slot_is_given_as_it_was_read_and_whoever_gets_it_has_not_said_yet_that_they_do(database: Database) -> None:
    with database.begin() as work:
        slot = _slot_of_priya(work)
        work.rota.accept(slot, entry=BY_PRIYA)

        given = work.rota.give(slot, TOM, SlotHow.ASSIGNED, entry=BY_TOM)

        assert given
        assert the_slot(work, slot.id) == replace(slot, person=TOM, how=SlotHow.ASSIGNED, accepted_at=None)
        assert _last(work, slot) == (
            Verb.SLOT_GIVEN,
            {"slot": slot.id, "to": _person(work, TOM), "from": _person(work, PRIYA), "how": "assigned"},
        )


def test_a_gap_is_taken_and_the_chain_names_nobody_who_had_it(database: Database) -> None:
    with database.begin() as work:
        (gap,) = laid_out(work, a_slot(opened(work)))

        assert work.rota.give(gap, TOM, SlotHow.TAKEN, entry=BY_TOM)
        assert _last(work, gap)[1] == {"slot": gap.id, "to": _person(work, TOM), "how": "taken"}


def test_whoever_takes_a_slot_is_no_longer_its_reserve_and_another_reserve_stays(database: Database) -> None:
    with database.begin() as work:
        slot = _slot_of_priya(work)
        work.rota.set_reserve(slot.id, TOM)

        reserves = []
        for person in (ZOE, TOM):
            assert work.rota.give(the_slot(work, slot.id), person, SlotHow.TAKEN, entry=BY_TOM)
            reserves.append(the_slot(work, slot.id).reserve)

    assert reserves == [TOM, None]


def test_a_slot_that_is_no_longer_as_it_was_read_stays_and_nothing_is_told(database: Database) -> None:
    with database.begin() as work:
        slot = _slot_of_priya(work)
        work.rota.give(slot, TOM, SlotHow.TAKEN, entry=BY_TOM)
        before, rows = the_slot(work, slot.id), len(work.audit.chain(Subject.of_site(slot.site)))

        told = (
            work.rota.give(slot, ZOE, SlotHow.TAKEN, entry=BY_TOM),
            work.rota.give(replace(slot, person=None), ZOE, SlotHow.TAKEN, entry=BY_TOM),
            work.rota.open(slot, entry=BY_PRIYA),
            work.rota.accept(slot, entry=BY_PRIYA),
        )

        assert told == (False, False, False, False)
        assert the_slot(work, slot.id) == before
        assert len(work.audit.chain(Subject.of_site(slot.site))) == rows


def test_a_slot_that_is_opened_is_a_gap_that_keeps_its_reserve(database: Database) -> None:
    with database.begin() as work:
        slot = _slot_of_priya(work)
        work.rota.set_reserve(slot.id, ZOE)
        work.rota.accept(slot, entry=BY_PRIYA)

        told = [work.rota.open(slot, entry=BY_PRIYA) for _ in range(2)]

        gap = the_slot(work, slot.id)
        assert told == [True, False]
        assert gap == replace(slot, person=None, how=None, reserve=ZOE)
        assert not work.rota.open(gap, entry=BY_PRIYA)
        assert _last(work, slot) == (Verb.SLOT_OPENED, {"slot": slot.id, "from": _person(work, PRIYA)})


def test_whoever_has_a_slot_says_so_once_and_the_first_time_counts(database: Database) -> None:
    with database.begin() as work:
        slot = _slot_of_priya(work)

        told = [work.rota.accept(slot, entry=entry) for entry in (BY_PRIYA, LATER)]

        assert told == [True, True]
        assert the_slot(work, slot.id).accepted_at == NOW
        assert [row.verb for row in work.audit.chain(Subject.of_site(slot.site))].count(Verb.ACCEPTED) == 1
        assert not work.rota.accept(replace(slot, person=None), entry=BY_PRIYA)


def test_nobody_unknown_is_given_a_slot(database: Database) -> None:
    with database.begin() as work:
        slot = _slot_of_priya(work)

    with pytest.raises(ChangeRefused), database.begin() as work:
        work.rota.give(slot, NOBODY, SlotHow.ASSIGNED, entry=BY_TOM)

    with database.begin() as work:
        assert the_slot(work, slot.id) == slot


def _slot_of_priya(work: UnitOfWork) -> Slot:
    (slot,) = laid_out(work, a_slot(opened(work), person=PRIYA))
    return slot


def _last(work: UnitOfWork, slot: Slot) -> tuple[str, dict[str, object]]:
    row = work.audit.chain(Subject.of_site(slot.site))[-1]
    return row.verb, json.loads(row.facts)


def _person(work: UnitOfWork, person: str) -> str:
    return f"person:{work.audit.reference(person)}"  # type: ignore[arg-type]  # ids are texts
