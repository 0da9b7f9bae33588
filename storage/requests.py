"""Requests: started, sent, decided on and closed, each once however many press at the same moment."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, literal, select, update

from policy_kb.request_words import Outcome, RequestState, StepState
from policy_kb.words import Verb
from storage import request_rows as rows
from storage import request_tables as tables
from storage.audit import Someone, Subject
from storage.audit_chain import canonical
from storage.columns import UTCDateTime
from storage.conflict import insert_or_change
from storage.request_answers import RequestAnswers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from policy_kb.request_words import FormKey, QuestionKey, RequestId, StepKey
    from policy_kb.rules.request import Decision, StepStanding
    from policy_kb.words import PersonId, SettingId
    from storage.audit import Audit, AuditEntry, Fact
    from storage.request import Reassignment

CAN_BE_SENT = (RequestState.DRAFT, RequestState.SUBMITTED, RequestState.CHANGES_ASKED, RequestState.APPROVED)
CLOSED = (RequestState.LIVE, RequestState.DECLINED, RequestState.WITHDRAWN, RequestState.CANCELLED)

_BECOMES = {
    Outcome.APPROVED: StepState.DONE,
    Outcome.RECORDED: StepState.DONE,
    Outcome.CONFIRMED: StepState.DONE,
    Outcome.CHANGES_ASKED: StepState.CHANGES_ASKED,
    Outcome.DECLINED: StepState.DECLINED,
    Outcome.NOT_ME: StepState.OPEN,
}
_VERBS = {
    RequestState.LIVE: Verb.WENT_LIVE,
    RequestState.WITHDRAWN: Verb.WITHDRAWN,
    RequestState.CANCELLED: Verb.CANCELLED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Requests(RequestAnswers):
    """
    The requests, and everything about them that counts; written to the chain of the request.

    What was typed stays here: the audit has ids, keys, versions and the SHA-256 of a comment. The facts an entry
    brings are kept beside those.
    """

    audit: Audit

    def start(
        self,
        form: FormKey,
        setting: SettingId,
        requester: PersonId,
        *,
        at: QuestionKey,
        now: datetime,
        entry: AuditEntry,
        started_from: RequestId | None = None,
    ) -> RequestId:
        """
        Begin a request at its first question; whoever asks is its author until another is named.

        Raises:
            ChangeRefused: there is no such setting or person.
        """
        row = {
            "form": form,
            "setting_id": setting,
            "requester_id": requester,
            "author_id": requester,
            "state": RequestState.DRAFT,
            "version": 0,
            "at_question": at,
            "started_at": now,
            "touched_at": now,
            "started_from": started_from,
        }
        made = self.changing().execute(insert(tables.requests).values(row).returning(tables.requests.c.id))
        request_id: RequestId = made.scalar_one()
        facts: dict[str, Fact] = {"form": form, "setting": setting, "requester": Someone(requester)}
        self._write(request_id, entry, Verb.STARTED, facts)
        return request_id

    def hold(self, request_id: RequestId) -> None:
        """
        Let nobody else change a request until this transaction ends; wait for whoever does so now.

        Call it before reading facts from which the steps are worked out anew, or decide first: `decide` holds.
        Whatever was read before, of people and settings too, is read anew once it is held.
        """
        if request_id in self.known.held:
            return
        made = tables.requests
        held = self.connection.execute(select(made.c.id).where(made.c.id == request_id).with_for_update())
        if held.first() is not None:
            self.known.held.update({request_id})
        self.change()

    def send(self, request_id: RequestId, *, from_version: int, go_live: date | None, entry: AuditEntry) -> bool:
        """
        Keep the working answers as the next version, for others to decide on.

        False, and nothing changes, where somebody was faster or the request is closed.
        """
        made, now = tables.requests, literal(entry.at, UTCDateTime())
        sent = update(made).where(
            made.c.id == request_id, made.c.version == from_version, made.c.state.in_(CAN_BE_SENT)
        )
        values = {"version": from_version + 1, "state": RequestState.SUBMITTED, "at_question": None, "go_live": go_live}
        first = func.coalesce(made.c.submitted_at, now)
        if self.changing().execute(sent.values(**values, submitted_at=first, touched_at=now)).rowcount != 1:
            return False
        self._keep_version(request_id, entry)
        return True

    def put_steps(self, request_id: RequestId, steps: tuple[StepStanding, ...], *, entry: AuditEntry) -> None:
        """
        Let the route of a request stand as given, all of it in order; a step that is not there is no longer needed.

        Raises:
            ChangeRefused: somebody who is asked is nobody in the directory.
        """
        self.hold(request_id)
        before = {step.key: step for step in rows.read_steps(self.connection, request_id)}
        if tuple(before.values()) == steps:
            return
        stands, asks = tables.steps, tables.asks
        self.changing().execute(delete(asks).where(asks.c.request_id == request_id))
        gone = stands.c.step.not_in([step.key for step in steps])
        self.changing().execute(delete(stands).where(stands.c.request_id == request_id, gone))
        insert_or_change(
            self.changing(), stands, [rows.step_row(request_id, step, position) for position, step in enumerate(steps)]
        )
        if asked := [row for step in steps for row in rows.ask_rows(request_id, step)]:
            self.changing().execute(insert(asks), asked)
        self._write_steps(request_id, before, steps, entry)

    def decide(self, request_id: RequestId, decision: Decision, *, entry: AuditEntry) -> int | None:
        """
        Keep what somebody said to a step and return its number; the step closes, except where it is not theirs.

        None, and nothing changes, where somebody was faster, or the request is not what was shown any more.
        Whoever waited is told so: of many who press at once, one has decided.
        """
        made, stands = tables.requests, tables.steps
        shown = (made.c.id == request_id, made.c.version == decision.version, made.c.state == RequestState.SUBMITTED)
        self.hold(request_id)  # so that it cannot be sent anew, and its other steps cannot move, meanwhile
        if self.connection.execute(select(made.c.id).where(*shown)).first() is None:
            return None
        is_open = (
            stands.c.request_id == request_id,
            stands.c.step == decision.step,
            stands.c.state == StepState.OPEN,
        )
        closed = update(stands).where(*is_open).values(state=_BECOMES[decision.outcome])
        if self.changing().execute(closed).rowcount != 1:
            return None
        return self._keep(request_id, decision, entry)

    def record_more(self, request_id: RequestId, decision: Decision, *, entry: AuditEntry) -> int:
        """Keep a fuller record in the place of the one that counts, and return its number; the request stays put."""
        self.ask_again(request_id, (decision.step,), entry=entry)
        return self._keep(request_id, decision, entry)

    def add(self, request_id: RequestId, late: Decision, *, entry: AuditEntry) -> int:
        """Keep what somebody said too late to decide anything, and return its number; nothing else changes."""
        self.hold(request_id)
        return self._keep(request_id, replace(late, asked_again=True), entry)

    def ask_again(self, request_id: RequestId, steps: tuple[StepKey, ...], *, entry: AuditEntry) -> None:
        """Let the decisions on some steps count no longer; they stay as they were said."""
        self.hold(request_id)
        made = tables.decisions
        counting = (made.c.request_id == request_id, made.c.asked_again.is_(False), made.c.outcome != Outcome.NOT_ME)
        again = update(made).where(*counting, made.c.step.in_(steps)).values(asked_again=True).returning(made.c.step)
        if voided := sorted(self.changing().execute(again).scalars()):
            self._write(request_id, entry, Verb.VOIDED, {"steps": tuple(voided)})

    def change_state(
        self, request_id: RequestId, from_: RequestState, to: RequestState, *, now: datetime, entry: AuditEntry
    ) -> bool:
        """Move a request from one state to another; False, and nothing changes, where it is not in the first."""
        made = tables.requests
        moved = update(made).where(made.c.id == request_id, made.c.state == from_)
        values = {"state": to, "closed_at": now if to in CLOSED else None}
        if self.changing().execute(moved.values(values)).rowcount != 1:
            return False
        self._write(request_id, entry, _VERBS.get(to, Verb.CHANGED), {"from": from_.value, "to": to.value})
        return True

    def reassign(self, request_id: RequestId, reassignment: Reassignment, *, entry: AuditEntry) -> None:
        """
        Ask somebody for a step in the place of somebody else, who is no longer asked.

        Raises:
            ChangeRefused: the step is not there, or somebody is nobody in the directory.
        """
        self.hold(request_id)
        asks = tables.asks
        of_step = (asks.c.request_id == request_id, asks.c.step == reassignment.step)
        self.changing().execute(
            delete(asks).where(*of_step, asks.c.person_id.in_((reassignment.from_id, reassignment.to_id)))
        )
        last = self.connection.execute(select(func.max(asks.c.position)).where(*of_step)).scalar_one()
        asked = {"step": reassignment.step, "position": 0 if last is None else last + 1}
        whom = {"person_id": reassignment.to_id, "role": reassignment.role}
        self.changing().execute(insert(asks).values(request_id=request_id, **asked, **whom))
        self.changing().execute(insert(tables.reassignments).values(rows.reassignment_row(request_id, reassignment)))
        facts: dict[str, Fact] = {"step": reassignment.step, "to": Someone(reassignment.to_id)}
        facts |= {"from": Someone(reassignment.from_id)} if reassignment.from_id else {}
        self._write(request_id, entry, Verb.REASSIGNED, {**facts, "reason_sha256": _sha256(reassignment.reason)})

    def _keep(self, request_id: RequestId, decision: Decision, entry: AuditEntry) -> int:
        row = rows.decision_row(request_id, decision)
        kept = insert(tables.decisions).values(row).returning(tables.decisions.c.id)
        number: int = self.changing().execute(kept).scalar_one()
        self._write(request_id, entry, Verb.DECIDED, _decision_facts(number, decision))
        return number

    def _keep_version(self, request_id: RequestId, entry: AuditEntry) -> None:
        draft = self.get(request_id)
        if draft is None:
            raise AssertionError("what was just sent is there")
        answers = {question: list(value) for question, value in draft.answers.items()}
        row = {
            "request_id": request_id,
            "version": draft.version,
            "answers": answers,
            "setting_id": draft.setting_id,
            "author_id": draft.author_id,
            "sent_by": entry.actor or draft.requester_id,
            "at": entry.at,
        }
        self.changing().execute(insert(tables.versions).values(row))
        facts: dict[str, Fact] = {"version": draft.version, "setting": draft.setting_id}
        facts |= {"author": Someone(draft.author_id), "answers_sha256": _sha256(canonical(answers))}
        self._write(request_id, entry, Verb.SUBMITTED, facts)

    def _write_steps(
        self,
        request_id: RequestId,
        before: Mapping[StepKey, StepStanding],
        steps: tuple[StepStanding, ...],
        entry: AuditEntry,
    ) -> None:
        facts: dict[str, Fact] = {"steps": tuple(f"{step.key}:{step.state.value}" for step in steps)}
        asked = False
        for step in steps:
            known = before[step.key].asked if step.key in before else ()
            new = [one for one in step.asked if one not in known]
            facts |= {f"{step.key}.{number}": Someone(one.person) for number, one in enumerate(new, start=1)}
            asked = asked or bool(new)
        self._write(request_id, entry, Verb.ASKED if asked else Verb.CHANGED, facts)

    def _write(self, request_id: RequestId, entry: AuditEntry, verb: Verb, facts: Mapping[str, Fact]) -> None:
        self.audit.write(Subject.of_request(request_id), replace(entry, verb=verb, facts={**entry.facts, **facts}))


def _decision_facts(number: int, decision: Decision) -> dict[str, Fact]:
    facts: dict[str, Fact] = {
        "decision": number,
        "step": decision.step,
        "outcome": decision.outcome.value,
        "role": decision.role.value,
        "version": decision.version,
    }
    if decision.comment:
        facts["comment_sha256"] = _sha256(decision.comment)
    if decision.asked_again:
        facts["counts"] = False
    if decision.acting_for:
        facts["acting_for"] = Someone(decision.acting_for)
    return facts


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
