"""What a change of answers does to decisions that were made before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_kb.request_words import EditClass, Outcome, QuestionKey
from policy_kb.rules.routing import counting_for, waits_for

if TYPE_CHECKING:
    from policy_kb.request_words import StepKey
    from policy_kb.rules.form import Answers, Form, Question, Step, Value
    from policy_kb.rules.request import RequestFacts

CLOSURE = QuestionKey("closure")
# Another author or another setting has other people decide: whatever the data say, all are asked again.
ALWAYS_MATERIAL = frozenset({QuestionKey("author"), QuestionKey("setting")})
BY_ANSWER = "answer:"


def changed(before: Answers, after: Answers) -> tuple[QuestionKey, ...]:
    """
    Return the questions whose answers differ, in the order of what came before, then what is new.

    Spaces, and the order of several ticks or people, say nothing; an empty answer is none.
    """
    keys = dict.fromkeys((*before, *after))
    return tuple(key for key in keys if _differ(before.get(key, ()), after.get(key, ())))


def class_of(form: Form, before: Answers, after: Answers) -> EditClass | None:
    """
    Return the gravest class among the answers that changed and still apply; None where none did.

    A closure that is put off, or given up, is material; an earlier one is minor.

    Policy: A.1.6, A.3.3
    """
    classes = {_class_of_one(question, before, after) for question in _changed_questions(form, before, after)}
    return next((edit for edit in EditClass if edit in classes), None)  # the gravest is named first


def no_longer_counts(steps: tuple[Step, ...], edit: EditClass) -> tuple[StepKey, ...]:
    """Return the steps whose decisions an edit undoes, in the order of the route."""
    if edit is EditClass.MATERIAL:
        return tuple(step.key for step in steps)
    if edit is EditClass.PEOPLE:
        return tuple(step.key for step in steps if step.is_final)
    return ()


def asked_again(form: Form, steps: tuple[Step, ...], request: RequestFacts, after: Answers) -> tuple[StepKey, ...]:
    """
    Return the steps whose decisions no longer count when new answers are sent, oldest decision first.

    Those are what the class of the edit undoes; whoever asked for changes, for they now see the answer;
    whoever an answer no longer names; the last word, where any step before it is open again or is new;
    and every step that is no longer needed, lest its decision come back with it.
    The steps are those that the new answers need; the request is as it was sent last.
    """
    edit = class_of(form, request.answers, after)
    again = set(no_longer_counts(steps, edit)) if edit else set()
    counts = counting_for(request)
    again.update(key for key, decision in counts.items() if decision.outcome is Outcome.CHANGES_ASKED)
    again.update(step.key for step in steps if _names_another(step, request.answers, after))
    still = counts.keys() - again
    again.update(step.key for step in steps if step.is_final and not still >= set(waits_for(step, steps)))
    again.update(counts.keys() - {step.key for step in steps})
    return tuple(key for key in counts if key in again)


def _changed_questions(form: Form, before: Answers, after: Answers) -> tuple[Question, ...]:
    return tuple(
        question for question in form.asked(after) if _differ(_answer(question, before), after.get(question.key, ()))
    )


def _class_of_one(question: Question, before: Answers, after: Answers) -> EditClass:
    if question.key in ALWAYS_MATERIAL:
        return EditClass.MATERIAL
    if question.key == CLOSURE:
        return _class_of_closure(_answer(question, before), after.get(question.key, ()))
    return question.edit


def _class_of_closure(before: Value, after: Value) -> EditClass:
    """Compare two closures: a day such as 2027-07-21 sorts before any word that stands for having none."""
    return EditClass.MINOR if before and after and after < before else EditClass.MATERIAL


def _answer(question: Question, answers: Answers) -> Value:
    return answers.get(question.key, ()) if question.is_asked(answers) else ()


def _names_another(step: Step, before: Answers, after: Answers) -> bool:
    named = (QuestionKey(by.removeprefix(BY_ANSWER)) for by in (step.by, *step.or_by) if by.startswith(BY_ANSWER))
    return any(_differ(before.get(key, ()), after.get(key, ())) for key in named)


def _differ(one: Value, other: Value) -> bool:
    return _told(one) != _told(other)


def _told(value: Value) -> list[str]:
    return sorted(filter(None, (" ".join(text.split()) for text in value)))
