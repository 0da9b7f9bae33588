"""Whose a form is: the requester's until it is sent, then also that of whom it was sent for; nobody else's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.message import plain_text
from policy_kb.bot_words import Action
from policy_kb.request_words import QuestionKey, RequestId
from policy_kb.words import PersonId
from tests.handlers.requests.office import AISHA, DENISE, GRACE, LM, PRIYA, TOM, everything, labels

if TYPE_CHECKING:
    from handlers.message import Message
    from tests.handlers.requests.office import Office

CALLUM = "callum.sample@elm-academy.example"
OPENING = (Action.RESUME, Action.REVIEW, Action.STATUS, Action.WHOLE_FORM, Action.PAPER)
NONE = "You have not asked for anything yet."


def name_another(office: Office, request_id: RequestId, author: str) -> None:
    """Name somebody else for whom it is asked, without sending it."""
    with office.database.begin() as uow:
        uow.requests.answer(
            request_id, QuestionKey("author"), (author,), by=PersonId("priya-sample"), now=office.clock()
        )
        uow.requests.set_author(request_id, PersonId(author), now=office.clock())


@pytest.mark.parametrize("action", OPENING)
@pytest.mark.parametrize("reader", [CALLUM, DENISE, GRACE])
def test_a_draft_is_opened_by_nobody_it_names(office: Office, reader: str, action: Action) -> None:
    request_id = office.draft(author=CALLUM)

    told = everything(office.press(reader, action, str(request_id)))

    assert "fixtures" not in told
    assert "R-1" not in told


def test_a_draft_is_in_nobody_elses_list(office: Office) -> None:
    office.draft(author=CALLUM)

    (theirs,) = office.press(CALLUM, Action.MY_REQUESTS, "")
    (mine,) = office.press(PRIYA, Action.MY_REQUESTS, "")

    assert theirs.title == NONE
    assert mine.title == "Your requests: 1."


def test_a_draft_that_was_given_up_is_opened_by_nobody_it_named(office: Office) -> None:
    request_id = office.draft(author=CALLUM)
    office.press(PRIYA, Action.CANCEL_SURELY, str(request_id))

    told = everything(office.press(CALLUM, Action.REVIEW, str(request_id)))

    assert "fixtures" not in told


def test_once_it_is_sent_it_is_also_the_authors(office: Office) -> None:
    request_id = office.draft(author=CALLUM)
    office.send(request_id)

    (listed,) = office.press(CALLUM, Action.MY_REQUESTS, "")
    told = everything(office.press(CALLUM, Action.REVIEW, str(request_id)))

    assert listed.title == "Your requests: 1."
    assert "fixtures" in told


def test_whoever_is_named_but_was_not_sent_learns_nothing_and_the_author_loses_nothing(office: Office) -> None:
    request_id = office.draft(author=CALLUM)
    office.send(request_id)
    name_another(office, request_id, "tom-example")

    toms = [everything(office.press(TOM, action, str(request_id))) for action in OPENING]
    (toms_list,) = office.press(TOM, Action.MY_REQUESTS, "")
    (callums_list,) = office.press(CALLUM, Action.MY_REQUESTS, "")
    callums = everything(office.press(CALLUM, Action.REVIEW, str(request_id)))

    assert not [told for told in toms if "fixtures" in told]
    assert toms_list.title == NONE
    assert callums_list.title == "Your requests: 1."
    assert "fixtures" in callums


def test_an_author_who_confirmed_still_reads_it_when_another_was_sent(office: Office) -> None:
    request_id = office.draft(author=CALLUM)
    office.send(request_id)
    office.press(CALLUM, Action.APPROVE, f"{request_id}:author_confirms:1")
    name_another(office, request_id, "tom-example")
    office.send(request_id)

    (whole,) = office.press(CALLUM, Action.WHOLE_FORM, str(request_id))

    assert "fixtures" in plain_text(whole)


def test_what_others_have_written_and_not_sent_is_not_told_as_something_alike(office: Office) -> None:
    purpose = "Recipes from our cookery club for every family to try at home."
    request_id = office.sent()
    with office.database.begin() as uow:
        by = PersonId("priya-sample")
        uow.requests.answer(request_id, QuestionKey("purpose"), (purpose,), by=by, now=office.clock())
        uow.requests.answer(request_id, QuestionKey("department"), ("Secret club",), by=by, now=office.clock())

    told = everything(write_purpose(office, purpose))
    same = everything(write_purpose(office, "Families see what their children do in PE, and when the fixtures are."))

    assert "something like this already" not in told
    assert "R-1, PE, Instagram: asked for by Priya Sample, waiting for approval" in same
    assert "Secret club" not in same


def write_purpose(office: Office, purpose: str) -> tuple[Message, ...]:
    """Let Tom begin a form of his own and say what it is for."""
    office.press(TOM, Action.START, "site:new")
    with office.database.begin() as uow:
        mine = uow.requests.of_person(PersonId("tom-example"))[0].id
    return office.press(TOM, Action.ANSWER, f"{mine}:purpose", {"purpose": (purpose,)})


def test_a_new_form_starts_from_what_was_sent_and_not_from_what_was_written_since(office: Office) -> None:
    request_id = office.draft(author=CALLUM)
    office.send(request_id)
    with office.database.begin() as uow:
        by = PersonId("priya-sample")
        uow.requests.answer(request_id, QuestionKey("aims"), ("Secret aims of ours.",), by=by, now=office.clock())

    office.press(CALLUM, Action.START, f"site:{request_id}")

    with office.database.begin() as uow:
        mine = uow.requests.of_person(PersonId("callum-sample"))[0]
    assert mine.id != request_id
    assert mine.answers[QuestionKey("aims")] == ("More families come to fixtures.",)


def test_the_card_of_whoever_decides_shows_what_was_sent(office: Office) -> None:
    request_id = office.sent()
    name_another(office, request_id, "tom-example")

    card = office.card(AISHA, LM)

    assert "Tom Example" not in plain_text(card)
    assert labels(card)[0] == "Approve"
