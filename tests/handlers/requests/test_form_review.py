"""Before it is sent: every answer, what still stops it, and any of it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_kb.bot_words import Action
from tests.handlers.requests.filled_in import priya
from tests.handlers.requests.filler import ANSWERS, TUESDAY, Filler, begin

if TYPE_CHECKING:
    from tests.fakes import FakeClock
    from tests.stage import DatabaseFile, Talk

__all__ = ["priya"]

REVIEW = "R-1, a new social media site: ready to send."


@pytest.fixture
def beginner(talk: Talk, clock: FakeClock, sample_trust: None) -> Filler:  # noqa: ARG001 - the people the form is about
    clock.instant = TUESDAY
    return Filler(talk)


def test_any_answer_is_changed_from_the_review_and_the_review_comes_back(priya: Filler) -> None:
    asked = priya.press("Change it", question=("aims",))
    review = priya.say("Twice as many families at our open evenings.")

    assert asked.title == "What do you want the site to achieve?"
    assert review.title == REVIEW
    assert "Twice as many families" in priya.text


@pytest.mark.parametrize("words", ["change the aims", "aims", "change What are the aims you propose?"])
def test_an_answer_is_named_in_words_to_be_changed(priya: Filler, words: str) -> None:
    assert priya.say(words).title == "What do you want the site to achieve?"


def test_a_change_that_opens_new_questions_goes_straight_to_them(priya: Filler) -> None:
    priya.press("Change it", question=("audience",))

    opened = priya.say("families and pupils")

    assert opened.title == "How old are the pupils or children it is for?"
    assert priya.send(Action.REVIEW, "1").title == "R-1, a new social media site: not ready yet."
    assert "Still to answer: Audience: age range of pupils." in priya.text


def test_a_form_with_a_question_open_is_not_sent(beginner: Filler, database_file: DatabaseFile) -> None:
    begin(beginner, up_to=4)

    stopped = beginner.send(Action.SUBMIT, "1")

    assert stopped.title.startswith("Who will put things on the site")
    assert database_file.column("requests", "state") == ["draft"]


def test_a_form_is_not_sent_while_a_day_has_passed_meanwhile(
    priya: Filler, clock: FakeClock, database_file: DatabaseFile
) -> None:
    clock.advance(days=60)

    stopped = priya.press("Send it")

    assert stopped.title == "R-1, a new social media site: not ready yet."
    assert "Proposed date of going live: 5 January 2027 is over." in priya.text
    assert database_file.column("requests", "state") == ["draft"]


def test_a_form_is_not_sent_while_a_doubt_is_open(priya: Filler, database_file: DatabaseFile) -> None:
    priya.press("Change it", question=("purpose",))
    priya.say("for fun")

    stopped = priya.send(Action.SUBMIT, "1")
    priya.send(Action.KEEP, "1:purpose")
    priya.press("Send it")

    assert stopped.title == "R-1, a new social media site: not ready yet."
    assert database_file.column("requests", "state") == ["submitted"]


def test_a_form_that_was_sent_says_so_and_is_over_as_a_conversation(priya: Filler) -> None:
    sent = priya.press("Send it")

    assert "R-1" in sent.title
    assert priya.say("families").title != "Who is the site for? Tick all that apply."


def test_a_form_that_was_sent_can_still_be_changed_and_sent_again(priya: Filler, database_file: DatabaseFile) -> None:
    priya.press("Send it")
    unchanged = priya.send(Action.REVIEW, "1")
    labels = priya.labels()

    priya.press("Change it", question=("aims",))
    priya.say("Twice as many families at our open evenings.")
    priya.press("Send the changes")

    assert unchanged.title == "R-1, a new social media site: as you sent it."
    assert "Send the changes" not in labels
    assert database_file.column("requests", "version") == [2]


def test_sending_again_what_has_not_changed_says_that_there_is_nothing_to_send(
    priya: Filler, database_file: DatabaseFile
) -> None:
    priya.press("Send it")

    priya.send(Action.SUBMIT, "1")

    assert "Nothing has changed since you sent it" in priya.text
    assert database_file.column("requests", "version") == [1]


def test_a_whole_section_is_filled_in_at_once_over_the_same_engine(beginner: Filler) -> None:
    begin(beginner)
    section = beginner.press("Whole section")

    beginner.press(
        "Save the section",
        purpose=(ANSWERS[0],),
        aims=("",),
        content=("Results and photos of displays.",),
    )

    assert section.dialog
    assert [field.name for field in section.fields] == ["purpose", "aims", "content"]
    assert beginner.last.title == "What do you want the site to achieve?"
    assert beginner.say(ANSWERS[1]).title == "Who is the site for? Tick all that apply."


def test_what_is_refused_in_a_section_is_told_and_asked_again(beginner: Filler) -> None:
    begin(beginner, up_to=5)
    beginner.press("Whole section")

    beginner.press(
        "Save the section",
        administrators=("daniel-example", "priya-sample"),
        moderators=("priya-sample",),
        host=("academy",),
        go_live=("2026-01-01",),
    )

    assert beginner.last.title == "Who will be the moderators? Name at least two."
    assert "at least two different people" in beginner.text
    assert "Proposed date of going live: 1 January 2026 is over." in beginner.text
    assert beginner.say("Priya and Callum").title == "When would you like the site to go live?"
