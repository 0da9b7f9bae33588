"""Everything that happened to a request, as the lines of its record: sent, decided, handed on, closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.people_and_days import name_of
from policy_kb.request_words import Outcome, RequestState
from policy_kb.rules.adding import decided_nothing

if TYPE_CHECKING:
    from datetime import datetime

    from policy_kb.request_words import StepKey
    from policy_kb.rules.form import Form
    from policy_kb.rules.request import Decision, RequestFacts
    from policy_kb.view import PolicyView
    from storage.request import Reassignment
    from storage.unit_of_work import UnitOfWork

SAID = {
    Outcome.APPROVED: "approved",
    Outcome.RECORDED: "recorded a consultation on",
    Outcome.CONFIRMED: "confirmed",
    Outcome.CHANGES_ASKED: "asked for changes to",
    Outcome.DECLINED: "declined",
    Outcome.NOT_ME: "said that it is not theirs to decide on",
}
CLOSED = {
    RequestState.LIVE: "It was said to be live.",
    RequestState.WITHDRAWN: "It was withdrawn by whoever asked for it.",
    RequestState.CANCELLED: "It was given up as a draft.",
}
NO_LONGER_COUNTS = " This no longer counts: it was asked again, about a later version."
DECIDED_NOTHING = " This came after another answer to that version, and decided nothing."
RECORDED_IN_FULL = " A fuller record took its place."


def happened(request: RequestFacts, form: Form, view: PolicyView, uow: UnitOfWork) -> list[tuple[datetime, str]]:
    """Return each thing that happened with its moment, oldest first; of one moment, in the order of the versions."""
    # Of every route: a step that this request no longer needs may have been decided on before.
    titles = {step.key: step.title for route in form.routes for step in route.steps}
    sendings = uow.requests.sendings(request.id)
    lines = [(one.at, one.version, f"{name_of(one.by, uow)} sent version {one.version}.") for one in sendings]
    lines += [(one.at, one.version, _decided(one, request, titles, view, uow)) for one in request.decisions]
    told = {one.comment for one in request.decisions if one.outcome is Outcome.NOT_ME}
    lines += [
        (one.at, request.version, _handed_on(one, titles, uow, reason="" if one.reason in told else one.reason))
        for one in uow.requests.reassignments(request.id)
    ]
    lines += _closed(request, uow)
    return [(at, what) for at, _, what in sorted(lines, key=lambda line: line[:2])]


def _decided(
    said: Decision, request: RequestFacts, titles: dict[StepKey, str], view: PolicyView, uow: UnitOfWork
) -> str:
    who = f"{name_of(said.by, uow)}, {view.roles[said.role].title}"
    acting = f" (acting for {name_of(said.acting_for, uow)})" if said.acting_for else ""
    what = f"{who}{acting}, {SAID[said.outcome]} version {said.version}: {titles.get(said.step, said.step)}."
    over = _why_over(said, request) if said.asked_again else ""
    comment = f"\nComment: {said.comment}" if said.comment else ""
    return f"{what}{over}{comment}"


def _why_over(said: Decision, request: RequestFacts) -> str:
    """Return why something that was said does not count."""
    if decided_nothing(said, request):
        return DECIDED_NOTHING
    about = (said.step, said.version, said.outcome)
    later = request.decisions[request.decisions.index(said) + 1 :]
    is_in_full = any((one.step, one.version, one.outcome) == about for one in later)
    return RECORDED_IN_FULL if is_in_full else NO_LONGER_COUNTS


def _handed_on(handed: Reassignment, titles: dict[StepKey, str], uow: UnitOfWork, *, reason: str) -> str:
    instead = f", in the place of {name_of(handed.from_id, uow)}" if handed.from_id else ""
    title = titles.get(handed.step, handed.step)
    because = f"\nReason: {reason}" if reason else ""
    return f"{name_of(handed.by_id, uow)} had {name_of(handed.to_id, uow)} asked{instead}: {title}.{because}"


def _closed(request: RequestFacts, uow: UnitOfWork) -> list[tuple[datetime, int, str]]:
    """Return that a request went live, was withdrawn or given up; a decision that closed it is told with the others."""
    draft = uow.requests.get(request.id)
    if draft is None or draft.closed_at is None or request.state not in CLOSED:
        return []
    return [(draft.closed_at, request.version + 1, CLOSED[request.state])]
