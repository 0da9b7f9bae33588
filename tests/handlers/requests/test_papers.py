"""Papers and tables that leave the bot: who was given what, and whether one that comes back is genuine."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from handlers.message import plain_text
from handlers.paper.draw import draw
from handlers.requests.papers import known_paper, note_paper, requests_as_csv
from handlers.requests.record import record_of
from policy_kb.words import Action, Channel, Role, SayKind
from storage.audit import THE_TRUST, Subject
from storage.says import SayFacts
from tests.handlers.requests.office import AISHA, DANIEL, DENISE, GRACE, HEAD, LM, MARTIN, PRIYA, TOM, labels
from tests.handlers.requests.test_approvers import THIS_WEEK

if TYPE_CHECKING:
    from handlers.message import Message
    from handlers.requests.papers import Known
    from policy_kb.words import RequestId
    from tests.handlers.requests.office import Office

MINUTE = timedelta(minutes=1)
FORMULAS = ("=HYPERLINK(1)", "+1", "-2+3", "@SUM(A1)", "\t=1", "\n=1")


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


def table(office: Office) -> list[dict[str, str]]:
    with office.database.begin() as uow:
        written = requests_as_csv(office.desk.reading(uow).view, uow, now=office.clock())
    return list(csv.DictReader(io.StringIO(written)))


def asked_for(office: Office, request_id: RequestId, email: str = PRIYA, channel: Channel = Channel.SLACK) -> Message:
    (message,) = office.press(email, Action.PAPER, str(request_id), channel=channel)
    return message


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


def test_whoever_asks_in_chat_is_given_the_file_and_the_audit_says_so(office: Office) -> None:
    request_id = office.sent()

    message = asked_for(office, request_id)

    assert message.title == "R-1 as a PDF"
    assert message.attachment is not None
    assert message.attachment.name == "R-1.pdf"
    assert message.attachment.content.startswith(b"%PDF")
    (export,) = exports(office, request_id)
    assert (export["by"], export["through"]) == (office.person(PRIYA).id, "slack")
    assert export["code"] in plain_text(message)
    found = known(office, message.attachment.content)
    assert found is not None
    assert found.is_current


def test_the_audit_says_through_which_channel_it_was_asked_for(office: Office) -> None:
    request_id = office.sent()

    asked_for(office, request_id, channel=Channel.TEAMS)
    printed(office, request_id)

    assert [one["through"] for one in exports(office, request_id)] == ["teams", "command"]


def test_where_no_file_can_be_given_the_message_names_the_command(office: Office) -> None:
    message = asked_for(office, office.sent())

    assert message.attachment is not None
    assert "askfirst request pdf 1 R-1.pdf" in message.attachment.otherwise


@pytest.mark.parametrize("email", [PRIYA, AISHA, DENISE])
def test_whoever_may_read_the_whole_form_may_have_it_as_a_pdf(office: Office, email: str) -> None:
    assert asked_for(office, office.sent(), email).attachment is not None


@pytest.mark.parametrize("email", [TOM, MARTIN])
def test_nobody_else_is_given_it_and_nothing_is_noted(office: Office, email: str) -> None:
    request_id = office.sent()

    message = asked_for(office, request_id, email)

    assert message.attachment is None
    assert message.title == "I cannot show you that request."
    assert exports(office, request_id) == []


def test_a_draft_is_nobody_elses_to_print(office: Office) -> None:
    request_id = office.draft()

    assert asked_for(office, request_id, DENISE).attachment is None
    assert asked_for(office, request_id, PRIYA).attachment is not None


@pytest.mark.parametrize("about", ["", "99", "0", "-1", "1:head", "one", "1" * 40])
def test_a_forged_number_brings_nothing(office: Office, about: str) -> None:
    office.sent()

    (message,) = office.press(PRIYA, Action.PAPER, about)

    assert message.attachment is None


def test_a_repeat_of_the_press_brings_the_same_file_and_no_second_entry(office: Office) -> None:
    request_id = office.sent()

    (first,) = office.press(PRIYA, Action.PAPER, str(request_id), event_id="once")
    (again,) = office.press(PRIYA, Action.PAPER, str(request_id), event_id="once")

    assert again == first
    assert len(exports(office, request_id)) == 1


def test_what_has_moved_on_before_it_could_be_sent_is_not_handed_out(office: Office) -> None:
    request_id = office.sent()
    office.press(PRIYA, Action.PAPER, str(request_id), event_id="once")
    office.push(AISHA, office.card(AISHA, LM), "Approve")

    (late,) = office.press(PRIYA, Action.PAPER, str(request_id), event_id="once")

    assert late.attachment is None
    assert "has moved on" in late.title
    (now,) = office.push(PRIYA, late, "The form as PDF")
    assert now.attachment is not None


def test_the_file_is_the_readers_alone_wherever_it_is_composed(office: Office) -> None:
    request_id = office.sent()
    asked_for(office, request_id)
    with office.database.begin() as uow:
        (address,) = uow.chat_addresses.of(office.person_in(uow, TOM).id)
        uow.outbox.put(
            SayFacts(kind=SayKind.PAPER, about=str(request_id)),
            address.channel,
            address.address,
            to=office.person_in(uow, TOM).id,
            due_at=office.clock(),
            now=office.clock(),
        )

    (message,) = office.inbox(TOM)

    assert message.attachment is None
    assert message.title == "I cannot show you that request."


def test_the_buttons_stand_where_a_request_is_looked_at(office: Office) -> None:
    request_id = office.sent()
    office.up_to_the_head(request_id)
    head = office.card(GRACE, HEAD)

    (status,) = office.press(PRIYA, Action.STATUS, str(request_id))
    (whole,) = office.press(PRIYA, Action.WHOLE_FORM, str(request_id))
    (decided,) = office.push(GRACE, head, "Approve")

    for message in (status, whole, decided):
        assert "The form as PDF" in labels(message)
    assert "The form as PDF" not in labels(head)


def test_a_draft_shows_no_button_for_it(office: Office) -> None:
    request_id = office.draft()

    for action in (Action.STATUS, Action.WHOLE_FORM):
        (message,) = office.press(PRIYA, action, str(request_id))
        assert "The form as PDF" not in labels(message)


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
