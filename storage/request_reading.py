"""Requests read back: for whoever fills them in, for the rules, and for lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from policy_kb.request_words import RequestId, RequestState, StepKey, StepState
from policy_kb.rules.request import RequestFacts
from storage import request_rows as rows
from storage import request_tables as tables
from storage.people_tables import settings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from sqlalchemy import ColumnElement, Connection, Row

    from policy_kb.request_words import QuestionKey
    from policy_kb.rules.request import Decision
    from policy_kb.words import PersonId
    from storage.request import Draft, Given, Reassignment, Version

_LARGEST = 2**31 - 1  # of a number that a database gives; buttons bring back whatever somebody put on them


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestReading:
    """Every request there is."""

    connection: Connection

    def get(self, request_id: RequestId) -> Draft | None:
        """Return a request with its working answers, for whoever fills it in."""
        drafts = self._drafts(tables.requests.c.id == request_id) if _may_be(request_id) else ()
        return drafts[0] if drafts else None

    def facts(self, request_id: RequestId) -> RequestFacts | None:
        """
        Return a request as the rules see it: as it was sent last, and as it stands now where it never was.

        What was changed since and is not sent yet counts for nothing, nor does another author or setting.
        """
        draft = self.get(request_id)
        if draft is None:
            return None
        sent = self.version(request_id, draft.version)
        seen = sent or draft
        found = select(settings.c.type).where(settings.c.id == seen.setting_id)
        return RequestFacts(
            id=draft.id,
            form=draft.form,
            setting=seen.setting_id,
            setting_type=self.connection.execute(found).scalar_one(),
            requester=draft.requester_id,
            author=seen.author_id,
            state=draft.state,
            version=draft.version,
            answers=seen.answers,
            steps=rows.read_steps(self.connection, request_id),
            decisions=self._decisions(request_id),
            submitted_at=draft.submitted_at,
            go_live=draft.go_live,
        )

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
        made = tables.reassignments
        query = select(made).where(made.c.request_id == request_id).order_by(made.c.id)
        return tuple(rows.reassignment(row) for row in self.connection.execute(query))

    def snoozed(self, person_id: PersonId, on: date) -> frozenset[tuple[RequestId, StepKey]]:
        """Return the steps of which somebody does not want to be reminded on a London day."""
        put_off = tables.snoozes
        query = select(put_off).where(put_off.c.person_id == person_id, put_off.c.until > on)
        return frozenset((RequestId(row.request_id), StepKey(row.step)) for row in self.connection.execute(query))

    def _drafts(self, *which: ColumnElement[bool]) -> tuple[Draft, ...]:
        made = tables.requests
        found = self.connection.execute(select(made).where(*which).order_by(made.c.id.desc())).all()
        return tuple(rows.draft(row, self._accepted(RequestId(row.id))) for row in found)

    def _accepted(self, request_id: RequestId) -> Iterable[Row[tuple[object, ...]]]:
        """Return the answers that were accepted, the oldest first."""
        given = tables.answers
        accepted = select(given).where(given.c.request_id == request_id, given.c.refused == "").order_by(given.c.id)
        return self.connection.execute(accepted).all()

    def _decisions(self, request_id: RequestId) -> tuple[Decision, ...]:
        made = tables.decisions
        query = select(made).where(made.c.request_id == request_id).order_by(made.c.id)
        return tuple(rows.decision(row) for row in self.connection.execute(query))


def _may_be(number: int) -> bool:
    return 0 < number <= _LARGEST
