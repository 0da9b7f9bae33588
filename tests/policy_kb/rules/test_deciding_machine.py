"""The guards hold on every chain of events that is tried, and five planted faults do not go unseen."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from policy_kb.request_words import EditClass, FormKey, RequestState, StepState
from policy_kb.rules import deciding, edits, routing
from policy_kb.rules.edits import class_of
from tests.policy_kb.rules.deciding_machine import DecidingMachine
from tests.policy_kb.rules.deciding_model import Click, Rules, check_click
from tests.policy_kb.rules.requests import DEPUTY_DPO, FORM, THE_HEAD

if TYPE_CHECKING:
    from policy_kb.request_words import StepKey
    from policy_kb.rules.form import Answers, Form, Step
    from policy_kb.rules.request import Approver, RequestFacts, StepStanding
    from policy_kb.view import PolicyView

RUNS = settings(
    deadline=None,
    database=None,
    max_examples=60,
    stateful_step_count=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],  # a busy computer is nobody's fault
)
# Found is enough: a failing chain is not made shorter, and the same chains are tried each time.
FINDS = settings(RUNS, derandomize=True, max_examples=1500, phases=[Phase.generate], report_multiple_bugs=False)
REACHED = frozenset(RequestState) - {RequestState.DRAFT, RequestState.CANCELLED}


def machine(view: PolicyView, form: Form, rules: Rules | None = None) -> type[DecidingMachine]:
    """Build a machine for one form; it goes by the real rules unless it is given others."""

    class Machine(DecidingMachine):
        pass

    Machine.goes_by = rules or Rules()
    Machine.form = form
    Machine.timers = view.timers
    Machine.reached = Counter()
    return Machine


def test_the_guards_hold_whatever_people_do(view: PolicyView) -> None:
    short = machine(view, FORM)

    run_state_machine_as_test(short, settings=RUNS)


def test_the_guards_hold_on_the_real_form_wherever_a_request_can_get(view: PolicyView) -> None:
    real = machine(view, view.forms[FormKey("site")])

    run_state_machine_as_test(real, settings=settings(RUNS, derandomize=True, max_examples=120))

    assert real.reached.keys() == REACHED


def lets_others_act_for_whoever_asks(approvers: tuple[Approver, ...], request: RequestFacts) -> tuple[Approver, ...]:
    return tuple(one for one in approvers if not request.is_theirs(one.person))


def forgets_for_whom(request: RequestFacts, step: Step, approver: Approver, click: Click) -> None:
    """Check everything, but not in whose name it is."""
    asked = (replace(approver, acting_for=None),)
    steps = (replace(one, asked=asked) if one.key == step.key else one for one in request.steps)
    check_click(replace(request, steps=tuple(steps)), step, asked[0], click)


def lets_whoever_asks_choose(approvers: tuple[Approver, ...], request: RequestFacts) -> tuple[Approver, ...]:
    return deciding.independent(tuple(replace(one, given_by=None) for one in approvers), request)


def forgets_who_chose(request: RequestFacts, step: Step, approver: Approver, click: Click) -> None:
    """Check everything, but not by whose choice it is."""
    check_click(request, step, replace(approver, given_by=None), click)


CHOSEN_BY_WHOEVER_ASKS = Rules(independent=lets_whoever_asks_choose, check_click=forgets_who_chose)
OWN_THROUGH_ANOTHER = Rules(independent=lets_others_act_for_whoever_asks, check_click=forgets_for_whom)


def asks_the_head_too_early(steps: tuple[Step, ...], request: RequestFacts) -> tuple[StepStanding, ...]:
    stands = routing.standing(steps, request)
    others = {one.state for one in stands if one.key not in {DEPUTY_DPO, THE_HEAD}}
    if others != {StepState.DONE}:
        return stands
    early = {THE_HEAD: StepState.OPEN} if {one.key: one.state for one in stands}[THE_HEAD] is StepState.WAITING else {}
    return tuple(replace(one, state=early.get(one.key, one.state)) for one in stands)


def forgets_the_deputy(request: RequestFacts, step: Step, approver: Approver, click: Click) -> None:
    """Check everything, but not whether the Deputy Data Protection Officer was heard."""
    steps = tuple(one for one in request.steps if step.key != THE_HEAD or one.key != DEPUTY_DPO)
    check_click(replace(request, steps=steps), step, approver, click)


HEAD_BEFORE_DEPUTY = Rules(standing=asks_the_head_too_early, check_click=forgets_the_deputy)


def believes_every_card(request: RequestFacts, step: Step, approver: Approver, click: Click) -> None:
    """Check everything, but not which version was shown."""
    check_click(request, step, approver, replace(click, version=request.version))


OLD_CARDS_COUNT = Rules(check_click=believes_every_card)


def keeps_what_was_approved(
    form: Form, steps: tuple[Step, ...], request: RequestFacts, after: Answers
) -> tuple[StepKey, ...]:
    if class_of(form, request.answers, after) is EditClass.MATERIAL:
        return ()
    return edits.asked_again(form, steps, request, after)


APPROVALS_OUTLIVE_EDITS = Rules(asked_again=keeps_what_was_approved)


@pytest.mark.parametrize(
    ("faulty", "invariant"),
    [
        pytest.param(OWN_THROUGH_ANOTHER, "nobody_decides_on_their_own", id="own request through another"),
        pytest.param(CHOSEN_BY_WHOEVER_ASKS, "whom_whoever_asks_has_chosen", id="chosen by whoever asks"),
        pytest.param(HEAD_BEFORE_DEPUTY, "the_last_word_comes_last", id="the head before the deputy"),
        pytest.param(OLD_CARDS_COUNT, "every_decision_knew", id="an old card"),
        pytest.param(APPROVALS_OUTLIVE_EDITS, "every_decision_knew", id="approvals outlive a material edit"),
    ],
)
def test_a_planted_fault_is_found(view: PolicyView, faulty: Rules, invariant: str) -> None:
    short = machine(view, FORM, faulty)

    with pytest.raises(AssertionError) as found:
        run_state_machine_as_test(short, settings=FINDS)

    assert any(invariant in entry.name for entry in found.traceback)
