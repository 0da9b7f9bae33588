"""The register of sites: everything that was approved is kept, and whatever changes is told to the site's chain."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from policy_kb.request_words import FormKey, RequestId, RequestState
from policy_kb.rules.site import RotaShape
from policy_kb.site_words import CoverDays, SiteId, SiteState, SlotLength
from policy_kb.words import SettingId, Verb
from storage.audit import Subject
from storage.audit_check import verify
from storage.errors import ChangeRefused
from tests.storage.builders import ELM, OAK
from tests.storage.request_builders import SITE, sent
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
    a_full_site,
    a_member,
    a_site,
    opened,
    staff,
    the_site,
)

if TYPE_CHECKING:
    from policy_kb.rules.site import Site
    from storage.database import Database


def test_all_that_is_known_of_a_site_is_read_back_as_it_was_written(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        site = replace(a_full_site(), request=sent(work))
        number = work.sites.open(site, entry=BY_PRIYA)

    with database.begin() as work:
        read, found = work.sites.get(number), work.sites.of_request(site.request or RequestId(0))
    assert read == found == replace(site, id=number)


def test_a_site_taken_in_without_a_request_has_none_and_nothing_is_made_up(database: Database) -> None:
    with database.begin() as work:
        number = opened(work, a_site())

    with database.begin() as work:
        assert the_site(work, number) == replace(a_site(), id=number)
        assert work.sites.of_request(RequestId(1)) is None
        assert work.sites.get(SiteId(NEVER_MADE)) is None
        assert work.sites.hold(SiteId(NEVER_MADE)) is None


def test_the_chain_of_a_site_begins_with_its_opening_and_those_who_look_after_it(database: Database) -> None:
    with database.begin() as work:
        number = opened(work, a_full_site())

    with database.begin() as work:
        rows = work.audit.chain(Subject.of_site(number))
        assert verify(tuple(work.audit.everything()), {}).findings == ()
    assert [row.verb for row in rows] == [Verb.OPENED, Verb.ADDED, Verb.ADDED]
    facts = json.loads(rows[0].facts)
    assert (facts["setting"], facts["state"]) == (ELM.id, "closing")
    assert PRIYA not in rows[0].facts


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(replace(a_site(), name="Year 6 blog"), id="a name that the setting has already"),
        pytest.param(replace(a_site(), setting=SettingId("ash")), id="an unknown setting"),
        pytest.param(a_site(author=NOBODY), id="an unknown author"),
        pytest.param(a_site("X", a_member(NOBODY)), id="an unknown moderator"),
        pytest.param(replace(a_site(), request=RequestId(NEVER_MADE)), id="an unknown request"),
    ],
)
def test_a_site_that_cannot_be_is_refused_and_nothing_of_it_stays(database: Database, wrong: Site) -> None:
    with database.begin() as work:
        opened(work, a_site("Year 6 blog"))

    with pytest.raises(ChangeRefused), database.begin() as work:
        work.sites.open(wrong, entry=BY_PRIYA)

    with database.begin() as work:
        assert [site.name for site in work.sites.listed()] == ["Year 6 blog"]


def test_two_settings_may_have_a_site_of_one_name_and_one_request_becomes_one_site(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        request_id = sent(work)
        first = work.sites.open(replace(a_site(), request=request_id), entry=BY_PRIYA)
        second = work.sites.open(a_site(setting=OAK), entry=BY_PRIYA)

    with pytest.raises(ChangeRefused), database.begin() as work:
        work.sites.open(replace(a_site("Another"), request=request_id), entry=BY_PRIYA)

    with database.begin() as work:
        assert {site.id for site in work.sites.listed()} == {first, second}


def test_sites_are_listed_by_name_for_a_setting_and_for_some_states(database: Database) -> None:
    with database.begin() as work:
        opened(work, a_site("C"))
        opened(work, replace(a_site("B"), state=SiteState.CLOSED))
        opened(work, a_site("A", setting=OAK))

        def names(**which: object) -> str:
            return "".join(site.name for site in work.sites.listed(**which))  # type: ignore[arg-type]  # each case names its own

        assert names() == "ABC"
        assert names(setting=ELM.id) == "BC"
        assert names(states=(SiteState.LIVE,)) == "AC"
        assert names(setting=OAK.id, states=(SiteState.CLOSED,)) == ""
        assert names(states=()) == ""


def test_somebodys_sites_are_those_they_wrote_the_form_for_and_those_they_look_after_on_that_day(
    database: Database,
) -> None:
    with database.begin() as work:
        staff(work)
        opened(work, a_site("A", author=TOM))
        opened(work, a_site("B", a_member(TOM), a_member(TOM, ADMINISTERS), a_member(ZOE)))
        ended = opened(work, a_site("C", a_member(TOM)))
        opened(work, a_site("D", a_member(TOM, since=MONDAY + 2 * DAY)))
        opened(work, a_site("E", a_member(ZOE)))
        work.sites.end_member(ended, TOM, MODERATES, until=MONDAY + DAY, entry=BY_PRIYA)

        def on(day: int) -> str:
            return "".join(site.name for site in work.sites.of_person(TOM, MONDAY + day * DAY))

        assert [on(day) for day in (-1, 0, 1, 2)] == ["A", "ABC", "AB", "ABD"]
        assert [len(site.members) for site in work.sites.of_person(TOM, MONDAY)] == [0, 3, 1]


def test_a_change_is_kept_and_told_by_the_names_of_what_changed_and_not_by_the_words(database: Database) -> None:
    with database.begin() as work:
        number = opened(work, a_full_site())
        before = the_site(work, number)
        other = replace(before, aims="Forty readers", closure=None, rota=RotaShape(length=SlotLength.DAY))

        changed = work.sites.change(other, entry=BY_TOM)

    with database.begin() as work:
        assert the_site(work, number) == other
        row = work.audit.chain(Subject.of_site(number))[-1]
    assert changed == ("aims", "closure", "rota")
    assert json.loads(row.facts)["changed"] == ["aims", "closure", "rota"]
    assert other.rota.days is CoverDays.WEEKDAYS


def test_a_change_leaves_the_request_the_state_and_the_people_as_they_are(database: Database) -> None:
    with database.begin() as work:
        number = opened(work, a_full_site())
        before = the_site(work, number)
        mistaken = replace(
            before, request=RequestId(NEVER_MADE), state=SiteState.LIVE, state_since=MONDAY + DAY, members=()
        )

        alone = work.sites.change(mistaken, entry=BY_TOM)
        along = work.sites.change(replace(mistaken, address="https://other.example"), entry=BY_TOM)

        assert (alone, along) == ((), ("address",))
        assert the_site(work, number) == replace(before, address="https://other.example")


def test_a_change_to_what_is_not_there_or_cannot_be_changes_nothing(database: Database) -> None:
    with database.begin() as work:
        number = opened(work, a_site("Taken"))
        site = the_site(work, opened(work, a_site("Mine")))
        with pytest.raises(LookupError):
            work.sites.change(replace(site, id=SiteId(NEVER_MADE)), entry=BY_TOM)

    for wrong in (replace(site, name="Taken"), replace(site, author=NOBODY)):
        with pytest.raises(ChangeRefused), database.begin() as work:
            work.sites.change(wrong, entry=BY_TOM)

    with database.begin() as work:
        assert the_site(work, site.id) == site
        assert the_site(work, number).name == "Taken"
        assert [row.verb for row in work.audit.chain(Subject.of_site(site.id))] == [Verb.OPENED]


def test_a_site_moves_only_from_where_it_is(database: Database) -> None:
    closes = replace(BY_TOM, verb=Verb.CLOSED)
    with database.begin() as work:
        number = opened(work)

        told = [
            work.sites.move(number, SiteState.LIVE, SiteState.CLOSED, on=MONDAY + DAY, entry=closes) for _ in range(2)
        ]

        assert told == [True, False]
        assert (the_site(work, number).state, the_site(work, number).state_since) == (SiteState.CLOSED, MONDAY + DAY)
        rows = work.audit.chain(Subject.of_site(number))
    assert [row.verb for row in rows] == [Verb.OPENED, Verb.CLOSED]
    assert json.loads(rows[-1].facts) == {"from": "live", "to": "closed"}


def test_the_last_day_anything_was_recorded_only_moves_on(database: Database) -> None:
    with database.begin() as work:
        number, other = opened(work), opened(work, a_site("Other"))

        seen = []
        for days in (1, 3, 2):
            work.sites.touch(number, MONDAY + days * DAY)
            seen.append(the_site(work, number).active_on)

        assert seen == [MONDAY + DAY, MONDAY + 3 * DAY, MONDAY + 3 * DAY]
        assert the_site(work, other).active_on is None


def test_several_sites_are_held_and_read_by_name_and_those_that_are_not_there_are_left_out(database: Database) -> None:
    with database.begin() as work:
        second, first, _ = (opened(work, a_site(name)) for name in ("B", "A", "C"))

        assert [site.id for site in work.sites.hold_all((second, first, SiteId(NEVER_MADE)))] == [first, second]
        assert work.sites.hold_all(()) == ()


def test_an_approved_request_waits_until_it_has_become_a_site(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        oldest, newer, undecided = (sent(work) for _ in range(3))
        for request_id in (newer, oldest):
            approved = (RequestState.SUBMITTED, RequestState.APPROVED)
            work.requests.change_state(request_id, *approved, now=BY_TOM.at, entry=BY_TOM)

        before, other_form = work.sites.not_opened(SITE), work.sites.not_opened(FormKey("other"))
        work.sites.open(replace(a_site(), request=oldest), entry=BY_PRIYA)

        assert (before, other_form) == ((oldest, newer), ())
        assert work.sites.not_opened(SITE) == (newer,)
        assert undecided not in before
