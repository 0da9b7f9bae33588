"""Whoever looks after a site steps down, or is taken off it; what was theirs falls open and is tidied up."""

from __future__ import annotations

import pytest

from policy_kb.bot_words import Action
from policy_kb.words import Role
from tests.handlers.cover.rota_office import (
    AISHA,
    CALLUM,
    DENISE,
    EWA,
    GRACE,
    LUCY,
    MONDAY,
    PRIYA,
    THURSDAY,
    TOM,
    TUESDAY,
    Rota,
)
from tests.handlers.requests.office import labels
from tests.handlers.sites.people_office import (
    ADMINISTRATOR,
    MODERATOR,
    parts,
    slots_of,
    tasks,
)


def test_whoever_steps_down_is_asked_first_and_their_slots_fall_open(rota: Rota) -> None:
    (asked,) = rota.press(TOM, Action.END_PART, f"{rota.site}:site_moderator:tom-example")
    kept = slots_of(rota, TOM)

    (done,) = rota.push(TOM, asked, "Yes, I step down")

    assert asked.title == "Shall you stop being a moderator of Netball Instagram, from today?"
    assert len(kept) == 8
    assert done.title == "You are not down as moderator for Netball Instagram."
    assert slots_of(rota, TOM) == []
    assert rota.who(THURSDAY) == ""
    assert [one.title for one in rota.inbox(GRACE)] == [
        "Tom Example has said that they do not moderate Netball Instagram."
    ]


def test_once_somebody_has_stepped_down_their_login_is_to_be_taken_away(rota: Rota) -> None:
    rota.press(TOM, Action.END_PART, f"{rota.site}:site_moderator:tom-example:surely")

    (task,) = tasks(rota)
    (told,) = rota.inbox(PRIYA)
    (done,) = rota.push(PRIYA, told, "Done")
    (other,) = rota.push(AISHA, told, "Done")

    assert (
        told.title
        == "Tom Example does not look after Netball Instagram any more: please take their login away (A.3.2)."
    )
    assert task.about == "tom-example"
    assert done.title == other.title == "That is done, or not yours to do. Nothing is left of it."
    assert tasks(rota) == ()


def test_whoever_still_has_another_part_keeps_their_login(rota: Rota) -> None:
    rota.press(PRIYA, Action.END_PART, f"{rota.site}:site_moderator:priya-sample:surely")

    assert parts(rota, PRIYA) == {ADMINISTRATOR}
    assert tasks(rota) == ()
    assert slots_of(rota, PRIYA) == []


def test_a_reserve_who_steps_down_is_nobodys_reserve(rota: Rota) -> None:
    assert rota.slot(TUESDAY).reserve == "priya-sample"

    rota.press(PRIYA, Action.END_PART, f"{rota.site}:site_moderator:priya-sample:surely")

    assert rota.slot(TUESDAY).reserve is None


def test_an_offer_ends_with_the_part_of_whoever_made_it(rota: Rota) -> None:
    rota.press(TOM, Action.SWAP, rota.about(THURSDAY), {"for_slot": (rota.about(TUESDAY),)})
    assert rota.offer_of(THURSDAY) is not None

    rota.press(CALLUM, Action.END_PART, f"{rota.site}:site_moderator:callum-sample:surely")

    assert rota.offer_of(THURSDAY) is None
    assert rota.who(THURSDAY) == TOM


@pytest.mark.parametrize("who", [AISHA, PRIYA, GRACE])
def test_author_administrators_and_head_take_others_off_once_it_was_asked(rota: Rota, who: str) -> None:
    (people,) = rota.press(who, Action.NAME_PEOPLE, str(rota.site))
    (form,) = rota.push(who, people, "Take somebody off")
    (asked,) = rota.push(who, form, "Go on", part="site_moderator:tom-example")
    assert parts(rota, TOM) == {MODERATOR}

    done, *_ = rota.push(who, asked, "Yes, take them off")

    assert asked.title == "Shall Tom Example stop being a moderator of Netball Instagram, from today?"
    assert done.title == "Who looks after Netball Instagram"
    assert parts(rota, TOM) == set()
    (told,) = rota.inbox(TOM)
    assert told.title == "You are not a moderator of Netball Instagram any more."


def test_an_administrator_who_takes_somebody_off_is_shown_at_once_that_the_login_is_left_to_take_away(
    rota: Rota,
) -> None:
    _, task = rota.press(PRIYA, Action.END_PART, f"{rota.site}:site_moderator:tom-example:surely")

    assert task.title.endswith("please take their login away (A.3.2).")
    assert labels(task) == ["Done"]


def test_taking_somebody_off_twice_tells_once(rota: Rota) -> None:
    for _ in range(2):
        rota.press(AISHA, Action.END_PART, f"{rota.site}:site_moderator:tom-example:surely")

    assert len(rota.inbox(TOM)) == 1
    assert len(tasks(rota)) == 1


@pytest.mark.parametrize("who", [TOM, LUCY, DENISE])
def test_nobody_else_takes_somebody_off(rota: Rota, who: str) -> None:
    (refused,) = rota.press(who, Action.END_PART, f"{rota.site}:site_moderator:ewa-example:surely")

    assert refused.title.startswith("Only they themselves, the author, an administrator or the head")
    assert parts(rota, EWA) == {MODERATOR}


def test_whoever_is_back_before_their_login_was_taken_away_keeps_it(rota: Rota) -> None:
    rota.press(TOM, Action.END_PART, f"{rota.site}:site_moderator:tom-example:surely")
    rota.press(AISHA, Action.NAME_PEOPLE, f"{rota.site}:site_moderator:tom-example")
    assert len(tasks(rota)) == 1

    rota.press(TOM, Action.ACCEPT_PART, f"{rota.site}:site_moderator")

    assert tasks(rota) == ()


def test_a_slot_that_has_begun_falls_open_too(rota: Rota) -> None:
    rota.clock.advance(days=1)
    assert rota.who(MONDAY) == PRIYA

    rota.press(PRIYA, Action.END_PART, f"{rota.site}:{Role.SITE_MODERATOR}:priya-sample:surely")

    assert rota.who(MONDAY) == ""
