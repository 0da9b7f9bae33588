"""Who looks after a site: begun once, accepted by themselves, ended on a day; each step told to its chain."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from policy_kb.site_words import SiteId
from policy_kb.words import Verb
from storage.audit import Subject
from storage.errors import ChangeRefused
from tests.storage.at_once import at_once
from tests.storage.builders import NOW
from tests.storage.site_builders import (
    ADMINISTERS,
    BY_PRIYA,
    BY_TOM,
    DAY,
    MODERATES,
    MONDAY,
    NEVER_MADE,
    NOBODY,
    PRIYA,
    TOM,
    ZOE,
    a_member,
    a_site,
    opened,
    the_site,
)

if TYPE_CHECKING:
    from policy_kb.rules.site import Member
    from storage.database import Database
    from storage.unit_of_work import UnitOfWork

LATER = replace(BY_TOM, at=NOW + timedelta(hours=3))
TOLD = ("added", "accepted", "attested", "removed")


def test_nobody_begins_twice_in_one_role_and_anybody_may_have_both(database: Database) -> None:
    with database.begin() as work:
        number = opened(work)
        told = [
            work.sites.add_member(number, one, entry=BY_PRIYA)
            for one in (a_member(TOM), a_member(TOM, since=MONDAY + DAY), a_member(TOM, ADMINISTERS))
        ]

        assert told == [True, False, True]
        assert the_site(work, number).members == (a_member(TOM, ADMINISTERS), a_member(TOM))
        assert _told(work, number) == ["added", "added"]


def test_whoever_stopped_can_begin_again_from_the_day_they_stopped(database: Database) -> None:
    with database.begin() as work:
        number = opened(work, a_site("A", a_member(TOM)))
        work.sites.end_member(number, TOM, MODERATES, until=MONDAY + 3 * DAY, entry=BY_PRIYA)

        too_early = work.sites.add_member(number, a_member(TOM, since=MONDAY + 2 * DAY), entry=BY_PRIYA)
        in_time = work.sites.add_member(number, a_member(TOM, since=MONDAY + 3 * DAY), entry=BY_PRIYA)

        first, second = the_site(work, number).members
    assert (too_early, in_time) == (False, True)
    assert (first.until, second.since, second.until) == (MONDAY + 3 * DAY, MONDAY + 3 * DAY, None)


def test_an_ending_is_told_once_and_can_only_come_earlier(database: Database) -> None:
    with database.begin() as work:
        number = opened(work, a_site("A", a_member(TOM), a_member(TOM, ADMINISTERS), a_member(ZOE)))

        told = [
            work.sites.end_member(number, TOM, MODERATES, until=MONDAY + days * DAY, entry=BY_PRIYA)
            for days in (5, 5, 6, 2)
        ]

        ends = {(one.person, one.role): one.until for one in the_site(work, number).members}
        row = work.audit.chain(Subject.of_site(number))[-1]
    assert told == [True, False, False, True]
    assert ends == {(TOM, MODERATES): MONDAY + 2 * DAY, (TOM, ADMINISTERS): None, (ZOE, MODERATES): None}
    facts = json.loads(row.facts)
    assert (row.verb, facts["role"], facts["until"]) == (Verb.REMOVED, "site_moderator", "2026-09-09")


def test_a_part_is_accepted_once_by_whoever_was_asked_and_with_the_moment(database: Database) -> None:
    with database.begin() as work:
        number = opened(work, a_site("A", a_member(TOM), a_member(TOM, ADMINISTERS)))

        told = [work.sites.accept(number, who, MODERATES, entry=LATER) for who in (TOM, TOM, ZOE)]

        assert told == [True, False, False]
        assert [one.accepted_at for one in the_site(work, number).members] == [None, LATER.at]
        assert _told(work, number)[-1] == "accepted"


def test_a_part_that_has_ended_cannot_be_accepted(database: Database) -> None:
    with database.begin() as work:
        number = opened(work, a_site("A", a_member(TOM)))
        work.sites.end_member(number, TOM, MODERATES, until=MONDAY, entry=BY_PRIYA)

        assert not work.sites.accept(number, TOM, MODERATES, entry=LATER)
        assert the_site(work, number).members[0].accepted_at is None


def test_a_login_is_attested_for_all_parts_of_somebody_who_still_looks_after_the_site(database: Database) -> None:
    with database.begin() as work:
        number = opened(work, a_site("A", a_member(TOM), a_member(TOM, ADMINISTERS), a_member(ZOE)))
        work.sites.end_member(number, ZOE, MODERATES, until=MONDAY, entry=BY_PRIYA)

        told = [work.sites.attest(number, who, on=MONDAY + DAY, entry=BY_TOM) for who in (TOM, ZOE, PRIYA)]

        days = {(one.person, one.role): one.attested_on for one in the_site(work, number).members}
    assert told == [True, False, False]
    assert days == {(TOM, MODERATES): MONDAY + DAY, (TOM, ADMINISTERS): MONDAY + DAY, (ZOE, MODERATES): None}


def test_somebody_or_a_site_that_is_not_there_is_refused(database: Database) -> None:
    with database.begin() as work:
        number = opened(work)

    for site, who in ((number, NOBODY), (SiteId(NEVER_MADE), TOM)):
        with pytest.raises(ChangeRefused), database.begin() as work:
            work.sites.add_member(site, a_member(who), entry=BY_PRIYA)

    with database.begin() as work:
        assert the_site(work, number).members == ()


def test_the_chain_tells_who_it_was_about_without_a_name(database: Database) -> None:
    with database.begin() as work:
        number = opened(work, a_site("A", a_member(TOM)))
        work.sites.accept(number, TOM, MODERATES, entry=BY_TOM)
        work.sites.attest(number, TOM, on=MONDAY, entry=BY_TOM)
        work.sites.end_member(number, TOM, MODERATES, until=MONDAY + DAY, entry=BY_PRIYA)

        rows = [row for row in work.audit.chain(Subject.of_site(number)) if row.verb in TOLD]
        tom = work.audit.reference(TOM)
    assert [row.verb for row in rows] == list(TOLD)
    assert {json.loads(row.facts)["person"] for row in rows} == {f"person:{tom}"}


def test_of_many_who_name_the_same_person_at_once_one_has(database: Database) -> None:
    with database.begin() as work:
        number = opened(work)

    told = at_once(database, *[lambda work: work.sites.add_member(number, a_member(TOM), entry=BY_PRIYA)] * 10)

    assert (told.count(True), told.count(False)) == (1, 9)
    with database.begin() as work:
        assert the_site(work, number).members == (a_member(TOM),)
        assert _told(work, number) == ["added"]


def test_whoever_holds_a_site_changes_it_after_the_one_before_and_loses_nothing_of_theirs(database: Database) -> None:
    with database.begin() as work:
        number = opened(work)

    def adds_a_word(work: UnitOfWork) -> None:
        site = work.sites.hold(number)
        assert site is not None
        work.sites.change(replace(site, aims=site.aims + "x"), entry=BY_TOM)

    at_once(database, *[adds_a_word] * 12)

    with database.begin() as work:
        assert the_site(work, number).aims == "x" * 12


def test_members_stand_by_role_then_since_when_then_by_person(database: Database) -> None:
    ordered: tuple[Member, ...] = (
        a_member(ZOE, ADMINISTERS),
        a_member(PRIYA),
        a_member(ZOE),
        a_member(TOM, since=MONDAY + DAY),
    )
    with database.begin() as work:
        number = opened(work, a_site("A", *reversed(ordered)))

        assert the_site(work, number).members == ordered


def _told(work: UnitOfWork, number: SiteId) -> list[str]:
    return [row.verb for row in work.audit.chain(Subject.of_site(number)) if row.verb in TOLD]
