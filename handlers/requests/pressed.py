"""What a control of a question brings back, made into an answer or into a word that says why it is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.requests.before import Before, NotTaken
from handlers.requests.reading import OF_PEOPLE, OF_WORDS, named_in, read_pressed
from policy_kb.request_words import AnswerKind
from policy_kb.words import PersonId

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handlers.requests.filling import Filling
    from policy_kb.answer import Answerer
    from policy_kb.rules.form import Form, Question, Value

# What a button stands for, in the place of an option.
SKIPPED = "-"
SAME = "="
SUGGESTED = "~"
PICK = "+"  # between the number of an unclear answer and the people picked for it: 47+priya-sample

LONGEST_READ = 5_000  # characters


def answered_by(filling: Filling, question: Question, what: str, filled_in: Sequence[str]) -> Value | str:
    """Return the answer a press gives, or the word for why it gives none."""
    if what == SKIPPED:
        return Before.NEEDED if question.needed else ()
    if what == SAME:
        return filling.before(question) or Before.NOTHING_BEFORE
    if what == SUGGESTED:
        return filling.suggestion(question)[1] or Before.NOT_READ
    around = filling.surroundings(question)
    if PICK in what and question.kind in OF_PEOPLE:
        return _picked(filling, question, what, filled_in)
    beside = question.kind in {AnswerKind.TICKS, AnswerKind.PEOPLE}
    values = (*(filled_in if beside else ()), what) if what else filled_in
    value = read_pressed(values, question, around)
    if value is None:
        return Before.NOT_READ
    return value or (Before.EMPTY if question.needed else ())


def urgent_words(form: Form, values: Mapping[str, Sequence[str]], what: str, answerer: Answerer) -> str:
    """Return what was typed into fields of words that says somebody may be at risk; "" where nothing does."""
    of_words: dict[str, Sequence[str]] = {
        question.key: values.get(question.key, ())[:1] for question in form.questions if question.kind in OF_WORDS
    }
    option = {"": (what,)} if len(what) > 1 else {}
    return alarming({**of_words, **option}, answerer)


def alarming(values: Mapping[str, Sequence[str]], answerer: Answerer) -> str:
    """Return what was typed into some fields that says somebody may be at risk; "" where nothing does."""
    texts = dict.fromkeys("\n".join(filled_in)[:LONGEST_READ] for filled_in in values.values())
    return next((text for text in texts if text.strip() and answerer.is_plainly_urgent(text)), "")


def _picked(filling: Filling, question: Question, what: str, filled_in: Sequence[str]) -> Value | str:
    """Return the people that typed names mean, with those that were picked where a name was unclear."""
    number, *picked = what.split(PICK)
    given = filling.uow.requests.given(int(number)) if number.isascii() and number.isdigit() else None
    if given is None or (given.request_id, given.question, given.refused) != (
        filling.draft.id,
        question.key,
        NotTaken.NAMES,
    ):
        return Before.NOT_READ
    around = filling.surroundings(question)
    chosen = [PersonId(one) for one in picked]
    named = named_in(given.value[0], around, picked=chosen)
    known = tuple(one for one in filled_in if question.kind is AnswerKind.PEOPLE)
    if any(one.meant for one in named.unsure):
        return f"{given.number}{PICK}{PICK.join(picked)}"
    people = tuple(dict.fromkeys((*(one.id for one in named.found), *known)))
    return read_pressed(people, question, around) or Before.NOT_READ
