"""Whoever is on duty is nudged before, once; where nobody says a word, others are asked as the slot begins."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from handlers.message import plain_text
from policy_kb.bot_words import Action
from policy_kb.rules.periods import DAY
from tests.handlers.cover.rota_office import (
    AISHA,
    CALLUM,
    EWA,
    FRIDAY,
    MONDAY,
    PRIYA,
    SUNDAY,
    THURSDAY,
    TOM,
    TUESDAY,
    WEDNESDAY,
)
from tests.handlers.reminding.nudged import (
    AFTERNOON,
    EVENING,
    MORNING,
    NIGHT,
    SLOT_BEGINS,
    TWO_HOURS_LATER,
    look_at,
    only,
)
from tests.handlers.requests.office import GRACE, labels
from tests.handlers.sites.people_office import end_parts, the_site

if TYPE_CHECKING:
    from tests.handlers.cover.rota_office import Rota

SATURDAY = FRIDAY + DAY
CHRISTMAS_WEEK = date(2026, 12, 21)  # a Monday of the holiday


def test_whoever_is_on_tomorrow_is_nudged_in_the_afternoon_by_the_card_of_the_slot(netball: Rota) -> None:
    look_at(netball, WEDNESDAY, NIGHT)
    look_at(netball, WEDNESDAY, TWO_HOURS_LATER)

    told = look_at(netball, WEDNESDAY, AFTERNOON)

    assert only(told["tom"]).title == "You are on for Netball Instagram on Thursday 3 December."
    assert labels(only(told["tom"]))[:2] == ["I've got it", "I can't"]
    assert set(told) == {"tom"}


def test_whoever_said_so_in_the_afternoon_is_not_nudged_in_the_morning(netball: Rota) -> None:
    look_at(netball, WEDNESDAY, NIGHT)
    told = look_at(netball, WEDNESDAY, AFTERNOON)
    netball.push(TOM, only(told["tom"]), "I've got it")
    look_at(netball, THURSDAY, NIGHT)

    assert "tom" not in look_at(netball, THURSDAY, MORNING)
    assert "callum" not in look_at(netball, THURSDAY, SLOT_BEGINS)


def test_whoever_said_nothing_is_nudged_again_in_the_morning(netball: Rota) -> None:
    look_at(netball, WEDNESDAY, NIGHT)
    look_at(netball, WEDNESDAY, AFTERNOON)
    look_at(netball, THURSDAY, NIGHT)

    told = look_at(netball, THURSDAY, MORNING)

    assert only(told["tom"]).title == "You are on for Netball Instagram today."


def test_whoever_had_a_message_in_the_morning_is_left_alone_in_the_afternoon(netball: Rota) -> None:
    """On Fridays everybody with a slot in the week to come reads of it in the morning."""
    look_at(netball, FRIDAY, NIGHT)
    in_the_morning = look_at(netball, FRIDAY, MORNING)

    in_the_afternoon = look_at(netball, FRIDAY, AFTERNOON)
    look_at(netball, MONDAY + 7 * DAY, NIGHT)
    on_monday = look_at(netball, MONDAY + 7 * DAY, MORNING)

    assert "priya" in in_the_morning
    assert "priya" not in in_the_afternoon
    assert only(on_monday["priya"]).title == "You are on for Netball Instagram today."


def test_a_slot_that_changed_hands_nudges_whoever_has_it_now(netball: Rota) -> None:
    look_at(netball, WEDNESDAY, NIGHT)
    look_at(netball, WEDNESDAY, TWO_HOURS_LATER)
    netball.press(AISHA, Action.ASSIGN, netball.about(THURSDAY), {"who": (netball.person(CALLUM).id,)})

    told = look_at(netball, WEDNESDAY, AFTERNOON)

    assert any(one.title == "You are on for Netball Instagram on Thursday 3 December." for one in told["callum"])
    assert not any(one.title.startswith("You are on") for one in told.get("tom", []))


def test_nobody_answers_so_the_reserve_is_asked_and_two_hours_later_the_administrators(netball: Rota) -> None:
    look_at(netball, THURSDAY, NIGHT)
    look_at(netball, THURSDAY, MORNING)

    first = look_at(netball, THURSDAY, SLOT_BEGINS)
    second = look_at(netball, THURSDAY, TWO_HOURS_LATER)

    assert only(first["callum"]).title == "Can you take Netball Instagram today?"
    assert set(first) == {"callum"}
    assert set(second) == {"priya", "aisha"}
    assert only(second["aisha"]).title == "Nobody has said that they look after Netball Instagram today."


def test_a_reserve_who_takes_it_spares_the_administrators(netball: Rota) -> None:
    look_at(netball, THURSDAY, NIGHT)
    asked = look_at(netball, THURSDAY, SLOT_BEGINS)
    netball.push(CALLUM, only(asked["callum"]), "I'll take it")

    told = look_at(netball, THURSDAY, TWO_HOURS_LATER)

    assert "aisha" not in told
    assert netball.who(THURSDAY) == CALLUM


def test_a_reserve_who_cannot_says_so_and_the_administrators_are_asked_at_once(netball: Rota) -> None:
    look_at(netball, THURSDAY, NIGHT)
    asked = look_at(netball, THURSDAY, SLOT_BEGINS)

    (thanks,) = netball.push(CALLUM, only(asked["callum"]), "I can't")
    netball.post()

    assert thanks.title == "Thank you for saying so. I am asking Aisha Sample, Priya Sample."
    assert netball.read["dm-" + AISHA][-1].title == "Nobody has said that they look after Netball Instagram today."
    assert netball.slot(THURSDAY).reserve is None
    assert netball.who(THURSDAY) == TOM


def test_a_reserve_who_is_the_only_administrator_left_brings_the_author_and_the_head(netball: Rota) -> None:
    end_parts(netball, AISHA)
    site = the_site(netball)
    thursday, priya = netball.slot(THURSDAY).id, netball.person(PRIYA).id
    with netball.database.begin() as uow:
        uow.rota.set_reserve(thursday, priya)
    assert site.author != priya
    look_at(netball, THURSDAY, NIGHT)
    asked = look_at(netball, THURSDAY, SLOT_BEGINS)

    (thanks,) = netball.push(PRIYA, asked["priya"][-1], "I can't")
    netball.post()

    assert "Grace Sample" in thanks.title
    assert netball.read["dm-" + GRACE][-1].title == "Nobody has said that they look after Netball Instagram today."


def test_whoever_is_no_reserve_cannot_say_that_they_cannot(netball: Rota) -> None:
    look_at(netball, THURSDAY, NIGHT)
    look_at(netball, THURSDAY, SLOT_BEGINS)

    (refused,) = netball.press(EWA, Action.CANNOT, netball.about(THURSDAY))

    assert "That slot is not yours" in plain_text(refused)
    assert netball.slot(THURSDAY).reserve is not None


def test_a_slot_that_nobody_took_over_stays_where_it_is_once_it_begins(netball: Rota) -> None:
    look_at(netball, WEDNESDAY, NIGHT)
    netball.say(TOM, "find me cover for Thursday")
    look_at(netball, THURSDAY, NIGHT)

    told = look_at(netball, THURSDAY, SLOT_BEGINS)

    kept = only([one for one in told["tom"] if one.title.startswith("Nobody has taken it yet, so it is still yours")])
    assert "I am asking whoever is free. Until somebody takes it, you look after it (A.5.4)." in plain_text(kept)
    assert netball.offer_of(THURSDAY) is not None
    assert netball.who(THURSDAY) == TOM


def test_whoever_said_that_they_cannot_has_answered_and_the_asking_goes_on(netball: Rota) -> None:
    look_at(netball, THURSDAY, NIGHT)
    look_at(netball, THURSDAY, MORNING)
    netball.press(TOM, Action.CANNOT, netball.about(THURSDAY))

    first = look_at(netball, THURSDAY, SLOT_BEGINS)
    second = look_at(netball, THURSDAY, TWO_HOURS_LATER)
    (taken,) = netball.press(EWA, Action.TAKE_SLOT, netball.about(THURSDAY))

    assert "callum" not in first
    assert not any("has not answered" in plain_text(one) for one in (*first["tom"], *second["aisha"]))
    assert "Tom Example is on the rota and cannot. I am asking whoever is free." in plain_text(only(second["aisha"]))
    assert taken.title.startswith("You have it")
    assert netball.who(THURSDAY) == EWA


def test_once_a_slot_is_over_nobody_is_asked_about_it(netball: Rota) -> None:
    netball.press(TOM, Action.CANNOT, netball.about(THURSDAY))
    look_at(netball, THURSDAY, NIGHT)
    look_at(netball, THURSDAY, SLOT_BEGINS)
    assert netball.offer_of(THURSDAY) is not None

    look_at(netball, FRIDAY, NIGHT)

    assert netball.offer_of(THURSDAY) is None
    assert netball.who(THURSDAY) == TOM


def test_a_swap_that_nobody_agreed_to_ends_as_the_slot_begins(netball: Rota) -> None:
    netball.press(TOM, Action.SWAP, netball.about(THURSDAY), {"for_slot": (netball.about(FRIDAY),)})
    look_at(netball, THURSDAY, NIGHT)

    told = look_at(netball, THURSDAY, SLOT_BEGINS)

    assert any(one.title.startswith("Nobody took it over, so it stays yours") for one in told["tom"])
    assert netball.offer_of(THURSDAY) is None
    assert "callum" in told  # nobody said that they look after it


def test_a_reserve_who_administers_the_site_too_is_asked_once_where_another_can_be(netball: Rota) -> None:
    look_at(netball, TUESDAY, NIGHT)
    look_at(netball, TUESDAY, MORNING)

    first = look_at(netball, TUESDAY, SLOT_BEGINS)
    second = look_at(netball, TUESDAY, TWO_HOURS_LATER)

    assert only(first["priya"]).title == "Can you take Netball Instagram today?"
    assert set(second) == {"aisha"}


def test_a_reserve_who_is_the_only_administrator_to_be_reached_is_asked_again(netball: Rota) -> None:
    look_at(netball, TUESDAY, NIGHT)
    look_at(netball, TUESDAY, SLOT_BEGINS)
    netball.lose(AISHA)

    assert "priya" in look_at(netball, TUESDAY, TWO_HOURS_LATER)


def test_a_slot_in_a_holiday_is_nudged_for_on_its_own_day_and_before_the_holiday(netball: Rota) -> None:
    last_day = date(2026, 12, 18)
    for day in (last_day - DAY, last_day):
        look_at(netball, day, NIGHT)
    digest = look_at(netball, last_day, MORNING)
    look_at(netball, CHRISTMAS_WEEK, NIGHT)

    told = look_at(netball, CHRISTMAS_WEEK, MORNING)

    read = plain_text(only(digest["callum"]))
    assert all(f"Netball Instagram, Tuesday {day}" in read for day in ("22 December", "29 December", "5 January"))
    assert only(told["priya"]).title == "You are on for Netball Instagram today."


def test_nobody_is_nudged_in_the_evening(netball: Rota) -> None:
    look_at(netball, WEDNESDAY, NIGHT)

    assert "tom" not in look_at(netball, WEDNESDAY, EVENING)


def test_the_last_working_day_of_a_week_tells_of_the_next(netball: Rota) -> None:
    look_at(netball, FRIDAY, NIGHT)

    told = look_at(netball, FRIDAY, MORNING)

    assert "You are on duty next week: 1 slot." in only(told["callum"]).title
    assert "Netball Instagram, Tuesday 8 December" in plain_text(only(told["callum"]))


def test_a_week_away_loses_nothing_and_comes_in_one_message(netball: Rota) -> None:
    netball.clock.instant = SUNDAY
    look_at(netball, SUNDAY.date(), NIGHT)

    told = look_at(netball, SATURDAY + 2 * DAY, MORNING)

    assert len(told["priya"]) == 1
    assert "Netball Instagram" in plain_text(only(told["priya"]))
