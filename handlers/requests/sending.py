"""A form is sent: the first time, and again with what was changed since."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from handlers.requests.act import Act
from handlers.requests.moving import move_on
from policy_kb.rules import edits
from policy_kb.rules.requesting import check_may_submit
from policy_kb.words import Outcome, QuestionKey, SayKind, Verb
from storage.says import SayFacts

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.desk import Reading
    from handlers.requests.matter import Matter
    from policy_kb.rules.form import Answers
    from policy_kb.words import RequestId, StepKey
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
        return (SayFacts(kind=SayKind.GONE),)
    check_may_submit(matter.facts, person.id)
    entry = act.entry(Verb.SUBMITTED, str(matter.form.clause))
    if not uow.requests.send(request_id, from_version=draft.version, go_live=_go_live(draft.answers), entry=entry):
        return (SayFacts(kind=SayKind.STATUS, about=str(request_id)),)
    uow.form_talks.end_all(request_id)
    if matter.facts.version:
        _send_again(matter, act)
    move_on(matter, act)
    return (SayFacts(kind=SayKind.SUBMITTED, about=str(request_id)),)


def _send_again(before: Matter, act: Act) -> None:
    """Let the decisions that what has changed undoes count no longer, and tell those whose word stands."""
    request_id = before.facts.id
    after = act.matter(request_id)
    again = edits.asked_again(after.form, after.steps, before.facts, after.facts.answers)
    if again:
        act.uow.requests.ask_again(request_id, again, entry=act.entry(Verb.VOIDED, str(before.form.clause)))
    if edits.class_of(after.form, before.facts.answers, after.facts.answers):
        _tell_who_decided(before, again, act)


def _tell_who_decided(before: Matter, again: tuple[StepKey, ...], act: Act) -> None:
    stands = [one.by for one in before.facts.counting() if one.step not in again]
    undone = [
        one.by
        for one in before.facts.counting()
        # Whoever asked for the changes is shown them at once.
        if one.step in again and one.by not in stands and one.outcome is not Outcome.CHANGES_ASKED
    ]
    act.tell(stands, SayFacts(kind=SayKind.NOTICE, about=f"{before.facts.id}:edited"))
    act.tell(undone, SayFacts(kind=SayKind.NOTICE, about=f"{before.facts.id}:asked_again"))


def _go_live(answers: Answers) -> date | None:
    """Return the proposed day of going live; None where the form asks for none."""
    value = answers.get(GO_LIVE, ())
    try:
        return date.fromisoformat(value[0]) if value else None
    except ValueError:  # an option that stands for having none
        return None
