"""A question answered outside any conversation: for a shell, and for a file of questions."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from handlers.asking import as_json, ask
from handlers.message import plain_text
from policy_kb.words import Role, Tier, Verdict

if TYPE_CHECKING:
    from handlers.desk import Desk, Reading

TODAY = date(2026, 9, 7)
PARENT = "Can I friend a parent on Facebook?"
AND_ON_TWITTER = "and on Twitter?"
NOT_IN_THE_POLICY = "what colour is the sky"


@pytest.fixture
def reading(desk: Desk) -> Reading:
    return desk.shipped_reading()


def asked(reading: Reading, question: str, *before: str) -> dict[str, Any]:
    reply, message = ask(question, reading, before=before, today=TODAY)
    return as_json(reply, message, reading.view)


def test_an_answer_has_its_parts_in_the_promised_order(reading: Reading) -> None:
    answer = asked(reading, PARENT)

    assert list(answer) == ["verdict", "urgent", "tier", "headline", "clauses", "who", "text", "edition"]
    assert list(answer["clauses"][0]) == ["id", "part", "words", "official"]
    assert (answer["verdict"], answer["tier"], answer["urgent"]) == ("no", "sure", False)
    assert answer["clauses"][0]["id"] == "5.4"
    assert answer["who"] == ["head"]


def test_every_value_of_an_answer_is_plain_data_from_the_closed_sets(reading: Reading) -> None:
    answer = asked(reading, "Who approves a new page?")

    assert json.loads(json.dumps(answer)) == answer
    assert answer["verdict"] in {one.value for one in Verdict}
    assert answer["tier"] in {one.value for one in Tier}
    assert set(answer["who"]) <= {one.value for one in Role}


def test_silence_cites_no_clause_and_sends_to_a_person(reading: Reading) -> None:
    answer = asked(reading, NOT_IN_THE_POLICY)

    assert (answer["verdict"], answer["tier"]) == ("silent", "silent")
    assert answer["clauses"] == []
    assert answer["who"] == ["head"]


def test_the_text_is_the_whole_reply_and_says_which_edition_it_is_from(reading: Reading) -> None:
    reply, message = ask(PARENT, reading, today=TODAY)

    answer = as_json(reply, message, reading.view)

    assert answer["text"] == plain_text(message)
    assert answer["headline"] == message.title
    assert reading.view.facts.version in answer["edition"]


def test_an_urgent_message_says_so_and_its_text_begins_with_whom_to_call(reading: Reading) -> None:
    answer = asked(reading, "A pupil wrote in our comments that she is scared to go home")

    assert answer["urgent"] is True
    assert "999" in answer["text"].split("\n\n")[0]


def test_what_was_asked_before_gives_a_follow_up_its_sense(reading: Reading) -> None:
    alone, after = asked(reading, AND_ON_TWITTER), asked(reading, AND_ON_TWITTER, PARENT)

    assert after["clauses"][0]["id"] == "5.4"
    assert alone["clauses"][0]["id"] != "5.4"


@pytest.mark.parametrize("typed", ["hello", "???", ""])
def test_what_asks_nothing_gets_an_answer_with_nothing_in_it(reading: Reading, typed: str) -> None:
    answer = asked(reading, typed)

    assert (answer["verdict"], answer["tier"], answer["clauses"], answer["who"]) == ("silent", "silent", [], [])
    assert answer["text"]


def test_two_questions_in_one_cite_the_leading_clause_of_each_first(reading: Reading) -> None:
    answer = asked(reading, "Can I friend a parent on Facebook? And can I use the school logo on my LinkedIn?")

    assert [clause["id"] for clause in answer["clauses"]][:2] == ["5.4", "4.5"]


def test_no_clause_is_listed_twice(reading: Reading) -> None:
    answer = asked(reading, "Can I friend a parent on Facebook? And can I follow a pupil on Instagram?")

    cited = [(clause["id"], clause["part"]) for clause in answer["clauses"]]
    assert len(cited) == len(set(cited))
    assert {"5.4", "5.2"} <= {item for item, _ in cited}
