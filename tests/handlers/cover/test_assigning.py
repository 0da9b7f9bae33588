"""Whoever answers for a site gives its slots to people, and whoever had one is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.message import plain_text
from policy_kb.bot_words import Action
from policy_kb.site_words import SlotId
from tests.handlers.cover.rota_office import (
    AISHA,
    CALLUM,
    DENISE,
    EWA,
    FRIDAY,
    GRACE,
    LUCY,
    PRIYA,
    THURSDAY,
    TOM,
    TUESDAY,
    WEDNESDAY,
    Rota,
)
from tests.handlers.requests.office import everything, option
from tests.stage import button


@pytest.mark.parametrize("who", [AISHA, PRIYA, GRACE, DENISE])
def test_author_administrators_head_and_office_can_give_a_slot(rota: Rota, who: str) -> None:
    (form,) = rota.press(who, Action.ASSIGN, rota.about(THURSDAY))

    (shown,) = rota.push(who, form, "Give it", who=option(form, "who", "Callum"))

    assert shown.title == "Callum Sample has Netball Instagram, Thursday 3 December."
    assert rota.who(THURSDAY) == CALLUM


def test_both_hear_of_it(rota: Rota) -> None:
    rota.press(AISHA, Action.ASSIGN, rota.about(THURSDAY), {"who": ("callum-sample",)})

    (new,) = rota.inbox(CALLUM)
    (before,) = rota.inbox(TOM)
    assert new.title == "Aisha Sample gave you a slot: Netball Instagram, Thursday 3 December."
    assert button(new, "I've got it")
    assert before.title == "You are not on any more: Callum Sample has Netball Instagram, Thursday 3 December."
    assert "Aisha Sample decided that" in plain_text(before)


def test_whoever_had_asked_for_cover_hears_who_has_it_and_not_that_it_was_taken_from_them(rota: Rota) -> None:
    rota.press(TOM, Action.FIND_COVER, rota.about(THURSDAY))
    rota.inbox(TOM)

    rota.press(AISHA, Action.ASSIGN, rota.about(THURSDAY), {"who": ("callum-sample",)})

    (told,) = rota.inbox(TOM)
    assert told.title == "Callum Sample has your slot: Netball Instagram, Thursday 3 December."
    assert "Aisha Sample gave it to them." in plain_text(told)


def test_whoever_is_away_hears_who_has_their_slot(rota: Rota) -> None:
    rota.press(TOM, Action.OFF, f"{THURSDAY.isoformat()}:{FRIDAY.isoformat()}")
    assert rota.who(THURSDAY) == ""
    rota.inbox(TOM)

    rota.press(AISHA, Action.ASSIGN, rota.about(THURSDAY), {"who": ("callum-sample",)})

    (told,) = rota.inbox(TOM)
    assert told.title == "Callum Sample has your slot: Netball Instagram, Thursday 3 December."


def test_given_twice_it_is_told_once(rota: Rota) -> None:
    for _ in range(2):
        rota.press(AISHA, Action.ASSIGN, rota.about(THURSDAY), {"who": ("callum-sample",)})

    assert len(rota.inbox(CALLUM)) == 1
    assert len(rota.inbox(TOM)) == 1


@pytest.mark.parametrize("who", [CALLUM, TOM, LUCY])
def test_nobody_else_gives_slots_away(rota: Rota, who: str) -> None:
    for values in ({}, {"who": ("ewa-example",)}):
        (shown,) = rota.press(who, Action.ASSIGN, rota.about(FRIDAY), values)
        assert shown.title.startswith("Only the site's author, its administrators")

    assert rota.who(FRIDAY) == PRIYA


def test_the_form_says_who_is_not_there(rota: Rota) -> None:
    rota.keep_away(CALLUM, TUESDAY, WEDNESDAY)
    (form,) = rota.press(AISHA, Action.ASSIGN, rota.about(TUESDAY))

    labels = [one.label for one in form.fields[0].options]

    assert labels[-1] == "Ewa Example (does not work Tuesdays)"
    assert "Tom Example" in labels


def test_somebody_named_who_is_not_there_is_not_chosen_in_the_form(rota: Rota) -> None:
    (form,) = rota.say(AISHA, "put Ewa on Tuesday")

    assert form.fields[0].filled == ()
    assert "Ewa Example (does not work Tuesdays)" in [one.label for one in form.fields[0].options]


def test_a_form_for_slots_of_several_sites_says_who_is_there_for_how_many(rota: Rota) -> None:
    with rota.database.begin() as uow:
        netball = uow.sites.get(rota.site)
        assert netball is not None
        other = uow.sites.open(replace(netball, name="Another"), entry=rota.entry())
        (slot,) = uow.rota.slots(TUESDAY, WEDNESDAY, sites=(rota.site,))
        uow.rota.lay_out([replace(slot, id=SlotId(0), site=other)])
    rota.keep_away(PRIYA, TUESDAY, WEDNESDAY)

    (form,) = rota.say(AISHA, "put Priya on Tuesday")

    who = next(one for one in form.fields if one.name == "who")
    assert "Priya Sample (there for 0 of 2)" in [one.label for one in who.options]
    assert who.options[-1].label != "Tom Example"
    assert who.filled == ()


def test_who_is_not_there_gets_it_only_where_nobody_else_is(rota: Rota) -> None:
    about = rota.about(TUESDAY)
    (refused,) = rota.press(AISHA, Action.ASSIGN, about, {"who": ("ewa-example",)})
    for who in (PRIYA, AISHA, CALLUM, TOM):
        rota.keep_away(who, TUESDAY, WEDNESDAY)

    rota.press(AISHA, Action.ASSIGN, about, {"who": ("ewa-example",)})

    assert refused.title.startswith("This person is not there then, and others are.")
    assert rota.who(TUESDAY) == EWA


def test_only_people_of_the_site_can_be_given_its_slots(rota: Rota) -> None:
    for who in ("lucy-example", "nobody-at-all"):
        (shown,) = rota.press(AISHA, Action.ASSIGN, rota.about(THURSDAY), {"who": (who,)})
        assert shown.title.startswith("Only people who look after this site")

    assert rota.who(THURSDAY) == TOM


def test_an_offer_of_the_slot_ends_with_it(rota: Rota) -> None:
    rota.press(TOM, Action.CANNOT, rota.about(THURSDAY))
    rota.inbox(EWA)

    rota.press(AISHA, Action.ASSIGN, rota.about(THURSDAY), {"who": ("callum-sample",)})

    (locked,) = rota.inbox(EWA)
    assert locked.replaces
    assert locked.title.startswith("Nobody is asked any more")


def test_a_whole_gap_is_given_at_once_or_in_part(rota: Rota) -> None:
    rota.leave_open(TUESDAY, WEDNESDAY, THURSDAY)
    (gaps,) = rota.press(AISHA, Action.GAPS, str(rota.site))
    (form,) = rota.push(AISHA, gaps, "Give it")

    (shown,) = rota.push(
        AISHA,
        form,
        "Give them these",
        who=option(form, "who", "Priya"),
        slots=(rota.about(TUESDAY), rota.about(THURSDAY)),
    )

    assert shown.title == "Priya Sample has 2 slots of Netball Instagram."
    assert [rota.who(day) for day in (TUESDAY, WEDNESDAY, THURSDAY)] == [PRIYA, "", PRIYA]
    assert "gave you a slot: Netball Instagram, Tuesday 1 December and 1 more." in everything(rota.inbox(PRIYA))


def test_words_fill_the_form_in_and_give_nothing(rota: Rota) -> None:
    (form,) = rota.say(AISHA, "put Callum on Thursday, please")

    assert form.title == "Who takes Netball Instagram, Thursday 3 December?"
    assert form.fields[0].filled == ("callum-sample",)
    assert rota.who(THURSDAY) == TOM
