"""Who is asked: by the form, by a post, by the setting; never whoever asks, never in their name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from handlers.message import plain_text
from policy_kb.bot_words import Action
from policy_kb.request_words import Outcome, RequestState, StepKey, StepState
from policy_kb.words import Role
from tests.handlers.requests.office import (
    AISHA,
    DANIEL,
    DENISE,
    DEPUTY,
    GRACE,
    HARRIET,
    HEAD,
    LEILA,
    LM,
    MARTIN,
    NADIA,
    PRIYA,
    SLT,
    TOM,
    VICTORIA,
    everything,
    labels,
)

if TYPE_CHECKING:
    from tests.handlers.requests.office import Office

THIS_WEEK = (date(2026, 11, 23), date(2026, 11, 28))
CONFIRM = StepKey("author_confirms")


def test_a_line_manager_who_asks_for_it_is_passed_over_for_their_own(office: Office) -> None:
    request_id = office.sent(AISHA, AISHA)

    assert office.asked(request_id, LM) == {DANIEL}
    assert "The form names Aisha Sample as line manager" in plain_text(office.card(DANIEL, LM))


def test_a_line_manager_who_has_left_is_passed_over_too(office: Office) -> None:
    aisha = office.person(AISHA)
    with office.database.begin() as uow:
        uow.people.put((replace(aisha, ends_on=date(2026, 11, 20)),), entry=office.entry())

    request_id = office.sent()

    assert office.asked(request_id, LM) == {DANIEL}


def test_nobody_decides_on_their_own_request_whatever_they_press(office: Office) -> None:
    request_id = office.sent(NADIA, GRACE)
    office.push(GRACE, office.card(GRACE, LM), "Approve")

    assert NADIA not in office.asked(request_id, SLT)
    facts = {"discussed_on": ("2026-11-23",), "discussed_with": ("Us",)}
    refused = office.press(NADIA, Action.RECORD, f"{request_id}:{SLT}:1", facts)
    assert "Nobody decides on their own request" in everything(refused)
    assert office.step(request_id, SLT).state is StepState.OPEN


def test_the_heads_own_request_goes_to_whoever_the_setting_names(office: Office) -> None:
    request_id = office.sent(GRACE, VICTORIA)
    office.up_to_the_head(request_id, VICTORIA)

    assert office.asked(request_id, HEAD) == {VICTORIA}
    card = office.card(VICTORIA, HEAD)
    assert "whoever stands in decides" in plain_text(card)
    office.push(VICTORIA, card, "Approve")
    assert office.facts(request_id).decisions[-1].role is Role.DEPUTY_CEO
    assert office.facts(request_id).state is RequestState.APPROVED


def test_the_heads_own_request_waits_where_nobody_is_named(office: Office) -> None:
    with office.database.begin() as uow:
        elm = office.person_in(uow, GRACE).setting
        uow.settings.put(replace(elm, stands_in_id=None), entry=office.entry())
    request_id = office.sent(GRACE, VICTORIA)

    office.up_to_the_head(request_id, VICTORIA)

    assert office.asked(request_id, HEAD) == set()
    told = everything(office.inbox(HARRIET))
    assert "names nobody who decides when its final approver asks" in told
    assert "stands_in" in told
    refused = office.press(GRACE, Action.APPROVE, f"{request_id}:{HEAD}:1")
    assert "Nobody decides on their own request" in everything(refused)
    assert office.facts(request_id).state is RequestState.SUBMITTED


def test_whoever_acts_for_the_head_is_asked_beside_the_head_and_signs_for_her(office: Office) -> None:
    office.delegate(Role.HEAD, GRACE, DANIEL, THIS_WEEK)
    request_id = office.sent()
    office.up_to_the_head(request_id)
    heads = office.card(GRACE, HEAD)
    assert office.asked(request_id, HEAD) == {GRACE, DANIEL}

    office.push(DANIEL, office.card(DANIEL, HEAD), "Approve")

    said = office.facts(request_id).decisions[-1]
    assert (said.by, said.acting_for) == (office.person(DANIEL).id, office.person(GRACE).id)
    (shown, _) = office.push(GRACE, heads, "Approve")
    assert "acting for Grace Sample" in shown.title


def test_a_delegation_that_is_over_lets_nobody_decide_on_a_card_they_still_hold(office: Office) -> None:
    office.delegate(Role.HEAD, GRACE, DANIEL, THIS_WEEK)
    request_id = office.sent()
    office.up_to_the_head(request_id)
    card = office.card(DANIEL, HEAD)
    office.wait(timedelta(days=7))

    refused = office.push(DANIEL, card, "Approve")

    assert "not among the people who were asked" in everything(refused)
    assert office.facts(request_id).state is RequestState.SUBMITTED


def test_a_delegate_of_a_delegate_is_nobody(office: Office) -> None:
    office.delegate(Role.HEAD, GRACE, DANIEL, THIS_WEEK)
    office.delegate(Role.HEAD, DANIEL, NADIA, THIS_WEEK)
    office.delegate(Role.DEPUTY_DPO, LEILA, MARTIN, THIS_WEEK, everywhere=True)
    office.delegate(Role.DEPUTY_DPO, MARTIN, VICTORIA, THIS_WEEK, everywhere=True)

    request_id = office.sent()
    office.up_to_the_head(request_id)

    assert office.asked(request_id, DEPUTY) == {LEILA, MARTIN}
    assert office.asked(request_id, HEAD) == {GRACE, DANIEL}


def test_nobody_acts_for_whoever_asks(office: Office) -> None:
    office.delegate(Role.HEAD, GRACE, DANIEL, THIS_WEEK)
    request_id = office.sent(GRACE, VICTORIA)

    office.up_to_the_head(request_id, VICTORIA)

    assert office.asked(request_id, HEAD) == {VICTORIA}


def test_one_person_who_is_line_manager_and_head_says_both_by_themselves(office: Office) -> None:
    request_id = office.sent(DENISE, GRACE)

    office.up_to_the_head(request_id, GRACE)

    second = office.card(GRACE, HEAD)
    assert "You are also asked for: Line manager's approval" in plain_text(second)
    assert office.step(request_id, HEAD).state is StepState.OPEN
    office.push(GRACE, second, "Approve")
    made = [one.step for one in office.facts(request_id).decisions if one.by == office.person(GRACE).id]
    assert made == [LM, HEAD]


def test_whoever_it_is_asked_for_confirms_it_first_and_in_person(office: Office) -> None:
    request_id = office.draft(author=TOM)
    office.send(request_id)
    assert office.asked(request_id, CONFIRM) == {TOM}
    assert office.step(request_id, LM).state is StepState.WAITING
    refused = office.press(PRIYA, Action.APPROVE, f"{request_id}:{CONFIRM}:1")
    assert office.facts(request_id).decisions == ()
    assert "Nobody decides on their own request" in everything(refused)

    card = office.card(TOM, CONFIRM)
    assert labels(card) == ["Confirm", "Decline", "Whole form"]
    office.push(TOM, card, "Confirm")

    assert office.facts(request_id).decisions[0].outcome is Outcome.CONFIRMED
    assert office.asked(request_id, LM) == {AISHA}


def test_in_a_central_service_its_manager_has_the_last_word(office: Office) -> None:
    hanna, stuart = "hanna.sample@central-service.example", "stuart.example@central-service.example"
    request_id = office.sent(hanna, stuart)

    last = next(step for step in office.facts(request_id).steps if step.key == HEAD)

    assert last.state is StepState.WAITING
    assert office.asked(request_id, LM) == {stuart}
