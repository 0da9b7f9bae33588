"""The record of a request: who signed what by which right, and everything that happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from policy_kb.bot_words import Action
from policy_kb.request_words import StepKey
from policy_kb.words import Role
from tests.handlers.requests.office import (
    AISHA,
    DANIEL,
    DENISE,
    GRACE,
    HEAD,
    LM,
    PRIYA,
    TOM,
    option,
)
from tests.handlers.requests.paperwork import box, history, record, words
from tests.handlers.requests.test_approvers import CONFIRM, THIS_WEEK
from tests.handlers.sites.life_office import make_ready

if TYPE_CHECKING:
    from policy_kb.request_words import RequestId
    from tests.handlers.requests.office import Office

DAY = timedelta(days=1)


def approved(office: Office) -> RequestId:
    """Let a request be approved, a day after it was sent."""
    request_id = office.sent()
    office.wait(DAY)
    office.up_to_the_head(request_id)
    office.push(GRACE, office.card(GRACE, HEAD), "Approve", comment="A good plan.")
    return request_id


def test_whoever_signs_for_somebody_is_named_with_whom_they_act_for(office: Office) -> None:
    office.delegate(Role.HEAD, GRACE, DANIEL, THIS_WEEK)
    request_id = office.sent()
    office.up_to_the_head(request_id)
    office.push(DANIEL, office.card(DANIEL, HEAD), "Approve")

    signed = box(office, request_id, "Principal / Service Manager")

    assert signed["Name"].startswith("Daniel Example, Headteacher")
    assert signed["Acting for"] == "Grace Sample"
    assert "(acting for Grace Sample), approved version 1: Final approval." in history(office, request_id)[-1]


def test_two_boxes_that_one_person_signed_are_noted(office: Office) -> None:
    request_id = office.sent(DENISE, GRACE)
    office.up_to_the_head(request_id, GRACE)
    assert record(office, request_id)["notes"] == []

    office.push(GRACE, office.card(GRACE, HEAD), "Approve")

    (note,) = record(office, request_id)["notes"]
    assert note == "Grace Sample signed more than once, each time by an action of its own."


def test_who_filled_it_in_for_whom_is_noted_and_the_author_confirms(office: Office) -> None:
    request_id = office.draft(author=TOM)
    office.send(request_id)
    office.push(TOM, office.card(TOM, CONFIRM), "Confirm")

    made = record(office, request_id)

    assert made["notes"] == ["Priya Sample filled it in, in the name of Tom Example."]
    assert box(office, request_id, "Author's confirmation")["Signature"].startswith("Confirmed version 1. ")


def test_handing_on_is_told_with_who_asked_whom_instead_of_whom_and_why(office: Office) -> None:
    request_id = office.sent()
    (form,) = office.push(AISHA, office.card(AISHA, LM), "Not me")
    who = option(form, "who", "Daniel Example")
    office.push(AISHA, form, "Pass it on", comment="I have moved to English.", who=who)
    office.wait(DAY)
    office.push(DANIEL, office.card(DANIEL, LM), "Approve")

    told = history(office, request_id)

    assert told[1].startswith("Aisha Sample, Line Manager, said that it is not theirs to decide on version 1")
    assert told[1].endswith("Comment: I have moved to English.")
    assert told[2] == "Aisha Sample had Daniel Example asked, in the place of Aisha Sample: Line manager's approval."
    assert told[3].startswith("Daniel Example, Line Manager, approved version 1")
    assert box(office, request_id, "Line Manager")["Name"] == "Daniel Example, Line Manager"


def test_whom_an_administrator_had_asked_is_told_with_the_reason(office: Office) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Not me", comment="Not mine.")
    (notice,) = office.inbox(DENISE)
    who = option(notice, "who", "Daniel Example")

    office.push(DENISE, notice, "Look again", comment="He manages PE now.", who=who)

    assert history(office, request_id)[-1] == (
        "Denise Sample had Daniel Example asked: Line manager's approval.\nReason: He manages PE now."
    )


def test_a_refusal_stands_in_its_box_with_its_reason(office: Office) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Decline", comment="We have such a page.\nUse that one.")

    signed = box(office, request_id, "Line Manager")

    assert record(office, request_id)["standing"].startswith("Declined. ")
    assert signed["Signature"].startswith("Declined version 1. ")
    assert signed["Comment"] == "We have such a page.\nUse that one."


def test_what_was_asked_again_leaves_its_box_and_stays_in_the_history(office: Office) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Ask for changes", comment="Say who takes the photos.")
    office.change(request_id, content=("Pictures that Mr Sample takes of equipment.",))

    told = history(office, request_id)

    assert box(office, request_id, "Line Manager")["Signature"] == "Not signed"
    assert [line.split(":")[0] for line in told] == [
        "Priya Sample sent version 1.",
        "Aisha Sample, Line Manager, asked for changes to version 1",
        "Priya Sample sent version 2.",
    ]
    assert "no longer counts" in told[1]
    assert told[1].endswith("Comment: Say who takes the photos.")


@pytest.mark.parametrize("action", [Action.IS_LIVE, Action.WITHDRAW_SURELY])
def test_how_it_ended_is_told_too(office: Office, action: Action) -> None:
    request_id = approved(office)
    make_ready(office, request_id)
    office.wait(DAY)
    before = record(office, request_id)

    office.press(PRIYA, action, str(request_id))

    after = record(office, request_id)
    assert len(after["history"]) == len(before["history"]) + 1
    assert after["history"][-1]["at"] == "26 November 2026, 09:30"
    assert after["code"] != before["code"]


@pytest.mark.parametrize("name", ["Ελένη Παπαδοπούλου", "Анна Иванова", "Nguyễn Thị Ánh"])
def test_a_name_in_other_letters_stands_in_the_pdf_as_it_is_written(office: Office, name: str) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Approve")
    with office.database.begin() as uow:
        uow.people.put((replace(office.person_in(uow, AISHA), name=name),), entry=office.entry())

    assert f"{name}, Line Manager" in words(office, request_id)


def test_a_comment_longer_than_a_page_is_in_the_pdf_to_its_last_word(office: Office) -> None:
    request_id = office.sent()
    comment = " ".join(f"Reason number {number} against it." for number in range(1, 120))[:3000]
    office.push(AISHA, office.card(AISHA, LM), "Decline", comment=comment)

    text = words(office, request_id)

    last = comment[-60:].strip()
    assert text.count(last) == 2  # in the box, and in the history


def test_a_step_that_is_not_needed_any_more_keeps_its_name_in_the_history(office: Office) -> None:
    request_id = office.sent(logo=("yes",))
    office.push(AISHA, office.card(AISHA, LM), "Approve")
    office.push(GRACE, office.card(GRACE, StepKey("brand")), "Approve")

    office.change(request_id, logo=("no",))

    (line,) = [line for line in history(office, request_id) if line.startswith("Grace Sample")]
    assert "Approval of brand and logo." in line
