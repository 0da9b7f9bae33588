"""A slot that others are asked to take: told on the day after and on the last three; until then it stays."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from policy_kb.bot_words import Action
from policy_kb.rules.periods import DAY
from tests.handlers.cover.rota_office import CALLUM, MONDAY, TOM, TUESDAY
from tests.handlers.reminding.nudged import NIGHT, SLOT_BEGINS, look_at, only, told_on, whoever

if TYPE_CHECKING:
    from tests.handlers.cover.rota_office import Rota

THURSDAY_WEEK = date(2026, 12, 10)
ASKED = "Can you take Netball Instagram on Thursday 10 December?"
WAITING = "Nobody has taken it yet"


def test_who_was_asked_and_who_asked_hear_on_the_day_after_and_on_the_last_three_days(netball: Rota) -> None:
    netball.say(TOM, "find me cover for 10 December")

    told = {day: told_on(netball, day) for day in (MONDAY + number * DAY for number in range(10)) if day.weekday() < 5}

    days = [MONDAY, *(THURSDAY_WEEK - number * DAY for number in (3, 2, 1))]
    assert [day for day, read in told.items() if whoever(read, "10 December?")] == days
    assert [day for day, read in told.items() if whoever(read, WAITING)] == days
    assert all(whoever(told[day], WAITING) == {"tom"} for day in days)
    assert all("callum" in whoever(told[day], "10 December?") for day in days)


def test_whoever_cannot_is_not_asked_again_and_the_others_are(netball: Rota) -> None:
    netball.say(TOM, "find me cover for 10 December")
    (asked,) = [one for one in netball.inbox(CALLUM) if one.title.startswith("Can you take")]

    netball.push(CALLUM, asked, "I'm not free")

    told = told_on(netball, MONDAY)
    assert "callum" not in whoever(told, "10 December?")
    assert "priya" in whoever(told, "10 December?")


def test_once_somebody_has_it_nobody_is_asked(netball: Rota) -> None:
    netball.say(TOM, "find me cover for 10 December")
    look_at(netball, MONDAY, NIGHT)
    netball.press(CALLUM, Action.TAKE_SLOT, netball.about(THURSDAY_WEEK))

    read = told_on(netball, MONDAY) | told_on(netball, THURSDAY_WEEK - DAY)

    assert whoever(read, "10 December?") == whoever(read, WAITING) == set()


def test_as_it_begins_whoever_asked_keeps_it_and_is_told_and_the_asking_goes_on(netball: Rota) -> None:
    netball.say(TOM, "find me cover for 10 December")
    told_on(netball, THURSDAY_WEEK - DAY)
    look_at(netball, THURSDAY_WEEK, NIGHT)
    assert netball.offer_of(THURSDAY_WEEK) is not None

    told = look_at(netball, THURSDAY_WEEK, SLOT_BEGINS)

    kept = [one for one in told["tom"] if one.title.startswith("Nobody has taken it yet, so it is still yours")]
    assert only(kept)
    assert netball.offer_of(THURSDAY_WEEK) is not None
    assert netball.who(THURSDAY_WEEK) == TOM


def test_a_slot_that_begins_before_the_next_day_at_work_is_not_asked_about_again(netball: Rota) -> None:
    netball.say(TOM, "find me cover for Thursday")
    netball.clock.instant = netball.clock().replace(month=12, day=2, hour=11)

    told = told_on(netball, TUESDAY + 3 * DAY)

    assert whoever(told, WAITING) == set()
