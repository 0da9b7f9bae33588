"""A whole section is filled in at once, over the same engine that asks one question at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.requests import conversation
from handlers.requests.answering import again, go_on, may_change, record, stay
from handlers.requests.before import NotTaken
from handlers.requests.reading import OF_WORDS, read_pressed
from policy_kb.request_words import AnswerKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handlers.requests.filling import Filling
    from policy_kb.rules.form import Question
    from storage.says import SayFacts

TYPED = OF_WORDS | {AnswerKind.AGES, AnswerKind.NUMBER, AnswerKind.DATE}  # fields in which anything can stand


def save_section(filling: Filling, question: Question, values: Mapping[str, Sequence[str]]) -> tuple[SayFacts, ...]:
    """
    Take every field of a section that was filled in; what is refused or doubted is told, and asked again.

    Raises:
        RequestClosed: the request stays as it is.
    """
    told: list[int] = []
    first: Question | None = None
    for one in conversation.questions_of_section(filling.form, filling.draft.answers, question):
        number = _save(again(filling), one, values.get(one.key, ()))
        if number is not None and number < 0:
            told.append(-number)
            first = first or one
    if first is None:
        return (go_on(again(filling)),)
    return (stay(again(filling), first, ".".join(map(str, told))),)


def _save(filling: Filling, question: Question, filled_in: Sequence[str]) -> int | None:
    """Keep one field and return the number of the answer, below zero where it is to be asked again."""
    value = read_pressed(filled_in, question, filling.surroundings(question))
    if value == () or value == filling.draft.answers.get(question.key):
        return None  # left empty, or as it was: a question without an answer is asked by itself later
    if value is not None:
        return record(filling, question, value)
    if question.kind not in TYPED or not may_change(filling, question):
        return None  # a control brings only what it offers
    # What could not be read is not kept: that it could not is told by the kind of its question.
    number = filling.uow.requests.answer(
        filling.draft.id, question.key, (), by=filling.person.id, now=filling.now, refused=NotTaken.UNREAD
    )
    return -number
