"""To keep an answer is to let one stand that was taken: a refused one is none, and a closed form stays closed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handlers.message import plain_text
from policy_kb.bot_words import Action
from policy_kb.request_words import QuestionKey, RequestId
from policy_kb.words import PersonId
from tests.handlers.requests.filled_in import priya
from tests.handlers.requests.filler import ANSWERS, PRIYA, TUESDAY, Filler, begin
from tests.storage.builders import ENTRY

if TYPE_CHECKING:
    from storage.database import Database
    from tests.fakes import FakeClock
    from tests.stage import DatabaseFile, Talk

__all__ = ["priya"]

R1 = RequestId(1)


@pytest.fixture
def beginner(talk: Talk, clock: FakeClock, sample_trust: None) -> Filler:  # noqa: ARG001 - the people the form is about
    clock.instant = TUESDAY
    return Filler(talk)


def answer(database: Database, question: str) -> tuple[str, ...]:
    with database.begin() as uow:
        draft = uow.requests.get(R1)
        assert draft is not None
        return draft.answers[QuestionKey(question)]


def test_to_keep_after_a_refused_day_keeps_the_day_before_it(priya: Filler, database: Database) -> None:
    before = answer(database, "closure")
    refused = priya.send(Action.ANSWER, "1:closure", {"closure": ("2026-12-01",)})

    priya.press("Keep as it is")

    assert refused.title == "When will the site close?"
    assert answer(database, "closure") == before


def test_the_word_keep_does_the_same(priya: Filler, database: Database) -> None:
    before = answer(database, "closure")
    refused = priya.send(Action.ANSWER, "1:closure", {"closure": ("2026-12-01",)})

    priya.say("keep")

    assert refused.title == "When will the site close?"
    assert answer(database, "closure") == before


def test_an_unclear_name_is_not_kept_as_a_person(priya: Filler, database: Database) -> None:
    priya.send(Action.EDIT, "1:line_manager")
    priya.say("Sam")

    priya.send(Action.KEEP, "1:line_manager")

    assert answer(database, "line_manager") == ("aisha-sample",)


def test_where_there_is_no_answer_there_is_none_to_keep(beginner: Filler) -> None:
    begin(beginner, up_to=len(ANSWERS) - 1)

    asked = beginner.send(Action.KEEP, "1:logo")

    assert "Saved" not in beginner.text
    assert asked.title == beginner.send(Action.EDIT, "1:logo").title


def test_nothing_is_kept_in_a_request_that_was_taken_back(priya: Filler) -> None:
    priya.press("Send it")
    priya.send(Action.WITHDRAW_SURELY, "1")

    priya.send(Action.KEEP, "1:department")

    assert "This request is closed" in priya.text
    assert "Saved" not in priya.text


def test_where_changes_are_asked_for_other_answers_are_not_kept_either(priya: Filler) -> None:
    priya.press("Send it")
    values = {"comment": ("Please say how many families you mean.",), "which": ("aims",)}
    Filler(priya.talk, email="aisha.sample@elm-academy.example").send(Action.ASK_CHANGES, "1:line_manager:1", values)

    priya.send(Action.KEEP, "1:content")

    assert "Saved" not in priya.text
    assert "so that answer stays as it is" in priya.text


def test_a_form_is_not_sent_once_its_setting_can_take_no_requests(
    priya: Filler, database: Database, database_file: DatabaseFile
) -> None:
    with database.begin() as uow:
        person = uow.people.find_by_email(PRIYA)
        assert person is not None
        uow.settings.put(replace(person.setting, final_approver_id=None), entry=ENTRY)

    stopped = priya.press("Send it")

    assert "has no final approver" in plain_text(stopped)
    assert database_file.column("requests", "state") == ["draft"]


@pytest.mark.parametrize("question", ["setting", "author"])
def test_a_form_is_not_sent_to_others_than_its_answers_name(
    priya: Filler, question: str, database: Database, database_file: DatabaseFile
) -> None:
    with database.begin() as uow:
        elsewhere = {"setting": "oak-academy", "author": "tom-example"}[question]
        uow.requests.answer(R1, QuestionKey(question), (elsewhere,), by=PersonId("priya-sample"), now=TUESDAY)

    asked = priya.send(Action.SUBMIT, "1")

    assert asked.title == priya.send(Action.EDIT, f"1:{question}").title
    assert database_file.column("requests", "state") == ["draft"]
