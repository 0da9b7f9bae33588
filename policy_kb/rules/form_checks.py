"""The checks of a form's answers, by the names that its file gives them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from policy_kb.request_words import AnswerKind, QuestionKey
from policy_kb.rules import form_check_children as children
from policy_kb.rules import form_check_dates as dates
from policy_kb.rules import form_check_people as people
from policy_kb.rules import form_check_shape as shapes
from policy_kb.rules import form_check_words as words
from policy_kb.rules.form_check_names import names_a_child
from policy_kb.rules.form_finding import CheckFacts, Finding, Force, Look, StaffFact
from policy_kb.rules.form_flags import Flag, flags

if TYPE_CHECKING:
    from policy_kb.rules.form import Answers, Form, Question, Value

__all__ = [
    "CHECKS",
    "COMPARING",
    "CheckFacts",
    "Finding",
    "Flag",
    "Force",
    "StaffFact",
    "check_all",
    "check_answer",
    "flags",
]

Check: TypeAlias = Callable[[Look], Iterator[Finding]]

CHECKS: Mapping[str, Check] = {
    check.__name__: check
    for check in (
        children.age_looked_up,
        children.ages,
        children.minimum_age,
        children.no_nursery_contributors,
        children.vulnerable,
        dates.not_past,
        dates.time_to_approve,
        people.at_least_two,
        people.is_staff,
        people.not_the_requester,
        words.advertising,
        words.enough_words,
        words.logo_where_hosted,
        words.own_logins,
        words.trivial_purpose,
    )
}
# Followed by the question they compare with: "later_than go_live".
COMPARING: Mapping[str, Check] = {
    check.__name__: check for check in (dates.earlier_than, dates.later_than, people.differs_from, people.three_people)
}
# Made of every answer of a kind, so no file names them.
ALWAYS: Mapping[AnswerKind, tuple[Check, ...]] = {
    AnswerKind.TEXT: (shapes.too_long, names_a_child),
    AnswerKind.LONG: (shapes.too_long, names_a_child),
    AnswerKind.PEOPLE: (people.twice,),
}
GRAVEST = (Force.STOPS, Force.DOUBTS, Force.WARNS)


def check_answer(
    form: Form, question: Question, value: Value, answers: Answers, facts: CheckFacts
) -> tuple[Finding, ...]:
    """
    Check an answer before it is saved.

    Args:
        form: the form it belongs to.
        question: what it answers.
        value: the answer; nothing where the question was skipped.
        answers: what was answered so far.
        facts: what there is to know beside the answers.

    Returns:
        What there is to say, what stops the answer first; an answer that is no answer at all is told so alone.
    """
    counting = _counting(form, {**answers, question.key: value})
    counting[question.key] = value
    basic = tuple(_found((shapes.missing, shapes.shape), form, question, counting, facts))
    if basic or not value:
        return basic
    found = list(_found(ALWAYS.get(question.kind, ()), form, question, counting, facts))
    for text in question.checks:
        name, _, other = text.partition(" ")
        check = CHECKS.get(name) or COMPARING[name]
        found.extend(_found((check,), form, question, counting, facts, other=other))
    return tuple(sorted(found, key=lambda one: GRAVEST.index(one.force)))


def check_all(form: Form, answers: Answers, facts: CheckFacts) -> tuple[tuple[Question, Finding], ...]:
    """
    Check a whole form, in its order: what is missing, and what each answer gives rise to.

    What is wrong between two answers is told once, with the first of them.
    """
    told: set[tuple[str, frozenset[QuestionKey]]] = set()
    found: list[tuple[Question, Finding]] = []
    for question, finding in _findings(form, answers, facts):
        about = (_pair(finding.check), frozenset((question.key, *finding.fix)))
        if not finding.fix or about not in told:
            found.append((question, finding))
        told.add(about)
    return tuple(found)


def is_check(name: str) -> bool:
    """Tell whether there is a check of this name."""
    return name in CHECKS or name in COMPARING


def names_a_question(name: str) -> bool:
    """Tell whether a check's name is followed by the question that it compares with."""
    return name in COMPARING


def _findings(form: Form, answers: Answers, facts: CheckFacts) -> Iterator[tuple[Question, Finding]]:
    for question in form.asked(answers):
        if question.needed or question.key in answers:
            value = answers.get(question.key, ())
            for finding in check_answer(form, question, value, answers, facts):
                yield question, finding


def _found(
    checks: Iterable[Check], form: Form, question: Question, answers: Answers, facts: CheckFacts, *, other: str = ""
) -> Iterator[Finding]:
    key = QuestionKey(other) if other else None
    for check in checks:
        name = check.__name__
        yield from check(Look(check=name, form=form, question=question, answers=answers, facts=facts, other=key))


def _counting(form: Form, answers: Answers) -> dict[QuestionKey, Value]:
    """Leave out answers to questions that what was answered since no longer asks."""
    return {question.key: answers[question.key] for question in form.asked(answers) if question.key in answers}


def _pair(check: str) -> str:
    """Return one name for two checks that find the same from either side."""
    return "order" if check in ("earlier_than", "later_than") else check
