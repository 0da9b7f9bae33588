"""A no is told as a no: not as a duty, a fact or a way to an approval, and before any yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_kb.toml_entries import parse_ref
from policy_kb.words import Verdict

if TYPE_CHECKING:
    from policy_kb.answer import Answerer
    from policy_kb.view import PolicyView


@pytest.mark.parametrize(
    "told",
    [
        "put the rugby page up last week off my own bat",
        "Promised the PTA new benches on the school page, not my job strictly but they were waiting",
        "nobody's authorised me but I gave the Academy's view on the strike on our feed",
        "our page went live on Friday, the form can wait",
        "when the head was away I put the page up without approval",
    ],
)
def test_what_is_done_unapproved_is_told_no(answerer: Answerer, told: str) -> None:
    assert answerer.reply(told).answers[0].verdict is Verdict.NO


@pytest.mark.parametrize(
    "asked",
    [
        "who has to approve a new page for the choir?",
        "do I need the head's approval for a new page, or does it go up without approval?",
        "what happens if somebody puts a page up without approval?",
    ],
)
def test_who_asks_what_holds_is_not_told_no(answerer: Answerer, asked: str) -> None:
    assert answerer.reply(asked).answers[0].verdict is not Verdict.NO


@pytest.mark.parametrize(
    "asked",
    [
        "So which ways CAN I message a single pupil online, if social media is out?",
        "gonna scroll insta on the sofa once ive clocked off and got home",
    ],
)
def test_a_reviewed_fact_stays_a_fact_whatever_the_question_seems_to_call_for(answerer: Answerer, asked: str) -> None:
    assert answerer.reply(asked).answers[0].verdict is Verdict.INFO


@pytest.mark.parametrize(
    ("asked", "clause"),
    [
        ("Found the revision guide as a pirate PDF, so I've stuck the link up on my own Twitter.", "5.1"),
        ("Results day. I know the pass rate the night before. Quick cryptic tweet?", "4.4"),
    ],
)
def test_neither_a_fact_nor_silence_is_told_where_a_no_is_called_for(
    answerer: Answerer, asked: str, clause: str
) -> None:
    (answer,) = answerer.reply(asked).answers

    assert (answer.verdict, answer.clauses[0].id) == (Verdict.NO, clause)


def test_of_two_answers_the_no_is_said_before_the_yes(answerer: Answerer) -> None:
    reply = answerer.reply("Can I email a pupil from my school email account? And can I message her on Instagram?")

    assert [answer.verdict for answer in reply.answers] == [Verdict.NO, Verdict.YES]


def test_a_no_is_said_before_a_fact_and_the_talk_goes_on_from_what_was_asked_last(answerer: Answerer) -> None:
    reply = answerer.reply("Can they all share one login? And how many administrators does the page need?")

    assert [answer.verdict for answer in reply.answers] == [Verdict.NO, Verdict.INFO]
    assert reply.topic is not None
    assert reply.topic.lead == parse_ref("A.5.4")


@pytest.mark.parametrize(
    "asked",
    [
        "Must we never exaggerate our results on the page?",
        "Is it OK to correct an exaggerated headline on our school page?",
        "Do I ask her after my line manager has signed?",
        "My head is unsure about a post, I'll talk to her after lunch before posting. Is that fine?",
        "Can I chat on Facebook with my friend whose daughter has just got married?",
        "Can I add my nephew, a pupil here, for my sister in Leeds?",
    ],
)
def test_who_keeps_to_the_rule_is_not_told_no(answerer: Answerer, asked: str) -> None:
    assert answerer.reply(asked).answers[0].verdict is not Verdict.NO


def test_a_no_and_a_yes_of_one_clause_are_both_said(answerer: Answerer) -> None:
    reply = answerer.reply("Can I follow a pupil on insta? And can I follow my own niece who goes here on insta?")

    assert [answer.clauses[0].id for answer in reply.answers] == ["5.2", "5.2"]
    assert [answer.verdict for answer in reply.answers] == [Verdict.NO, Verdict.YES]


@pytest.mark.parametrize("item", ["5.3", "A.4.11"])
def test_where_a_clause_bars_and_allows_the_part_that_bars_is_meant_by_what_is_barred(
    view: PolicyView, item: str
) -> None:
    part = view.parts[parse_ref(item).id].where_no

    assert view.items[parse_ref(f"{item}{part}")].verdict is Verdict.NO
    assert view.ref_for(item, "my sister, my school email", barred=True).part == part
    assert view.ref_for(item, "my sister, my school email", barred=False).part != part


@pytest.mark.parametrize("channel", ["the school rugby insta", "the club's facebook messenger", "the school twitter"])
def test_an_official_account_is_no_way_to_one_pupil(answerer: Answerer, channel: str) -> None:
    (answer,) = answerer.reply(f"he won't answer e-mail, so I'm going to DM the lad from {channel}").answers

    assert answer.clauses[0].id == "A.4.11"
    assert answer.verdict is Verdict.NO
