"""A rota is cut anew from the next Monday on, by those who decide that, and whoever had a slot is told."""

from __future__ import annotations

from datetime import date

from policy_kb.bot_words import Action
from policy_kb.site_words import SlotLength
from tests.handlers.cover.rota_office import (
    AISHA,
    CALLUM,
    DENISE,
    EWA,
    PRIYA,
    THURSDAY,
    TOM,
    WEDNESDAY,
    WEEK,
    Rota,
)
from tests.handlers.requests.office import everything


def test_a_rota_is_cut_anew_from_monday_on(rota: Rota) -> None:
    with rota.database.begin() as uow:
        before = uow.rota.slots(date(2026, 11, 23), date(2026, 11, 30), sites=(rota.site,))
    (form,) = rota.press(PRIYA, Action.ROTA_SHAPE, str(rota.site))

    (shown,) = rota.push(PRIYA, form, "Lay it out", length="week", days="weekdays", holidays=("double",))

    assert shown.title == "The rota of Netball Instagram is laid out anew from Monday 30 November on."
    with rota.database.begin() as uow:
        site = uow.sites.get(rota.site)
        after = uow.rota.slots(date(2026, 11, 23), date(2026, 11, 30), sites=(rota.site,))
    assert site is not None
    assert (site.rota.length, site.rota.holidays_double) == (SlotLength.WEEK, True)
    assert before == after
    assert "laid out anew from Monday 30 November" in everything(rota.inbox(TOM))


def test_whoever_had_a_slot_only_in_some_weeks_is_told_of_another_cut_too(rota: Rota) -> None:
    callum = {"who": (rota.person(CALLUM).id,)}
    for number in range(3):
        rota.press(AISHA, Action.ASSIGN, rota.about(THURSDAY + number * WEEK), callum)
    rota.inbox(TOM)

    rota.press(PRIYA, Action.ROTA_SHAPE, str(rota.site), {"length": ("week",), "days": ("weekdays",)})

    assert "laid out anew from Monday 30 November" in everything(rota.inbox(TOM))


def test_the_same_cut_changes_nothing(rota: Rota) -> None:
    rota.press(PRIYA, Action.ROTA_SHAPE, str(rota.site), {"length": ("day",), "days": ("weekdays",)})

    assert rota.who(WEDNESDAY) == EWA
    assert rota.inbox(TOM) == []


def test_the_office_does_not_cut_rotas(rota: Rota) -> None:
    (shown,) = rota.press(DENISE, Action.ROTA_SHAPE, str(rota.site), {"length": ("week",), "days": ("weekdays",)})

    assert shown.title.startswith("Only the site's author, its administrators or the head")
