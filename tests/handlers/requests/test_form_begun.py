"""A form is begun, left, gone on with, given up, or begun from another; or not begun at all."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from policy_kb.bot_words import Action
from policy_kb.words import Channel
from tests.handlers.requests.filler import ANSWERS, TUESDAY, Filler, begin, fill_in

if TYPE_CHECKING:
    from tests.fakes import FakeClock
    from tests.stage import DatabaseFile, Talk

CAN_I = "Can I friend a parent on Facebook?"


@pytest.fixture
def priya(talk: Talk, clock: FakeClock, sample_trust: None) -> Filler:  # noqa: ARG001 - the people the form is about
    clock.instant = TUESDAY
    return Filler(talk)


def test_a_form_that_was_paused_is_resumed_days_later_on_another_channel(priya: Filler, clock: FakeClock) -> None:
    begin(priya, up_to=4)
    paused = priya.press("Pause")
    priya.say("pupils")  # what is typed meanwhile is a question about the policy
    clock.advance(timedelta(days=3))
    elsewhere = Filler(priya.talk, channel=Channel.TEAMS)

    resumed = elsewhere.say("resume")

    assert paused.title == "Paused. R-1, a new social media site, is saved."
    assert resumed.title.startswith("Who will put things on the site")
    assert elsewhere.say("staff").title == "Who will be the administrators? Name at least two."


def test_a_form_is_cancelled_only_when_it_is_asked_for_twice(priya: Filler, database_file: DatabaseFile) -> None:
    begin(priya)

    priya.say("cancel")
    asked = database_file.column("requests", "state")
    cancelled = priya.press("Yes, cancel it")

    assert asked == ["draft"]
    assert database_file.column("requests", "state") == ["cancelled"]
    assert cancelled.title == "R-1 is cancelled. Nobody was asked anything."
    assert priya.say("pupils").title != "Why do you want this site, and what will be on it?"


def test_somebody_who_does_not_cancel_after_all_goes_on_where_they_were(priya: Filler) -> None:
    begin(priya)
    priya.say("cancel")

    assert priya.press("No, go on").title == "Why do you want this site, and what will be on it?"


def test_cancelling_can_be_said_in_words(priya: Filler, database_file: DatabaseFile) -> None:
    begin(priya)

    priya.say("cancel", "yes, cancel it")

    assert database_file.column("requests", "state") == ["cancelled"]


def test_an_unfinished_form_is_offered_before_a_new_one_is_begun(priya: Filler, database_file: DatabaseFile) -> None:
    begin(priya)

    offered = priya.say("site form")
    labels = priya.labels()
    priya.press("Start a new one")

    assert offered.title == "You have already begun R-1, a new social media site."
    assert labels == ["Go on with it", "See my answers", "Start a new one", "Cancel it"]
    assert database_file.rows("requests") == 2


def test_a_form_can_be_started_from_an_older_one_whose_days_are_asked_anew(priya: Filler) -> None:
    fill_in(priya)
    priya.press("Send it")

    started = priya.send(Action.START, "site:1")

    assert started.title == "When would you like the site to go live?"
    assert priya.say("back").title == "Which host is it?"
    assert "Your answer so far: Instagram" in priya.text
    assert "Same as before" in priya.labels()


def test_same_as_before_takes_over_the_older_answer(priya: Filler) -> None:
    fill_in(priya)
    priya.press("Send it")
    priya.send(Action.START, "site:1")
    priya.send(Action.EDIT, "2:aims")

    priya.say("same as before")

    assert f"Saved. What are the aims you propose: {ANSWERS[1]}" in priya.text


def test_nobody_starts_from_somebody_else_s_form(priya: Filler, database_file: DatabaseFile) -> None:
    fill_in(priya)
    priya.press("Send it")
    callum = Filler(priya.talk, email="callum.sample@elm-academy.example")

    callum.send(Action.START, "site:1")

    assert database_file.rows("requests") == 1


def test_what_there_is_with_the_same_purpose_is_shown_before_the_form_goes_on(priya: Filler) -> None:
    fill_in(priya)
    priya.press("Send it")
    callum = Filler(priya.talk, email="callum.sample@elm-academy.example")
    callum.say("site form")
    for label in ("PE", "Callum", "Aisha"):
        callum.press(label)

    callum.say("To share the match results of our teams with families.")

    assert "There is something like this already" in callum.text
    assert "R-1, PE, Instagram: asked for by Priya Sample, waiting for approval" in callum.text


def test_a_form_is_never_filled_in_in_front_of_others(priya: Filler, database_file: DatabaseFile) -> None:
    in_a_channel = Filler(priya.talk, private=False)

    told = in_a_channel.say("site form")

    assert told.title == "Please write to me directly for this."
    assert database_file.rows("requests") == 0


def test_somebody_the_staff_list_does_not_have_is_told_what_to_do(priya: Filler) -> None:
    stranger = Filler(priya.talk, email="nobody@elsewhere.example")

    told = stranger.say("site form")

    assert told.title == "I cannot start a form yet: I do not know who you are."
    assert "staff list" in stranger.text


def test_where_nobody_can_approve_nothing_is_started(priya: Filler, database_file: DatabaseFile) -> None:
    database_file.run("DELETE FROM dsl_cards WHERE setting_id = 'elm-academy'")

    told = priya.say("site form")

    assert told.title == "Nobody can ask for this at Elm Academy (sample) yet."
    assert "DSL card" in priya.text
    assert database_file.rows("requests") == 0


def test_my_requests_are_listed_in_words(priya: Filler) -> None:
    fill_in(priya)
    priya.press("Send it")

    priya.say("where is my request?")

    assert "R-1" in priya.text
