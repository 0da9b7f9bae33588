"""Requests to store: one that is begun, one that was sent, and what somebody says to it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policy_kb.request_words import FormKey, Outcome, QuestionKey, RequestId, StepKey, StepState
from policy_kb.rules.request import Approver, Decision, StepStanding
from policy_kb.words import PersonId, Role
from tests.storage.builders import ELM, ENTRY, NOW, OAK, a_person, fill

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork

SITE = FormKey("site")
PURPOSE = QuestionKey("purpose")
MANAGER, HEAD = StepKey("line_manager"), StepKey("head")
PRIYA, TOM, ZOE = PersonId("priya"), PersonId("tom"), PersonId("zoe")
ASKS = replace(ENTRY, actor=PRIYA)
TOM_SAYS = replace(ENTRY, actor=TOM)


def staff(work: UnitOfWork) -> None:
    """Let Priya, Tom and Zoe work at Elm; Oak is there as well."""
    fill(work, a_person("Priya"), a_person("Tom"), a_person("Zoe"), settings=(ELM, OAK))


def begun(work: UnitOfWork, by: PersonId = PRIYA) -> RequestId:
    """Begin a request with one answer."""
    request_id = work.requests.start(SITE, ELM.id, by, at=QuestionKey("setting"), now=NOW, entry=ASKS)
    work.requests.answer(request_id, PURPOSE, ("To show what we cook",), by=by, now=NOW)
    return request_id


def sent(work: UnitOfWork, by: PersonId = PRIYA) -> RequestId:
    """Send a request, with its first step open to Tom and Zoe, and the head's waiting."""
    request_id = begun(work, by)
    assert work.requests.send(request_id, from_version=0, go_live=None, entry=replace(ASKS, actor=by))
    work.requests.put_steps(request_id, (asked(TOM, ZOE), waiting()), entry=ASKS)
    return request_id


def asked(*people: PersonId, key: StepKey = MANAGER, state: StepState = StepState.OPEN) -> StepStanding:
    approvers = tuple(Approver(person=person, role=Role.LINE_MANAGER) for person in people)
    return StepStanding(key=key, state=state, asked=approvers, asked_at=NOW)


def waiting(key: StepKey = HEAD) -> StepStanding:
    return StepStanding(key=key, state=StepState.WAITING)


def said(
    outcome: Outcome = Outcome.APPROVED, *, by: PersonId = TOM, version: int = 1, step: StepKey = MANAGER
) -> Decision:
    return Decision(step=step, outcome=outcome, by=by, role=Role.LINE_MANAGER, at=NOW, version=version)
