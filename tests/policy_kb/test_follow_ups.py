"""A second message in a chat: it goes on with the topic, or begins another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_kb.follow_up import FollowUps, Topic
from policy_kb.frame import Frame, Slot
from policy_kb.toml_entries import EditionError, parse_ref
from policy_kb.words import Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from policy_kb.answer import Answerer


def test_a_follow_up_keeps_the_topic(answerer: Answerer) -> None:
    topic = answerer.reply("Can I follow a pupil on Instagram?").topic

    (answer,) = answerer.reply("what about her mum?", topic).answers

    assert (answer.verdict, answer.clauses[0].id) == (Verdict.NO, "5.4")


def test_a_follow_up_about_ones_own_family_changes_the_answer(answerer: Answerer) -> None:
    topic = answerer.reply("Can I be Facebook friends with a parent?").topic

    (answer,) = answerer.reply("what if she's my sister?", topic).answers

    assert answer.verdict is Verdict.YES


def test_a_new_question_leaves_the_topic(answerer: Answerer) -> None:
    topic = answerer.reply("Can I follow a pupil on Instagram?").topic

    (answer,) = answerer.reply("can I put the school logo on my LinkedIn", topic).answers

    assert answer.clauses[0].id == "4.5"


@pytest.mark.parametrize(
    ("before", "question", "clause"),
    [
        ("can i edit our school's wikipedia page at lunch?", "what about strava, is that covered", "2.3"),
        (
            "reporter dm'd me on X about the roof leak. quick quote ok?",
            "Once a page is built is that basically it?",
            "A.1.4",
        ),
        ("could two of the y13 prefects be moderators?", "can IT see what websites I've been on", "7.1"),
    ],
)
def test_a_new_question_does_not_lean_on_the_topic_before(
    answerer: Answerer, before: str, question: str, clause: str
) -> None:
    reply = answerer.reply(question, answerer.reply(before).topic)

    assert reply.answers[0].clauses[0].id == clause


@pytest.mark.parametrize(
    ("before", "question", "clause"),
    [
        ("Can I sign up for Instagram with my school email?", "which one should I use then", "5.13"),
        ("Can I message a parent from my own Facebook about the trip?", "so what do I do instead", "6.1"),
        ("Can I DM a pupil on Instagram about her coursework?", "ok so what can i use?", "A.4.11"),
        ("Can I put a picture of my class on my own Facebook?", "ok so what should I do", "A.5.10"),
    ],
)
def test_whoever_asks_what_to_do_instead_is_told_the_way_that_is_open(
    answerer: Answerer, before: str, question: str, clause: str
) -> None:
    reply = answerer.reply(question, answerer.reply(before).topic)

    assert reply.answers[0].clauses[0].id == clause
    assert reply.answers[0].verdict is not Verdict.NO


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("Can I message a parent from my own Facebook about the trip?", "what about on my own WhatsApp then?"),
        ("Can I put a picture of my class on my own Facebook?", "so where can I post it, my story?"),
        ("Can I put a picture of my class on my own Facebook?", "how can I put it on there privately"),
        ("Can I sign up for Twitter with my school email?", "how can I do it anyway with my school email?"),
        ("Can I be friends with a pupil on Facebook?", "what if I use my school email to sign up?"),
        ("Can I friend a parent?", "and the wife of the governor?"),
    ],
)
def test_another_way_to_what_is_barred_is_barred_too(answerer: Answerer, before: str, question: str) -> None:
    reply = answerer.reply(question, answerer.reply(before).topic)

    assert reply.answers[0].verdict is Verdict.NO


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("Can I friend a pupil?", "but I'd do it on the school phone"),
        ("Can I play Fortnite with a pupil?", "and if it's on the school phone?"),
    ],
)
def test_a_device_alone_permits_nothing(answerer: Answerer, before: str, question: str) -> None:
    reply = answerer.reply(question, answerer.reply(before).topic)

    assert reply.answers[0].verdict is not Verdict.YES


@pytest.mark.parametrize("question", ["what if I text her off the school mobile?", "and from my school gmail then?"])
def test_a_way_of_the_schools_is_open_after_one_that_is_not(answerer: Answerer, question: str) -> None:
    topic = answerer.reply("Can I DM a pupil on Instagram?").topic

    (answer,) = answerer.reply(question, topic).answers

    assert (answer.verdict, answer.clauses[0].id) == (Verdict.YES, "A.4.11")


@pytest.mark.parametrize("question", ["and on my own page?", "what about on my own Facebook?"])
def test_an_opinion_that_is_barred_on_the_schools_page_is_not_barred_everywhere(
    answerer: Answerer, question: str
) -> None:
    topic = answerer.reply("Can I say what I think about Bake Off on the school page?").topic

    (answer,) = answerer.reply(question, topic).answers

    assert answer.verdict is not Verdict.NO


@pytest.mark.parametrize(
    "question",
    ["and from my own one, just this once", "can I use mine if it dies?", "what about mine then, the school ones flat"],
)
def test_ones_own_phone_is_not_allowed_because_the_schools_was(answerer: Answerer, question: str) -> None:
    topic = answerer.reply("Is it all right to text a single pupil from the school mobile?").topic

    (answer,) = answerer.reply(question, topic).answers

    assert answer.verdict is Verdict.NO


def test_a_permission_rests_on_the_way_that_the_message_itself_names(answerer: Answerer) -> None:
    topic = answerer.reply("Is it all right to text a single pupil from the school mobile?").topic

    (answer,) = answerer.reply("what about from the caretaker's?", topic).answers

    assert answer.verdict is not Verdict.YES


def test_an_unanswered_message_leaves_the_topic_as_it_was(answerer: Answerer) -> None:
    topic = answerer.reply("How many moderators does the page need?").topic

    silent = answerer.reply("and what are they paid for it?", topic)
    after = answerer.reply("what if one of them is off sick?", silent.topic)

    assert silent.answers[0].verdict is Verdict.SILENT
    assert after.answers[0].clauses[0].id == "A.5.4"


@pytest.mark.parametrize(
    ("question", "clause"),
    [("and ones still at the school now?", "5.2"), ("does that go for the pupils of my last school too?", "5.6")],
)
def test_the_rule_about_leaving_holds_for_those_left_behind_alone(
    answerer: Answerer, question: str, clause: str
) -> None:
    topic = answerer.reply("Can I stay in touch with pupils on Facebook after I leave?").topic

    (answer,) = answerer.reply(question, topic).answers

    assert (answer.verdict, answer.clauses[0].id) == (Verdict.NO, clause)


def test_a_long_message_may_still_go_on_with_the_topic(answerer: Answerer) -> None:
    topic = answerer.reply("Can I use the academy crest on the choir's site?").topic

    (answer,) = answerer.reply("ok got that signed off. where do I get hold of a decent copy of it?", topic).answers

    assert answer.clauses[0].id == "A.4.7"
    assert answer.verdict is not Verdict.SILENT


def test_what_says_little_by_itself_is_read_with_the_topic(answerer: Answerer) -> None:
    topic = answerer.reply("How many moderators must our sailing page have?").topic

    (answer,) = answerer.reply("What if one of them is off sick?", topic).answers

    assert answer.clauses[0].id == "A.5.4"
    assert answer.verdict is not Verdict.SILENT


def test_a_switch_without_a_clause_to_lead_keeps_the_one_that_led(tmp_path: Path) -> None:
    follow_ups = FollowUps.load(a_file(tmp_path, values='["home"]'))

    at_home = Frame({Slot.MOMENT: frozenset({"home"})})

    assert follow_ups.new_lead(Topic(Frame(), parse_ref("5.8")), at_home) == parse_ref("5.8")
    assert follow_ups.new_lead(Topic(Frame(), parse_ref("5.12")), at_home) is None


def test_a_switch_that_names_no_value_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(EditionError) as told:
        FollowUps.load(a_file(tmp_path, values="[]"))

    assert str(told.value) == "follow_ups.toml, line 5: 'values' must list at least one value of the slot."


def a_file(folder: Path, *, values: str) -> Path:
    """Write a file of one switch, which begins in its fifth line."""
    file = folder / "follow_ups.toml"
    lines = ["[[follow_up]]", 'openers = ["and"]', 'pointers = ["it"]', ""]
    switch = ["[[switch]]", 'from = ["5.4", "5.8"]', 'slot = "moment"', f"values = {values}", ""]
    file.write_text("\n".join([*lines, *switch]), encoding="utf-8")
    return file
