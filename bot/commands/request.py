"""`askfirst request …`: the record of a request as a PDF, whether a paper is genuine, and all requests as a table."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from bot import clock
from bot.app import open_database
from handlers.desk import Desk
from handlers.paper.draw import draw
from handlers.people_and_days import moment_in_words
from handlers.requests.papers import CODE, known_paper, note_paper, requests_as_csv
from handlers.requests.record import record_of

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config import Config
    from policy_kb.request_words import RequestId

NOT_OURS = (
    "This was not made by Ask First from this database, or it was changed since. "
    "Make a new one with: askfirst request pdf NUMBER FILE"
)

# A code can be copied onto a paper that says something else.
CODE_ALONE = "A code is no proof of the words around it: compare the paper with the file, or with a new one."


class NotReadable(Exception):  # noqa: N818 - the name is the sentence
    """A file cannot be read or written; the text says which."""


def run_pdf(config: Config, request_id: RequestId, to: Path) -> int:
    """
    Write the record of a request as a PDF, and note in the audit that it was.

    Raises:
        CannotBeDrawn: it cannot be set as an accessible PDF.
        NoSuchRequest: nobody ever made this request.
        NotReadable: the file cannot be written.
        StorageError: the database cannot be used.
    """
    desk = Desk.open()
    with closing(open_database(config)) as database, database.begin() as uow:
        now = clock.now()
        record = record_of(request_id, desk.reading(uow).view, uow)
        pdf = draw(record)
        _write(to, pdf)
        note_paper(request_id, record, pdf, uow, by=None, now=now)
    print(f"{record['reference']} is in {to}. Its verification code is {record['code']}.")
    return 0


def run_verify(config: Config, file: Path) -> int:
    """
    Print what a PDF, or the code printed on it, is; return 1 where it is not ours.

    Raises:
        NotReadable: there is no such file, and it is no code either.
        StorageError: the database cannot be used.
    """
    code = str(file).strip().upper()
    is_code = CODE.fullmatch(code) is not None and not file.exists()
    paper = code if is_code else _read(file)
    with closing(open_database(config)) as database, database.begin() as uow:
        known = known_paper(paper, uow)
    if known is None:
        print(NOT_OURS)
        return 1
    what = f"{known.reference}, version {known.version}, made on {moment_in_words(known.made_at)}"
    print(f"The code is that of {what}. {CODE_ALONE}" if is_code else f"Genuine: {what}.")
    if not known.is_current:
        print("The request has moved on since: this is not its latest record.")
    return 0


def run_export(config: Config, to: Path) -> int:
    """
    Write every request, answer and decision as CSV, and note in the audit that it was.

    Raises:
        NotReadable: the file cannot be written.
        StorageError: the database cannot be used.
    """
    desk = Desk.open()
    with closing(open_database(config)) as database, database.begin() as uow:
        table = requests_as_csv(desk.reading(uow).view, uow, now=clock.now())
        _write(to, table.encode("utf-8-sig"))
    print(f"Every request is in {to}. It holds names: keep it where only those who need it can read it.")
    return 0


def _write(to: Path, content: bytes) -> None:
    try:
        to.write_bytes(content)
    except OSError as problem:
        raise NotReadable(f"{to} cannot be written: {problem.strerror}.") from None


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as problem:
        raise NotReadable(
            f"{file} cannot be read: {problem.strerror}. Give a file, or the code printed on it."
        ) from None
