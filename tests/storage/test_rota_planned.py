"""The planner on both databases: the same rota on each, and one rota however many replicas plan it at once."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from handlers.acting import Acting
from handlers.cover import planning
from policy_kb.rules.rota_free import clash
from policy_kb.rules.site import RotaShape
from policy_kb.site_words import CoverDays, SlotLength
from policy_kb.view import load_view
from storage.database import Database
from tests.storage.at_once import of_replicas
from tests.storage.builders import ELM, NOW
from tests.storage.site_builders import BY_PRIYA, MONDAY, PRIYA, TOM, WEEK, ZOE, a_member, a_site, opened, the_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_kb.rules.site import Slot
    from policy_kb.site_words import SiteId
    from policy_kb.view import PolicyView
    from storage.unit_of_work import UnitOfWork

DAILY = RotaShape(length=SlotLength.DAY)


@pytest.fixture
def replica(database: Database, url: str) -> Iterator[Database]:
    """Return the same database as another bot sees it; beside `database`, which has made the tables."""
    made = Database(url)
    assert made.check() == database.check() == ()
    yield made
    made.close()


@cache
def shipped() -> PolicyView:
    return load_view()


def acting(work: UnitOfWork) -> Acting:
    return Acting(person=None, view=shipped(), uow=work, now=NOW)


def a_moderated_site(work: UnitOfWork, name: str = "PE Instagram") -> SiteId:
    """Open a site that three people moderate, a day each."""
    members = (replace(a_member(one), accepted_at=NOW) for one in (PRIYA, TOM, ZOE))
    return opened(work, replace(a_site(name, *members), rota=DAILY))


def plans(work: UnitOfWork) -> None:
    planning.plan_setting(ELM.id, acting(work))


def the_rota(database: Database) -> tuple[Slot, ...]:
    with database.begin() as work:
        return work.rota.slots(MONDAY, MONDAY + 14 * WEEK)


def test_thirteen_weeks_are_shared_by_three_people_in_turn(database: Database) -> None:
    with database.begin() as work:
        a_moderated_site(work)

    with database.begin() as work:
        plans(work)

    slots = the_rota(database)
    assert [slot.person for slot in slots[:6]] == [PRIYA, TOM, ZOE] * 2
    assert [slot.reserve for slot in slots[:3]] == [TOM, ZOE, PRIYA]
    assert len(slots) == 65


def test_replicas_that_plan_at_once_make_one_rota(database: Database, replica: Database) -> None:
    with database.begin() as work:
        sites = [a_moderated_site(work, f"Site {number}") for number in range(4)]

    of_replicas((database, replica), *[plans] * 6)

    slots = the_rota(database)
    assert len(slots) == 65 * len(sites)
    assert len({(slot.site, slot.starts_on) for slot in slots}) == len(slots)
    assert all(slot.person and slot.reserve for slot in slots)


def test_a_rota_that_is_cut_anew_while_it_is_planned_is_cut_in_one_way(database: Database, replica: Database) -> None:
    with database.begin() as work:
        site = a_moderated_site(work)
        plans(work)

    def cuts(work: UnitOfWork) -> None:
        work.sites.hold(site)
        shape = RotaShape(length=SlotLength.WEEK, days=CoverDays.EVERY_DAY)
        work.sites.change(replace(the_site(work, site), rota=shape), entry=BY_PRIYA)
        work.rota.drop(site, start=MONDAY + WEEK)
        planning.plan_site(the_site(work, site), acting(work))

    of_replicas((database, replica), plans, cuts, plans, plans)

    slots = the_rota(database)
    assert not [(one, other) for one in slots for other in slots if clash(one, other)]
    assert {(slot.ends_on - slot.starts_on).days for slot in slots if slot.starts_on > MONDAY + WEEK} == {7}
