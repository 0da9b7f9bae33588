"""Who may have somebody else asked, and when."""

from __future__ import annotations

from dataclasses import replace

import pytest

from policy_kb.request_words import Outcome, RequestState, StepState
from policy_kb.rules.deciding import ChangedSince, NotUnderWay, OwnRequest, ReasonMissing, check_may_say, independent
from policy_kb.rules.handing_on import check_may_choose, check_may_look_again
from policy_kb.rules.request import Approver
from policy_kb.words import PersonId, Role
from tests.policy_kb.rules.requests import LEADER, LINE_MANAGER, MANAGER, TEACHER, a_request, the_step

REQUEST = a_request()
STEP = REQUEST.step(LINE_MANAGER)
AUTHOR = replace(REQUEST, author=LEADER)
WHY = "She is away."


def approve(right: Approver) -> None:
    request = replace(REQUEST, steps=(replace(STEP, asked=(right,)), *REQUEST.steps[1:]))
    step = the_step(LINE_MANAGER)
    check_may_say(request, step, right, Outcome.APPROVED, version=request.version, comment="", facts={})


@pytest.mark.parametrize(
    "right",
    [
        pytest.param(Approver(person=LEADER, role=Role.LINE_MANAGER, acting_for=MANAGER, given_by=TEACHER), id="acts"),
        pytest.param(Approver(person=LEADER, role=Role.LINE_MANAGER, given_by=TEACHER), id="was asked"),
    ],
)
def test_nobody_decides_whom_the_requester_has_chosen(right: Approver) -> None:
    assert independent((right,), REQUEST) == ()
    with pytest.raises(OwnRequest):
        approve(right)

    approve(replace(right, given_by=MANAGER))


def test_whoever_looks_after_it_has_somebody_asked_with_a_reason() -> None:
    check_may_choose(REQUEST, STEP, by=LEADER, version=REQUEST.version, reason=WHY)

    with pytest.raises(ReasonMissing):
        check_may_choose(REQUEST, STEP, by=LEADER, version=REQUEST.version, reason=" ")


@pytest.mark.parametrize("by", [TEACHER, LEADER])
def test_nobody_chooses_who_decides_on_what_they_ask_for(by: PersonId) -> None:
    with pytest.raises(OwnRequest):
        check_may_choose(AUTHOR, STEP, by=by, version=REQUEST.version, reason=WHY)

    check_may_look_again(AUTHOR, STEP, version=REQUEST.version)


@pytest.mark.parametrize("state", sorted(set(RequestState) - {RequestState.SUBMITTED}))
def test_only_what_waits_for_a_word_is_passed_on(state: RequestState) -> None:
    with pytest.raises(NotUnderWay):
        check_may_look_again(replace(REQUEST, state=state), STEP, version=REQUEST.version)


@pytest.mark.parametrize("state", sorted(set(StepState) - {StepState.OPEN}))
def test_only_an_open_step_is_passed_on(state: StepState) -> None:
    with pytest.raises(NotUnderWay):
        check_may_choose(REQUEST, replace(STEP, state=state), by=LEADER, version=REQUEST.version, reason=WHY)


def test_it_is_passed_on_in_the_version_that_was_shown() -> None:
    with pytest.raises(ChangedSince):
        check_may_look_again(REQUEST, STEP, version=REQUEST.version + 1)
