"""The fields of a card: the comment, and what a step records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.message import Field, InputKind, Option
from handlers.requests.given import COMMENT
from policy_kb.request_words import AnswerKind

if TYPE_CHECKING:
    from policy_kb.rules.form import Answers, Question, Step, Value

KINDS = {
    AnswerKind.DATE: InputKind.DATE,
    AnswerKind.CHOICE: InputKind.ONE,
    AnswerKind.YES_NO: InputKind.ONE,
    AnswerKind.LONG: InputKind.LONG,
}
WHO_READS_IT = "Everyone in this request reads it, and it is on the PDF."
YES_NO = (Option(value="yes", label="Yes"), Option(value="no", label="No"))


def comment_field(*, needed: bool, label: str = "Comment", hint: str = "") -> Field:
    """Return the field for a comment, which says who reads it."""
    says = f"{hint} {WHO_READS_IT}".strip()
    return Field(name=COMMENT, label=label, kind=InputKind.LONG, needed=needed, hint=says)


def fact_fields(step: Step, *, filled: Answers | None = None) -> tuple[Field, ...]:
    """Return a field for each thing that a step records, with what was recorded of it before."""
    return tuple(_field(question, (filled or {}).get(question.key, ())) for question in step.facts)


def _field(question: Question, filled: Value) -> Field:
    options = tuple(Option(value=one.key, label=one.label) for one in question.options)
    return Field(
        name=question.key,
        label=question.asks,
        kind=KINDS.get(question.kind, InputKind.LINE),
        options=options or (YES_NO if question.kind is AnswerKind.YES_NO else ()),
        filled=filled,
        hint=question.hint,
        needed=question.needed,
    )
