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

from handlers.people_and_days import moment_in_words, name_of
from handlers.requests.record import STANDING
from handlers.requests.shown import shown
from policy_kb.request_words import RequestId, RequestState
from policy_kb.words import SubjectKind, Verb
from storage.audit import THE_TRUST, AuditEntry, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.requests.record import Record
    from policy_kb.view import PolicyView
    from policy_kb.words import PersonId
    from storage.audit_chain import ChainRow
    from storage.unit_of_work import UnitOfWork

COMMAND = "command"  # through which something was exported: a command, or a channel by its name
CODE = re.compile(r"[0-9A-F]{4}(-[0-9A-F]{4}){3}")
COLUMNS = ("request", "form", "setting", "requester", "author", "state", "version", "sent", "what", "label", "value")
# A spreadsheet would run a cell that begins with one of these.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
# After one of these, a record of the request says something else.
MOVES = frozenset(
    {
        Verb.SUBMITTED,
        Verb.DECIDED,
        Verb.VOIDED,
        Verb.REASSIGNED,
        Verb.WITHDRAWN,
        Verb.WENT_LIVE,
        Verb.CANCELLED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A paper that was made here: of which request, when, and whether the request has moved on since."""

    reference: str
    version: int
    made_at: datetime
    is_current: bool


def note_paper(
    request_id: RequestId,
    record: Record,
    pdf: bytes,
    uow: UnitOfWork,
    *,
    by: PersonId | None,
    through: str = COMMAND,
    now: datetime,
) -> None:
    """
    Write into the request's chain that it was printed: by whom, through what, and how the paper is known again.

    `by` is None for the command, whose hands the bot does not know; `through` is a channel otherwise.
    """
    facts = {
        "version": record["version"],
        "code": record["code"],
        "sha256": hashlib.sha256(pdf).hexdigest(),
        "through": through,
    }
    uow.audit.write(Subject.of_request(request_id), AuditEntry(actor=by, verb=Verb.EXPORTED, at=now, facts=facts))


def is_noted(request_id: RequestId, code: str, uow: UnitOfWork) -> bool:
    """Tell whether the chain of a request knows a paper with this code."""
    chain = uow.audit.chain(Subject.of_request(request_id))
    return any(row.verb == Verb.EXPORTED and json.loads(row.facts).get("code") == code for row in chain)


def known_paper(paper: bytes | str, uow: UnitOfWork) -> Known | None:
    """Return what a file or a verification code is; None where it was not made here, or was changed since."""
    name, sought = ("code", paper) if isinstance(paper, str) else ("sha256", hashlib.sha256(paper).hexdigest())
    printed = [row for row in uow.audit.everything() if _is_paper(row) and json.loads(row.facts).get(name) == sought]
    return _known(printed[-1], uow) if printed else None


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
    uow.audit.write(
        THE_TRUST, AuditEntry(actor=None, verb=Verb.EXPORTED, at=now, facts={"what": "requests", "through": COMMAND})
    )
    return written.getvalue()


def _is_paper(row: ChainRow) -> bool:
    return row.subject_kind == SubjectKind.REQUEST and row.verb == Verb.EXPORTED


def _known(row: ChainRow, uow: UnitOfWork) -> Known:
    request_id = RequestId(int(row.subject_id))
    later = [one for one in uow.audit.chain(Subject.of_request(request_id)) if one.number > row.number]
    return Known(
        reference=f"R-{request_id}",
        version=int(json.loads(row.facts)["version"]),
        made_at=datetime.fromisoformat(row.at),
        is_current=not any(one.verb in MOVES for one in later),
    )


def _lines(request_id: RequestId, view: PolicyView, uow: UnitOfWork) -> Iterator[tuple[str, ...]]:
    request = uow.requests.facts(request_id)
    if request is None:
        return
    form = view.forms.get(request.form)
    head = (
        f"R-{request.id}",
        form.title if form else request.form,
        request.setting,
        name_of(request.requester, uow),
        name_of(request.author, uow),
        STANDING[request.state],
        str(request.version),
        moment_in_words(request.submitted_at) if request.submitted_at else "",
    )
    for question in form.asked(request.answers) if form else ():
        yield (*head, "answer", question.label, shown(question, request.answers.get(question.key, ()), uow))
    for one in request.decisions:
        counts = "" if not one.asked_again else " (no longer counts)"
        acting = f", acting for {name_of(one.acting_for, uow)}" if one.acting_for else ""
        who = f"{name_of(one.by, uow)}, {view.roles[one.role].title}{acting}"
        value = f"{one.outcome.value}{counts} by {who}, {moment_in_words(one.at)}: {one.comment}"
        yield (*head, "decision", one.step, value)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
