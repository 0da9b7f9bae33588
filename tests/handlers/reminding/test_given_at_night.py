"""What the night gives and takes is told with everything else of the day, and not in a message of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.message import plain_text
from policy_kb.bot_words import SayKind
from policy_kb.rules.periods import DAY
from tests.handlers.cover.rota_office import CALLUM, EWA, MONDAY, PRIYA, THURSDAY, TOM
from tests.handlers.reminding.nudged import EVENING, MORNING, NIGHT, look_at, only, told_on
from tests.handlers.requests.office import labels

if TYPE_CHECKING:
    from tests.handlers.cover.rota_office import Rota

NAMES = {"priya": PRIYA, "callum": CALLUM, "ewa": EWA, "tom": TOM}
GIVEN = "The rota has a slot for you: Netball Instagram, Thursday 3 December"


def first_name(email: str) -> str:
    return next(name for name, address in NAMES.items() if address == email)


def test_a_slot_that_the_night_gives_is_in_the_one_message_of_the_day(netball: Rota) -> None:
    netball.leave_open(THURSDAY)

    at_night = look_at(netball, MONDAY, NIGHT)
    told = look_at(netball, MONDAY, MORNING)

    who = first_name(netball.who(THURSDAY))
    assert who not in at_night
    assert GIVEN in plain_text(only(told[who]))
    assert all(len(messages) == 1 for messages in told.values())


def test_whoever_has_other_things_to_hear_reads_of_it_among_them(netball: Rota) -> None:
    for email in (CALLUM, EWA, TOM):
        netball.keep_away(email, THURSDAY, THURSDAY + DAY)

    told = told_on(netball, MONDAY)

    assert netball.who(THURSDAY) == PRIYA
    assert GIVEN in told["priya"]
    assert "You are on for it today" in told["priya"]
    assert "has your slot: Netball Instagram, Thursday 3 December." in told["tom"]


def test_the_card_of_a_slot_is_read_where_there_is_nothing_else(netball: Rota) -> None:
    read = netball.told(TOM, SayKind.TODAY, f"given:{netball.about(THURSDAY)}:1")

    assert read.title == f"{GIVEN}."
    assert "I can't" in labels(read)


def test_a_slot_of_this_very_day_is_told_of_by_its_own_nudge_alone(netball: Rota) -> None:
    netball.leave_open(MONDAY)

    told = told_on(netball, MONDAY)

    who = first_name(netball.who(MONDAY))
    assert "The rota has a slot for you" not in told[who]
    assert "You are on for Netball Instagram today." in told[who]


def test_a_slot_that_somebody_else_has_by_the_morning_is_not_told_of(netball: Rota) -> None:
    for email in (CALLUM, EWA, TOM):
        netball.keep_away(email, THURSDAY, THURSDAY + DAY)
    look_at(netball, MONDAY, NIGHT)
    netball.leave_open(THURSDAY)

    told = look_at(netball, MONDAY, MORNING)

    assert "Thursday 3 December" not in str(told)


def test_what_a_late_night_gives_is_told_on_the_next_morning(netball: Rota) -> None:
    netball.leave_open(THURSDAY)

    in_the_evening = look_at(netball, MONDAY, EVENING)
    told = told_on(netball, MONDAY + DAY)

    who = first_name(netball.who(THURSDAY))
    assert who not in in_the_evening
    assert GIVEN in told[who]
