"""Where is my request, what have I asked for, what waits for me."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.message import plain_text
from policy_kb.bot_words import Action
from policy_kb.words import Channel, Role
from tests.handlers.requests.office import (
    AISHA,
    DANIEL,
    DEPUTY,
    GRACE,
    HARRIET,
    LEILA,
    LM,
    PRIYA,
    everything,
    labels,
)
from tests.handlers.requests.test_approvers import THIS_WEEK

if TYPE_CHECKING:
    from tests.handlers.requests.office import Office


def test_the_requester_sees_step_by_step_who_has_it_since_when(office: Office) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Approve")

    (status,) = office.press(PRIYA, Action.STATUS, str(request_id))

    text = plain_text(status)
    assert status.title == "R-1, a new social media site: with those who decide."
    assert "Line manager's approval: Approved by Aisha Sample, Line Manager, 24 November 2026, 09:30" in text
    assert "Deputy Data Protection Officer's approval: With Leila Sample since 24 November 2026." in text
    assert "Final approval: Waits for the steps before it." in text
    assert labels(status) == ["Change an answer", "Withdraw", "Whole form", "The form as PDF"]


def test_the_requester_learns_who_acts_for_whom(office: Office) -> None:
    office.delegate(Role.HEAD, GRACE, DANIEL, THIS_WEEK)
    request_id = office.sent()
    office.up_to_the_head(request_id)

    (status,) = office.press(PRIYA, Action.STATUS, str(request_id))

    assert "With Grace Sample or Daniel Example (acting for Grace Sample)" in plain_text(status)


def test_the_requester_learns_whom_the_bot_never_met_and_what_helps(office: Office) -> None:
    with office.database.begin() as uow:
        uow.chat_addresses.forget((office.person_in(uow, AISHA).id,))

    request_id = office.sent()

    (status,) = office.press(PRIYA, Action.STATUS, str(request_id), channel=Channel.TEAMS)
    assert "I could not reach Aisha Sample" in plain_text(status)
    assert "say hello" in plain_text(status)


def test_whoever_says_hello_gets_what_waits_for_them(office: Office) -> None:
    office.sent()

    (card,) = office.say(AISHA, "Hello!")

    assert labels(card)[0] == "Approve"
    assert [one.card for one in office.say(DANIEL, "Hello!")] == [""]


def test_whoever_asks_what_waits_sees_a_list_that_leads_to_the_cards(office: Office) -> None:
    office.sent()
    office.sent("callum.sample@elm-academy.example")

    (waiting,) = office.say(AISHA, "What's waiting for me?")

    assert waiting.title == "2 things wait for you."
    (card,) = office.push(AISHA, waiting, "R-2")
    assert "Callum Sample asks" in card.title
    assert not card.replaces
    (nothing,) = office.say(HARRIET, "what is waiting for me")
    assert nothing.title == "Nothing waits for you."


def test_a_list_of_ones_own_requests_leads_to_each(office: Office) -> None:
    office.sent()
    office.draft()

    (mine,) = office.press(PRIYA, Action.MY_REQUESTS, "")

    assert mine.title == "Your requests: 2."
    assert labels(mine) == ["Go on with R-2", "R-1: with those who decide"]
    (none,) = office.press(GRACE, Action.MY_REQUESTS, "")
    assert "not asked for anything" in none.title


def test_whoever_is_asked_can_get_from_the_status_to_their_card(office: Office) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Approve")

    (status,) = office.press(LEILA, Action.STATUS, str(request_id))

    (card,) = office.push(LEILA, status, "Decide")
    assert card.card == f"{request_id}:{DEPUTY}"
    assert "Withdraw" not in labels(status)


def test_a_draft_is_read_by_nobody_but_whoever_writes_it(office: Office) -> None:
    request_id = office.draft()

    (mine,) = office.press(PRIYA, Action.WHOLE_FORM, str(request_id))
    (others,) = office.press("denise.sample@elm-academy.example", Action.WHOLE_FORM, str(request_id))

    assert "fixtures" in plain_text(mine)
    assert "fixtures" not in plain_text(others)


def test_nobody_is_told_twice_of_one_thing(office: Office) -> None:
    office.sent()

    told = everything(office.inbox(AISHA))

    assert told.count("Priya Sample asks for") == 1
