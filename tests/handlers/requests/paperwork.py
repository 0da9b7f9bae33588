"""Reading a record, its PDF and what the audit knows of it."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader

from handlers.paper.draw import draw
from handlers.requests.papers import known_paper, note_paper
from handlers.requests.record import record_of
from storage.audit import Subject

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.requests.papers import Known
    from policy_kb.request_words import RequestId
    from tests.handlers.requests.office import Office

MINUTE = timedelta(minutes=1)


def record(office: Office, request_id: RequestId) -> dict[str, Any]:
    with office.database.begin() as uow:
        return record_of(request_id, office.desk.reading(uow).view, uow)


def words(office: Office, request_id: RequestId) -> str:
    """Return everything that can be read in the PDF, with its lines run together."""
    pages = PdfReader(io.BytesIO(draw(record(office, request_id)))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def box(office: Office, request_id: RequestId, title: str) -> dict[str, str]:
    """Return the lines of a box of the record, wherever it stands."""
    made = record(office, request_id)
    (found,) = [one for one in (*made["boxes"], *made["consulted"]) if one["title"] == title]
    return {line["label"]: line["value"] for line in found["lines"]}


def rows(made: Mapping[str, Any]) -> dict[str, str]:
    return {row["label"]: row["answer"] for section in made["sections"] for row in section["rows"]}


def details(made: Mapping[str, Any]) -> list[dict[str, str]]:
    return [
        line
        for section in made["sections"]
        for row in section["rows"]
        for tick in row["ticks"]
        for line in tick["details"]
    ]


def history(office: Office, request_id: RequestId) -> list[str]:
    return [one["what"] for one in record(office, request_id)["history"]]


def printed(office: Office, request_id: RequestId) -> tuple[bytes, str]:
    """Print a request as the command does, and return the file and its code."""
    with office.database.begin() as uow:
        record = record_of(request_id, office.desk.reading(uow).view, uow)
        pdf = draw(record)
        note_paper(request_id, record, pdf, uow, by=None, now=office.clock())
    office.wait(MINUTE)
    return pdf, record["code"]


def known(office: Office, paper: bytes | str) -> Known | None:
    with office.database.begin() as uow:
        return known_paper(paper, uow)


def exports(office: Office, request_id: RequestId) -> list[dict[str, Any]]:
    """Return what the audit has of each paper of a request, with the reference of who was given it."""
    with office.database.begin() as uow:
        chain = uow.audit.chain(Subject.of_request(request_id))
        people = uow.audit.known_people()
    rows = [row for row in chain if row.verb == "exported"]
    return [json.loads(row.facts) | {"by": people.get(row.actor, row.actor)} for row in rows]
