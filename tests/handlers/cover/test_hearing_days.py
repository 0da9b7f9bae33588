"""Words about cover that name days: what they ask for, and what they leave open and is asked back."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.message import plain_text
from policy_kb.bot_words import Action
from policy_kb.rules.periods import DAY
from policy_kb.site_words import SlotPart
from tests.handlers.cover.rota_office import (
    AISHA,
    CALLUM,
    FRIDAY,
    MONDAY,
    NAME,
    THURSDAY,
    TOM,
    Rota,
)
from tests.handlers.requests.office import labels

MARCH = date(2027, 3, 1)  # a Monday far from every other slot


def test_who_names_a_day_of_a_week_has_not_given_up_the_week(rota: Rota) -> None:
    number = rota.lay_out(MARCH, 5, TOM)

    (shown,) = rota.say(TOM, "Can someone cover my slot on 5 March?")

    assert shown.title == "Shall I find cover for Netball Instagram, week of Monday 1 March 2027?"
    assert "Your slot is the whole week" in plain_text(shown)
    assert "I have asked nobody yet." in plain_text(shown)
    assert labels(shown) == ["Find cover", "Swap", "My slots"]
    assert rota.offer_of(MARCH) is None
    (asked,) = rota.push(TOM, shown, "Find cover")
    assert asked.title.startswith("I have asked")
    assert shown.buttons[0].about == str(number)


def test_a_swap_for_one_of_two_slots_of_a_day_shows_a_form_for_each(rota: Rota) -> None:
    rota.lay_out(THURSDAY, 1, TOM, SlotPart.AFTERNOON)

    forms = rota.say(TOM, "swap my slot on 3 December with Priya's on 4 December")

    assert len(forms) == 2
    assert all(one.title.startswith("Swap Netball Instagram, Thursday 3 December") for one in forms)
    assert all(one.fields[0].filled == (rota.about(FRIDAY),) for one in forms)


def test_who_names_a_day_of_a_week_that_others_are_asked_about_sees_how_that_stands(rota: Rota) -> None:
    number = rota.lay_out(MARCH, 5, TOM)
    rota.press(TOM, Action.CANNOT, str(number))

    (shown,) = rota.say(TOM, "find me cover for 5 March")

    assert shown.title.startswith("I have asked")


def test_who_names_the_whole_week_asks_at_once(rota: Rota) -> None:
    rota.lay_out(MARCH, 5, TOM)

    (shown,) = rota.say(TOM, "find me cover from 1 to 5 March")

    assert shown.title.startswith("I have asked")


def test_who_names_the_last_day_of_their_week_on_that_day_asks_at_once(rota: Rota) -> None:
    rota.lay_out(MARCH, 5, TOM)
    rota.clock.instant = rota.clock().replace(year=2027, month=3, day=5)

    (shown,) = rota.say(TOM, "I can't do today")

    assert shown.title.startswith("I have asked")


def test_who_asks_who_can_is_shown_the_slot_and_nobody_is_asked_yet(rota: Rota) -> None:
    (shown,) = rota.say(TOM, "Who can take my slot on Thursday?")

    assert shown.title == "Shall I find cover for Netball Instagram, Thursday 3 December?"
    assert rota.offer_of(THURSDAY) is None


@pytest.mark.parametrize("text", ["I can't this week", "can't make Thursday", "cannot do Thursday, sorry"])
def test_who_cannot_on_a_day_may_say_it_shortly(rota: Rota, text: str) -> None:
    (shown,) = rota.say(TOM, text)

    assert shown.title.startswith("I have asked 4 people for Netball Instagram, Thursday 3 December.")


@pytest.mark.parametrize("text", ["take Thursday", "put me on Thursday", "put me down for Thursday"])
def test_who_puts_themselves_on_a_day_takes_it(rota: Rota, text: str) -> None:
    rota.leave_open(THURSDAY)

    rota.say(CALLUM, text)

    assert rota.who(THURSDAY) == CALLUM


def test_whoever_has_no_part_in_a_site_is_not_put_on_it_and_that_is_said(rota: Rota) -> None:
    (shown,) = rota.say(AISHA, "put Lucy on Thursday")

    assert shown.title.startswith("Only people who look after this site")
    assert rota.who(THURSDAY) == TOM


@pytest.mark.parametrize("text", ["I'm off 5 to 2 December", "I'm away 20 to 3 December"])
def test_days_that_go_backwards_are_asked_for(rota: Rota, text: str) -> None:
    (shown,) = rota.say(TOM, text)

    assert shown.title == "On which days are you away?"
    assert rota.absences(TOM) == []


def test_on_a_sunday_this_week_is_the_one_that_comes(rota: Rota) -> None:
    (shown,) = rota.say(TOM, "I'm off this week")

    assert shown.title == "Are you away from Monday 30 November to Friday 4 December?"


def test_a_swap_with_somebody_who_has_no_slot_of_the_site_says_so(rota: Rota) -> None:
    (shown,) = rota.say(TOM, "swap my slot on 3 December with Grace")

    assert shown.title == f"There is no slot to swap {NAME}, Thursday 3 December for."
    assert "Grace Sample has no slot of this site in the next 8 weeks that would fit." in plain_text(shown)


def test_a_swap_for_a_day_on_which_the_other_has_none_says_so_and_presets_nothing(rota: Rota) -> None:
    (form,) = rota.say(TOM, "swap my slot on 3 December with Callum's on 9 December")

    assert "Callum Sample has no slot on Wednesday 9 December." in plain_text(form)
    assert all("Callum Sample" in one.label for one in form.fields[0].options)
    assert form.fields[0].filled == ()


def test_a_swap_for_several_days_leaves_the_choice(rota: Rota) -> None:
    (form,) = rota.say(TOM, "swap my slot on 3 December with Priya's on 4 to 7 December")

    assert "has no slot" not in plain_text(form)
    assert form.fields[0].filled == ()


def test_a_swap_with_somebody_leaves_open_for_which_slot(rota: Rota) -> None:
    (form,) = rota.say(TOM, "swap Thursday with Callum")

    assert form.fields[0].filled == ()
    assert form.fields[0].needed
    (again,) = rota.push(TOM, form, "Ask for the swap")
    assert again.fields[0].name == "for_slot"


def test_a_slot_that_does_not_fit_is_said_to(rota: Rota) -> None:
    rota.keep_away(TOM, FRIDAY, FRIDAY + DAY)

    (shown,) = rota.say(TOM, "swap Thursday with Priya's on Friday")

    assert "The slot you named does not fit" in plain_text(shown)
    assert rota.offer_of(MONDAY) is None
