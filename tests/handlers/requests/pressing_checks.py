"""What holds of a request whatever was pressed; worked out here once more, without the rules."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from policy_kb.request_words import EditClass, Outcome, QuestionKey, RequestState, StepKey, StepKind

if TYPE_CHECKING:
    from policy_kb.rules.form import Answers, Form, Step
    from policy_kb.rules.request import RequestFacts
    from storage.request import Version

SAYS_YES = frozenset({Outcome.APPROVED, Outcome.RECORDED, Outcome.CONFIRMED})
BRAND, AUTHOR_CONFIRMS = StepKey("brand"), StepKey("author_confirms")
LOGO, CLOSURE = QuestionKey("logo"), QuestionKey("closure")


def check(facts: RequestFacts, sent: tuple[Version, ...], form: Form) -> None:
    """Look whether everything that was decided was theirs to decide, at that time, on what they were shown."""
    kinds = {step.key: step.kind for step in route_of(facts, form)}
    _nobody_decides_on_their_own(facts, kinds)
    _a_step_has_one_decision(facts)
    _every_decision_knew_what_it_was_about(facts, sent, form)
    _the_last_word_comes_last(facts, form)
    _whoever_says_no_says_why(facts)
    assert [one.version for one in sent] == list(range(1, facts.version + 1))


def route_of(facts: RequestFacts, form: Form) -> tuple[Step, ...]:
    return form.route_for(facts.setting_type, facts.setting).steps


def _nobody_decides_on_their_own(facts: RequestFacts, kinds: dict[StepKey, StepKind]) -> None:
    theirs = {facts.requester, facts.author}
    for made in facts.counting():
        if kinds[made.step] is StepKind.CONFIRMS:
            assert (made.by, made.acting_for) == (facts.author, None)
        else:
            assert not {made.by, made.acting_for} & theirs
    for step in facts.steps:
        if kinds[step.key] is not StepKind.CONFIRMS:
            assert not {one.person for one in step.asked} & theirs


def _a_step_has_one_decision(facts: RequestFacts) -> None:
    assert all(times == 1 for times in Counter(made.step for made in facts.counting()).values())


def _every_decision_knew_what_it_was_about(facts: RequestFacts, sent: tuple[Version, ...], form: Form) -> None:
    changed_at = max(
        (two.version for one, two in pairwise(sent) if _is_material(one.answers, two.answers, form)), default=1
    )
    assert all(changed_at <= made.version <= facts.version for made in facts.counting())


def _is_material(before: Answers, after: Answers, form: Form) -> bool:
    """Tell whether something changed on which decisions rest; a closure may move to earlier without that."""
    return any(
        before.get(question.key, ()) != after.get(question.key, ())
        for question in form.questions
        if question.edit is EditClass.MATERIAL and question.key != CLOSURE
    )


def _the_last_word_comes_last(facts: RequestFacts, form: Form) -> None:
    needed, (final,) = _needed(facts, form), [step.key for step in route_of(facts, form) if step.is_final]
    made = [one.step for one in facts.counting() if one.step in needed]
    if final in made:
        assert made[-1] == final
        assert set(made) == needed
    if facts.state in {RequestState.APPROVED, RequestState.LIVE}:
        assert {one.step for one in facts.counting() if one.outcome in SAYS_YES} >= needed


def _needed(facts: RequestFacts, form: Form) -> set[StepKey]:
    left_out = set() if facts.answers.get(LOGO) == ("yes",) else {BRAND}
    if facts.requester == facts.author:
        left_out.add(AUTHOR_CONFIRMS)
    return {step.key for step in route_of(facts, form)} - left_out


def _whoever_says_no_says_why(facts: RequestFacts) -> None:
    for made in facts.decisions:
        assert made.outcome in SAYS_YES or made.comment.strip()
        assert made.outcome is not Outcome.RECORDED or made.facts
