"""No, or not like this: what is said with a reason, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.message import plain_text
from policy_kb.bot_words import Action
from policy_kb.request_words import Outcome, QuestionKey, RequestState, StepKey, StepState
from tests.handlers.requests.office import (
    AISHA,
    DANIEL,
    DEPUTY,
    DPO,
    GRACE,
    HEAD,
    LEILA,
    LM,
    MARTIN,
    PRIYA,
    SLT,
    everything,
    labels,
    option,
)

if TYPE_CHECKING:
    from tests.handlers.requests.office import Office


def test_to_decline_needs_a_reason_which_is_asked_for_in_the_cards_place(office: Office) -> None:
    request_id = office.sent()

    (form,) = office.push(AISHA, office.card(AISHA, LM), "Decline")

    assert form.replaces
    assert office.facts(request_id).decisions == ()
    assert labels(form) == ["Decline", "Back to the card"]
    (back,) = office.push(AISHA, form, "Back to the card")
    assert labels(back)[0] == "Approve"
    assert back.replaces


def test_a_declined_request_is_over_and_its_requester_reads_why(office: Office) -> None:
    request_id = office.sent()
    (form,) = office.push(AISHA, office.card(AISHA, LM), "Decline")

    office.push(AISHA, form, "Decline", comment="We have such a page already.")

    (news,) = office.inbox(PRIYA)
    assert office.facts(request_id).state is RequestState.DECLINED
    assert news.title == "R-1 was declined by Aisha Sample, Line Manager."
    assert "We have such a page already." in plain_text(news)
    assert "Start a new one from this" in labels(news)


def test_a_reason_typed_on_the_card_itself_is_enough(office: Office) -> None:
    request_id = office.sent()

    office.push(AISHA, office.card(AISHA, LM), "Decline", comment="We have one already.")

    assert office.facts(request_id).state is RequestState.DECLINED


def test_a_request_that_one_declined_can_be_decided_by_nobody_else(office: Office) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Approve")
    leilas = office.card(LEILA, DEPUTY)
    office.push(MARTIN, office.card(MARTIN, DPO), "Record", dpia="no")

    office.push(LEILA, leilas, "Decline", comment="The pictures need another plan.")
    refused = office.press(
        DANIEL, Action.RECORD, f"{request_id}:{SLT}:1", {"discussed_on": ("2026-11-23",), "discussed_with": ("All",)}
    )

    assert "not waiting for anybody's decision now" in everything(refused)
    assert "was declined" in office.card(DANIEL, SLT).title
    assert len(office.facts(request_id).decisions) == 3


def test_changes_are_asked_for_answer_by_answer(office: Office) -> None:
    request_id = office.sent()
    (form,) = office.push(AISHA, office.card(AISHA, LM), "Ask for changes")

    office.push(
        AISHA,
        form,
        "Ask for these changes",
        comment="Whom is it for?",
        which=(option(form, "which", "Proposed audience"), "no_such_question"),
    )

    (decision,) = office.facts(request_id).decisions
    (news,) = office.inbox(PRIYA)
    assert decision.facts[QuestionKey("which")] == ("audience",)
    assert office.facts(request_id).state is RequestState.CHANGES_ASKED
    assert "asks for changes to R-1" in news.title
    assert "Please look at: Proposed audience." in plain_text(news)
    assert (news.buttons[0].action, news.buttons[0].about) == (Action.EDIT, f"{request_id}:audience")


def test_what_was_changed_goes_back_to_whoever_asked_for_it(office: Office) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Ask for changes", comment="Whom is it for?")

    office.change(request_id, audience=("families",))

    card = office.card(AISHA, LM)
    assert office.step(request_id, LM).state is StepState.OPEN
    assert labels(card)[0] == "Approve"
    office.push(AISHA, card, "Approve")
    assert office.step(request_id, LM).state is StepState.DONE
    assert [one.outcome for one in office.facts(request_id).decisions] == [Outcome.CHANGES_ASKED, Outcome.APPROVED]


def test_a_material_change_asks_everybody_again(office: Office) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Approve")
    office.push(LEILA, office.card(LEILA, DEPUTY), "Approve")
    office.inbox(LEILA)

    office.change(request_id, purpose=("Everybody sees everything that our children do in PE.",))

    assert office.step(request_id, LM).state is StepState.OPEN
    assert office.step(request_id, DEPUTY).state is StepState.WAITING
    assert labels(office.card(AISHA, LM))[0] == "Approve"
    assert "goes to Aisha Sample first; you are asked after that" in everything(office.inbox(LEILA))
    assert "voided" in office.verbs(request_id)


def test_a_minor_change_asks_nobody_again_and_tells_those_who_decided(office: Office) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Approve")
    office.inbox(AISHA)

    office.change(request_id, department=("Physical education",))

    assert office.step(request_id, LM).state is StepState.DONE
    assert "still counts" in everything(office.inbox(AISHA))


def test_other_people_after_the_heads_word_need_one_more_press_of_the_head(office: Office) -> None:
    request_id = office.sent(administrators=("priya-sample", "tom-example"))
    office.up_to_the_head(request_id)
    office.push(GRACE, office.card(GRACE, HEAD), "Approve")
    assert office.facts(request_id).state is RequestState.APPROVED
    office.inbox(GRACE)

    office.change(request_id, administrators=("priya-sample", "callum-sample"))

    assert office.facts(request_id).state is RequestState.SUBMITTED
    assert [one.key for one in office.facts(request_id).steps if one.state is StepState.OPEN] == [HEAD]
    office.push(GRACE, office.card(GRACE, HEAD), "Approve")
    assert office.facts(request_id).state is RequestState.APPROVED


def test_a_withdrawn_request_is_asked_about_twice_and_then_over_for_everybody(office: Office) -> None:
    request_id = office.sent()
    office.inbox(AISHA)

    (asked,) = office.press(PRIYA, Action.WITHDRAW, str(request_id))
    assert office.facts(request_id).state is RequestState.SUBMITTED
    (status,) = office.push(PRIYA, asked, "Yes, withdraw it")

    assert office.facts(request_id).state is RequestState.WITHDRAWN
    assert "withdrawn" in status.title
    told = office.inbox(AISHA)
    assert {one.title for one in told} >= {
        "R-1 (a new social media site) was withdrawn by the requester.",
        "R-1 (a new social media site) was withdrawn by the person who asked. There is nothing left to do.",
    }
    (locked,) = [one for one in told if one.card]
    assert labels(locked) == ["Whole form"]
    assert "withdrawn" in office.verbs(request_id)


def test_nobody_but_the_requester_withdraws_it_or_calls_it_live(office: Office) -> None:
    request_id = office.sent()

    for action in (Action.WITHDRAW, Action.WITHDRAW_SURELY, Action.IS_LIVE):
        assert "Only the person who asked" in everything(office.press(AISHA, action, str(request_id)))

    assert office.facts(request_id).state is RequestState.SUBMITTED


def test_nothing_is_live_before_it_is_approved(office: Office) -> None:
    request_id = office.sent()

    (refused,) = office.press(PRIYA, Action.IS_LIVE, str(request_id))

    assert "not approved yet" in refused.title
    assert "A.3.3" in plain_text(refused)


def test_what_is_not_needed_any_more_locks(office: Office) -> None:
    brand = StepKey("brand")
    request_id = office.sent(logo=("yes",))
    office.push(AISHA, office.card(AISHA, LM), "Approve")
    card = office.card(GRACE, brand)
    assert labels(card)[0] == "Approve"

    office.change(request_id, logo=("no",))

    shown = office.push(GRACE, card, "Approve")
    assert "no longer needed" in everything(shown)
    assert brand not in {one.key for one in office.facts(request_id).steps}
