"""A reason that comes a moment too late decides nothing, and is not lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from policy_kb.request_words import Outcome, RequestState, StepState
from policy_kb.rules.adding import decided_nothing, may_add
from tests.policy_kb.rules.requests import BRAND, DEPUTY_DPO, LINE_MANAGER, THE_HEAD, a_request, answers, said

if TYPE_CHECKING:
    from policy_kb.rules.request import Decision

FIRST = replace(said(DEPUTY_DPO), outcome=Outcome.CHANGES_ASKED, comment="Say who takes photos.")
LATE = replace(said(BRAND), outcome=Outcome.CHANGES_ASKED, comment="The logo is too big.")
REQUEST = a_request(said(LINE_MANAGER), FIRST, given=answers(logo="yes"))


@pytest.mark.parametrize("outcome", [Outcome.CHANGES_ASKED, Outcome.DECLINED])
def test_a_second_reason_is_passed_on(outcome: Outcome) -> None:
    assert REQUEST.state is RequestState.CHANGES_ASKED
    assert may_add(REQUEST, replace(LATE, outcome=outcome))


@pytest.mark.parametrize(
    "late",
    [
        pytest.param(replace(LATE, outcome=Outcome.APPROVED), id="a yes"),
        pytest.param(replace(LATE, comment=" "), id="no reason"),
        pytest.param(replace(LATE, version=2), id="another version"),
        pytest.param(replace(LATE, step=THE_HEAD), id="a step that waits"),
        pytest.param(FIRST, id="the same once more"),
    ],
)
def test_nothing_else_is_added(late: Decision) -> None:
    assert REQUEST.step(THE_HEAD).state is StepState.WAITING
    assert not may_add(REQUEST, late)


def test_nothing_is_added_while_it_can_still_be_decided() -> None:
    assert not may_add(replace(REQUEST, state=RequestState.SUBMITTED), LATE)


def test_of_two_reasons_to_one_version_the_first_decided() -> None:
    second = replace(FIRST, version=2, comment="And now?")
    request = replace(REQUEST, decisions=(*REQUEST.decisions, replace(LATE, asked_again=True), second))

    assert [decided_nothing(one, request) for one in request.decisions] == [False, False, True, False]
