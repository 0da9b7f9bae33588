"""A form is sent: the first time, and again with what was changed since."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from handlers.requests.about import OF_A_REQUEST
from handlers.requests.act import Act
from handlers.requests.moving import move_on
from handlers.requests.resending import tell_of_it, undo
from policy_kb.bot_words import SayKind
from policy_kb.request_words import QuestionKey
from policy_kb.rules.requesting import check_may_submit
from policy_kb.words import Verb
from storage.says import SayFacts

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.desk import Reading
    from policy_kb.request_words import RequestId
    from policy_kb.rules.form import Answers
    from storage.person import Person
    from storage.unit_of_work import UnitOfWork

GO_LIVE = QuestionKey("go_live")


def send(
    request_id: RequestId, person: Person, reading: Reading, uow: UnitOfWork, *, now: datetime
) -> tuple[SayFacts, ...]:
    """
    Send a form to those who decide, whose answers were checked before.

    Where it was sent before, whoever decided is asked again or told, by what has changed.

    Raises:
        NotTheirs, RequestClosed: it is not theirs to send, or closed.

    Policy: A.3.3, A.3.7
    """
    act = Act(person=person.id, view=reading.view, uow=uow, now=now)
    matter, draft = act.hold(request_id), uow.requests.get(request_id)
    if matter is None or draft is None:
        return (SayFacts(kind=SayKind.GONE, about=OF_A_REQUEST),)
    check_may_submit(matter.facts, person.id)
    entry = act.entry(Verb.SUBMITTED, str(matter.form.clause))
    if not uow.requests.send(request_id, from_version=draft.version, go_live=_go_live(draft.answers), entry=entry):
        return (SayFacts(kind=SayKind.STATUS, about=str(request_id)),)
    uow.form_talks.end_all(request_id)
    was_sent = matter.facts.version > 0
    undone = undo(matter, act) if was_sent else ()
    move_on(matter, act)
    if was_sent:
        tell_of_it(matter, undone, act)
    return (SayFacts(kind=SayKind.SUBMITTED, about=str(request_id)),)


def _go_live(answers: Answers) -> date | None:
    """Return the proposed day of going live; None where the form asks for none."""
    value = answers.get(GO_LIVE, ())
    try:
        return date.fromisoformat(value[0]) if value else None
    except ValueError:  # an option that stands for having none
        return None
