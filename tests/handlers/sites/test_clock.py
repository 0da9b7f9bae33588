"""Days move sites: a check falls due with the half-term, an evaluation with its year, a closing day comes."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

import pytest

from handlers.acting import Acting
from handlers.sites.clock import move_by_clock
from policy_kb.rules.london import london_instant
from policy_kb.site_words import SiteState
from tests.handlers.sites.life_office import answer_all
from tests.handlers.sites.people_office import acting, change, move, the_site

if TYPE_CHECKING:
    from tests.handlers.cover.rota_office import Rota
    from tests.handlers.sites.life_office import Approved


def look(rota: Rota, day: date) -> SiteState:
    """Let the bot look at sites on a day, twice, and return where the site is."""
    rota.clock.instant = london_instant(day, time(5))
    for number in range(2):
        with rota.database.begin() as uow:
            moved = move_by_clock(acting(rota, uow))
        assert number == 0 or moved == 0, "the same day again moves nothing"
    return the_site(rota).state


def test_a_check_is_due_on_the_first_working_day_of_the_half_term_and_not_before(rota: Rota) -> None:
    change(rota, live_on=date(2026, 11, 9))

    assert look(rota, date(2027, 1, 3)) is SiteState.LIVE
    assert look(rota, date(2027, 1, 4)) is SiteState.REVIEW_DUE  # the INSET day with which the term begins
    assert look(rota, date(2027, 1, 4)) is SiteState.REVIEW_DUE


def test_a_site_that_was_checked_is_not_due_again_before_the_next_half_term(rota: Rota) -> None:
    change(rota, live_on=date(2026, 9, 7), evaluate_on=date(2027, 9, 1))
    assert look(rota, date(2026, 11, 23)) is SiteState.REVIEW_DUE
    answer_all(rota, the_site(rota), "health")

    assert the_site(rota).state is SiteState.LIVE
    assert look(rota, date(2026, 12, 18)) is SiteState.LIVE
    assert look(rota, date(2027, 1, 4)) is SiteState.REVIEW_DUE


def test_a_site_is_judged_on_the_day_of_its_plan(rota: Rota) -> None:
    change(rota, live_on=date(2026, 11, 9), evaluate_on=date(2026, 12, 10))

    assert look(rota, date(2026, 12, 9)) is SiteState.LIVE
    assert look(rota, date(2026, 12, 10)) is SiteState.REVIEW_DUE


def test_a_day_on_which_it_is_to_be_looked_at_again_makes_it_due(rota: Rota) -> None:
    change(rota, live_on=date(2026, 11, 9), review_on=date(2026, 12, 1))

    assert look(rota, date(2026, 12, 1)) is SiteState.REVIEW_DUE


@pytest.mark.parametrize("state", [SiteState.LIVE, SiteState.REVIEW_DUE, SiteState.LEGACY])
def test_a_site_closes_when_its_day_has_come_and_is_looked_after_until_it_is_closed(
    rota: Rota, state: SiteState
) -> None:
    if state is not SiteState.LIVE:
        move(rota, state)
    change(rota, live_on=date(2026, 11, 9), closure=date(2026, 12, 18))

    assert look(rota, date(2026, 12, 17)) is state
    assert look(rota, date(2026, 12, 18)) is SiteState.CLOSING
    assert the_site(rota).is_in_use
    assert look(rota, date(2027, 3, 1)) is SiteState.CLOSING


def test_a_suspended_site_stays_suspended_whatever_day_comes(rota: Rota) -> None:
    move(rota, SiteState.SUSPENDED)
    change(rota, closure=date(2026, 12, 18), evaluate_on=date(2026, 12, 1))

    assert look(rota, date(2027, 6, 1)) is SiteState.SUSPENDED


def test_nobody_is_told_by_the_clock(rota: Rota) -> None:
    change(rota, closure=date(2026, 12, 18))

    look(rota, date(2026, 12, 18))

    rota.post()
    assert rota.read == {}


def test_a_site_that_is_not_live_yet_is_moved_by_no_day(approved: Approved) -> None:
    approved.clock.instant = london_instant(date(2028, 1, 10), time(5))
    with approved.database.begin() as uow:
        move_by_clock(Acting(person=None, view=approved.desk.reading(uow).view, uow=uow, now=approved.clock()))

    assert approved.site.state is SiteState.APPROVED
