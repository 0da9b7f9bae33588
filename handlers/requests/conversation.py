"""The form as a conversation, without any chat: which question comes next, how far along it is, what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_kb.request_words import AnswerKind, Outcome, QuestionKey, RequestState

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from policy_kb.rules.form import Answers, Form, Question, Section
    from policy_kb.rules.request import RequestFacts

# Seconds somebody needs for a question, as a guess that is better low than high: reading it, thinking, a tap or typing.
SECONDS = {
    AnswerKind.CHOICE: 4,
    AnswerKind.YES_NO: 4,
    AnswerKind.TICKS: 8,
    AnswerKind.PERSON: 6,
    AnswerKind.PEOPLE: 12,
    AnswerKind.DATE: 8,
    AnswerKind.AGES: 8,
    AnswerKind.NUMBER: 6,
    AnswerKind.TEXT: 10,
    AnswerKind.LONG: 30,
}
MINUTE = 60
ASKED_TO_CHANGE = QuestionKey("which")  # the fact in which whoever asks for changes names what to change


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far along a form is at one question."""

    number: int  # of this question among those that apply, from 1
    total: int
    seconds: int  # a guess of what is left, this question included


def next_question(form: Form, answers: Answers) -> Question | None:
    """Return the first question that applies and was not answered; None where all are, and the review comes."""
    return next((question for question in form.asked(answers) if question.key not in answers), None)


def question_before(form: Form, answers: Answers, at: QuestionKey | None) -> Question | None:
    """Return the question before one, or the last one where the form is at the review; None before the first."""
    found: Question | None = None
    for question in form.asked(answers):
        if question.key == at:
            return found
        found = question
    return found


def asked_question(form: Form, answers: Answers, key: str) -> Question | None:
    """Return a question by its name, if it applies to what was answered; None for any other text."""
    return next((question for question in form.asked(answers) if question.key == key), None)


def progress(form: Form, answers: Answers, at: Question) -> Progress:
    """Return how far along the form is at a question; conditions may still add questions or take some away."""
    asked = form.asked(answers)
    left = [question for question in asked if question.key not in answers or question.key == at.key]
    return Progress(
        number=1 + next((place for place, one in enumerate(asked) if one.key == at.key), 0),
        total=len(asked),
        seconds=sum(SECONDS[question.kind] for question in left),
    )


def progress_line(standing: Progress) -> str:
    """Return the progress in words: Question 7 of 25 · about 3 minutes left."""
    minutes = (standing.seconds + MINUTE // 2) // MINUTE
    left = {0: "less than a minute left", 1: "about a minute left"}.get(minutes, f"about {minutes} minutes left")
    return f"Question {standing.number} of {standing.total} · {left}"


def section_of(form: Form, question: Question) -> Section:
    """Return the section a question stands in."""
    return next(section for section in form.sections if section.key == question.section)


def questions_of_section(form: Form, answers: Answers, question: Question) -> tuple[Question, ...]:
    """Return the questions that stand in one section with a question, as far as they apply, itself included."""
    return tuple(one for one in form.asked(answers) if one.section == question.section)


def missing(form: Form, answers: Answers) -> tuple[Question, ...]:
    """Return the questions that still need an answer before the form can be sent, in order."""
    return tuple(
        question
        for question in form.asked(answers)
        if question.key not in answers or (question.needed and not answers[question.key])
    )


def may_be_changed(form: Form, request: RequestFacts, answers: Answers) -> AbstractSet[QuestionKey]:
    """
    Return the questions whose answers may be changed: where changes are asked for, only what is asked.

    All are open where whoever asks for changes named none. A question without an answer is always open.
    """
    asked = {question.key for question in form.asked(answers)}
    if request.state is not RequestState.CHANGES_ASKED:
        return asked
    wanted = [said for said in request.counting() if said.outcome is Outcome.CHANGES_ASKED]
    named = {QuestionKey(key) for said in wanted for key in said.facts.get(ASKED_TO_CHANGE, ())}
    if not named & asked or any(not said.facts.get(ASKED_TO_CHANGE) for said in wanted):
        return asked
    return (named & asked) | {key for key in asked if key not in answers} | _opened_by(form, named)


def _opened_by(form: Form, named: AbstractSet[QuestionKey]) -> set[QuestionKey]:
    """Return the questions that are asked because of those, or not: they go with them."""
    return {
        question.key for question in form.questions if any(condition.question in named for condition in question.when)
    }
