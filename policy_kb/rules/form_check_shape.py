"""Whether an answer can be an answer at all: of the right kind, among the options, not too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_kb.request_words import AnswerKind
from policy_kb.rules.form_finding import Force, day_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_kb.rules.form import Question, Value
    from policy_kb.rules.form_finding import Finding, Look

LONGEST = {AnswerKind.TEXT: 300, AnswerKind.LONG: 2000}  # characters
MOST_HOURS = 168  # there are no more in a week, and no form asks for a larger number
DIGITS = 4
ASKS_FOR = {
    AnswerKind.TEXT: "Please answer in a few words.",
    AnswerKind.LONG: "Please answer in a sentence or two.",
    AnswerKind.CHOICE: "Please choose one of: {options}.",
    AnswerKind.TICKS: "Please tick at least one of: {options}.",
    AnswerKind.YES_NO: "Please answer yes or no.",
    AnswerKind.PERSON: "Please name one person.",
    AnswerKind.PEOPLE: "Please name the people.",
    AnswerKind.DATE: "Please give a day, such as 14 January.",
    AnswerKind.AGES: "Please give two ages in years, the youngest and the oldest, such as 13 to 16.",
    AnswerKind.NUMBER: "Please give a whole number.",
}


def shape(look: Look) -> Iterator[Finding]:
    """Find an answer that is not of its question's kind."""
    if look.value and not _fits(look.question, look.value):
        options = ", ".join(option.label for option in look.question.options)
        yield look.says(Force.STOPS, ASKS_FOR[look.question.kind].format(options=options))


def missing(look: Look) -> Iterator[Finding]:
    """Find a question that was skipped though it is needed."""
    if look.question.needed and not look.value:
        yield look.says(Force.STOPS, f"The form cannot do without this one. {look.question.asks}")


def too_long(look: Look) -> Iterator[Finding]:
    """Find a text that the form does not hold."""
    longest = LONGEST.get(look.question.kind)
    if longest and len(look.text) > longest:
        says = f"This is {len(look.text):,} characters long, and the form holds {longest:,}. Please shorten it"
        yield look.says(Force.STOPS, f"{says}; a link to the rest is fine.")


def _fits(question: Question, value: Value) -> bool:
    options = [option.key for option in question.options]
    match question.kind:
        case AnswerKind.TICKS:
            return len(set(value)) == len(value) and set(value) <= set(options)
        case AnswerKind.PEOPLE:
            return all(one.strip() for one in value)
        case AnswerKind.AGES:
            return len(value) == 2 and all(map(_is_number, value))  # noqa: PLR2004 - the youngest and the oldest
        case _:
            return len(value) == 1 and _fits_alone(question, value[0], options)


def _fits_alone(question: Question, text: str, options: list[str]) -> bool:
    match question.kind:
        case AnswerKind.CHOICE | AnswerKind.YES_NO:
            return text in options or not options
        case AnswerKind.DATE:
            return text in options or day_of((text,)) is not None
        case AnswerKind.NUMBER:
            return _is_number(text) and int(text) <= MOST_HOURS
        case _:
            return bool(text.strip())


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= DIGITS
