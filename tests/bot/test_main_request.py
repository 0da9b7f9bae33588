"""The commands that print a request, check a paper, and write all requests as a table."""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from bot.__main__ import main
from bot.sample import load_sample_trust
from policy_kb.request_words import RequestId
from storage.audit import THE_TRUST, Subject
from tests.bot.command_line import fails_with
from tests.fakes import FakeClock
from tests.handlers.requests.office import AISHA, LM, TUESDAY, Office

if TYPE_CHECKING:
    from pathlib import Path

    from handlers.desk import Desk
    from storage.database import Database

pytestmark = pytest.mark.usefixtures("own_environment")
CODE = re.compile(r"[0-9A-F]{4}(?:-[0-9A-F]{4}){3}")


@pytest.fixture
def office(database: Database, desk: Desk) -> Office:
    """Return the sample trust at work in the commands' own database, with one request that was sent."""
    with database.begin() as uow:
        load_sample_trust(uow)
    made = Office(database, desk, FakeClock(TUESDAY))
    made.meet_everybody()
    made.sent()
    return made


@pytest.fixture
def paper(office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Return the PDF of that request."""
    assert office.clock() == TUESDAY
    assert main(["request", "pdf", "1", str(tmp_path / "R-1.pdf")]) == 0
    capsys.readouterr()
    return tmp_path / "R-1.pdf"


def exports(office: Office, subject: Subject) -> list[dict[str, object]]:
    with office.database.begin() as uow:
        return [json.loads(row.facts) for row in uow.audit.chain(subject) if row.verb == "exported"]


@pytest.mark.parametrize("number", ["1", "R-1", "r-1", "001"])
def test_a_request_is_printed_by_its_number_however_that_is_written(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str], number: str
) -> None:
    to = tmp_path / "paper.pdf"

    assert main(["request", "pdf", number, str(to)]) == 0

    said = capsys.readouterr().out
    text = " ".join(page.extract_text() for page in PdfReader(to).pages)
    (code,) = CODE.findall(said)
    assert f"R-1 is in {to}." in said
    assert code in text
    assert "Families see what their children do in PE" in text
    assert [one["code"] for one in exports(office, Subject.of_request(RequestId(1)))] == [code]


@pytest.mark.parametrize("number", ["99", "R-99", "0"])
def test_a_number_that_no_request_has_gets_a_sentence_and_no_file(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str], number: str
) -> None:
    assert office.database.exists()

    said = fails_with(capsys, "request", "pdf", number, str(tmp_path / "paper.pdf"))

    assert "There is no request R-" in said
    assert list(tmp_path.glob("*.pdf")) == []


@pytest.mark.parametrize("number", ["", "R-", "one", "1.5", "-1", "R-R-1", "1" * 10, "١"])
def test_what_is_no_number_is_refused_with_an_example(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, number: str
) -> None:
    with pytest.raises(SystemExit):
        main(["request", "pdf", f" {number}" if number.startswith("-") else number, str(tmp_path / "paper.pdf")])

    assert "such as 12 or R-12" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_gets_a_sentence_and_nothing_is_noted(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = tmp_path / "nowhere" / "paper.pdf"

    assert f"{nowhere} cannot be written: No such file" in fails_with(capsys, "request", "pdf", "1", str(nowhere))
    assert "cannot be written" in fails_with(capsys, "request", "export", str(tmp_path))

    assert exports(office, Subject.of_request(RequestId(1))) == []
    assert exports(office, THE_TRUST) == []


def test_a_paper_is_genuine_and_stays_so_in_a_copy(
    paper: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "under another name"
    copy.write_bytes(paper.read_bytes())

    assert main(["request", "verify", str(copy)]) == 0

    said = capsys.readouterr().out
    assert said.startswith("Genuine: R-1, version 1, made on ")
    assert "moved on" not in said


def test_a_paper_whose_request_has_moved_on_is_genuine_and_said_to_be_an_earlier_one(
    office: Office, paper: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office.push(AISHA, office.card(AISHA, LM), "Approve")

    assert main(["request", "verify", str(paper)]) == 0

    said = capsys.readouterr().out
    assert said.startswith("Genuine: R-1")
    assert "The request has moved on since" in said


@pytest.mark.parametrize("change", ["one byte", "one more byte", "another file", "empty"])
def test_a_paper_that_was_changed_is_not_ours(paper: Path, capsys: pytest.CaptureFixture[str], change: str) -> None:
    pdf = paper.read_bytes()
    others = {
        "one byte": pdf.replace(b"%PDF-1.7", b"%PDF-1.6", 1),
        "one more byte": pdf + b" ",
        "another file": b"%PDF-1.7 of somebody else",
        "empty": b"",
    }
    assert others[change] != pdf
    paper.write_bytes(others[change])

    assert main(["request", "verify", str(paper)]) == 1

    assert capsys.readouterr().out.startswith("This was not made by Ask First")


def test_a_code_is_known_however_it_is_typed_and_vouches_for_no_words(
    paper: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (code,) = set(CODE.findall(" ".join(page.extract_text() for page in PdfReader(paper).pages)))

    for typed in (code, code.lower(), f" {code} "):
        assert main(["request", "verify", typed]) == 0
        said = capsys.readouterr().out
        assert said.startswith("The code is that of R-1, version 1")
        assert "no proof of the words around it" in said


def test_a_code_that_was_made_up_is_not_ours(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert paper.exists()

    assert main(["request", "verify", "0000-1111-2222-3333"]) == 1

    assert "not made by Ask First" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["not-there.pdf", "", "0000-1111-2222", "."])
def test_what_is_neither_a_file_nor_a_code_gets_a_sentence(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert office.database.exists()

    said = fails_with(capsys, "request", "verify", str(tmp_path / name))

    assert "cannot be read" in said
    assert "Give a file, or the code printed on it." in said


def test_every_request_is_written_as_a_table_that_a_spreadsheet_can_open(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "requests.csv"

    assert main(["request", "export", str(to)]) == 0

    said = capsys.readouterr().out
    content = to.read_bytes()
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
    assert "It holds names" in said
    assert content.startswith(b"\xef\xbb\xbf")  # without it a spreadsheet takes the letters for others
    assert {row["requester"] for row in rows} == {"Priya Sample"}
    assert exports(office, THE_TRUST) == [{"what": "requests", "through": "command"}]


def test_who_took_what_can_be_read_in_the_audit(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert paper.exists()

    assert main(["audit", "show", "request:1"]) == 0
    assert "exported" in capsys.readouterr().out

    assert main(["audit", "verify"]) == 0
    assert "The audit is whole" in capsys.readouterr().out
