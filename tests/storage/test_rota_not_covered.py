"""Who is away, and where nobody covers on purpose: kept with the days alone, told once, and taken back once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from policy_kb.rules.site import Absence, IntendedGap
from policy_kb.site_words import GapKind, SiteId
from policy_kb.words import Verb
from storage.audit import Subject
from storage.errors import ChangeRefused
from tests.storage.at_once import at_once
from tests.storage.builders import NOW
from tests.storage.site_builders import (
    BY_PRIYA,
    BY_TOM,
    DAY,
    MONDAY,
    NEVER_MADE,
    NOBODY,
    PRIYA,
    TOM,
    WEEK,
    ZOE,
    a_site,
    opened,
    staff,
)

if TYPE_CHECKING:
    from datetime import date

    from policy_kb.words import PersonId
    from storage.database import Database
    from storage.unit_of_work import UnitOfWork


def test_an_absence_is_kept_with_its_days_and_told_to_the_chain_of_whoever_is_away(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        number = _away(work, PRIYA, MONDAY, set_by=TOM)

        assert work.rota.absence(number) == Absence(id=number, person=PRIYA, starts_on=MONDAY, ends_on=MONDAY + WEEK)
        assert work.rota.absence(NEVER_MADE) is None
        row = work.audit.chain(Subject.of_person(PRIYA))[-1]
    assert row.verb == Verb.AWAY
    assert json.loads(row.facts) == {"absence": number, "starts_on": "2026-09-07", "ends_on": "2026-09-14"}


def test_an_absence_is_taken_back_once(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        number = _away(work, PRIYA, MONDAY)
        kept = work.rota.absence(number)

        told = [work.rota.end_absence(number, entry=BY_TOM) for _ in range(2)]

        assert told == [kept, None]
        assert work.rota.absences(MONDAY, MONDAY + WEEK) == ()
        verbs = [row.verb for row in work.audit.chain(Subject.of_person(PRIYA))]
    assert verbs[-2:] == [Verb.AWAY, Verb.BACK]
    assert verbs.count(Verb.BACK) == 1


def test_absences_are_found_where_they_share_a_day_the_earliest_first(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        second, first = _away(work, PRIYA, MONDAY + WEEK), _away(work, TOM, MONDAY)

        def found(start: date, end: date, *people: PersonId) -> list[int]:
            return [one.id for one in work.rota.absences(start, end, people=people or None)]

        assert found(MONDAY, MONDAY + 2 * WEEK) == [first, second]
        assert found(MONDAY, MONDAY + WEEK) == [first]
        assert found(MONDAY + 6 * DAY, MONDAY + WEEK + DAY) == [first, second]
        assert found(MONDAY - WEEK, MONDAY) == found(MONDAY + 2 * WEEK, MONDAY + 3 * WEEK) == []
        assert found(MONDAY, MONDAY + 2 * WEEK, PRIYA, ZOE) == [second]
        assert work.rota.absences(MONDAY, MONDAY + WEEK, people=()) == ()


def test_a_gap_that_is_meant_is_kept_with_whose_decision_it_was_and_told_to_the_site(database: Database) -> None:
    with database.begin() as work:
        site = opened(work)
        number = _settles(work, site, GapKind.COMMENTS_OFF)

        (gap,) = work.rota.intended_gaps(MONDAY, MONDAY + WEEK)
        row = work.audit.chain(Subject.of_site(site))[-1]
    ends = MONDAY + WEEK
    assert gap == IntendedGap(
        id=number, site=site, kind=GapKind.COMMENTS_OFF, starts_on=MONDAY, ends_on=ends, by=TOM, at=NOW
    )
    assert row.verb == Verb.GAP_SETTLED
    facts = {"gap": number, "kind": "comments_off", "starts_on": "2026-09-07", "ends_on": "2026-09-14"}
    assert json.loads(row.facts) == facts


def test_such_a_decision_is_taken_back_once(database: Database) -> None:
    with database.begin() as work:
        site = opened(work)
        number = _settles(work, site, GapKind.PAUSED)
        gaps = work.rota.intended_gaps(MONDAY, MONDAY + WEEK)

        told = [work.rota.reopen_gap(number, entry=BY_PRIYA) for _ in range(2)]

        assert told == [*gaps, None]
        assert work.rota.intended_gaps(MONDAY, MONDAY + WEEK) == ()
        assert [row.verb for row in work.audit.chain(Subject.of_site(site))].count(Verb.GAP_REOPENED) == 1


def test_gaps_are_found_where_they_share_a_day_for_some_sites_or_all(database: Database) -> None:
    with database.begin() as work:
        site, other = opened(work), opened(work, a_site("Other"))
        later = _settles(work, site, GapKind.PAUSED, MONDAY + WEEK)
        first, others = _settles(work, site, GapKind.PAUSED), _settles(work, other, GapKind.PAUSED)

        def found(start: date, end: date, *sites: SiteId) -> list[int]:
            return [one.id for one in work.rota.intended_gaps(start, end, sites=sites or None)]

        assert found(MONDAY, MONDAY + 2 * WEEK) == [first, others, later]
        assert found(MONDAY + 6 * DAY, MONDAY + WEEK, site) == [first]
        assert found(MONDAY + WEEK, MONDAY + WEEK + DAY) == [later]
        assert found(MONDAY - DAY, MONDAY) == []
        assert work.rota.intended_gaps(MONDAY, MONDAY + WEEK, sites=()) == ()


def test_nobody_and_nothing_unknown_is_away_or_left_uncovered(database: Database) -> None:
    with database.begin() as work:
        site = opened(work)

    for person, set_by in ((NOBODY, TOM), (PRIYA, NOBODY)):
        with pytest.raises(ChangeRefused), database.begin() as work:
            _away(work, person, MONDAY, set_by=set_by)
    for where, by in ((SiteId(NEVER_MADE), TOM), (site, NOBODY)):
        with pytest.raises(ChangeRefused), database.begin() as work:
            work.rota.settle_gap(where, GapKind.PAUSED, MONDAY, MONDAY + WEEK, by=by, entry=BY_TOM)

    with database.begin() as work:
        assert work.rota.absences(MONDAY, MONDAY + WEEK) == ()
        assert work.rota.intended_gaps(MONDAY, MONDAY + WEEK) == ()


def test_of_many_who_take_back_an_absence_or_a_decision_at_once_one_has(database: Database) -> None:
    with database.begin() as work:
        site = opened(work)
        away, gap = _away(work, PRIYA, MONDAY), _settles(work, site, GapKind.PAUSED)

    back = at_once(database, *[lambda work: work.rota.end_absence(away, entry=BY_TOM)] * 6)
    open_again = at_once(database, *[lambda work: work.rota.reopen_gap(gap, entry=BY_TOM)] * 6)

    assert back.count(None) == open_again.count(None) == 5


def _away(work: UnitOfWork, person: PersonId, start: date, *, set_by: PersonId = TOM) -> int:
    return work.rota.add_absence(person, start, start + WEEK, set_by=set_by, entry=BY_TOM)


def _settles(work: UnitOfWork, site: SiteId, kind: GapKind, start: date = MONDAY) -> int:
    return work.rota.settle_gap(site, kind, start, start + WEEK, by=TOM, entry=BY_TOM)
