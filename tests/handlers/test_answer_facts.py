"""An answer as data: it comes back whole, and nobody's words are in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.answer_facts import from_facts, to_facts
from policy_kb.answer import Reply, Talk
from policy_kb.clause import ClauseRef
from policy_kb.decide import Answer, Choice
from policy_kb.follow_up import Topic
from policy_kb.frame import Frame, Slot
from policy_kb.view import load_view
from policy_kb.words import ItemId, Tier, Verdict

if TYPE_CHECKING:
    from handlers.desk import Desk

MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SOME = settings(MANY, max_examples=15)  # each is read by the models

refs = st.sampled_from(list(load_view().items))
some_refs = st.lists(refs, max_size=3).map(tuple)
words = st.text(max_size=12)
frames = st.dictionaries(st.sampled_from(Slot), st.frozensets(words, max_size=3)).map(Frame)
topics = st.builds(
    Topic,
    frame=frames,
    lead=st.none() | refs,
)


def answers(choices: st.SearchStrategy[tuple[Choice, ...]]) -> st.SearchStrategy[Answer]:
    return st.builds(
        Answer,
        verdict=st.sampled_from(Verdict),
        reviewed=st.none() | st.sampled_from(Verdict),
        tier=st.sampled_from(Tier),
        clauses=some_refs,
        near=some_refs,
        case=words,
        asks=words,
        choices=choices,
    )


some_choices = st.lists(st.builds(Choice, label=words, value=words, answer=answers(st.just(()))), max_size=3).map(tuple)
replies = st.builds(
    Reply,
    talk=st.sampled_from(Talk),
    urgent=st.booleans(),
    answers=st.lists(answers(some_choices), max_size=3).map(tuple),
    topic=st.none() | topics,
)


@MANY
@given(reply=replies)
def test_an_answer_kept_and_read_back_is_the_same_answer(reply: Reply) -> None:
    through_a_database = json.loads(json.dumps(to_facts(reply)))

    assert from_facts(through_a_database) == reply


def test_an_answer_kept_before_the_reviewed_verdict_was_kept_beside_it_is_still_read() -> None:
    answer = Answer(verdict=Verdict.NO, tier=Tier.SURE, clauses=(ClauseRef(ItemId("5.4")),))
    kept = to_facts(Reply(talk=Talk.QUESTION, urgent=False, answers=(answer,)))
    del kept["answers"][0]["reviewed"]

    assert from_facts(kept).answers == (answer,)


@SOME
@given(name=st.text("qxzjv", min_size=7, max_size=15), number=st.integers(10**7, 10**9))
@pytest.mark.parametrize(
    "question",
    [
        "Can I friend {name} on Facebook? Her number is {number}.",
        "A pupil called {name} ({number}) wrote that she is scared to go home.",
        "What is the school's {name} policy for {number}?",
    ],
)
def test_not_a_word_of_what_was_typed_is_kept(desk: Desk, question: str, name: str, number: int) -> None:
    typed = question.format(name=name, number=number)

    kept = json.dumps(to_facts(desk.shipped_reading().answerer.reply(typed)))

    assert '"answers": [{' in kept
    assert name not in kept
    assert str(number) not in kept
