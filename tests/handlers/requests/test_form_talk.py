"""The form as a conversation: one question at a time, answered in words or by a tap, and never lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.message import ClauseQuote, InputKind, Tone
from tests.handlers.requests.filler import ANSWERS, TUESDAY, Filler, begin, fill_in

if TYPE_CHECKING:
    from tests.fakes import FakeClock
    from tests.stage import DatabaseFile, Talk

CAN_I = "Can I friend a parent on Facebook?"


@pytest.fixture
def priya(talk: Talk, clock: FakeClock, sample_trust: None) -> Filler:  # noqa: ARG001 - the people the form is about
    clock.instant = TUESDAY
    return Filler(talk)


def test_the_first_question_is_asked_alone_with_how_far_along_the_form_is(priya: Filler) -> None:
    first = priya.say("I would like to fill in the form")

    assert first.title == "Which department or team is it for?"
    assert "Question 2 of 24 · about 5 minutes left" in priya.text
    assert priya.labels() == ["PE", "Back", "Why?", "Pause", "Whole section at once"]


@pytest.mark.parametrize(
    "words",
    [
        "Can I set up an Instagram page for PE?",
        "can we set up a page for my class",
        "who approves a new page",
        "who fills in the form?",
        "I want to set up my own page",
    ],
)
def test_to_ask_whether_something_may_be_set_up_starts_no_form(
    priya: Filler, words: str, database_file: DatabaseFile
) -> None:
    priya.say(words)

    assert database_file.rows("requests") == 0


@pytest.mark.parametrize(
    "words",
    [
        "site form",
        "start the form",
        "Fill in the form please",
        "apply for a site",
        "apply for an Instagram page",
        "I want to set up a site for our choir",
        "We'd like to open a new social media account.",
    ],
)
def test_a_clear_wish_starts_the_form(priya: Filler, words: str, database_file: DatabaseFile) -> None:
    priya.say(words)

    assert database_file.column("requests", "form") == ["site"]


def test_a_purpose_that_reads_like_a_wish_is_the_purpose(priya: Filler, database_file: DatabaseFile) -> None:
    begin(priya)

    priya.say("We want to create a page for families, so that more of them come to our games.")

    assert priya.last.title == "What do you want the site to achieve?"
    assert database_file.rows("requests") == 1


def test_a_stranger_who_wishes_for_a_site_is_answered_from_the_policy(
    priya: Filler, database_file: DatabaseFile
) -> None:
    stranger = Filler(priya.talk, email="nobody@elsewhere.example")

    stranger.say("I want to set up a site for our choir")

    assert any(isinstance(block, ClauseQuote) for block in stranger.last.blocks)
    assert database_file.rows("requests") == 0


def test_the_whole_form_is_answered_in_words_and_comes_to_its_review(priya: Filler) -> None:
    review = fill_in(priya)

    assert review.title == "R-1, a new social media site: ready to send."
    assert "Proposed date of going live: Tuesday 5 January 2027" in priya.text
    assert "Names of administrators (at least 2): Daniel Example, Priya Sample" in priya.text
    assert priya.labels() == ["Send it", "Change it", "Pause", "Cancel"]


def test_what_was_given_is_said_back_so_that_a_slip_is_seen(priya: Filler) -> None:
    begin(priya, up_to=9)

    priya.say("next friday")

    assert "Saved. Proposed date of going live: Friday 4 December 2026" in priya.text


def test_every_answer_is_kept_as_it_is_given(priya: Filler, database_file: DatabaseFile) -> None:
    begin(priya, up_to=2)

    assert database_file.column("request_answers", "question") == [
        "setting",
        "department",
        "author",
        "line_manager",
        "purpose",
        "aims",
    ]


def test_a_tap_leaves_the_answer_where_it_was_asked_for_and_asks_the_next_below(priya: Filler) -> None:
    priya.say("site form")

    priya.press("PE")

    answered, following = priya.read
    assert (answered.title, answered.replaces) == ("Saved. Department", True)
    assert (following.title, following.replaces) == ("Who is the author of the site?", False)


def test_ticks_and_people_can_be_chosen_as_well_as_typed(priya: Filler) -> None:
    begin(priya, up_to=3)
    assert priya.field().kind is InputKind.MANY

    priya.press("Save", audience=("families", "staff"))
    priya.say("staff")
    offered = [option.label for option in priya.field().options]
    priya.press("Save", administrators=("daniel-example", "priya-sample"))

    assert offered[0] == "Aisha Sample, Head of PE"
    assert priya.last.title == "Who will be the moderators? Name at least two."


def test_saving_nothing_says_so_and_asks_again(priya: Filler) -> None:
    begin(priya, up_to=3)

    again = priya.press("Save")

    assert again.title == "Who is the site for? Tick all that apply."
    assert "Nothing was filled in." in priya.text


def test_a_host_is_refused_for_pupils_below_its_age_with_a_way_to_change_either(priya: Filler) -> None:
    begin(priya, up_to=3)
    priya.say("pupils and parents", "Year 8 to 9", *ANSWERS[4:8])

    refused = priya.say("Instagram")

    assert refused.title == "Which host is it?"
    assert refused.tone is Tone.CARE
    assert "at least 13" in priya.text
    assert "(A.2.5)" in priya.text
    assert priya.press("Change: Audience: age").title == "How old are the pupils or children it is for?"
    assert priya.say("13 to 14").title == "Which host is it?"
    assert priya.say("Instagram").title == "When would you like the site to go live?"


def test_a_refused_answer_is_no_answer(priya: Filler, database_file: DatabaseFile) -> None:
    begin(priya, up_to=9)

    priya.say("1 January 2026")

    assert priya.last.title == "When would you like the site to go live?"
    assert "is over" in priya.text
    assert database_file.column("request_answers", "refused")[-1] == "not_past"


def test_a_trivial_purpose_is_asked_once_more_and_may_stay(priya: Filler) -> None:
    begin(priya)

    doubted = priya.say("for fun")
    labels = priya.labels()
    after = priya.press("Keep it")

    assert doubted.title == "Why do you want this site, and what will be on it?"
    assert labels[0] == "Keep it"
    assert after.title == "What do you want the site to achieve?"


def test_a_doubted_answer_can_be_typed_anew(priya: Filler) -> None:
    begin(priya)

    priya.say("for fun", ANSWERS[0])

    assert priya.last.title == "What do you want the site to achieve?"


def test_a_question_about_the_policy_is_answered_and_the_form_goes_on_where_it_stood_once(priya: Filler) -> None:
    begin(priya, up_to=3)

    priya.say(CAN_I)

    answer, question = priya.read
    assert answer.title.startswith("No. ")
    assert question.title == "Who is the site for? Tick all that apply."
    assert "with “answer:” before them" in priya.text
    assert priya.say("families").title.startswith("Who will put things on the site")


def test_words_that_look_like_a_question_are_an_answer_where_somebody_says_so(priya: Filler) -> None:
    begin(priya)

    priya.say("Who won last week?")
    asked_again = priya.last.title
    priya.say("answer: Who won last week, and where we play next, for the families of both teams?")

    assert asked_again == "Why do you want this site, and what will be on it?"
    assert priya.last.title == "What do you want the site to achieve?"


def test_somebody_at_risk_comes_before_the_form_and_nothing_of_it_is_kept(
    priya: Filler, database_file: DatabaseFile
) -> None:
    begin(priya)
    said = "answer: a girl in my class told me her stepfather touches her at night"

    priya.say(said)

    urgent, question = priya.read
    assert urgent.urgent is not None
    assert question.title == "Why do you want this site, and what will be on it?"
    assert b"stepfather" not in database_file.bytes()


def test_a_purpose_that_only_sounds_alarming_is_taken_once_somebody_says_that_it_is_the_answer(priya: Filler) -> None:
    begin(priya)
    purpose = "To tell pupils who are scared to go home whom they can call, and that they are not alone."

    priya.say(purpose)
    urgent = priya.read[0].urgent
    priya.say(f"answer: {purpose}")

    assert urgent is not None
    assert priya.last.title == "What do you want the site to achieve?"


def test_somebody_at_risk_is_seen_in_a_window_of_fields_too(priya: Filler, database_file: DatabaseFile) -> None:
    begin(priya)
    priya.press("Whole section")

    priya.press("Save", purpose=("a girl in my class told me her stepfather touches her at night",))

    assert priya.read[0].urgent is not None
    assert priya.last.title == "Why do you want this site, and what will be on it?"
    assert b"stepfather" not in database_file.bytes()


def test_why_a_question_is_asked_is_told_with_its_clause_and_the_question_again(priya: Filler) -> None:
    begin(priya)

    why = priya.press("Why?")

    assert why.title == "Why do you want this site, and what will be on it?"
    assert [block.number for block in why.blocks if isinstance(block, ClauseQuote)] == ["6.2"]
    assert priya.say("why are you asking?").title == why.title


def test_back_asks_the_question_before_and_its_answer_can_stay(priya: Filler) -> None:
    begin(priya, up_to=2)

    earlier = priya.say("back")

    assert earlier.title == "What do you want the site to achieve?"
    assert f"Your answer so far: {ANSWERS[1]}" in priya.text
    assert priya.press("Keep as it is").title == "What will you put on the site?"


def test_before_the_first_question_there_is_none(priya: Filler) -> None:
    priya.say("site form", "back", "back")

    assert "This is the first question." in priya.text


def test_a_question_that_is_needed_cannot_be_skipped(priya: Filler) -> None:
    begin(priya)

    assert priya.say("skip").title == "Why do you want this site, and what will be on it?"
    assert "cannot do without this one" in priya.text
