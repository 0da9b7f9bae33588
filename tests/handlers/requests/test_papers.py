"""Papers and tables that leave the bot: whether one that comes back is genuine, and what a table holds."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handlers.paper.draw import draw
from handlers.requests.papers import requests_as_csv
from handlers.requests.record import record_of
from policy_kb.bot_words import Action
from policy_kb.words import Role
from storage.audit import THE_TRUST
from tests.handlers.requests.office import (
    AISHA,
    DANIEL,
    GRACE,
    HEAD,
    LM,
    PRIYA,
)
from tests.handlers.requests.paperwork import known, printed
from tests.handlers.requests.test_approvers import THIS_WEEK
from tests.handlers.sites.life_office import make_ready

if TYPE_CHECKING:
    from tests.handlers.requests.office import Office

FORMULAS = ("=HYPERLINK(1)", "+1", "-2+3", "@SUM(A1)", "\t=1", "\n=1")


def table(office: Office) -> list[dict[str, str]]:
    with office.database.begin() as uow:
        written = requests_as_csv(office.desk.reading(uow).view, uow, now=office.clock())
    return list(csv.DictReader(io.StringIO(written)))


def test_a_paper_is_known_again_by_its_file_and_by_its_code(office: Office) -> None:
    request_id = office.sent()
    pdf, code = printed(office, request_id)

    found = known(office, pdf)

    assert found is not None
    assert (found.reference, found.version, found.is_current) == ("R-1", 1, True)
    assert known(office, code) == found


def test_one_changed_byte_makes_it_nobodys(office: Office) -> None:
    pdf, _ = printed(office, office.sent())
    middle = len(pdf) // 2

    assert known(office, pdf[:middle] + bytes([pdf[middle] ^ 1]) + pdf[middle + 1 :]) is None
    assert known(office, pdf + b"\n") is None


def test_a_paper_that_was_never_noted_is_not_ours_however_well_it_is_made(office: Office) -> None:
    request_id = office.sent()
    _, code = printed(office, request_id)
    with office.database.begin() as uow:
        record = record_of(request_id, office.desk.reading(uow).view, uow)
    forged = draw({**record, "standing": "Approved."})

    assert known(office, forged) is None
    assert known(office, "0000-0000-0000-0000") is None
    assert known(office, "") is None
    assert known(office, code) is not None


@pytest.mark.parametrize("then", ["somebody approves", "it is changed", "it is withdrawn", "it is handed on"])
def test_whatever_happens_next_makes_a_paper_an_earlier_one(office: Office, then: str) -> None:
    request_id = office.sent()
    card = office.card(AISHA, LM)
    pdf, code = printed(office, request_id)

    match then:
        case "somebody approves":
            office.push(AISHA, card, "Approve")
        case "it is changed":
            office.change(request_id, aims=("Fewer letters home.",))
        case "it is withdrawn":
            office.press(PRIYA, Action.WITHDRAW_SURELY, str(request_id))
        case _:
            office.push(AISHA, card, "Not me", comment="Not mine.")

    for paper in (pdf, code):
        found = known(office, paper)
        assert found is not None
        assert not found.is_current


def test_a_paper_of_an_approved_site_is_an_earlier_one_once_the_site_is_live(office: Office) -> None:
    request_id = office.sent()
    office.up_to_the_head(request_id)
    office.push(GRACE, office.card(GRACE, HEAD), "Approve")
    pdf, _ = printed(office, request_id)
    make_ready(office, request_id)

    office.press(PRIYA, Action.IS_LIVE, str(request_id))

    found = known(office, pdf)
    assert found is not None
    assert not found.is_current


def test_printing_it_again_does_not_make_the_first_paper_an_earlier_one(office: Office) -> None:
    request_id = office.sent()
    first, _ = printed(office, request_id)
    second, _ = printed(office, request_id)

    found = known(office, first)

    assert first == second
    assert found is not None
    assert found.is_current


def test_the_table_has_every_answer_and_every_decision(office: Office) -> None:
    office.delegate(Role.HEAD, GRACE, DANIEL, THIS_WEEK)
    request_id = office.sent()
    office.up_to_the_head(request_id)
    office.push(DANIEL, office.card(DANIEL, HEAD), "Approve", comment="Go on.")
    office.draft(GRACE)  # nobody has sent it: it is nobody's business yet

    rows = table(office)

    assert {row["request"] for row in rows} == {"R-1"}
    answers = {row["label"]: row["value"] for row in rows if row["what"] == "answer"}
    decisions = {row["label"]: row["value"] for row in rows if row["what"] == "decision"}
    assert answers["Author's line manager"] == "Aisha Sample"
    assert answers["Proposed date of going live"] == "18 January 2027"
    assert list(decisions) == ["line_manager", "slt_consulted", "dpo_consulted", "deputy_dpo", "head"]
    assert "acting for Grace Sample" in decisions["head"]
    assert decisions["head"].endswith("Go on.")


def test_what_no_longer_counts_is_marked_in_the_table(office: Office) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Approve")
    office.change(request_id, aims=("Fewer letters home.",))

    (value,) = [row["value"] for row in table(office) if row["what"] == "decision"]

    assert value.startswith("approved (no longer counts) by Aisha Sample")


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_the_table_can_run_as_a_formula(office: Office, formula: str) -> None:
    with office.database.begin() as uow:
        uow.people.put((replace(office.person_in(uow, PRIYA), name=formula.strip()),), entry=office.entry())
    office.sent(purpose=(formula,), aims=(formula, formula))

    cells = [cell for row in table(office) for cell in row.values()]

    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))] == []
    assert f"'{formula}" in cells


def test_names_and_lines_come_back_from_the_table_as_they_were_written(office: Office) -> None:
    with office.database.begin() as uow:
        uow.people.put((replace(office.person_in(uow, PRIYA), name='Ελένη "Lena", Şahin'),), entry=office.entry())
    office.sent(purpose=("First line, with a comma.\nSecond; “quoted”.",))

    rows = table(office)

    assert {row["requester"] for row in rows} == {'Ελένη "Lena", Şahin'}
    assert "First line, with a comma.\nSecond; “quoted”." in {row["value"] for row in rows}


def test_that_the_table_was_written_is_in_the_audit(office: Office) -> None:
    office.sent()

    table(office)

    with office.database.begin() as uow:
        last = uow.audit.chain(THE_TRUST)[-1]
    assert (last.verb, json.loads(last.facts)) == ("exported", {"what": "requests", "through": "command"})
