"""Changes that were not sent yet, when others ask for other changes: nothing slips in, and nothing is lost unsaid."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from policy_kb.bot_words import Action
from policy_kb.request_words import QuestionKey, RequestId
from tests.handlers.requests.filled_in import priya
from tests.handlers.requests.filler import Filler

if TYPE_CHECKING:
    from policy_kb.rules.request import RequestFacts
    from storage.database import Database
    from storage.request import Draft
    from tests.fakes import FakeClock
    from tests.stage import DatabaseFile

__all__ = ["priya"]

R1 = RequestId(1)
AIMS, SECURITY, AUTHOR, GO_LIVE = (QuestionKey(key) for key in ("aims", "security", "author", "go_live"))
AISHA = "aisha.sample@elm-academy.example"
OPEN_TO_ALL = "Open to everybody, and nobody checks the comments."
NOT_ASKED = "Those who decide asked for other changes"


@pytest.fixture(autouse=True)
def _it_was_sent(priya: Filler) -> None:
    priya.press("Send it")


def change(priya: Filler, question: str, *value: str) -> None:
    priya.send(Action.ANSWER, f"1:{question}", {question: value})


def ask_for_changes(priya: Filler, *which: str) -> None:
    """Let the line manager ask for changes, an hour later; what follows comes another hour later."""
    priya.talk.clock.advance(timedelta(hours=1))
    values = {"comment": ("Please say how many families you mean.",), "which": which}
    Filler(priya.talk, email=AISHA).send(Action.ASK_CHANGES, "1:line_manager:1", values)
    priya.talk.clock.advance(timedelta(hours=1))


def sent(database: Database) -> RequestFacts:
    with database.begin() as uow:
        facts = uow.requests.facts(R1)
    assert facts is not None
    return facts


def working(database: Database) -> Draft:
    with database.begin() as uow:
        draft = uow.requests.get(R1)
    assert draft is not None
    return draft


def test_what_nobody_asked_for_is_not_sent_with_what_they_did(priya: Filler, database: Database) -> None:
    change(priya, "security", OPEN_TO_ALL)
    ask_for_changes(priya, "aims")

    change(priya, "aims", "Twenty more families at each open evening.")
    priya.send(Action.SUBMIT, "1")

    now = sent(database)
    assert now.version == 2
    assert now.answers[AIMS] == ("Twenty more families at each open evening.",)
    assert now.answers[SECURITY] == ("A private account; comments are held until one of us has read them.",)


def test_what_was_put_back_is_told_once_with_what_had_been_written(priya: Filler) -> None:
    change(priya, "security", OPEN_TO_ALL)
    ask_for_changes(priya, "aims")

    priya.send(Action.EDIT, "1:aims")
    told, question = priya.read
    priya.send(Action.EDIT, "1:aims")

    assert "your unsent changes to" in told.title
    assert OPEN_TO_ALL in str(told.blocks)
    assert question.title == "What do you want the site to achieve?"
    assert len(priya.read) == 1


@pytest.mark.parametrize("words", ["resume", "Twenty more families.", "Can I friend a parent on Facebook?"])
def test_it_is_told_whatever_is_typed_first(priya: Filler, words: str, database: Database) -> None:
    priya.send(Action.EDIT, "1:aims")
    change(priya, "security", OPEN_TO_ALL)
    ask_for_changes(priya, "aims")

    priya.say(words)

    assert "your unsent changes to" in priya.read[0].title
    assert len(priya.read) > 1
    assert working(database).answers[SECURITY] != (OPEN_TO_ALL,)


def test_another_author_who_was_not_sent_goes_back_as_well(priya: Filler, database: Database) -> None:
    change(priya, "author", "callum-sample")
    ask_for_changes(priya, "aims")

    priya.send(Action.EDIT, "1:aims")

    draft = working(database)
    assert (draft.author_id, draft.answers[AUTHOR]) == ("priya-sample", ("priya-sample",))


def test_unsent_changes_to_what_is_asked_stay(priya: Filler, database: Database) -> None:
    change(priya, "aims", "Ten more families at each open evening.")
    ask_for_changes(priya, "aims")

    priya.send(Action.SUBMIT, "1")

    assert sent(database).answers[AIMS] == ("Ten more families at each open evening.",)


def test_where_no_answer_was_named_unsent_changes_stay(priya: Filler, database: Database) -> None:
    change(priya, "security", OPEN_TO_ALL)
    ask_for_changes(priya)

    priya.send(Action.SUBMIT, "1")

    assert sent(database).answers[SECURITY] == (OPEN_TO_ALL,)


def test_an_answer_whose_day_has_passed_meanwhile_can_be_changed_although_nobody_asked(
    priya: Filler, database: Database, clock: FakeClock
) -> None:
    ask_for_changes(priya, "aims")
    clock.advance(timedelta(days=90))
    change(priya, "aims", "Ten more families at each open evening.")

    change(priya, "go_live", "2027-04-20")
    priya.send(Action.EDIT, "1:aims")
    priya.send(Action.SUBMIT, "1")

    assert sent(database).answers[GO_LIVE] == ("2027-04-20",)


def test_where_changes_are_asked_for_and_nothing_is_changed_nothing_is_sent(
    priya: Filler, database_file: DatabaseFile
) -> None:
    ask_for_changes(priya, "aims")

    review = priya.send(Action.SUBMIT, "1")

    assert "Change an answer first, or withdraw it." in priya.text
    assert review.title == "R-1, a new social media site: changes are asked for."
    assert "Send the changes" not in priya.labels()
    assert database_file.column("requests", "version") == [1]


def test_nothing_is_said_to_be_saved_that_was_not(priya: Filler) -> None:
    ask_for_changes(priya, "aims")

    change(priya, "security", OPEN_TO_ALL)

    assert "Saved" not in priya.text
    assert NOT_ASKED in priya.text


@pytest.mark.parametrize(
    ("state", "stands"),
    [
        ("approved", "approved; change something and send it"),
        ("live", "approved and live"),
        ("declined", "declined"),
        ("withdrawn", "withdrawn"),
    ],
)
def test_a_review_says_how_the_request_stands(
    priya: Filler, state: str, stands: str, database_file: DatabaseFile
) -> None:
    database_file.run(f"UPDATE requests SET state = '{state}'")  # noqa: S608 - one of the four above

    review = priya.send(Action.REVIEW, "1")

    assert review.title == f"R-1, a new social media site: {stands}."
    assert not [label for label in priya.labels() if label.startswith("Send")]


def test_a_request_that_is_live_is_shown_as_it_was_sent(priya: Filler, database_file: DatabaseFile) -> None:
    change(priya, "host_name", "TikTok")
    database_file.run("UPDATE requests SET state = 'live'")

    review = priya.send(Action.REVIEW, "1")

    assert "Instagram" in priya.text
    assert "TikTok" not in priya.text
    assert review.fields == ()
