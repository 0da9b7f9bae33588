"""An answer in the words of the conversation: a day with its weekday, so that a misread one is seen at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from handlers.people_and_days import day_in_words
from handlers.requests.shown import shown
from policy_kb.request_words import AnswerKind

if TYPE_CHECKING:
    from policy_kb.rules.form import Question, Value
    from storage.unit_of_work import UnitOfWork


def value_in_words(question: Question, value: Value, uow: UnitOfWork) -> str:
    """Return an answer in words: Monday 30 November 2026; Pupils of the Academy, Others."""
    if question.kind is AnswerKind.DATE and value and value[0][:1].isdigit():
        day = date.fromisoformat(value[0])
        return f"{day:%A} {day_in_words(day)}"
    return shown(question, value, uow)
