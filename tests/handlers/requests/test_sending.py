"""A form is sent: who hears of it, and what a second sending does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.message import plain_text
from handlers.requests import sending
from handlers.router import compose
from policy_kb.bot_words import Action, SayKind
from policy_kb.request_words import QuestionKey, RequestState
from policy_kb.rules.refusal import Refusal
from tests.handlers.requests.office import AISHA, GRACE, HEAD, LM, PRIYA, TOM, everything, labels

if TYPE_CHECKING:
    from handlers.message import Message
    from policy_kb.request_words import RequestId
    from tests.handlers.requests.office import Office
    from tests.stage import DatabaseFile


def _send(office: Office, request_id: RequestId, email: str = PRIYA) -> Message:
    """Send a form, and return what is said about it."""
    person = office.person(email)
    with office.database.begin() as uow:
        reading = office.desk.reading(uow)
        (said,) = sending.send(request_id, person, reading, uow, now=office.clock())
        assert said.kind is SayKind.SUBMITTED
        return compose(said, reading, uow, person, now=office.clock())


def test_whoever_sends_it_is_told_who_is_asked_now(office: Office) -> None:
    sent = _send(office, office.draft())

    assert sent.title == "Sent: R-1, a new social media site. You hear from me at every step."
    assert "Line manager's approval (Aisha Sample)" in plain_text(sent)
    assert "could not reach" not in plain_text(sent)


def test_whoever_sends_it_is_told_whom_the_bot_cannot_reach(office: Office) -> None:
    with office.database.begin() as uow:
        uow.chat_addresses.forget((office.person_in(uow, AISHA).id,))

    sent = _send(office, office.draft())

    assert "I could not reach Aisha Sample: ask this person to open Ask First and say hello." in plain_text(sent)


def test_where_slack_is_in_use_somebody_whom_the_bot_never_met_is_written_to_by_their_e_mail_address(
    office: Office, database_file: DatabaseFile
) -> None:
    office.say(TOM, "hello")  # so Slack is in use
    with office.database.begin() as uow:
        uow.chat_addresses.forget((office.person_in(uow, AISHA).id,))

    sent = _send(office, office.draft())

    assert "could not reach" not in plain_text(sent)
    assert f"mailto:{AISHA}" in database_file.column("outbox", "address")


def test_nobody_else_sends_it(office: Office) -> None:
    request_id = office.draft()

    with pytest.raises(Refusal):
        office.send(request_id, AISHA)

    assert office.facts(request_id).state is RequestState.DRAFT


def test_what_is_over_is_not_sent_again(office: Office) -> None:
    request_id = office.sent()
    office.press(PRIYA, Action.WITHDRAW_SURELY, str(request_id))

    with pytest.raises(Refusal):
        office.send(request_id)


def test_an_open_card_shows_the_new_version_without_another_message(office: Office) -> None:
    request_id = office.sent()
    office.inbox(AISHA)

    office.change(request_id, department=("Physical education",))

    (card,) = office.inbox(AISHA)
    assert card.replaces
    assert card.card == f"{request_id}:{LM}"
    assert "Version: 2" in plain_text(card)
    assert labels(card)[0] == "Approve"


def test_an_approved_request_that_hardly_changed_stays_approved_and_its_sender_reads_so(office: Office) -> None:
    request_id = office.sent()
    office.up_to_the_head(request_id)
    office.push(GRACE, office.card(GRACE, HEAD), "Approve")
    priya = office.person(PRIYA).id
    with office.database.begin() as uow:
        uow.requests.answer(request_id, QuestionKey("department"), ("Sport",), by=priya, now=office.clock())

    sent = _send(office, request_id)

    assert office.facts(request_id).state is RequestState.APPROVED
    assert sent.title == "Sent: R-1, a new social media site. It stays approved; those who decided are told."


def test_an_author_hears_of_it_as_the_requester_does(office: Office) -> None:
    request_id = office.draft(author="tom.example@elm-academy.example")
    office.send(request_id)
    office.press("tom.example@elm-academy.example", Action.APPROVE, f"{request_id}:author_confirms:1")
    office.inbox(PRIYA)
    office.inbox("tom.example@elm-academy.example")

    office.push(AISHA, office.card(AISHA, LM), "Approve")

    for email in (PRIYA, "tom.example@elm-academy.example"):
        assert "Aisha Sample, Line Manager, said yes. Not approved yet." in everything(office.inbox(email))
