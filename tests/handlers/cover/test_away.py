"""Days away: understood, confirmed, kept without a reason; the slots they touch are opened and others asked."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.message import plain_text
from policy_kb.bot_words import Action
from tests.handlers.cover.rota_office import (
    AISHA,
    CALLUM,
    EWA,
    GRACE,
    LUCY,
    MONDAY,
    PRIYA,
    THURSDAY,
    TOM,
    WEEK,
    Rota,
)
from tests.handlers.requests.office import everything, labels


def test_what_is_said_is_shown_before_anything_happens(rota: Rota) -> None:
    (asked,) = rota.say(TOM, "I’m off 1 to 11 Dec, thanks")

    assert asked.title == "Are you away from Tuesday 1 December to Friday 11 December?"
    assert "Netball Instagram, Thursday 3 December; Netball Instagram, Thursday 10 December" in plain_text(asked)
    assert labels(asked) == ["Yes, I am away", "No"]
    assert rota.absences(TOM) == []
    assert rota.who(THURSDAY) == TOM


def test_once_confirmed_the_slots_are_open_and_the_free_are_asked(rota: Rota) -> None:
    (asked,) = rota.say(TOM, "I'm off 1 to 11 Dec")

    (shown,) = rota.push(TOM, asked, "Yes")

    assert shown.title == "Written down: you are away from Tuesday 1 December to Friday 11 December."
    assert rota.absences(TOM) == [(date(2026, 12, 1), date(2026, 12, 12))]
    assert rota.who(THURSDAY) == ""
    assert rota.who(THURSDAY + 2 * WEEK) == TOM
    for who in (CALLUM, EWA, PRIYA):
        assert len([one for one in rota.inbox(who) if "Can you take" in one.title]) == 2
    assert everything(rota.inbox(GRACE)) == ""


def test_saying_yes_twice_keeps_it_once(rota: Rota) -> None:
    rota.press(TOM, Action.OFF, "2026-12-01:2026-12-12")
    rota.inbox(CALLUM)

    (shown,) = rota.press(TOM, Action.OFF, "2026-12-02:2026-12-04")

    assert shown.title.startswith("Written down: you are away from Tuesday 1 December")
    assert len(rota.absences(TOM)) == 1
    assert rota.inbox(CALLUM) == []


def test_whoever_takes_a_slot_of_somebody_away_is_named_to_them(rota: Rota) -> None:
    rota.press(TOM, Action.OFF, "2026-12-01:2026-12-05")

    rota.press(CALLUM, Action.TAKE_SLOT, rota.about(THURSDAY))

    assert "Callum Sample has your slot: Netball Instagram, Thursday 3 December." in everything(rota.inbox(TOM))


def test_back_again_what_nobody_took_is_theirs_and_what_was_taken_stays(rota: Rota) -> None:
    (kept,) = rota.press(TOM, Action.OFF, "2026-12-01:2026-12-12")
    rota.press(CALLUM, Action.TAKE_SLOT, rota.about(THURSDAY))

    (shown,) = rota.push(TOM, kept, "I am back")

    assert rota.absences(TOM) == []
    assert rota.who(THURSDAY) == CALLUM
    assert rota.who(THURSDAY + WEEK) == TOM
    assert rota.offer_of(THURSDAY + WEEK) is None
    assert shown.title == "Taken back: you are there from Tuesday 1 December to Friday 11 December."
    assert "Your slots then: Netball Instagram, Thursday 10 December" in plain_text(shown)
    assert "A slot that somebody took in the meantime stays with them." in plain_text(shown)


def test_back_can_be_said_and_pressed_twice(rota: Rota) -> None:
    rota.press(TOM, Action.OFF, "2026-12-01:2026-12-12")

    (asked,) = rota.say(TOM, "I'm back")
    (first,) = rota.push(TOM, asked, "1 Dec to 11 Dec 2026")
    (again,) = rota.push(TOM, asked, "1 Dec to 11 Dec 2026")

    assert first.title == "Taken back: you are there from Tuesday 1 December to Friday 11 December."
    assert again.title == "You are on next: Netball Instagram, Thursday 3 December."


def test_who_comes_back_early_reads_of_the_days_that_are_left_and_that_no_slot_is(rota: Rota) -> None:
    (kept,) = rota.press(TOM, Action.OFF, "2026-11-29:2026-12-05")
    rota.press(CALLUM, Action.TAKE_SLOT, rota.about(THURSDAY))
    rota.clock.advance(days=3)

    (shown,) = rota.push(TOM, kept, "I am back")

    assert shown.title == "Taken back: you are there from Wednesday 2 December to Friday 4 December."
    assert "Your slots then: none" in plain_text(shown)


def test_nobody_takes_back_the_days_of_another(rota: Rota) -> None:
    rota.press(TOM, Action.OFF, "2026-12-01:2026-12-12")
    with rota.database.begin() as uow:
        (absence,) = uow.rota.absences(date(2026, 12, 1), date(2026, 12, 2))

    rota.press(CALLUM, Action.BACK_AGAIN, str(absence.id))

    assert len(rota.absences(TOM)) == 1


def test_illness_is_today_and_nobody_is_asked_about_it(rota: Rota) -> None:
    rota.clock.advance(days=4)

    (asked,) = rota.say(TOM, "I'm off sick")
    (shown,) = rota.push(TOM, asked, "Yes")

    assert asked.title == "Are you away on Thursday 3 December?"
    assert shown.title == "Written down: you are away on Thursday 3 December."
    told = everything(rota.inbox(AISHA))
    assert "Can you take Netball Instagram today?" in told
    assert "sick" not in told
    assert rota.who(THURSDAY) == ""


def test_administrators_hear_at_once_that_today_has_nobody_where_nobody_is_free(rota: Rota) -> None:
    for who in (CALLUM, EWA, PRIYA):
        rota.press(who, Action.OFF, "2026-12-03:2026-12-04")
    rota.clock.advance(days=4)
    rota.keep_away(AISHA, THURSDAY, date(2026, 12, 4))
    rota.inbox(PRIYA)

    rota.press(TOM, Action.OFF, "2026-12-03:2026-12-04")

    assert "Nobody is free for Netball Instagram, Thursday 3 December." in everything(rota.inbox(PRIYA))


def test_days_that_are_over_are_refused_kindly(rota: Rota) -> None:
    (shown,) = rota.say(TOM, "I'm away 14 to 18 October 2026")

    assert shown.title.startswith("Those days are over, so I write nothing down.")
    assert rota.absences(TOM) == []


@pytest.mark.parametrize("about", ["2026-12-01:2028-01-05", "2029-01-01:2029-01-03"])
def test_days_so_long_or_far_that_they_were_misread_are_asked_again(rota: Rota, about: str) -> None:
    (shown,) = rota.press(TOM, Action.OFF, about)

    assert shown.title.startswith("I can write down at most a year")
    assert rota.absences(TOM) == []


def test_who_names_no_days_is_asked_for_them(rota: Rota) -> None:
    (form,) = rota.say(TOM, "I'm away over Christmas")

    (asked,) = rota.push(TOM, form, "Show me", first_day="2026-12-21", last_day="2027-01-01")

    assert asked.title == "Are you away from Monday 21 December to Friday 1 January 2027?"
    assert rota.absences(TOM) == []


def test_the_form_left_empty_is_shown_again(rota: Rota) -> None:
    (form,) = rota.say(TOM, "I'm away")

    (again,) = rota.push(TOM, form, "Show me")

    assert again.title == form.title


def test_who_looks_after_nothing_is_not_asked_which_days(rota: Rota) -> None:
    (shown,) = rota.say(GRACE, "I'm away")

    assert not shown.title.startswith("On which days")


def test_days_of_others_touch_no_slots(rota: Rota) -> None:
    (asked,) = rota.say(LUCY, "I'm off on Thursday")

    assert "None of your slots is touched." in plain_text(asked)


def test_a_slot_nobody_has_is_not_opened_again(rota: Rota) -> None:
    rota.leave_open(MONDAY)

    rota.press(PRIYA, Action.OFF, "2026-11-30:2026-12-01")

    assert rota.offer_of(MONDAY) is None


def test_what_was_offered_before_is_offered_on_and_asks_nobody_twice(rota: Rota) -> None:
    rota.press(TOM, Action.CANNOT, rota.about(THURSDAY))
    rota.inbox(CALLUM)

    rota.press(TOM, Action.OFF, "2026-12-03:2026-12-04")

    assert not [one for one in rota.inbox(CALLUM) if not one.replaces]
    assert rota.who(THURSDAY) == ""
    rota.press(CALLUM, Action.TAKE_SLOT, rota.about(THURSDAY))
    assert rota.who(THURSDAY) == CALLUM


def test_a_swap_that_was_asked_for_ends_with_the_absence(rota: Rota) -> None:
    rota.press(TOM, Action.SWAP, rota.about(THURSDAY), {"for_slot": (rota.about(MONDAY),)})

    rota.press(TOM, Action.OFF, "2026-12-03:2026-12-04")

    offer = rota.offer_of(THURSDAY)
    assert offer is not None
    assert offer.kind == "cover"


def test_later_slots_go_to_somebody_else_and_nobody_is_asked(rota: Rota) -> None:
    rota.press(TOM, Action.OFF, "2027-01-04:2027-01-09")

    assert rota.who(date(2027, 1, 7)) in {CALLUM, EWA, PRIYA}
    assert [message for who in (CALLUM, EWA, PRIYA) for message in rota.inbox(who)] == []
