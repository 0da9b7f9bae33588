"""The record as a PDF, asked for in chat: who is given it, and what the audit keeps of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.message import plain_text
from policy_kb.bot_words import Action, SayKind
from policy_kb.words import Channel
from storage.says import SayFacts
from tests.handlers.requests.office import (
    AISHA,
    DENISE,
    GRACE,
    HEAD,
    LM,
    MARTIN,
    PRIYA,
    TOM,
    labels,
)
from tests.handlers.requests.paperwork import exports, known, printed

if TYPE_CHECKING:
    from handlers.message import Message
    from policy_kb.request_words import RequestId
    from tests.handlers.requests.office import Office


def asked_for(office: Office, request_id: RequestId, email: str = PRIYA, channel: Channel = Channel.SLACK) -> Message:
    (message,) = office.press(email, Action.PAPER, str(request_id), channel=channel)
    return message


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


def test_of_a_draft_there_is_nothing_to_print_and_only_its_requester_learns_that_there_is_one(office: Office) -> None:
    request_id = office.draft()

    theirs, others = asked_for(office, request_id), asked_for(office, request_id, TOM)

    assert (theirs.attachment, others.attachment) == (None, None)
    assert theirs.title == "It was not sent yet, so there is no record of it to print."
    assert others.title == "I cannot show you that request."
    assert exports(office, request_id) == []


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
