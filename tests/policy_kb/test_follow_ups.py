"""A second message in a chat: it goes on with the topic, or begins another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_kb.words import Verdict

if TYPE_CHECKING:
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
