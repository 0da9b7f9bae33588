"""Who is reminded of what waits for them, on which mornings, and how they put it off."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

import pytest

from handlers.message import plain_text
from handlers.reminders import look_once
from policy_kb.bot_words import Action
from policy_kb.request_words import Outcome, RequestState
from policy_kb.rules.london import london_instant
from tests.handlers.requests.mornings import MONDAY, all_before_the_head, morning, mornings, text
from tests.handlers.requests.office import (
    AISHA,
    GRACE,
    LM,
    NADIA,
    TOM,
    everything,
    labels,
)
from tests.stage import button

if TYPE_CHECKING:
    from tests.handlers.requests.office import Office

OLIVER = "oliver.sample@oak-academy.example"  # teaches at the other academy
RHYS = "rhys.example@oak-academy.example"  # his line manager


def test_a_request_sent_before_half_term_reminds_nobody_in_the_holiday(friday: Office) -> None:
    friday.sent()

    assert mornings(friday, date(2026, 10, 24), date(2026, 11, 22)) == [
        ("Tue 3 Nov", ["aisha"]),  # the second day at work
        ("Fri 6 Nov", ["aisha", "priya"]),  # the fifth: the requester hears where it is
        ("Wed 11 Nov", ["daniel"]),  # the eighth: whom Aisha reports to is asked to chase
        ("Fri 13 Nov", ["aisha"]),  # and then weekly
        ("Fri 20 Nov", ["aisha"]),
    ]


def test_waiting_approves_nothing(friday: Office) -> None:
    request_id = friday.sent()

    mornings(friday, date(2026, 10, 24), date(2026, 12, 4))

    facts = friday.facts(request_id)
    assert (facts.state, facts.decisions) == (RequestState.SUBMITTED, ())


def test_a_reminder_leads_to_the_card_and_can_be_put_off(friday: Office) -> None:
    friday.sent()
    mornings(friday, date(2026, 10, 24), MONDAY)

    told = morning(friday, date(2026, 11, 3))

    assert told["aisha"].title == "A reminder: R-1 waits for you."
    assert "Priya Sample, Teacher of PE, asks for a new social media site." in text(told, "aisha")
    assert labels(told["aisha"]) == [
        "R-1: Line manager's approval",
        "R-1: remind me tomorrow",
        "R-1: remind me in 3 days",
    ]
    (card,) = friday.push(AISHA, told["aisha"], "R-1: Line")
    assert "Approve" in labels(card)


def test_the_deputy_is_asked_to_chase_and_never_to_decide(friday: Office) -> None:
    request_id = friday.sent()
    mornings(friday, date(2026, 10, 24), date(2026, 11, 10))

    told = morning(friday, date(2026, 11, 11))

    assert "It is not yours to decide." in text(told, "daniel")
    assert "waits for Aisha Sample" in text(told, "daniel")
    assert labels(told["daniel"]) == []
    assert friday.asked(request_id, LM) == {AISHA}


def test_many_requests_make_one_message(friday: Office) -> None:
    for _ in range(7):
        friday.sent()
    mornings(friday, date(2026, 10, 24), MONDAY)

    told = morning(friday, date(2026, 11, 3))

    assert told["aisha"].title == "A reminder: 7 things wait."
    assert "And 2 more" in text(told, "aisha")


def test_somebody_who_is_asked_in_two_schools_reads_one_message(friday: Office) -> None:
    friday.sent()
    friday.sent(OLIVER, RHYS)
    for manager in (AISHA, RHYS):
        friday.push(manager, friday.card(manager, LM), "Approve")
    mornings(friday, date(2026, 10, 24), MONDAY)

    told = morning(friday, date(2026, 11, 3))

    assert told["leila"].title == "A reminder: 2 things wait."
    assert "R-1" in text(told, "leila")
    assert "R-2" in text(told, "leila")


def test_what_was_put_off_comes_back_on_its_day(friday: Office) -> None:
    friday.sent()
    mornings(friday, date(2026, 10, 24), MONDAY)
    told = morning(friday, date(2026, 11, 3))

    (said,) = friday.push(AISHA, told["aisha"], "R-1: remind me in 3 days")

    assert said.title == "I will not remind you of R-1 before 6 November 2026."
    assert mornings(friday, date(2026, 11, 4), date(2026, 11, 6)) == [("Fri 6 Nov", ["aisha", "priya"])]


def test_what_was_put_off_over_a_weekend_comes_back_on_monday(friday: Office) -> None:
    friday.sent()
    mornings(friday, date(2026, 10, 24), date(2026, 11, 5))
    told = morning(friday, date(2026, 11, 6))

    friday.push(AISHA, told["aisha"], "R-1: remind me tomorrow")

    assert mornings(friday, date(2026, 11, 7), date(2026, 11, 9)) == [("Mon 9 Nov", ["aisha"])]


@pytest.mark.parametrize("about", ["1:line_manager:3", "1:head:1", "1:line_manager:999"])
def test_only_who_is_asked_can_put_a_reminder_off(friday: Office, about: str) -> None:
    friday.sent()

    (said,) = friday.press(TOM, Action.SNOOZE, about)

    assert "not among the people who were asked" in said.title
    tom = friday.person(TOM).id
    with friday.database.begin() as uow:
        assert not uow.requests.snoozed(tom, date(2026, 10, 23))


@pytest.mark.parametrize("about", ["", "x", "99:head:3", "1:head:3:approve:x", "1;drop"])
def test_a_button_that_means_nothing_does_nothing(friday: Office, about: str) -> None:
    assert len(friday.press(TOM, Action.SNOOZE, about)) == 1


def test_what_is_done_by_the_time_it_is_read_is_not_asked_for(friday: Office) -> None:
    friday.sent()
    friday.post()
    for day in (date(2026, 11, 2), date(2026, 11, 3)):
        friday.clock.instant = london_instant(day, time(8, 15))
        look_once(friday.database, friday.desk, now=friday.clock())
    friday.press(AISHA, Action.APPROVE, "1:line_manager:1")

    read = everything(friday.inbox(AISHA))

    assert "Nothing waits for you there any more" in read
    assert "waits for you." not in read


def test_somebody_who_decided_is_not_reminded(friday: Office) -> None:
    friday.sent()
    friday.push(AISHA, friday.card(AISHA, LM), "Approve")

    told = mornings(friday, date(2026, 10, 24), date(2026, 11, 3))

    assert [who for _, who in told if "aisha" in who] == []


def test_the_head_is_chased_by_those_of_the_slt_who_report_to_them(friday: Office) -> None:
    request_id = friday.sent(go_live=("2027-03-01",))
    all_before_the_head(friday)

    told = mornings(friday, date(2026, 10, 24), date(2026, 11, 11))

    assert told == [
        ("Tue 3 Nov", ["grace"]),
        ("Fri 6 Nov", ["grace", "priya"]),
        ("Wed 11 Nov", ["daniel", "nadia"]),
    ]
    assert friday.person(NADIA).line_manager_id == friday.person(GRACE).id
    assert [one.outcome for one in friday.facts(request_id).counting()][-1] is Outcome.APPROVED


def test_a_reminder_of_somebody_elses_request_says_nothing(friday: Office) -> None:
    friday.sent()
    mornings(friday, date(2026, 10, 24), MONDAY)
    told = morning(friday, date(2026, 11, 3))
    card = button(told["aisha"], "R-1: Line")

    (said,) = friday.press(TOM, card.action, card.about)

    assert "is not with you" in plain_text(said)
