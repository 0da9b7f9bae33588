"""People in a form: who is meant, who is offered, on whose behalf, and for which setting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.message import plain_text
from policy_kb.bot_words import Action
from tests.handlers.requests.filler import ANSWERS, TUESDAY, Filler, begin, fill_in

if TYPE_CHECKING:
    from tests.fakes import FakeClock
    from tests.stage import DatabaseFile, Talk

AISHA = "aisha.sample@elm-academy.example"
RUTH = "ruth.sample@elm-academy.example"


@pytest.fixture
def priya(talk: Talk, clock: FakeClock, sample_trust: None) -> Filler:  # noqa: ARG001 - the people the form is about
    clock.instant = TUESDAY
    return Filler(talk)


def test_a_name_nobody_has_is_told_beside_the_one_that_was_understood(priya: Filler) -> None:
    begin(priya, up_to=5)

    priya.say("Sam and Priya")

    assert "I understood Priya Sample. I found nobody called “Sam” in the staff list." in priya.text
    assert priya.field().filled == ("priya-sample",)


def test_whom_an_unclear_name_means_is_picked_by_a_tap(priya: Filler) -> None:
    begin(priya, up_to=5)
    priya.say("Daniel and Pryia")

    priya.press("Priya Sample")

    assert "Saved. Names of administrators" in plain_text(priya.read[0])
    assert "Daniel Example, Priya Sample" in plain_text(priya.read[0])
    assert priya.last.title == "Who will be the moderators? Name at least two."


def test_one_person_too_few_is_refused_with_the_clause(priya: Filler) -> None:
    begin(priya, up_to=5)

    refused = priya.say("Priya")

    assert refused.title == "Who will be the administrators? Name at least two."
    assert "(A.5.4)" in priya.text


def test_words_that_are_no_names_are_not_kept(priya: Filler, database_file: DatabaseFile) -> None:
    begin(priya, up_to=5)

    priya.say("we have not thought about zebras at all so far")

    assert priya.last.title == "Who will be the administrators? Name at least two."
    assert b"zebras" not in database_file.bytes()


def test_a_line_manager_of_the_author_is_proposed(priya: Filler, database_file: DatabaseFile) -> None:
    priya.say("site form")
    priya.press("PE")
    priya.say("Jack")

    assert "Daniel Example, Assistant headteacher" in priya.labels()
    assert database_file.column("requests", "author_id") == ["jack-sample"]


def test_somebody_of_two_settings_says_for_which_it_is(priya: Filler, database_file: DatabaseFile) -> None:
    ruth = Filler(priya.talk, email=RUTH)
    asked = ruth.say("site form")

    ruth.press("Little Acorns")

    assert asked.title == "Which academy, nursery or central service is the site for?"
    assert database_file.column("requests", "setting_id") == ["little-acorns-nursery"]


def test_a_form_is_not_moved_to_a_setting_that_cannot_take_it(priya: Filler, database_file: DatabaseFile) -> None:
    database_file.run("DELETE FROM dsl_cards WHERE setting_id = 'little-acorns-nursery'")
    ruth = Filler(priya.talk, email=RUTH)
    ruth.say("site form")

    refused = ruth.press("Little Acorns")

    assert refused.title == "Which academy, nursery or central service is the site for?"
    assert "DSL card" in ruth.text
    assert database_file.column("requests", "setting_id") == ["elm-academy"]


def test_a_text_that_names_a_child_is_kept_with_a_word_about_it(priya: Filler) -> None:
    begin(priya)

    priya.say("Show how Amy's mum and other families can follow the matches of our teams.")

    assert priya.last.title == "What do you want the site to achieve?"
    assert "seems to name a child" in priya.text
    assert "(A.2.2)" in priya.text


def asked_for_changes(priya: Filler, *which: str) -> None:
    fill_in(priya)
    priya.press("Send it")
    aisha = Filler(priya.talk, email=AISHA)
    values = {"comment": ("Please say how many families you mean.",), "which": which}
    aisha.send(Action.ASK_CHANGES, "1:line_manager:1", values)


def test_where_changes_are_asked_for_only_those_answers_can_be_changed(
    priya: Filler, database_file: DatabaseFile
) -> None:
    asked_for_changes(priya, "aims")

    priya.send(Action.EDIT, "1:content")
    refused = priya.text
    priya.send(Action.ANSWER, "1:content", {"content": ("Something else altogether, for a change.",)})
    priya.send(Action.EDIT, "1:aims")
    priya.say("Twenty more families at each open evening.")
    priya.press("Send the changes")

    assert database_file.column("requests", "state") == ["submitted"]
    assert "so that answer stays as it is" in refused
    assert database_file.column("requests", "version") == [2]
    assert b"Something else altogether" not in database_file.bytes()


def test_where_no_answer_is_named_any_can_be_changed(priya: Filler) -> None:
    asked_for_changes(priya)

    priya.send(Action.EDIT, "1:content")
    priya.say("Results, and the dates of matches.")

    assert "Results, and the dates of matches." in priya.text


def test_the_review_after_changes_are_asked_for_offers_only_those(priya: Filler) -> None:
    asked_for_changes(priya, "aims")

    priya.say("resume")

    assert [option.value for option in priya.field().options] == ["aims"]
    assert "Withdraw it" in priya.labels()


def test_names_in_a_section_s_window_are_those_it_offered(priya: Filler) -> None:
    begin(priya, up_to=len(ANSWERS[:5]))
    section = priya.press("Whole section")
    people = next(field for field in section.fields if field.name == "administrators")

    priya.press("Save the section", administrators=("martin-example", "no-such-person"))

    assert "Priya Sample, Teacher of PE" in [option.label for option in people.options]
    assert priya.last.title == "Who will be the administrators? Name at least two."
