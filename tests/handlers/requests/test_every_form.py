"""Every form of the edition can be filled in to its end, with taps and a few words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from policy_kb.bot_words import Action
from policy_kb.request_words import AnswerKind, FormKey
from policy_kb.view import load_view
from tests.handlers.requests.filler import TUESDAY, Filler

if TYPE_CHECKING:
    from policy_kb.rules.form import Form, Question
    from tests.fakes import FakeClock
    from tests.stage import Talk

FORMS = load_view().forms
MOST_TURNS = 80


def an_answer(question: Question, count: int) -> tuple[str, ...]:  # noqa: PLR0911 - one line for each kind
    """Return something that a control of this kind could bring."""
    match question.kind:
        case AnswerKind.CHOICE:
            return (question.options[-1].key,) if question.options else ("elm-academy",)
        case AnswerKind.TICKS:
            return (question.options[1].key,)
        case AnswerKind.YES_NO:
            return ("yes",)
        case AnswerKind.PERSON:
            return ("aisha-sample",) if question.key == "line_manager" else ("priya-sample",)
        case AnswerKind.PEOPLE:
            return ("daniel-example", "callum-sample", "aisha-sample")
        case AnswerKind.DATE:
            return ((TUESDAY.date() + timedelta(weeks=8 + 2 * count)).isoformat(),)
        case AnswerKind.AGES:
            return ("13 to 14",)
        case AnswerKind.NUMBER:
            return ("2",)
        case _:
            return ("What our team does every week, for the families who follow us.",)


def asked_by(title: str, form: Form) -> Question | None:
    return next((question for question in form.questions if question.asks == title), None)


@pytest.mark.parametrize("key", sorted(FORMS))
def test_a_form_comes_to_its_review_and_is_sent(key: FormKey, talk: Talk, clock: FakeClock, sample_trust: None) -> None:  # noqa: ARG001 - the people the form is about
    clock.instant = TUESDAY
    form, priya = FORMS[key], Filler(talk)
    priya.send(Action.START, key)

    turns = 0
    while (question := asked_by(priya.last.title, form)) and turns < MOST_TURNS:
        turns += 1
        priya.send(Action.ANSWER, f"1:{question.key}", {question.key: an_answer(question, turns)})
    review = priya.last.title
    sent = priya.press("Send it")

    assert review == f"R-1, {form.called}: ready to send."
    assert "R-1" in sent.title
