"""How an answer reads: its labels, names and days, as a person would say them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, assert_never

from handlers.people_and_days import day_in_words, name_of
from policy_kb.request_words import AnswerKind
from policy_kb.words import PersonId, SettingId

if TYPE_CHECKING:
    from policy_kb.rules.form import Question, Value
    from storage.unit_of_work import UnitOfWork

NOT_GIVEN = "Not given"


def shown(question: Question, value: Value, uow: UnitOfWork) -> str:
    """Return an answer in words; "Not given" for a question that was skipped."""
    between = " to " if question.kind is AnswerKind.AGES else ", "
    return between.join(_one(question, one, uow) for one in value) or NOT_GIVEN


def asked_label(question: Question) -> str:
    """Return what stands before an answer: a label that is printed as a question loses its mark there."""
    return question.label.rstrip("?")


def _one(question: Question, text: str, uow: UnitOfWork) -> str:
    label = next((option.label for option in question.options if option.key == text), "")
    match question.kind:
        case AnswerKind.PERSON | AnswerKind.PEOPLE:
            return name_of(PersonId(text), uow)
        case AnswerKind.DATE:
            return label or day_in_words(date.fromisoformat(text))
        case AnswerKind.CHOICE | AnswerKind.TICKS:
            return label or _setting_name(text, uow)
        case AnswerKind.YES_NO:
            return text.capitalize()
        case AnswerKind.AGES | AnswerKind.TEXT | AnswerKind.LONG | AnswerKind.NUMBER:
            return text
        case _:
            assert_never(question.kind)


def _setting_name(key: str, uow: UnitOfWork) -> str:
    setting = uow.settings.get(SettingId(key))
    return setting.name if setting else key
