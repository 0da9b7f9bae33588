"""What somebody sees in the register: which sites, marked with what, in which order, and how they are covered."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from handlers.register import register_words as words
from handlers.register.reading import PAGE
from policy_kb.bot_words import Action
from policy_kb.rules.periods import DAY
from policy_kb.rules.register import Mark, WeekState
from policy_kb.site_words import SiteId, SiteState
from tests.handlers.cover.rota_office import CALLUM, NAME, SUNDAY, THURSDAY, TUESDAY, WEEK
from tests.handlers.register.register_office import ELM, HANNA, Readers
from tests.handlers.requests.office import AISHA, DENISE, GRACE, HARRIET, MARTIN, PRIYA, TOM

IDRIS = "idris.example@central-service.example"  # the auditor
ELM_ALONE = {"Elm Academy (sample)"}
TRUST = {"Elm Academy (sample)", "Little Acorns Nursery (sample)", "Oak Academy (sample)"}
A_NEXT_MONDAY = datetime(2026, 12, 7, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("who", [TOM, CALLUM])
def test_a_moderator_sees_their_own_sites(readers: Readers, who: str) -> None:
    person = readers.person(who).id

    lines = readers.register(who).lines

    assert NAME in [one.site.name for one in lines]
    assert all(person in one.site.people_on(readers.clock().date()) for one in lines)


def test_an_author_sees_a_site_they_do_not_look_after(readers: Readers) -> None:
    readers.open_site("Poetry page", HANNA, AISHA, PRIYA)

    assert readers.names(HANNA) == ["Poetry page"]


@pytest.mark.parametrize("who", [GRACE, DENISE])
def test_the_head_and_the_office_see_their_setting(readers: Readers, who: str) -> None:
    found = readers.register(who)

    assert {one.name for one in found.settings} == ELM_ALONE
    assert found.found > 10


@pytest.mark.parametrize("who", [HARRIET, IDRIS, MARTIN])
def test_whoever_works_for_the_whole_trust_in_a_role_sees_every_setting(readers: Readers, who: str) -> None:
    assert {one.name for one in readers.register(who).settings} == TRUST


def test_whoever_has_no_part_in_any_site_sees_none(readers: Readers) -> None:
    found = readers.register(HANNA)

    assert (found.settings, found.lines, found.found) == ((), (), 0)


def test_one_site_is_shown_to_those_alone_who_see_it_in_the_register(readers: Readers) -> None:
    assert readers.site_record(TOM, readers.site) is not None
    assert readers.site_record(GRACE, readers.site) is not None
    assert readers.site_record(HANNA, readers.site) is None
    assert readers.site_record(GRACE, SiteId(999_999)) is None


def test_whoever_stopped_looking_after_a_site_sees_it_no_more(readers: Readers) -> None:
    tom = readers.person(TOM).id
    with readers.database.begin() as uow:
        site = uow.sites.get(readers.site)
        assert site is not None
        for member in site.members:
            if member.person == tom:
                uow.sites.end_member(
                    readers.site, tom, member.role, until=readers.clock().date(), entry=readers.entry()
                )

    assert NAME not in readers.names(TOM)


def test_a_site_whose_every_day_has_somebody_is_covered(readers: Readers) -> None:
    readers.clock.instant = A_NEXT_MONDAY

    found = readers.line(GRACE, NAME)

    assert Mark.UNCOVERED not in found.marks
    assert [week.state for week in found.weeks] == [WeekState.COVERED] * 7 + [WeekState.EMPTY] * 6
    assert words.week_in_words(found, readers.register(GRACE, q=NAME).names, A_NEXT_MONDAY.date()) == (
        "Priya Sample, Callum Sample, Ewa Example, Tom Example"
    )


def test_a_gap_of_this_week_is_found_until_its_day_is_over(readers: Readers) -> None:
    readers.clock.instant = A_NEXT_MONDAY
    readers.leave_open(TUESDAY + WEEK)

    before = readers.line(GRACE, NAME)
    readers.wait(timedelta(days=2))
    after = readers.line(GRACE, NAME)

    assert (Mark.UNCOVERED in before.marks, Mark.UNCOVERED in after.marks) == (True, False)
    assert (before.weeks[0].state, before.weeks[0].open) == (WeekState.GAP, 1)


def test_a_decision_to_leave_days_without_cover_is_no_gap_and_says_who_decided(readers: Readers) -> None:
    readers.leave_open(TUESDAY)
    readers.press(AISHA, Action.SETTLE_GAP_SURELY, f"{readers.site}:2026-12-01:2026-12-02:comments_off")

    found = readers.register(GRACE, q=NAME)
    week = found.lines[0].weeks[0]

    assert week.state is WeekState.INTENDED
    assert words.strip_in_words(week, found.names, found.today) == (
        "This weekend, and week of 30 November: left uncovered on purpose; "
        "comments off, decided by Aisha Sample on 29 November"
    )


def test_a_week_with_a_gap_beside_a_decision_is_a_gap(readers: Readers) -> None:
    readers.leave_open(TUESDAY, THURSDAY)
    readers.press(AISHA, Action.SETTLE_GAP_SURELY, f"{readers.site}:2026-12-01:2026-12-02:paused")

    week = readers.line(GRACE, NAME).weeks[0]

    assert (week.state, week.slots, week.open, len(week.decided)) == (WeekState.GAP, 5, 1, 1)


def test_at_a_weekend_the_week_that_comes_is_looked_at(readers: Readers) -> None:
    whole = readers.line(GRACE, NAME)
    readers.leave_open(THURSDAY)

    assert Mark.UNCOVERED not in whole.marks
    assert whole.weeks[0].starts_on == TUESDAY - DAY
    assert Mark.UNCOVERED in readers.line(GRACE, NAME).marks


def test_an_empty_rota_is_not_covered(readers: Readers) -> None:
    readers.open_site("Poetry page", AISHA, AISHA, PRIYA)

    found = readers.line(AISHA, "Poetry page")

    assert Mark.UNCOVERED in found.marks
    assert words.week_in_words(found, {}, readers.clock().date()) == "Nobody: no rota is laid out"


def test_fewer_than_two_who_have_accepted_are_below_two(readers: Readers) -> None:
    readers.open_site("Poetry page", AISHA, AISHA)

    assert "Poetry page" in readers.names(GRACE, show="below_two")
    assert NAME not in readers.names(GRACE, show="below_two")


@pytest.mark.parametrize(
    ("what", "day", "due"),
    [
        ("review_on", date(2026, 12, 27), True),
        ("review_on", date(2026, 12, 28), False),
        ("evaluate_on", date(2026, 11, 1), True),
        ("closure", date(2027, 1, 28), True),
        ("closure", date(2027, 1, 29), False),
    ],
)
def test_what_is_near_is_due(readers: Readers, what: str, day: date, *, due: bool) -> None:
    readers.change_site(**{what: day})

    assert (NAME in readers.names(GRACE, show="due")) is due


@pytest.mark.parametrize(
    ("state", "show"),
    [(SiteState.CLOSING, "closing"), (SiteState.SUSPENDED, "suspended"), (SiteState.REVIEW_DUE, "due")],
)
def test_a_site_is_found_by_where_it_is_in_its_life(readers: Readers, state: SiteState, show: str) -> None:
    readers.move_site(state)

    assert NAME in readers.names(GRACE, show=show)


def test_closed_sites_are_shown_where_they_are_asked_for_and_nowhere_else(readers: Readers) -> None:
    readers.move_site(SiteState.CLOSED)

    assert readers.names(TOM) == []
    assert readers.names(TOM, show="closed") == [NAME]


def test_a_legacy_site_and_one_before_it_goes_live_are_found_as_such(readers: Readers) -> None:
    readers.open_site("Old page", AISHA, AISHA, PRIYA, state=SiteState.LEGACY)
    readers.open_site("New page", AISHA, AISHA, PRIYA, state=SiteState.PRE_LIVE)

    assert "Old page" in readers.names(GRACE, show="legacy")
    assert readers.names(GRACE, show="pre_live") == ["New page"]
    assert "New page" not in readers.names(GRACE, show="in_use")


def test_a_site_of_which_nothing_was_recorded_for_twenty_working_days_is_neglected(readers: Readers) -> None:
    with readers.database.begin() as uow:
        uow.sites.touch(readers.site, date(2026, 11, 2))
    lately = readers.names(GRACE, show="neglected")
    readers.wait(timedelta(days=3))

    assert NAME not in lately
    assert NAME in readers.names(GRACE, show="neglected")


def test_words_are_looked_for_in_the_name_the_setting_the_host_and_the_number(readers: Readers) -> None:
    assert readers.names(GRACE, q="netBALL insta") == [NAME]
    assert readers.names(GRACE, q=f"S-{readers.site}") == [NAME]
    assert readers.names(GRACE, q="elm netball") == [NAME]
    assert readers.names(GRACE, q="100% nothing_like' that") == []


def test_a_setting_is_looked_at_alone_and_another_that_is_not_seen_changes_nothing(readers: Readers) -> None:
    whole, elm = readers.register(HARRIET), readers.register(HARRIET, setting=ELM)

    assert {one.setting for one in elm.lines} == ELM_ALONE
    assert whole.found > elm.found > 0
    assert readers.register(GRACE, setting="oak-academy").found == elm.found


@pytest.mark.parametrize("nonsense", ["", "-1", "0", "999999999999", "x", "½", "²"])
def test_an_address_that_was_changed_by_hand_shows_what_can_be_read_of_it(readers: Readers, nonsense: str) -> None:
    found = readers.register(GRACE, show=nonsense, sort=nonsense, setting=nonsense, page=nonsense)

    assert found.lines == readers.register(GRACE).lines


def test_what_needs_attention_comes_first_and_other_orders_can_be_asked_for(readers: Readers) -> None:
    readers.clock.instant = A_NEXT_MONDAY
    readers.open_site("Zebra page", AISHA, AISHA)
    readers.change_site(review_on=date(2026, 12, 8))

    attention, by_name, by_date = (
        readers.names(AISHA, sort=order, q=looked_for)
        for order, looked_for in (("attention", ""), ("name", ""), ("ends", ""))
    )

    assert attention.index("Zebra page") < attention.index(NAME)
    assert by_name == sorted(by_name, key=str.casefold)
    assert by_date[0] == NAME


def test_many_sites_are_turned_over_page_by_page_and_none_is_left_out(readers: Readers) -> None:
    for number in range(PAGE + 5):
        readers.open_site(f"Page {number:03}", HANNA, AISHA)

    pages = [readers.register(HANNA, sort="name", page=str(number)) for number in (1, 2, 3)]

    assert [len(one.lines) for one in pages] == [PAGE, 5, 5]
    assert [one.asked.page for one in pages] == [1, 2, 2]
    assert len({line.site.id for one in pages for line in one.lines}) == PAGE + 5


def test_each_setting_and_the_trust_is_there_in_numbers(readers: Readers) -> None:
    readers.clock.instant = A_NEXT_MONDAY
    readers.leave_open(TUESDAY + WEEK)

    found = readers.register(HARRIET)

    for mark in Mark:
        assert found.total.marks[mark] == sum(one.marks[mark] for one in found.settings)
    assert (found.total.owed - found.total.covered) == sum(one.owed - one.covered for one in found.settings)
    assert found.total.owed > found.total.covered > 0


@pytest.mark.parametrize("state", [SiteState.DECLINED, SiteState.WITHDRAWN])
def test_a_site_that_came_to_nothing_is_kept_with_the_closed_ones_and_never_due(
    readers: Readers, state: SiteState
) -> None:
    readers.change_site(review_on=SUNDAY.date())
    readers.move_site(state)

    assert NAME not in readers.names(GRACE)
    assert NAME not in readers.names(GRACE, show="due")
    assert NAME in readers.names(GRACE, show="closed")


def test_nobody_is_said_to_be_on_for_a_site_that_is_suspended(readers: Readers) -> None:
    readers.move_site(SiteState.SUSPENDED)

    found = readers.line(GRACE, NAME)

    assert words.week_in_words(found, readers.register(GRACE, q=NAME).names, SUNDAY.date()) == "Owes no cover"
