"""Once somebody's last day is over they are taken out of every site, rota, offer and feed."""

from __future__ import annotations

from datetime import date

from policy_kb.bot_words import Action
from tests.handlers.cover.rota_office import (
    CALLUM,
    GRACE,
    LUCY,
    MONDAY,
    THURSDAY,
    TOM,
    TUESDAY,
    Rota,
)
from tests.handlers.requests.mornings import leaves
from tests.handlers.sites.leaving_days import (
    WEDNESDAY_IS_LAST,
    feeds,
    night,
    others_have_left_before,
    works,
)
from tests.handlers.sites.people_office import (
    audited,
    parts,
    slots_of,
    tasks,
    the_site,
)

__all__ = ["others_have_left_before"]


def test_until_the_last_day_is_over_nothing_is_taken(rota: Rota) -> None:
    leaves(rota, TOM, WEDNESDAY_IS_LAST)

    assert night(rota, date(2026, 12, 2)) == 0
    assert len(slots_of(rota, TOM)) == 8


def test_once_it_is_over_parts_end_with_it_and_slots_fall_open(rota: Rota) -> None:
    leaves(rota, TOM, WEDNESDAY_IS_LAST)

    assert night(rota, WEDNESDAY_IS_LAST) == 1

    assert parts(rota, TOM) == set()
    assert [one.until for one in the_site(rota).members if one.person == "tom-example"] == [WEDNESDAY_IS_LAST]
    assert slots_of(rota, TOM) == []
    assert rota.who(THURSDAY) == ""
    assert ("removed", "A.5.4") in audited(rota)
    assert rota.who(TUESDAY) == CALLUM


def test_the_second_night_does_nothing_again(rota: Rota) -> None:
    leaves(rota, TOM, WEDNESDAY_IS_LAST)
    night(rota, WEDNESDAY_IS_LAST)
    before = audited(rota)

    assert night(rota, date(2026, 12, 4)) == 0

    assert audited(rota) == before
    assert len(tasks(rota)) == 1


def test_nights_that_the_bot_missed_are_made_up_for(rota: Rota) -> None:
    leaves(rota, TOM, WEDNESDAY_IS_LAST)

    assert night(rota, date(2026, 12, 8)) == 1

    assert [one.until for one in the_site(rota).members if one.person == "tom-example"] == [WEDNESDAY_IS_LAST]
    assert slots_of(rota, TOM) == []


def test_an_end_that_was_entered_late_counts_from_when_it_was(rota: Rota) -> None:
    leaves(rota, TOM, date(2026, 5, 1))

    assert night(rota, MONDAY) == 1

    assert parts(rota, TOM) == set()
    assert slots_of(rota, TOM) == []


def test_a_leaver_is_nobodys_reserve(rota: Rota) -> None:
    leaves(rota, CALLUM, MONDAY)
    assert rota.slot(THURSDAY).reserve == "callum-sample"

    night(rota, MONDAY)

    assert rota.slot(THURSDAY).reserve is None


def test_offers_end_and_whoever_had_asked_for_a_swap_is_told(rota: Rota) -> None:
    rota.press(TOM, Action.SWAP, rota.about(THURSDAY), {"for_slot": (rota.about(TUESDAY),)})
    rota.post()
    rota.read.clear()
    leaves(rota, CALLUM, MONDAY)

    night(rota, MONDAY)

    assert rota.offer_of(THURSDAY) is None
    assert rota.who(THURSDAY) == TOM
    assert rota.inbox(TOM)[0].title.startswith("This swap is off")


def test_calendar_feeds_stop_also_of_somebody_who_looks_after_nothing(rota: Rota) -> None:
    toms, graces, lucys = feeds(rota, TOM, GRACE, LUCY)
    leaves(rota, TOM, MONDAY)
    leaves(rota, GRACE, MONDAY)

    assert night(rota, MONDAY) == 2

    assert [works(rota, one) for one in (toms, graces, lucys)] == [False, False, True]
