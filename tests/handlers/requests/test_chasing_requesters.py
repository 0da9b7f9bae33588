"""What requesters are reminded of: changes, forms that are not sent, days that come near or have passed."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from policy_kb.bot_words import Action
from policy_kb.request_words import RequestState
from policy_kb.rules.london import london_instant
from policy_kb.words import Channel
from tests.handlers.requests.mornings import all_before_the_head, morning, mornings, text
from tests.handlers.requests.office import (
    AISHA,
    DEPUTY,
    DPO,
    GRACE,
    HEAD,
    LEILA,
    LM,
    MARTIN,
    PRIYA,
    everything,
    labels,
)
from tests.handlers.sites.life_office import make_ready

if TYPE_CHECKING:
    from tests.handlers.requests.office import Office


def test_the_requester_hears_that_nothing_is_approved_yet(friday: Office) -> None:
    friday.sent(go_live=("2026-11-17",))

    told = mornings(friday, date(2026, 10, 24), date(2026, 11, 17))

    # Ten working days before the day, five and one; and on the fifth day that it waits.
    assert [day for day, who in told if "priya" in who] == ["Tue 3 Nov", "Fri 6 Nov", "Tue 10 Nov", "Mon 16 Nov"]
    friday.clock.instant = london_instant(date(2026, 11, 16), time(9, 0))
    said = everything(list(friday.press(PRIYA, Action.MY_REQUESTS, "")))
    assert "with those who decide" in said


def test_the_reminder_before_going_live_says_not_to_create_the_site(friday: Office) -> None:
    friday.sent(go_live=("2026-11-17",))
    mornings(friday, date(2026, 10, 24), date(2026, 11, 15))

    told = morning(friday, date(2026, 11, 16))

    assert "please do not create the site" in text(told, "priya")
    assert "17 November 2026" in text(told, "priya")


def test_changes_that_are_not_made_are_asked_for_twice_and_then_parked(friday: Office) -> None:
    request_id = friday.sent(go_live=("2027-03-01",))
    friday.push(AISHA, friday.card(AISHA, LM), "Ask for changes", comment="Which classes?")

    told = mornings(friday, date(2026, 10, 24), date(2026, 11, 12))
    last = morning(friday, date(2026, 11, 13))

    assert told == [("Wed 4 Nov", ["priya"])]
    assert "I will not remind you again" in text(last, "priya")
    assert labels(last["priya"]) == ["Go on with R-1"]
    assert mornings(friday, date(2026, 11, 14), date(2026, 12, 11)) == []
    assert friday.facts(request_id).state is RequestState.CHANGES_ASKED


def test_a_form_that_is_not_sent_is_recalled_warned_of_and_given_up(friday: Office) -> None:
    request_id, priya = friday.draft(), friday.person(PRIYA).id
    with friday.database.begin() as uow:
        uow.form_talks.begin(Channel.SLACK, "T1", "D-priya", priya, request_id, friday.clock())

    told = mornings(friday, date(2026, 10, 24), date(2026, 12, 14))
    warned = morning(friday, date(2026, 12, 15))
    quiet = mornings(friday, date(2026, 12, 16), date(2027, 1, 3))
    given_up = mornings(friday, date(2027, 1, 4), date(2027, 1, 4))

    assert told == [("Wed 4 Nov", ["priya"]), ("Fri 13 Nov", ["priya"])]  # the third day at work, and the tenth
    assert "I keep it until 22 December 2026" in text(warned, "priya")
    # Nobody works at Elm from 19 December on: it is given up on the first morning after.
    assert (quiet, given_up) == ([], [("Mon 4 Jan", ["priya"])])
    assert friday.facts(request_id).state is RequestState.CANCELLED
    assert friday.verbs(request_id)[-1] == "cancelled"
    with friday.database.begin() as uow:
        assert uow.form_talks.of(Channel.SLACK, "T1", "D-priya", priya) is None


def test_a_form_that_somebody_goes_on_with_is_kept(friday: Office) -> None:
    request_id = friday.draft()
    mornings(friday, date(2026, 10, 24), date(2026, 12, 15))
    with friday.database.begin() as uow:
        uow.requests.stand_at(request_id, None, now=friday.clock())

    mornings(friday, date(2026, 12, 16), date(2026, 12, 23))

    assert friday.facts(request_id).state is RequestState.DRAFT


def test_an_approved_site_is_asked_about_once_its_day_has_passed(friday: Office) -> None:
    request_id = friday.sent(go_live=("2026-11-09",))
    all_before_the_head(friday)
    friday.push(GRACE, friday.card(GRACE, HEAD), "Approve")

    told = mornings(friday, date(2026, 10, 24), date(2026, 11, 15))
    asked = morning(friday, date(2026, 11, 16))

    assert told == []
    assert "Is it live?" in text(asked, "priya")
    friday.push(PRIYA, asked["priya"], "R-1 is live")
    assert friday.facts(request_id).state is RequestState.APPROVED  # its checks come first
    make_ready(friday, request_id)
    morning(friday, date(2026, 11, 17))  # by then the rota is shared among those who have accepted
    friday.push(PRIYA, asked["priya"], "R-1 is live")
    assert friday.facts(request_id).state is RequestState.LIVE


def test_an_assessment_that_is_wanted_is_asked_for_weekly(friday: Office) -> None:
    friday.sent(go_live=("2027-03-01",))
    friday.push(AISHA, friday.card(AISHA, LM), "Approve")
    friday.push(MARTIN, friday.card(MARTIN, DPO), "Record", dpia="later")
    friday.push(LEILA, friday.card(LEILA, DEPUTY), "Approve")

    told = mornings(friday, date(2026, 10, 24), date(2026, 11, 13))

    slt = ["daniel", "grace", "nadia"]  # who have still to record that they were consulted
    assert told == [
        ("Tue 3 Nov", slt),
        ("Fri 6 Nov", ["daniel", "grace", "martin", "nadia", "priya"]),
        ("Wed 11 Nov", ["denise"]),  # where the whole SLT is asked, the setting's administrator chases
        ("Fri 13 Nov", ["daniel", "grace", "martin", "nadia"]),
    ]
