"""Somebody acts for somebody else: said in a sentence, confirmed, told, asked, and over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from handlers.message import plain_text
from policy_kb.bot_words import Action
from policy_kb.request_words import Outcome
from policy_kb.words import PersonId, Role
from storage.audit import Subject
from tests.handlers.requests.away import ABOUT, SENTENCE, agreed, made
from tests.handlers.requests.mornings import all_before_the_head, morning
from tests.handlers.requests.office import (
    AISHA,
    DENISE,
    GRACE,
    HEAD,
    LM,
    NADIA,
    VICTORIA,
    everything,
    labels,
)

if TYPE_CHECKING:
    from policy_kb.request_words import RequestId
    from tests.handlers.requests.office import Office


def with_the_head(office: Office) -> RequestId:
    request_id = office.sent(go_live=("2027-03-01",))
    all_before_the_head(office)
    return request_id


def test_one_sentence_is_asked_back_with_what_it_covers(monday: Office) -> None:
    (asked,) = monday.say(GRACE, SENTENCE)

    assert asked.title == "Shall I write down that Nadia Example acts for you from 14 October 2026 to 18 October 2026?"
    assert "Headteacher/Principal (Elm Academy (sample))" in plain_text(asked)
    assert labels(asked) == ["Yes, write it down"]
    assert made(monday) == set()


def test_every_role_of_the_absent_person_is_covered_until_the_day_after(monday: Office) -> None:
    shown = agreed(monday, GRACE, SENTENCE)

    days = (date(2026, 10, 14), date(2026, 10, 19))
    assert {one for one in made(monday) if one[1] == "elm-academy"} == {
        (role, "elm-academy", *days) for role in (Role.HEAD, Role.SLT, Role.LINE_MANAGER)
    }
    assert shown.replaces
    assert shown.title.startswith("Written down: Nadia Example acts for you")


def test_both_are_told_and_whoever_pressed_sees_it(monday: Office) -> None:
    agreed(monday, DENISE, "Nadia Example acts for Grace Sample 14 to 18 October")

    assert "Nadia Example acts for you from 14 October" in everything(monday.inbox(GRACE))
    told = everything(monday.inbox(NADIA))
    assert "you act for Grace Sample from 14 October" in told
    assert "Written down by: Denise Sample" in told
    assert everything(monday.inbox(DENISE)) == ""


@pytest.mark.parametrize("who", [DENISE, VICTORIA])
def test_whom_the_setting_names_and_the_deputy_ceo_may_write_it_down(monday: Office, who: str) -> None:
    agreed(monday, who, "Nadia Example acts for Grace Sample 14 to 18 October")

    assert made(monday)


def test_a_delegation_that_begins_today_asks_at_once_and_signs_for_the_absent(monday: Office) -> None:
    request_id = with_the_head(monday)

    agreed(monday, GRACE, "Nadia acts for me from today until Friday")

    assert monday.asked(request_id, HEAD) == {GRACE, NADIA}
    (card,) = monday.push(NADIA, monday.card(NADIA, HEAD), "Approve")
    (decision,) = [one for one in monday.facts(request_id).counting() if one.step == HEAD]
    assert (decision.outcome, decision.acting_for) == (Outcome.APPROVED, PersonId("grace-sample"))
    assert "acting for Grace Sample" in card.title


def test_a_delegation_that_begins_later_asks_on_its_first_morning(monday: Office) -> None:
    request_id = with_the_head(monday)
    agreed(monday, GRACE, SENTENCE)
    monday.inbox(NADIA)
    before = monday.asked(request_id, HEAD)

    for day in range(13, 15):
        morning(monday, date(2026, 10, day))

    assert before == {GRACE}
    assert monday.asked(request_id, HEAD) == {GRACE, NADIA}


def test_a_line_manager_is_stood_in_for_by_whom_they_name(monday: Office) -> None:
    request_id = monday.sent()

    agreed(monday, AISHA, "Callum acts for me today and tomorrow")

    assert monday.asked(request_id, LM) == {AISHA, "callum.sample@elm-academy.example"}


def test_whoever_manages_people_is_stood_in_for_where_those_work(monday: Office) -> None:
    agreed(monday, VICTORIA, "Margaret Example acts for me from today until Friday")

    covered = {(role, place) for role, place, *_ in made(monday)}
    assert {(Role.DEPUTY_CEO, None), (Role.LINE_MANAGER, "elm-academy")} <= covered


def test_the_requester_never_decides_in_the_heads_name(monday: Office) -> None:
    request_id = with_the_head(monday)

    agreed(monday, GRACE, "Priya acts for me from today until Friday")

    assert monday.asked(request_id, HEAD) == {GRACE}


def test_a_delegation_that_is_over_lets_nobody_decide(monday: Office) -> None:
    request_id = with_the_head(monday)
    agreed(monday, GRACE, "Nadia acts for me today")
    card = monday.card(NADIA, HEAD)
    monday.wait(timedelta(days=1))

    monday.push(NADIA, card, "Approve")

    assert [one for one in monday.facts(request_id).decisions if one.step == HEAD] == []


def test_whoever_is_back_early_ends_it_and_both_hear(monday: Office) -> None:
    request_id = with_the_head(monday)
    shown = agreed(monday, GRACE, "Nadia acts for me from today until Friday")
    monday.inbox(NADIA)

    (ended,) = monday.push(GRACE, shown, "End the delegation")

    assert ended.title.startswith("Over: Nadia Example acts for you")
    assert monday.asked(request_id, HEAD) == {GRACE}
    assert "Over: you act for Grace Sample" in everything(monday.inbox(NADIA))
    assert {one[3] for one in made(monday)} == {date(2026, 10, 5)}


def test_one_that_has_not_begun_can_be_taken_back(monday: Office) -> None:
    shown = agreed(monday, GRACE, SENTENCE)

    (ended,) = monday.push(GRACE, shown, "End the delegation")

    assert ended.title.startswith("Over: ")
    assert all(starts_on == ends_on for _, _, starts_on, ends_on in made(monday))


def test_a_second_press_writes_nothing_more(monday: Office) -> None:
    agreed(monday, GRACE, SENTENCE)
    with monday.database.begin() as uow:
        before = len(uow.delegations.everything())

    (again,) = monday.press(GRACE, Action.DELEGATE, ABOUT)

    assert again.title.startswith("Written down: ")
    with monday.database.begin() as uow:
        assert len(uow.delegations.everything()) == before


def test_a_name_that_several_have_is_settled_by_a_press(monday: Office) -> None:
    (asked,) = monday.say(GRACE, "Sample acts for me tomorrow")

    (shown,) = monday.press(GRACE, asked.buttons[0].action, asked.buttons[0].about)

    assert asked.title == "Whom do you mean?"
    assert shown.title.startswith("Written down: ")


def test_it_stands_in_the_audit_of_whoever_acts(monday: Office) -> None:
    shown = agreed(monday, GRACE, SENTENCE)
    monday.push(GRACE, shown, "End the delegation")

    with monday.database.begin() as uow:
        verbs = [row.verb for row in uow.audit.chain(Subject.of_person(PersonId("nadia-example")))]
    assert "delegated" in verbs
    assert verbs[-1] == "delegation_ended"


def test_a_final_approver_without_the_role_is_stood_in_for_too(monday: Office) -> None:
    with monday.database.begin() as uow:
        central = next(one for one in uow.settings.listed() if one.type == "central_service")
        approver = uow.people.get(central.final_approver_id) if central.final_approver_id else None
    assert approver is not None

    agreed(monday, approver.email, "Martin Example acts for me from today until Friday")

    with monday.database.begin() as uow:
        theirs = [one for one in uow.delegations.everything() if one.from_id == approver.id]
    assert {one.role for one in theirs} & {Role.SERVICE_MANAGER, Role.HEAD_OF_SERVICE, Role.HEAD}
