"""What somebody typed or pressed, as the answer to one question; None where it answers something else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from handlers.heard.days import read_day
from handlers.heard.people_named import Named, read_people
from handlers.requests.ages import read_ages
from handlers.requests.choosing import read_choice, read_ticks, read_yes_or_no
from policy_kb.request_words import AnswerKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from policy_kb.rules.form import Option, Question, Value
    from policy_kb.rules.school_calendar import SchoolCalendar
    from policy_kb.words import PersonId, SettingId
    from storage.person import Person

LONGEST = {AnswerKind.TEXT: 300, AnswerKind.LONG: 4_000}  # characters
OF_PEOPLE = frozenset({AnswerKind.PERSON, AnswerKind.PEOPLE})
OF_WORDS = frozenset({AnswerKind.TEXT, AnswerKind.LONG})
SKIPS = re.compile(r"(?:please )?(?:skip|pass|leave)(?: (?:it|this|that|this one|the question|it out))?(?: please)?")
SAME = re.compile(r"(?:the )?same(?: as (?:before|last time|then|last year))?|as before|like last time")
NO_DAY = re.compile(r"no(?:ne|t)?(?: .*)?|never|open[ -]ended|ongoing|indefinite(?:ly)?|permanent(?:ly)?|forever")
NUMBER = re.compile(
    r"(?:(?:about|around|roughly|maybe|perhaps|up to|say|some)\s+)*(\d{1,4}(?:[.,]\d{1,2})?|[a-z]{3,5})"
    r"(?:\s*(?:h|hrs?|hours?|people|of us|a|per|each|every|week|weekly|or so))*"
)
IN_WORDS = {
    "none": "0",
    "zero": "0",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "ten": "10",
}
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What reading needs to know beside the question."""

    today: date  # a London date
    asker: Person
    setting: SettingId
    options: Sequence[Option] = ()  # as they are offered to this person
    people: Sequence[Person] = ()  # who is in post, those of the setting first; for a question about people
    calendar: SchoolCalendar | None = None


def read_typed(  # noqa: PLR0911 - one line for each kind
    text: str, question: Question, around: Surroundings
) -> Value | None:
    """
    Return the answer that typed words give; None where they give none.

    For people it is the names that were understood: ask `read_people` for the others.
    """
    match question.kind:
        case AnswerKind.TEXT | AnswerKind.LONG:
            return _words(text, question)
        case AnswerKind.CHOICE:
            return read_choice(text, around.options)
        case AnswerKind.TICKS:
            return read_ticks(text, around.options)
        case AnswerKind.YES_NO:
            return read_yes_or_no(text)
        case AnswerKind.PERSON | AnswerKind.PEOPLE:
            return _people(named_in(text, around), question)
        case AnswerKind.DATE:
            return _day(text, around)
        case AnswerKind.AGES:
            ages = read_ages(text)
            return (str(ages[0]), str(ages[1])) if ages else None
        case AnswerKind.NUMBER:
            return _number(text)
        case _:
            assert_never(question.kind)


def named_in(text: str, around: Surroundings, *, picked: Iterable[PersonId] = ()) -> Named:
    """Return whom words name, and the names that did not lead to one person."""
    return read_people(text, around.people, setting=around.setting, asker=around.asker, picked=picked)


def read_pressed(values: Sequence[str], question: Question, around: Surroundings) -> Value | None:
    """
    Return the answer that a control brought, if it can be one of its kind; None otherwise, whatever was sent.

    Empty where nothing was filled in.
    """
    given = tuple(dict.fromkeys(value.strip() for value in values[: _most(question, around)] if value.strip()))
    if not given:
        return ()
    match question.kind:
        case AnswerKind.CHOICE | AnswerKind.YES_NO | AnswerKind.TICKS:
            known = [option.key for option in around.options]
            picked = tuple(key for key in known if key in given)
            fits = len(picked) == len(given) and (len(given) == 1 or question.kind is AnswerKind.TICKS)
            return picked if fits else None
        case AnswerKind.PERSON | AnswerKind.PEOPLE:
            here = {one.id for one in around.people}
            fits = here.issuperset(given) and (len(given) == 1 or question.kind is AnswerKind.PEOPLE)
            return given if fits else None
        case AnswerKind.TEXT | AnswerKind.LONG | AnswerKind.DATE | AnswerKind.AGES | AnswerKind.NUMBER:
            return read_typed(given[0], question, around) if len(given) == 1 else None
        case _:
            assert_never(question.kind)


def clean(text: str) -> str:
    """Return what was typed without what no database takes: a NUL, half a character."""
    return CONTROL.sub(" ", text.replace("\r\n", "\n")).strip()


def is_skip(text: str) -> bool:
    """Tell whether words pass a question over."""
    return SKIPS.fullmatch(_bare(text)) is not None


def is_same_as_before(text: str) -> bool:
    """Tell whether words ask for the answer of the request this one was started from."""
    return SAME.fullmatch(_bare(text)) is not None


def _bare(text: str) -> str:
    return " ".join(text[:100].casefold().strip(" .!").split())


def _most(question: Question, around: Surroundings) -> int:
    """Return how many values are looked at: one more than there can be, so that too many are seen to be."""
    return 1 + max(len(around.options), len(around.people) if question.kind in OF_PEOPLE else 1)


def _words(text: str, question: Question) -> Value | None:
    kept = clean(text)
    return (kept,) if kept and len(kept) <= LONGEST[question.kind] else None


def _people(named: Named, question: Question) -> Value | None:
    if named.unsure or not named.found or (question.kind is AnswerKind.PERSON and len(named.found) > 1):
        return None
    return tuple(one.id for one in named.found)


def _day(text: str, around: Surroundings) -> Value | None:
    day = read_day(text, today=around.today, calendar=around.calendar)
    if day:
        return (day.isoformat(),)
    if around.options and (NO_DAY.fullmatch(_bare(text)) or read_choice(text, around.options)):
        return (around.options[0].key,)
    return None


def _number(text: str) -> Value | None:
    found = NUMBER.fullmatch(_bare(text))
    if found is None or not (found[1][0].isdigit() or found[1] in IN_WORDS):
        return None
    return (IN_WORDS.get(found[1], found[1]).replace(",", "."),)
