"""Who could take a slot, in the order people are thought of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.cover.free import free_for
from policy_kb.bot_words import Action
from policy_kb.rules.periods import DAY
from policy_kb.site_words import SlotHow
from tests.handlers.cover.planned import a_day, a_second_site, join
from tests.handlers.cover.rota_office import (
    AISHA,
    CALLUM,
    EWA,
    FRIDAY,
    LUCY,
    MONDAY,
    PRIYA,
    THURSDAY,
    TOM,
    TUESDAY,
    Rota,
)

if TYPE_CHECKING:
    from datetime import date


def free(rota: Rota, day: date) -> list[str]:
    """Return the addresses of whoever could take a day, best first."""
    slot = rota.slot(day)
    with rota.database.begin() as uow:
        site = uow.sites.get(rota.site)
        assert site is not None
        found = [uow.people.get(one) for one in free_for(slot, site, uow, rota.clock().date())]
    return [one.email for one in found if one]


def test_the_reserve_comes_first_then_moderators_by_what_they_have_then_administrators(rota: Rota) -> None:
    # Callum is the reserve; Ewa has a day a week; Priya has two, and administers the site too; Aisha only does that.
    assert free(rota, THURSDAY) == [CALLUM, EWA, PRIYA, AISHA]


def test_whoever_has_the_slot_is_not_among_them(rota: Rota) -> None:
    assert TOM not in free(rota, THURSDAY)


def test_whoever_does_not_work_then_or_is_away_is_not_among_them(rota: Rota) -> None:
    rota.keep_away(PRIYA, TUESDAY, TUESDAY + DAY)

    assert free(rota, TUESDAY) == [TOM, AISHA]


def test_whoever_has_not_accepted_is_not_among_them(rota: Rota) -> None:
    join(rota, LUCY, accepted=None)

    assert LUCY not in free(rota, FRIDAY)


def test_whoever_has_a_slot_elsewhere_at_the_time_comes_last(rota: Rota) -> None:
    other = a_second_site(rota, CALLUM, EWA)
    with rota.database.begin() as uow:
        callum, ewa = rota.person_in(uow, CALLUM).id, rota.person_in(uow, EWA).id
        on_thursday, on_monday = a_day(other, THURSDAY, callum), a_day(other, MONDAY, ewa)
        uow.rota.lay_out((on_thursday, on_monday))

    assert free(rota, THURSDAY) == [EWA, PRIYA, AISHA, CALLUM]


def test_those_who_are_free_are_asked_and_nobody_else(rota: Rota) -> None:
    rota.keep_away(CALLUM, THURSDAY, THURSDAY + DAY)

    rota.press(TOM, Action.CANNOT, rota.about(THURSDAY))

    offer = rota.offer_of(THURSDAY)
    assert offer is not None
    assert set(offer.asked) == {rota.person(one).id for one in (EWA, PRIYA, AISHA)}


def test_a_slot_that_was_taken_has_the_weight_of_a_planned_one(rota: Rota) -> None:
    for week in range(8):
        rota.press(EWA, Action.TAKE_SLOT, rota.about(THURSDAY + 7 * week * DAY))
    with rota.database.begin() as uow:
        ewa = rota.person_in(uow, EWA).id
        for week in range(3):
            slot = uow.rota.slots(MONDAY + 7 * week * DAY, MONDAY + (7 * week + 1) * DAY, sites=(rota.site,))[0]
            uow.rota.give(slot, ewa, SlotHow.TAKEN, entry=rota.entry())

    assert free(rota, FRIDAY) == [CALLUM, TOM, EWA, AISHA]
