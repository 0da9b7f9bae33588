"""Which steps a request needs, where each of them stands, and where the request stands for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policy_kb.request_words import Outcome, RequestState, StepKind, StepState
from policy_kb.rules.request import StepStanding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy_kb.request_words import StepKey
    from policy_kb.rules.form import Answers, Route, Step
    from policy_kb.rules.request import Decision, RequestFacts

STATE_AFTER_WORDS = {
    Outcome.APPROVED: StepState.DONE,
    Outcome.RECORDED: StepState.DONE,
    Outcome.CONFIRMED: StepState.DONE,
    Outcome.CHANGES_ASKED: StepState.CHANGES_ASKED,
    Outcome.DECLINED: StepState.DECLINED,
}


def steps_needed(route: Route, answers: Answers, *, on_behalf: bool) -> tuple[Step, ...]:
    """
    Return the steps that these answers need, in the order of the route.

    Nobody confirms what they ask for themselves, so a confirmation is left out unless it is `on_behalf`.
    A step that waits for one that is left out waits for what that one would have waited for.

    Policy: A.3.3, A.3.6, A.1.3, A.1.8
    """
    left_out = {
        step.key: step.after
        for step in route.steps
        if not step.is_needed(answers) or (step.kind is StepKind.CONFIRMS and not on_behalf)
    }
    return tuple(
        replace(step, after=_without(step.after, left_out)) for step in route.steps if step.key not in left_out
    )


def waits_for(step: Step, steps: tuple[Step, ...]) -> tuple[StepKey, ...]:
    """
    Return the steps that must be done before one is asked, in the order of the route.

    The last word waits for every other step, whatever the route's data say: nobody gives it unknowing.

    Policy: A.3.3, form.approval
    """
    if step.is_final:
        return tuple(other.key for other in steps if not other.is_final)
    return tuple(other.key for other in steps if other.key in step.after and other.key != step.key)


def counting_for(request: RequestFacts) -> Mapping[StepKey, Decision]:
    """Return the decision that counts for each step that has one."""
    return {decision.step: decision for decision in request.counting()}


def standing(steps: tuple[Step, ...], request: RequestFacts) -> tuple[StepStanding, ...]:
    """
    Return where each needed step stands after the decisions that count, in the order of the route.

    Who was asked, and when, stays as it was; of a step that waits nobody is asked.
    Only what people said changes a state: no day and no hour is looked at.
    """
    counts = counting_for(request)
    states = {step.key: STATE_AFTER_WORDS[counts[step.key].outcome] for step in steps if step.key in counts}
    done = {key for key, state in states.items() if state is StepState.DONE}
    known = {step.key: step for step in request.steps}
    found = []
    for step in steps:
        state = states.get(step.key) or (StepState.OPEN if done.issuperset(waits_for(step, steps)) else None)
        before = known.get(step.key, StepStanding(key=step.key, state=StepState.WAITING))
        found.append(replace(before, state=state) if state else StepStanding(key=step.key, state=StepState.WAITING))
    return tuple(found)


def state_after(steps: tuple[Step, ...], request: RequestFacts) -> RequestState:
    """
    Return where a request that was sent stands after the decisions that count.

    One no ends it, one wish for changes sends it back, and it is approved once every step is done.
    A route without steps approves nothing.

    Policy: A.3.3
    """
    states = {step.state for step in standing(steps, request)}
    if StepState.DECLINED in states:
        return RequestState.DECLINED
    if StepState.CHANGES_ASKED in states:
        return RequestState.CHANGES_ASKED
    return RequestState.APPROVED if states == {StepState.DONE} else RequestState.SUBMITTED


def _without(after: tuple[StepKey, ...], left_out: Mapping[StepKey, tuple[StepKey, ...]]) -> tuple[StepKey, ...]:
    """Put what a step waited for in the place of a step that is left out."""
    found: dict[StepKey, None] = {}
    for key in after:
        found.update(dict.fromkeys(_without(left_out[key], left_out) if key in left_out else (key,)))
    return tuple(found)
