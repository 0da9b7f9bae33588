"""What there is with the same purpose already, shown before somebody asks for it a second time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.people_and_days import name_of
from policy_kb.request_words import QuestionKey, RequestState
from policy_kb.rules.same_purpose import same_purpose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.requests.filling import Filling
    from policy_kb.rules.form import Question
    from policy_kb.rules.request import RequestFacts
    from storage.request import Given

PURPOSE = QuestionKey("purpose")
DEPARTMENT = QuestionKey("department")
HOST_NAME = QuestionKey("host_name")
MOST_SHOWN = 3
STANDS = {
    RequestState.SUBMITTED: "waiting for approval",
    RequestState.APPROVED: "approved",
    RequestState.LIVE: "live",
}


def alike_lines(about: Question, given: Given, filling: Filling) -> tuple[str, ...]:
    """
    Return a line for each request at the setting whose purpose resembles the one just given, as it was sent last.

    Policy: 6.2
    """
    if about.key != PURPOSE or given.refused or not given.value:
        return ()
    others = {str(one.id): one for one in _others(filling)}
    found = same_purpose(given.value[0], [(id_, _title(one), _purpose(one)) for id_, one in others.items()])
    if not found:
        return ()
    lines = (f"- {_line(others[one.id], filling)}" for one in found[:MOST_SHOWN])
    return ("\n".join(("There is something like this already. Would it do instead (6.2)?", *lines)),)


def _others(filling: Filling) -> Iterator[RequestFacts]:
    for request_id in filling.uow.requests.in_states(STANDS):
        other = filling.uow.requests.facts(request_id)
        here = other and (other.form, other.setting) == (filling.draft.form, filling.draft.setting_id)
        if other and here and other.id != filling.draft.id:
            yield other


def _line(other: RequestFacts, filling: Filling) -> str:
    asked_by = name_of(other.author, filling.uow)
    return f"R-{other.id}, {_title(other) or 'no department'}: asked for by {asked_by}, {STANDS[other.state]}"


def _title(other: RequestFacts) -> str:
    told = (other.answers.get(key, ()) for key in (DEPARTMENT, HOST_NAME))
    return ", ".join(value[0] for value in told if value)


def _purpose(other: RequestFacts) -> str:
    return next(iter(other.answers.get(PURPOSE, ())), "")
