from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from policy_kb.request_words import RequestState
from policy_kb.rules import requesting
from policy_kb.rules.requesting import check_may_change, check_may_go_live, check_may_submit, check_may_withdraw
from tests.policy_kb.rules.requests import (
    AUTHOR_CONFIRMS,
    DEPUTY_DPO,
    DPO_CONSULTED,
    LEADER,
    LINE_MANAGER,
    MANAGER,
    TEACHER,
    THE_HEAD,
    a_request,
    said,
    steps_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from policy_kb.rules.request import RequestFacts
    from policy_kb.words import PersonId

EVERYBODY = (said(LINE_MANAGER), said(DPO_CONSULTED), said(DEPUTY_DPO), said(THE_HEAD))


def test_a_site_goes_live_once_everybody_has_agreed() -> None:
    request = a_request(*EVERYBODY)

    check_may_go_live(steps_of(request), request, TEACHER)


@pytest.mark.parametrize("state", [RequestState.DRAFT, RequestState.SUBMITTED, RequestState.CHANGES_ASKED])
def test_a_site_does_not_go_live_before_it_is_approved(state: RequestState) -> None:
    request = a_request(*EVERYBODY, state=state)

    with pytest.raises(requesting.NotApprovedYet) as refusal:
        check_may_go_live(steps_of(request), request, TEACHER)

    assert refusal.value.because == "A.3.3"


@pytest.mark.parametrize("missing", range(4))
def test_a_site_does_not_go_live_while_a_decision_is_missing_whatever_its_state_says(missing: int) -> None:
    given = [*EVERYBODY]
    del given[missing]
    request = a_request(*given, state=RequestState.APPROVED)

    with pytest.raises(requesting.NotApprovedYet):
        check_may_go_live(steps_of(request), request, TEACHER)


def test_a_site_does_not_go_live_on_a_decision_that_no_longer_counts() -> None:
    undone = replace(said(DEPUTY_DPO), asked_again=True)
    request = a_request(said(LINE_MANAGER), said(DPO_CONSULTED), undone, said(THE_HEAD), state=RequestState.APPROVED)

    with pytest.raises(requesting.NotApprovedYet):
        check_may_go_live(steps_of(request), request, TEACHER)


def test_a_site_goes_live_once() -> None:
    request = a_request(*EVERYBODY, state=RequestState.LIVE)

    with pytest.raises(requesting.AlreadyLive):
        check_may_go_live(steps_of(request), request, TEACHER)


def _go_live(request: RequestFacts, person: PersonId) -> None:
    check_may_go_live(steps_of(request), request, person)


@pytest.mark.parametrize("check", [check_may_change, check_may_submit, check_may_withdraw, _go_live])
def test_only_those_who_ask_handle_their_request(check: Callable[[RequestFacts, PersonId], None]) -> None:
    request = a_request(said(AUTHOR_CONFIRMS), *EVERYBODY, requester=LEADER)

    check(request, LEADER)
    check(request, TEACHER)
    with pytest.raises(requesting.NotTheirs):
        check(request, MANAGER)


@pytest.mark.parametrize("check", [check_may_change, check_may_submit])
@pytest.mark.parametrize("state", RequestState)
def test_a_request_can_be_changed_until_it_is_closed(
    check: Callable[[RequestFacts, PersonId], None], state: RequestState
) -> None:
    request = a_request(state=state)
    is_open = state in {
        RequestState.DRAFT,
        RequestState.SUBMITTED,
        RequestState.CHANGES_ASKED,
        RequestState.APPROVED,
    }

    if is_open:
        check(request, TEACHER)
    else:
        with pytest.raises(requesting.RequestClosed):
            check(request, TEACHER)


@pytest.mark.parametrize("state", [RequestState.SUBMITTED, RequestState.CHANGES_ASKED, RequestState.APPROVED])
def test_a_request_can_be_taken_back_until_it_is_closed(state: RequestState) -> None:
    check_may_withdraw(a_request(state=state), TEACHER)


def test_what_was_not_sent_cannot_be_taken_back() -> None:
    with pytest.raises(requesting.NotSentYet):
        check_may_withdraw(a_request(state=RequestState.DRAFT), TEACHER)


@pytest.mark.parametrize(
    "state", [RequestState.LIVE, RequestState.DECLINED, RequestState.WITHDRAWN, RequestState.CANCELLED]
)
def test_what_is_closed_cannot_be_taken_back(state: RequestState) -> None:
    with pytest.raises(requesting.RequestClosed):
        check_may_withdraw(a_request(state=state), TEACHER)
