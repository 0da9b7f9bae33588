"""What came back in the fields of a card: a comment, what a step records, whom and what somebody chose."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from policy_kb.request_words import AnswerKind, QuestionKey
from policy_kb.rules.refusal import ProductRule, Refusal
from policy_kb.words import PersonId

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy_kb.rules.form import Question, Step, Value

COMMENT = "comment"
WHICH = "which"
WHO = "who"
CHOSEN = frozenset({WHICH, WHO})  # fields in which nothing is typed
LONGEST = 3000  # characters of a comment: as many as every platform's own field takes
# What no database keeps or no paper prints: control characters, halves of characters.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class CommentTooLong(Refusal):
    """More was written than can be kept."""

    key = "comment_too_long"
    says = "That is too long to be kept with the request: at most 3,000 characters. Please say it more shortly."
    because = ProductRule.REASONS_ARE_GIVEN


class FactUnclear(Refusal):
    """A field of a record holds something else than it asks for."""

    key = "fact_unclear"
    says = (
        "One of the fields does not hold what it asks for. A day is written as 2026-11-24 and lies not in the "
        "future; of several choices, one is chosen. Please correct it and send it again."
    )
    because = ProductRule.REASONS_ARE_GIVEN


def comment_of(values: Mapping[str, tuple[str, ...]], about: str) -> str:
    """Return the comment that was typed, without what cannot be kept; raises CommentTooLong."""
    return _text(values.get(COMMENT, ()), about)


def recorded(step: Step, values: Mapping[str, tuple[str, ...]], about: str, *, on: date) -> dict[QuestionKey, Value]:
    """
    Return what a step records, by its questions; without those that were left empty.

    Raises:
        FactUnclear: a day is none or lies ahead, or something else was chosen than was there.
        CommentTooLong: a text is longer than can be kept.
    """
    found = {question.key: _fact(question, values.get(question.key, ()), about, on=on) for question in step.facts}
    return {key: value for key, value in found.items() if value}


def chosen_questions(values: Mapping[str, tuple[str, ...]], known: frozenset[QuestionKey]) -> Value:
    """Return the questions that changes are asked to, of those there are."""
    return tuple(key for key in dict.fromkeys(values.get(WHICH, ())) if key in known)


def chosen_person(values: Mapping[str, tuple[str, ...]]) -> PersonId | None:
    """Return the person who was chosen, whoever that is; None where nobody was."""
    name = next(iter(values.get(WHO, ())), "")
    return PersonId(name) if name else None


def _fact(question: Question, value: Value, about: str, *, on: date) -> Value:
    text = _text(value, about)
    if not text:
        return ()
    options = {option.key for option in question.options}
    if question.kind is AnswerKind.DATE and text not in options:
        return (_past_day(text, about, on=on),)
    if options and text not in options:
        raise FactUnclear(about)
    return (text,)


def _past_day(text: str, about: str, *, on: date) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise FactUnclear(about) from None
    if day > on:
        raise FactUnclear(about)
    return day.isoformat()


def _text(value: Value, about: str) -> str:
    text = UNPRINTABLE.sub("", "\n".join(value)).strip()
    if len(text) > LONGEST:
        raise CommentTooLong(about)
    return text
