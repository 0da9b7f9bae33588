"""Double clicks, stale cards, forged buttons and strangers: nothing is decided twice, unseen or by anybody else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from handlers.message import plain_text
from policy_kb.bot_words import Action
from policy_kb.request_words import RequestState, StepState
from policy_kb.words import Channel
from tests.handlers.requests.office import (
    AISHA,
    DANIEL,
    DEPUTY,
    GRACE,
    LEILA,
    LM,
    PRIYA,
    SLT,
    everything,
    labels,
)

if TYPE_CHECKING:
    from handlers.message import Message
    from tests.handlers.requests.office import Office

CLICKS = 50


def test_a_second_click_is_answered_politely_with_the_card_as_it_stands(office: Office) -> None:
    request_id = office.sent()
    card = office.card(AISHA, LM)
    office.push(AISHA, card, "Approve")

    shown, said = office.push(AISHA, card, "Decline", comment="No, wait.")

    assert shown.replaces
    assert labels(shown) == ["Whole form"]
    assert "answered already" in said.title
    assert len(office.facts(request_id).decisions) == 1


def test_one_delivery_that_comes_twice_is_one_decision_and_the_same_answer(office: Office) -> None:
    request_id = office.sent()

    first = office.press(AISHA, Action.APPROVE, f"{request_id}:{LM}:1", event_id="Ev-once")
    again = office.press(AISHA, Action.APPROVE, f"{request_id}:{LM}:1", event_id="Ev-once")

    assert again == first
    assert len(office.facts(request_id).decisions) == 1


@pytest.mark.usefixtures("no_hurry")
def test_of_fifty_clicks_at_one_moment_one_decides_and_the_others_are_told(office: Office) -> None:
    request_id = office.sent()

    def click(_: int) -> tuple[Message, ...]:
        return office.press(AISHA, Action.APPROVE, f"{request_id}:{LM}:1")

    with ThreadPoolExecutor(8) as people:
        answers = list(people.map(click, range(CLICKS)))

    polite = [messages for messages in answers if len(messages) == 2]
    assert len(office.facts(request_id).decisions) == 1
    assert len(polite) == CLICKS - 1
    assert all("answered already" in said.title for _, said in polite)


def test_nobody_decides_on_a_version_they_were_not_shown(office: Office) -> None:
    request_id = office.sent()
    card = office.card(AISHA, LM)
    office.change(request_id, purpose=("Everybody sees everything that our children do in PE.",))

    shown, said = office.push(AISHA, card, "Approve")

    assert "has changed since" in said.title
    assert "Everybody sees everything" in plain_text(shown)
    assert office.facts(request_id).decisions == ()
    office.push(AISHA, shown, "Approve")
    assert office.step(request_id, LM).state is StepState.DONE


@pytest.mark.parametrize(
    "about",
    [
        "",
        "1",
        "1:",
        ":head:1",
        "1:head:1:",
        "01:head:1",
        "1:HEAD:1",
        "1:head:-1",
        "999999:head:1",
        "1:head\x00:1",
        "9" * 40,
    ],
)
def test_a_forged_button_does_nothing(office: Office, about: str) -> None:
    request_id = office.sent()

    for action in (Action.APPROVE, Action.CARD, Action.REASSIGN, Action.WHOLE_FORM, Action.STATUS, Action.WITHDRAW):
        assert office.press(PRIYA if action is Action.REASSIGN else DANIEL, action, about)

    assert office.facts(request_id).decisions == ()
    assert office.facts(request_id).state is RequestState.SUBMITTED


def test_a_step_that_the_route_does_not_have_is_refused(office: Office) -> None:
    request_id = office.sent()

    shown = office.press(AISHA, Action.APPROVE, f"{request_id}:no_such_step:1")

    assert "no longer needed" in everything(shown)


def test_a_version_that_was_never_shown_decides_nothing(office: Office) -> None:
    request_id = office.sent()

    for about in (f"{request_id}:{LM}", f"{request_id}:{LM}:2"):
        assert "has changed since" in everything(office.press(AISHA, Action.APPROVE, about))

    assert office.facts(request_id).decisions == ()


def test_who_presses_is_whoever_the_platform_says_and_nobody_else(office: Office) -> None:
    request_id = office.sent()

    refused = office.press("stranger@elsewhere.example", Action.APPROVE, f"{request_id}:{LM}:1")
    colleague = office.press(DANIEL, Action.APPROVE, f"{request_id}:{LM}:1")

    assert "do not find you in the trust's staff list" in everything(refused)
    assert "not among the people who were asked" in everything(colleague)
    assert "Priya" not in everything((*refused, *colleague))
    assert office.facts(request_id).decisions == ()


def test_whoever_is_only_consulted_cannot_approve_or_decline(office: Office) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Approve")

    for action in (Action.APPROVE, Action.DECLINE):
        refused = office.press(GRACE, action, f"{request_id}:{SLT}:1", {"comment": ("No.",)})
        assert "another kind of answer" in everything(refused)

    assert office.facts(request_id).state is RequestState.SUBMITTED


def test_a_comment_of_any_length_or_kind_breaks_nothing(office: Office) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Approve", comment="Fine\x00 by me \ud83d.")
    office.inbox(LEILA)

    refused = office.press(LEILA, Action.DECLINE, f"{request_id}:{DEPUTY}:1", {"comment": ("x" * 3001,)})

    assert "too long" in everything(refused)
    assert [one.comment for one in office.facts(request_id).decisions] == ["Fine by me ."]


def test_a_comment_stays_out_of_the_audit(office: Office) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Approve", comment="Persephone")

    with office.database.begin() as uow:
        assert "Persephone" not in "".join(row.facts for row in uow.audit.everything())
    assert office.facts(request_id).decisions[0].comment == "Persephone"


def test_the_card_on_the_other_channel_locks_too(office: Office) -> None:
    request_id = office.sent()
    office.post()

    office.press(AISHA, Action.APPROVE, f"{request_id}:{LM}:1", channel=Channel.TEAMS)

    locked = office.card(AISHA, LM)
    assert locked.replaces
    assert labels(locked) == ["Whole form"]
