"""Whoever is erased looks after nothing any more; what was done for a site is told without their name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from policy_kb.bot_words import DueKind
from policy_kb.site_words import OfferState, Round, SiteId, SiteState
from policy_kb.words import PersonId, Verb
from storage.audit import Subject
from storage.audit_check import verify
from storage.erasing import BLANK_NAME
from tests.storage.builders import ELM, ENTRY, NOW, OAK, a_person, everything, fill
from tests.storage.site_builders import DAY, MODERATES, MONDAY, TOM, WEEK, a_member, a_site, the_site
from tests.storage.site_life import look_after_a_site

if TYPE_CHECKING:
    from storage.database import Database
    from storage.erasing import Erased

UNIQUE = "Zephyrine"
HERS = PersonId(UNIQUE.lower())


@pytest.fixture
def site(database: Database) -> SiteId:
    """Return a site for which she did all that can be done."""
    with database.begin() as work:
        fill(work, a_person(UNIQUE), a_person("Tom"), settings=(ELM, OAK))
        return look_after_a_site(work, HERS)


def erase(database: Database) -> Erased:
    with database.begin() as work:
        return work.erasing.erase(HERS, entry=replace(ENTRY, verb=Verb.ERASED))


def test_they_are_in_no_table_any_more(database: Database, site: SiteId) -> None:
    assert site
    assert UNIQUE.lower() in everything(database)

    erase(database)

    assert UNIQUE.lower() not in everything(database)


def test_the_register_tells_what_happened_by_somebody_without_a_name(database: Database, site: SiteId) -> None:
    erase(database)

    with database.begin() as work:
        found = the_site(work, site)
        stand_in = work.people.get(found.author)
        assert stand_in is not None
        assert stand_in.name == BLANK_NAME
        blank = stand_in.id
        assert [one.by for one in work.sites.checks(site, Round.HEALTH)] == [blank]
        assert [one.by for one in work.sites.evaluations(site)] == [blank]
        assert [one.about for one in work.sites.open_tasks(site)] == [blank]
        assert [one.by for one in work.moderation.lines((site,), NOW, NOW + DAY)] == [blank]
        assert [one.by for one in work.rota.intended_gaps(MONDAY, MONDAY + DAY)] == [blank]
        assert [one.person for one in work.rota.absences(MONDAY, MONDAY + DAY)] == [TOM]
    assert {one.person for one in found.members} == {blank, TOM}


def test_they_look_after_the_site_no_more_and_others_do(database: Database, site: SiteId) -> None:
    erase(database)

    with database.begin() as work:
        assert the_site(work, site).members_on(MONDAY) == (a_member(TOM),)
        verbs = [row.verb for row in work.audit.chain(Subject.of_site(site))]
        assert verbs[-3:] == [Verb.REMOVED, Verb.REMOVED, Verb.SLOT_OPENED]
        assert verify(tuple(work.audit.everything()), {}).findings == ()


def test_what_they_served_stays_and_what_is_to_come_is_a_gap(database: Database, site: SiteId) -> None:
    erase(database)

    with database.begin() as work:
        served, toms, coming = work.rota.slots(date.min, date.max, sites=(site,))
        assert served.person is not None
        stand_in = work.people.get(served.person)
    assert stand_in is not None
    assert stand_in.name == BLANK_NAME
    assert (toms.person, toms.reserve) == (TOM, None)
    assert (coming.person, coming.how) == (None, None)


def test_their_offers_and_every_swap_for_a_slot_of_theirs_end(database: Database, site: SiteId) -> None:
    with database.begin() as work:
        offers = work.offers.open_all()
    assert (len(offers), site) == (2, site)

    erase(database)

    with database.begin() as work:
        assert work.offers.open_all() == ()
        ended = [work.offers.get(one.id) for one in offers]
    assert [one.state for one in ended if one] == [OfferState.CLOSED] * 2
    assert [one.asked for one in ended if one] == [(), ()]


def test_whoever_erases_is_told_which_sites_have_lost_their_author_and_not_those_that_are_over(
    database: Database, site: SiteId
) -> None:
    with database.begin() as work:
        for name, state in (("Another", SiteState.SUSPENDED), ("Over", SiteState.CLOSED)):
            work.sites.open(replace(a_site(name, author=HERS), state=state), entry=ENTRY)
        work.sites.open(a_site("Toms", author=TOM), entry=ENTRY)

    left = erase(database)

    assert site
    assert left.without_author == ("Another", "PE Instagram")


def test_duties_about_them_go_and_those_about_somebody_of_a_like_name_stay(database: Database, site: SiteId) -> None:
    like = f"{HERS}-2"
    with database.begin() as work:
        work.due.add(DueKind.REMINDER, f"below_two:{site};{like}", NOW)
        work.due.add(DueKind.REMINDER, f"below_two:{like}", NOW)

    erase(database)

    with database.begin() as work:
        assert [row.subject for row in work.due.take(NOW.replace(year=2030))] == [
            f"below_two:{site};{like}",
            f"below_two:{like}",
        ]


def test_a_part_that_had_ended_is_not_ended_anew(database: Database, site: SiteId) -> None:
    with database.begin() as work:
        work.sites.end_member(site, HERS, MODERATES, until=MONDAY - WEEK, entry=ENTRY)
        before = [row.verb for row in work.audit.chain(Subject.of_site(site))].count(Verb.REMOVED)

    erase(database)

    with database.begin() as work:
        found = [row.verb for row in work.audit.chain(Subject.of_site(site))].count(Verb.REMOVED)
        ends = {one.role: one.until for one in the_site(work, site).members if one.person != TOM}
    assert found == before + 1
    assert ends[MODERATES] == MONDAY - WEEK
