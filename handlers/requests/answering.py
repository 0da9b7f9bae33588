"""An answer is taken, refused or doubted, and the form goes on; every answer is kept as it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.readiness import blocked_for_requests
from handlers.requests import conversation
from handlers.requests.before import Before, NotTaken
from handlers.requests.filling import AUTHOR, SETTING, filling_of
from policy_kb.bot_words import SayKind
from policy_kb.rules.form_checks import Force
from policy_kb.rules.requesting import check_may_change
from policy_kb.words import PersonId, SettingId
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from handlers.requests.filling import Filling
    from policy_kb.request_words import QuestionKey
    from policy_kb.rules.form import Question, Value
    from policy_kb.rules.request import RequestFacts


def take(filling: Filling, question: Question, value: Value) -> tuple[SayFacts, ...]:
    """
    Take an answer, and return what comes next: the question again with what is wrong, or the next one.

    Raises:
        RequestClosed: the request stays as it is.
    """
    taken = record(filling, question, value)
    if taken is None:
        return (stay(filling, None, Before.NOT_ASKED),)
    if taken < 0:
        return (stay(filling, question, str(-taken)),)
    return (go_on(filling, (taken,)),)


def record(filling: Filling, question: Question, value: Value) -> int | None:
    """
    Keep an answer and return its number; below zero where the form has to stay at this question.

    None, and nothing is kept, where the question is not among those that may be changed now.

    Raises:
        RequestClosed: the request stays as it is.
    """
    if not may_change(filling, question):
        return None
    found = filling.findings(question, value)
    stops = next((one.check for one in found if one.force is Force.STOPS), "") or _blocked(filling, question, value)
    number = _write(filling, question, value, refused=stops)
    if not stops:
        move(filling, question.key, value)
    doubted = any(one.force is Force.DOUBTS for one in found)
    return -number if stops or doubted else number


def keep_unclear(filling: Filling, question: Question, text: str) -> tuple[SayFacts, ...]:
    """Keep names that did not lead to one person each, so that the next message can ask who is meant."""
    if not may_change(filling, question):
        return (stay(filling, None, Before.NOT_ASKED),)
    number = _write(filling, question, (text,), refused=NotTaken.NAMES)
    return (stay(filling, question, str(number)),)


def keep(filling: Filling, question: Question) -> SayFacts | None:
    """
    Let the answer to a question stand although it was doubted, and go on; None where there is no answer to keep.

    Raises:
        RequestClosed, NotTheirs: nothing of the request may be changed any more.
    """
    if not may_change(filling, question):
        return stay(filling, None, Before.NOT_ASKED)
    if question.key not in filling.draft.answers:
        return None
    filling.uow.requests.keep(filling.draft.id, question.key, now=filling.now)
    return go_on(filling)


def may_change(filling: Filling, question: Question) -> bool:
    """
    Tell whether a question may be answered now.

    Raises:
        RequestClosed, NotTheirs: nothing of the request may be changed any more.
    """
    facts = filling.uow.requests.facts(filling.draft.id)
    if facts is None:
        return False
    check_may_change(facts, filling.person.id)
    return question.key in open_questions(filling, facts)


def open_questions(filling: Filling, facts: RequestFacts) -> AbstractSet[QuestionKey]:
    """Return the questions whose answers may be changed now: what is asked, and what keeps the form from being sent."""
    asked = conversation.may_be_changed(filling.form, facts, filling.draft.answers)
    return asked | {question.key for question, _ in filling.stopping()}


def edit(filling: Filling, question: Question) -> SayFacts:
    """
    Ask a question anew, if its answer may be changed now; the review comes after it.

    Raises:
        RequestClosed: the request stays as it is.
    """
    if not may_change(filling, question):
        return stay(filling, None, Before.NOT_ASKED)
    return stay(filling, question)


def go_on(filling: Filling, given: Iterable[int] = ()) -> SayFacts:
    """Move to the next question, or to the review where none is left; `given` are the answers to tell of."""
    fresh = again(filling)
    following = conversation.next_question(fresh.form, fresh.draft.answers)
    return stay(fresh, following, ".".join(str(number) for number in given))


def stay(filling: Filling, question: Question | None, what: str = "") -> SayFacts:
    """Stand at a question and return it, with what is to be said before it; at the review where there is none."""
    filling.uow.requests.stand_at(filling.draft.id, question.key if question else None, now=filling.now)
    return said(filling, question, what)


def said(filling: Filling, question: Question | None, what: str = "") -> SayFacts:
    """Return a question, or the review, with what is to be said before it; nothing is moved."""
    parts = (str(filling.draft.id), *((question.key,) if question else ()), *((what,) if what else ()))
    return SayFacts(kind=SayKind.QUESTION if question else SayKind.REVIEW, about=":".join(parts))


def where(filling: Filling) -> Question | None:
    """Return the question a form stands at; None for the review."""
    answers = filling.draft.answers
    at = conversation.asked_question(filling.form, answers, filling.draft.at or "")
    return at or conversation.next_question(filling.form, answers)


def again(filling: Filling) -> Filling:
    """Return a form as it stands after something was written."""
    found = filling_of(filling.draft.id, filling.person, filling.view, filling.uow, now=filling.now)
    return found or filling


def move(filling: Filling, key: QuestionKey, value: Value) -> None:
    """Move the request where the answer says where it belongs."""
    if key == SETTING and value:
        filling.uow.requests.set_setting(filling.draft.id, SettingId(value[0]), now=filling.now)
    if key == AUTHOR and value:
        filling.uow.requests.set_author(filling.draft.id, PersonId(value[0]), now=filling.now)


def _write(filling: Filling, question: Question, value: Value, *, refused: str) -> int:
    return filling.uow.requests.answer(
        filling.draft.id, question.key, value, by=filling.person.id, now=filling.now, refused=refused
    )


def _blocked(filling: Filling, question: Question, value: Value) -> str:
    if question.key != SETTING:
        return ""
    setting = filling.uow.settings.get(SettingId(value[0])) if value else None
    is_open = setting and not blocked_for_requests(setting, filling.uow, on=filling.today)
    return "" if is_open else NotTaken.BLOCKED
