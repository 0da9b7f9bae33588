"""Requests read back: for whoever fills them in, for the rules, and for lists."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, or_, select

from policy_kb.request_words import RequestId, RequestState, StepKey, StepState
from storage import request_rows as rows
from storage import request_tables as tables
from storage.people_tables import settings
from storage.portions import in_portions

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Connection

    from policy_kb.request_words import QuestionKey
    from policy_kb.rules.request import Decision, RequestFacts
    from policy_kb.words import PersonId, SettingId
    from storage.request import Draft, Given, Reassignment, Version
    from storage.request_rows import AnyRow

_LARGEST = 2**31 - 1  # of a number that a database gives; buttons bring back whatever somebody put on them


_made, _sent, _given, _said = tables.requests, tables.versions, tables.answers, tables.decisions
_setting = func.coalesce(_sent.c.setting_id, _made.c.setting_id)  # as it was sent last, if it ever was

# Built once: requests are read at every turn, and building a statement takes as long as executing it.
_SEEN = (
    select(
        _made,
        _setting.label("seen_setting"),
        settings.c.type.label("setting_type"),
        func.coalesce(_sent.c.author_id, _made.c.author_id).label("seen_author"),
        _sent.c.version.label("sent_version"),
        _sent.c.answers.label("sent_answers"),
    )
    .outerjoin(_sent, (_sent.c.request_id == _made.c.id) & (_sent.c.version == _made.c.version))
    .join(settings, settings.c.id == _setting)
    .where(_made.c.id == bindparam("request"))
)
_ACCEPTED = (
    select(_given)
    .where(_given.c.request_id.in_(bindparam("requests", expanding=True)), _given.c.refused == "")
    .order_by(_given.c.id)
)
_DECISIONS = select(_said).where(_said.c.request_id == bindparam("request")).order_by(_said.c.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRequests:
    """What one transaction read of requests; whatever changes any, or waits for somebody who may, empties it."""

    drafts: dict[RequestId, Draft | None] = field(default_factory=dict)
    facts: dict[RequestId, RequestFacts | None] = field(default_factory=dict)
    reassignments: dict[RequestId, tuple[Reassignment, ...]] = field(default_factory=dict)
    held: set[RequestId] = field(default_factory=set)  # until the transaction ends nobody else changes these

    def forget(self) -> None:
        """Let everything be read anew; what is held stays so."""
        self.drafts.clear()
        self.facts.clear()
        self.reassignments.clear()


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestReading:
    """Every request there is; what was read of one stands until this transaction changes or holds any."""

    connection: Connection
    known: KnownRequests
    change: Callable[[], None]  # everything has to be read anew, people and settings with it

    def get(self, request_id: RequestId) -> Draft | None:
        """Return a request with its working answers, for whoever fills it in."""
        if request_id not in self.known.drafts:
            found = self._drafts(tables.requests.c.id == request_id) if _may_be(request_id) else ()
            self.known.drafts[request_id] = found[0] if found else None
        return self.known.drafts[request_id]

    def facts(self, request_id: RequestId) -> RequestFacts | None:
        """
        Return a request as the rules see it: as it was sent last, and as it stands now where it never was.

        What was changed since and is not sent yet counts for nothing, nor does another author or setting.
        """
        if request_id not in self.known.facts:
            self.known.facts[request_id] = self._facts(request_id) if _may_be(request_id) else None
        return self.known.facts[request_id]

    def changing(self) -> Connection:
        """Return the connection for a statement that changes something of requests: what was read is read anew."""
        self.known.forget()
        return self.connection

    def of_person(self, person_id: PersonId) -> tuple[Draft, ...]:
        """
        Return what somebody asks for, or what was sent on their behalf, the newest first.

        Whom a request names since it was sent last, or before it was sent at all, learns nothing of it.
        """
        made, sent = tables.requests, tables.versions
        last = (sent.c.request_id == made.c.id, sent.c.version == made.c.version)
        for_them = select(sent.c.request_id).where(*last, sent.c.author_id == person_id).exists()
        return self._drafts(or_(made.c.requester_id == person_id, for_them))

    def in_states(self, states: Collection[RequestState]) -> tuple[RequestId, ...]:
        """Return the requests in some states, the oldest first."""
        made = tables.requests
        query = select(made.c.id).where(made.c.state.in_(sorted(states))).order_by(made.c.id)
        return tuple(RequestId(number) for number in self.connection.execute(query).scalars())

    def approved_with_day(self, question: QuestionKey, setting: SettingId, first: date) -> tuple[RequestId, ...]:
        """Return what is approved at a setting and answers a question with a day, this one or a later; oldest first."""
        made, sent = tables.requests, tables.versions
        last = (sent.c.request_id == made.c.id, sent.c.version == made.c.version)
        day = sent.c.answers[(question, 0)].as_string()
        query = (
            select(made.c.id)
            .where(made.c.state == RequestState.APPROVED, *last, sent.c.setting_id == setting, day >= first.isoformat())
            .order_by(made.c.id)
        )
        return tuple(RequestId(number) for number in self.connection.execute(query).scalars())

    def asked_of(self, person_id: PersonId) -> tuple[tuple[RequestId, StepKey], ...]:
        """Return the open steps that wait for somebody, the longest waiting first."""
        made, steps, asks = tables.requests, tables.steps, tables.asks
        query = (
            select(steps.c.request_id, steps.c.step, steps.c.asked_at)
            .join(asks, (asks.c.request_id == steps.c.request_id) & (asks.c.step == steps.c.step))
            .join(made, made.c.id == steps.c.request_id)
            .where(
                asks.c.person_id == person_id,
                steps.c.state == StepState.OPEN,
                made.c.state == RequestState.SUBMITTED,
            )
            .distinct()
            .order_by(steps.c.asked_at, steps.c.request_id, steps.c.step)
        )
        return tuple((RequestId(row.request_id), StepKey(row.step)) for row in self.connection.execute(query))

    def given(self, number: int) -> Given | None:
        """Return one answer as it was given."""
        query = select(tables.answers).where(tables.answers.c.id == number)
        row = self.connection.execute(query).one_or_none() if _may_be(number) else None
        return rows.given(row) if row else None

    def answer_that_stands(self, request_id: RequestId, question: QuestionKey) -> Given | None:
        """Return the answer to a question that counts while the form is filled in; None where there is none."""
        given = tables.answers
        taken = (given.c.request_id == request_id, given.c.question == question, given.c.refused == "")
        query = select(given).where(*taken).order_by(given.c.id.desc()).limit(1)
        row = self.connection.execute(query).one_or_none() if _may_be(request_id) else None
        return rows.given(row) if row else None

    def version(self, request_id: RequestId, number: int) -> Version | None:
        """Return a request as it was sent once; None where there is no such version, and for 0."""
        sent = tables.versions
        if not (_may_be(request_id) and _may_be(number)):
            return None
        query = select(sent).where(sent.c.request_id == request_id, sent.c.version == number)
        row = self.connection.execute(query).one_or_none()
        return rows.version(row) if row else None

    def sendings(self, request_id: RequestId) -> tuple[Version, ...]:
        """Return a request as it was sent each time, the first first."""
        sent = tables.versions
        found = self.connection.execute(select(sent).where(sent.c.request_id == request_id).order_by(sent.c.version))
        return tuple(rows.version(row) for row in found)

    def decision(self, number: int) -> Decision | None:
        """Return what somebody said, by the number that `decide` gave."""
        query = select(tables.decisions).where(tables.decisions.c.id == number)
        row = self.connection.execute(query).one_or_none() if _may_be(number) else None
        return rows.decision(row) if row else None

    def reassignments(self, request_id: RequestId) -> tuple[Reassignment, ...]:
        """Return who was asked in whose place, the first first."""
        if request_id not in self.known.reassignments:
            made = tables.reassignments
            query = select(made).where(made.c.request_id == request_id).order_by(made.c.id)
            found = self.connection.execute(query)
            self.known.reassignments[request_id] = tuple(rows.reassignment(row) for row in found)
        return self.known.reassignments[request_id]

    def snoozed(self, person_id: PersonId, on: date) -> frozenset[tuple[RequestId, StepKey]]:
        """Return the steps of which somebody does not want to be reminded on a London day."""
        put_off = tables.snoozes
        query = select(put_off).where(put_off.c.person_id == person_id, put_off.c.until > on)
        return frozenset((RequestId(row.request_id), StepKey(row.step)) for row in self.connection.execute(query))

    def _facts(self, request_id: RequestId) -> RequestFacts | None:
        row = self.connection.execute(_SEEN, {"request": request_id}).one_or_none()
        if row is None:
            return None
        stand = self._accepted([request_id])[request_id] if row.sent_version is None else ()
        said = self.connection.execute(_DECISIONS, {"request": request_id})
        return rows.facts(
            row,
            stand,
            steps=rows.read_steps(self.connection, request_id),
            decisions=tuple(rows.decision(one) for one in said),
        )

    def _drafts(self, *which: ColumnElement[bool]) -> tuple[Draft, ...]:
        made = tables.requests
        found = self.connection.execute(select(made).where(*which).order_by(made.c.id.desc())).all()
        stand = self._accepted([RequestId(row.id) for row in found])
        return tuple(rows.draft(row, stand[row.id]) for row in found)

    def _accepted(self, requests: Sequence[RequestId]) -> Mapping[RequestId, Sequence[AnyRow]]:
        """Return the answers that were accepted, the oldest first, by request."""
        by_request: dict[RequestId, list[AnyRow]] = defaultdict(list)
        for some in in_portions(requests):
            for row in self.connection.execute(_ACCEPTED, {"requests": some}):
                by_request[row.request_id].append(row)
        return by_request


def _may_be(number: int) -> bool:
    return 0 < number <= _LARGEST
