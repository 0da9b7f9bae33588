"""The rota is made: laid out for 13 weeks, and shared fairly among those who can be there."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from handlers.cover import planning
from policy_kb.rules.periods import DAY
from policy_kb.rules.site import RotaShape
from policy_kb.site_words import CoverDays, SiteState, SlotHow, SlotLength
from policy_kb.words import SettingId
from tests.handlers.cover.planned import (
    END,
    FOUR,
    FULL_TIME,
    a_day,
    a_second_site,
    acting,
    empty,
    join,
    plan,
    slots,
    weights,
    works_all_year,
)
from tests.handlers.cover.rota_office import (
    AISHA,
    CALLUM,
    EWA,
    LUCY,
    MONDAY,
    PRIYA,
    TOM,
    TUESDAY,
    WEEK,
    Rota,
)


def test_an_empty_rota_is_laid_out_for_thirteen_weeks_and_shared_fairly(rota: Rota) -> None:
    works_all_year(rota, TOM)
    empty(rota)

    plan(rota)

    made = slots(rota)
    counts = weights(rota)
    assert [slot.starts_on for slot in made] == [MONDAY + n * WEEK + d * DAY for n in range(13) for d in range(5)][:65]
    assert {slot.how for slot in made} == {SlotHow.PLANNED}
    assert sum(counts.values()) == 65
    assert max(counts[one] for one in FULL_TIME) - min(counts[one] for one in FULL_TIME) <= 1
    assert counts[EWA] == 13  # a quarter of the four days a week that she works
    assert all(slot.reserve and slot.reserve != slot.person for slot in made)


def test_nobody_is_on_duty_on_a_day_they_do_not_work(rota: Rota) -> None:
    empty(rota)
    ewa = rota.person(EWA).id

    plan(rota)

    tuesdays = [slot for slot in slots(rota) if slot.starts_on.weekday() == TUESDAY.weekday()]
    assert len(tuesdays) == 13
    assert ewa not in {slot.person for slot in tuesdays} | {slot.reserve for slot in tuesdays}


def test_only_moderators_who_accepted_are_planned(rota: Rota) -> None:
    join(rota, LUCY, accepted=None)
    empty(rota)

    plan(rota)

    planned = {one for slot in slots(rota) for one in (slot.person, slot.reserve)}
    assert not planned & {rota.person(LUCY).id, rota.person(AISHA).id}


def test_whoever_joins_takes_turns_after_the_next_fortnight(rota: Rota) -> None:
    empty(rota)
    plan(rota)
    near = slots(rota, MONDAY, MONDAY + 2 * WEEK - DAY)
    rota.clock.advance(days=1)
    join(rota, LUCY, accepted=rota.clock())

    plan(rota)

    lucy = rota.person(LUCY).id
    theirs = [slot for slot in slots(rota) if slot.person == lucy]
    assert slots(rota, MONDAY, MONDAY + 2 * WEEK - DAY) == near
    assert 8 <= len(theirs) <= 14
    assert rota.inbox(LUCY) == []


def test_where_nobody_can_be_there_it_stays_a_gap(rota: Rota) -> None:
    for one in FOUR:
        rota.keep_away(one, date(2026, 12, 21), date(2027, 1, 4))
    empty(rota)

    plan(rota)

    gaps = [slot.starts_on for slot in slots(rota) if slot.person is None]
    assert gaps == [date(2026, 12, 21) + n * WEEK + d * DAY for n in range(2) for d in range(5)]


@pytest.mark.parametrize("state", [SiteState.CLOSED, SiteState.SUSPENDED])
def test_a_site_that_owes_no_cover_is_not_planned(rota: Rota, state: SiteState) -> None:
    empty(rota)
    with rota.database.begin() as uow:
        uow.sites.move(rota.site, SiteState.LIVE, state, on=MONDAY, entry=rota.entry())

    plan(rota)

    assert slots(rota) == ()


def test_one_person_of_two_sites_is_on_for_both_on_one_day_only_where_it_must_be(rota: Rota) -> None:
    empty(rota)
    other = a_second_site(rota, PRIYA, CALLUM, TOM)

    with rota.database.begin() as uow:
        planning.plan_setting(SettingId("elm-academy"), acting(rota, uow))

    first = {slot.starts_on: slot.person for slot in slots(rota)}
    second = {slot.starts_on: slot.person for slot in slots(rota, site=other)}
    both = [day for day, person in first.items() if second[day] == person]
    assert len(second) == 65
    assert len(both) <= 13


def test_a_setting_is_planned_whole_and_other_settings_are_not(rota: Rota) -> None:
    with rota.database.begin() as uow:
        for site in uow.sites.listed():
            uow.rota.drop(site.id, start=date(2026, 1, 1))
        planning.plan_setting(SettingId("elm-academy"), acting(rota, uow))
        laid_out = {site.id for site in uow.sites.listed() if uow.rota.slots(MONDAY, END, sites=(site.id,))}
        elm = {site.id for site in uow.sites.listed(setting=SettingId("elm-academy"))}

    assert laid_out == elm


def test_every_half_day_is_laid_out_and_weekends_where_they_are_owed(rota: Rota) -> None:
    empty(rota)
    with rota.database.begin() as uow:
        site = uow.sites.get(rota.site)
        assert site is not None
        halves = RotaShape(length=SlotLength.HALF_DAY, days=CoverDays.EVERY_DAY)
        uow.sites.change(replace(site, rota=halves), entry=rota.entry())

    plan(rota)

    made = slots(rota)
    assert len(made) == 2 * 90
    assert all(slot.person for slot in made)


def test_what_was_served_within_a_year_counts_and_what_is_longer_ago_does_not(rota: Rota) -> None:
    works_all_year(rota, TOM)
    site = a_second_site(rota, PRIYA, TOM, accepted=datetime(2025, 9, 1, 9, 0, tzinfo=UTC))
    priya, tom = rota.person(PRIYA).id, rota.person(TOM).id
    last_year = [a_day(site, date(2025, 10, 6) + number * DAY, tom) for number in range(5)]
    this_year = [a_day(site, date(2026, 10, 5) + number * DAY, priya) for number in range(5)]
    with rota.database.begin() as uow:
        uow.rota.lay_out((*last_year, *this_year))

    with rota.database.begin() as uow:
        planning.plan_setting(SettingId("elm-academy"), acting(rota, uow))

    counts = Counter(slot.person for slot in slots(rota, site=site))
    assert counts == {tom: 35, priya: 30}
