"""From rows of the tables of requests to what they hold, and back."""

from __future__ import annotations

from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from policy_kb.rules.request import Approver, Decision, RequestFacts, StepStanding
from storage import request_tables as tables
from storage.request import Draft, Given, Reassignment, Version

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection, Row

    from policy_kb.request_words import QuestionKey, RequestId

    AnyRow = Row[tuple[object, ...]]

_steps, _asks = tables.steps, tables.asks
_ROUTE = (
    select(_steps, _asks.c.person_id, _asks.c.role, _asks.c.acting_for_id)
    .outerjoin(_asks, (_asks.c.request_id == _steps.c.request_id) & (_asks.c.step == _steps.c.step))
    .where(_steps.c.request_id == bindparam("request"))
    .order_by(_steps.c.position, _steps.c.step, _asks.c.position)
)


def draft(row: AnyRow, accepted: Iterable[AnyRow]) -> Draft:
    """Return a request with the answers that stand, of those that were accepted, the oldest first."""
    newest = _newest(accepted)
    return Draft(
        id=row.id,
        form=row.form,
        setting_id=row.setting_id,
        requester_id=row.requester_id,
        author_id=row.author_id,
        state=row.state,
        version=row.version,
        at=row.at_question,
        answers=_values(newest),
        kept=frozenset(question for question, one in newest.items() if one.kept),
        started_at=row.started_at,
        touched_at=row.touched_at,
        submitted_at=row.submitted_at,
        closed_at=row.closed_at,
        started_from=row.started_from,
        go_live=row.go_live,
    )


def facts(
    row: AnyRow, accepted: Iterable[AnyRow], *, steps: tuple[StepStanding, ...], decisions: tuple[Decision, ...]
) -> RequestFacts:
    """Return a request as it was sent last; with the answers that stand, of those accepted, where it never was."""
    never_sent = row.sent_version is None
    return RequestFacts(
        id=row.id,
        form=row.form,
        setting=row.seen_setting,
        setting_type=row.setting_type,
        requester=row.requester_id,
        author=row.seen_author,
        state=row.state,
        version=row.version,
        answers=_values(_newest(accepted)) if never_sent else _by_question(row.sent_answers),
        steps=steps,
        decisions=decisions,
        submitted_at=row.submitted_at,
        go_live=row.go_live,
    )


def given(row: AnyRow) -> Given:
    """Return one answer."""
    return Given(
        number=row.id,
        request_id=row.request_id,
        question=row.question,
        value=tuple(row.value),
        refused=row.refused,
        by=row.given_by,
        at=row.at,
    )


def version(row: AnyRow) -> Version:
    """Return what was sent once."""
    return Version(
        version=row.version,
        answers=_by_question(row.answers),
        setting_id=row.setting_id,
        author_id=row.author_id,
        by=row.sent_by,
        at=row.at,
    )


def decision(row: AnyRow) -> Decision:
    """Return what somebody said to a step."""
    return Decision(
        step=row.step,
        outcome=row.outcome,
        by=row.by_id,
        role=row.role,
        acting_for=row.acting_for_id,
        at=row.at,
        version=row.version,
        comment=row.comment,
        facts=_by_question(row.facts),
        asked_again=row.asked_again,
    )


def reassignment(row: AnyRow) -> Reassignment:
    """Return who was asked in whose place."""
    return Reassignment(
        step=row.step,
        from_id=row.from_id,
        to_id=row.to_id,
        role=row.role,
        by_id=row.by_id,
        reason=row.reason,
        at=row.at,
    )


def read_steps(connection: Connection, request_id: RequestId) -> tuple[StepStanding, ...]:
    """Return the steps of a request with whom they ask, in the order of the route."""
    rows = connection.execute(_ROUTE, {"request": request_id})
    return tuple(_step(list(of_step)) for _, of_step in groupby(rows, key=lambda row: row.step))


def _step(rows: Sequence[AnyRow]) -> StepStanding:
    """Return a step from its rows, one for each person it asks; from one without anybody where it asks nobody."""
    step = rows[0]
    asked = (
        Approver(person=one.person_id, role=one.role, acting_for=one.acting_for_id) for one in rows if one.person_id
    )
    return StepStanding(key=step.step, state=step.state, asked=tuple(asked), asked_at=step.asked_at)


def step_row(request_id: RequestId, step: StepStanding, position: int) -> dict[str, object]:
    """Return the row of a step at its place in the route."""
    return {
        "request_id": request_id,
        "step": step.key,
        "position": position,
        "state": step.state,
        "asked_at": step.asked_at,
    }


def ask_rows(request_id: RequestId, step: StepStanding) -> list[dict[str, object]]:
    """Return a row for each person a step asks."""
    return [
        {
            "request_id": request_id,
            "step": step.key,
            "position": position,
            "person_id": one.person,
            "role": one.role,
            "acting_for_id": one.acting_for,
        }
        for position, one in enumerate(step.asked)
    ]


def decision_row(request_id: RequestId, decision: Decision) -> dict[str, object]:
    """Return the row of what somebody said."""
    return {
        "request_id": request_id,
        "step": decision.step,
        "outcome": decision.outcome,
        "by_id": decision.by,
        "role": decision.role,
        "acting_for_id": decision.acting_for,
        "at": decision.at,
        "version": decision.version,
        "comment": decision.comment,
        "facts": {question: list(value) for question, value in decision.facts.items()},
        "asked_again": decision.asked_again,
    }


def reassignment_row(request_id: RequestId, reassignment: Reassignment) -> dict[str, object]:
    """Return the row of who is asked in whose place."""
    return {
        "request_id": request_id,
        "step": reassignment.step,
        "from_id": reassignment.from_id,
        "to_id": reassignment.to_id,
        "role": reassignment.role,
        "by_id": reassignment.by_id,
        "reason": reassignment.reason,
        "at": reassignment.at,
    }


def _newest(accepted: Iterable[AnyRow]) -> Mapping[QuestionKey, AnyRow]:
    """Return the answer to each question that counts: the newest."""
    return {one.question: one for one in accepted}


def _values(newest: Mapping[QuestionKey, AnyRow]) -> Mapping[QuestionKey, tuple[str, ...]]:
    return MappingProxyType({question: tuple(one.value) for question, one in newest.items()})


def _by_question(value: Mapping[QuestionKey, Sequence[str]]) -> Mapping[QuestionKey, tuple[str, ...]]:
    return MappingProxyType({question: tuple(texts) for question, texts in value.items()})
