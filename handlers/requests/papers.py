"""What left the bot on paper or as a table: noted in the audit, and known again when it comes back."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from handlers.requests.record import STANDING
from handlers.requests.shown import moment_in_words, name_of, shown
from policy_kb.words import RequestId, RequestState, SubjectKind, Verb
from storage.audit import THE_TRUST, AuditEntry, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.requests.record import Record
    from policy_kb.view import PolicyView
    from policy_kb.words import PersonId
    from storage.audit_chain import ChainRow
    from storage.unit_of_work import UnitOfWork

CODE = re.compile(r"[0-9A-F]{4}(-[0-9A-F]{4}){3}")
COLUMNS = ("request", "form", "setting", "requester", "author", "state", "version", "sent", "what", "label", "value")
# A spreadsheet would run a cell that begins with one of these.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A paper that was made here: of which request, when, and whether the request has moved on since."""

    reference: str
    version: int
    made_at: datetime
    is_current: bool


def note_paper(
    request_id: RequestId, record: Record, pdf: bytes, uow: UnitOfWork, *, by: PersonId | None, now: datetime
) -> None:
    """Write into the request's chain that it was printed: by whom, and how the paper is known again."""
    facts = {
        "version": record["version"],
        "code": record["code"],
        "sha256": hashlib.sha256(pdf).hexdigest(),
    }
    uow.audit.write(Subject.of_request(request_id), AuditEntry(actor=by, verb=Verb.EXPORTED, at=now, facts=facts))


def known_paper(paper: bytes | str, uow: UnitOfWork) -> Known | None:
    """Return what a file or a verification code is; None where it was not made here, or was changed since."""
    name, sought = ("code", paper) if isinstance(paper, str) else ("sha256", hashlib.sha256(paper).hexdigest())
    for row in uow.audit.everything():
        if row.subject_kind == SubjectKind.REQUEST and row.verb == Verb.EXPORTED:
            facts = json.loads(row.facts)
            if facts.get(name) == sought:
                return _known(row, int(facts["version"]), uow)
    return None


def requests_as_csv(view: PolicyView, uow: UnitOfWork, *, now: datetime) -> str:
    """
    Return every request that was ever sent as one table, a line for each answer and each decision.

    That it was exported is written into the trust's chain.
    """
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(COLUMNS)
    sent = [state for state in RequestState if state not in {RequestState.DRAFT, RequestState.CANCELLED}]
    for request_id in uow.requests.in_states(sent):
        table.writerows([_harmless(cell) for cell in row] for row in _lines(request_id, view, uow))
    uow.audit.write(THE_TRUST, AuditEntry(actor=None, verb=Verb.EXPORTED, at=now, facts={"what": "requests"}))
    return written.getvalue()


def _known(row: ChainRow, version: int, uow: UnitOfWork) -> Known:
    request = uow.requests.facts(RequestId(int(row.subject_id)))
    made_at = datetime.fromisoformat(row.at)
    later = request is None or request.version != version or any(one.at > made_at for one in request.decisions)
    return Known(reference=f"R-{row.subject_id}", version=version, made_at=made_at, is_current=not later)


def _lines(request_id: RequestId, view: PolicyView, uow: UnitOfWork) -> Iterator[tuple[str, ...]]:
    request = uow.requests.facts(request_id)
    if request is None:
        return
    form = view.forms[request.form]
    head = (
        f"R-{request.id}",
        form.title,
        request.setting,
        name_of(request.requester, uow),
        name_of(request.author, uow),
        STANDING[request.state],
        str(request.version),
        moment_in_words(request.submitted_at) if request.submitted_at else "",
    )
    for question in form.asked(request.answers):
        yield (*head, "answer", question.label, shown(question, request.answers.get(question.key, ()), uow))
    for one in request.decisions:
        counts = "" if not one.asked_again else " (no longer counts)"
        acting = f", acting for {name_of(one.acting_for, uow)}" if one.acting_for else ""
        who = f"{name_of(one.by, uow)}, {view.roles[one.role].title}{acting}"
        value = f"{one.outcome.value}{counts} by {who}, {moment_in_words(one.at)}: {one.comment}"
        yield (*head, "decision", one.step, value)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
