"""Changes that nobody was sent, when those who decide ask for other ones: they are put back, and said to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.requests import conversation
from handlers.requests.answering import move
from handlers.requests.before import Before
from policy_kb.bot_words import SayKind
from policy_kb.request_words import Outcome, RequestState
from policy_kb.rules.edits import changed
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from handlers.requests.filling import Filling
    from policy_kb.rules.request import RequestFacts
    from storage.request import Given

MOST_TOLD = 20  # answers named in one message


def put_back(filling: Filling) -> tuple[SayFacts, ...]:
    """
    Put back to what was sent every answer that was changed before changes were asked for, to other questions.

    Whoever asked for those would else be sent what they did not ask for. What was put back is told, with what it was.
    """
    facts = filling.uow.requests.facts(filling.draft.id)
    if facts is None or facts.state is not RequestState.CHANGES_ASKED:
        return ()
    undone = tuple(_slipping_in(filling, facts))
    for given in undone:
        _write_as_sent(filling, facts, given)
    numbers = ".".join(str(given.number) for given in undone[:MOST_TOLD])
    about = f"{filling.draft.id}:{Before.PUT_BACK}:{numbers}"
    return (SayFacts(kind=SayKind.REVIEW, about=about),) if undone else ()


def _slipping_in(filling: Filling, facts: RequestFacts) -> Iterator[Given]:
    """Yield the answers that differ from what was sent, were given before the changes were asked for, and not asked."""
    asked_at = _asked_at(facts)
    may_differ = conversation.may_be_changed(filling.form, facts, facts.answers)
    for key in changed(facts.answers, filling.draft.answers):
        given = filling.uow.requests.answer_that_stands(filling.draft.id, key)
        was_sent = key in facts.answers and key not in may_differ
        if given and was_sent and asked_at and given.at <= asked_at:
            yield given


def _asked_at(facts: RequestFacts) -> datetime | None:
    return max((one.at for one in facts.counting() if one.outcome is Outcome.CHANGES_ASKED), default=None)


def _write_as_sent(filling: Filling, facts: RequestFacts, given: Given) -> None:
    requests, request_id, now = filling.uow.requests, filling.draft.id, filling.now
    value = facts.answers[given.question]
    requests.answer(request_id, given.question, value, by=filling.person.id, now=now)
    requests.keep(request_id, given.question, now=now)  # any doubt of it was settled before it was sent
    move(filling, given.question, value)
