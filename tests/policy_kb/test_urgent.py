from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_kb.models import Models, shipped_models
from policy_kb.toml_entries import EditionError
from policy_kb.urgent import SignWords, Urgency

if TYPE_CHECKING:
    from pathlib import Path


def read(text: str) -> Urgency:
    return shipped_models().urgency(text)


@pytest.mark.parametrize(
    "message",
    [
        "a pupil wrote in our comments that she's scared to go home",
        "One of my year 8s has messaged the page to say she wants to die",
        "he has posted a picture of a knife and says it's for Monday",
        "A stranger on our Instagram is asking the girls to send him photos in their swimwear",
        "someone is passing round a nude photo of a girl in year 9",
        "A dad commented that he will come to the gate and hurt the teacher",
        "I think our tutor is grooming a boy, he tells him to keep their chats secret",
        "a lad says men are making him carry drugs to Ramsgate",
        "there is a video of a child being abused in our inbox",
        "She says her parents are taking her abroad to get married and she is fifteen",
        "pupil has gone missing, last seen getting into a man's car",
        "my student is being blackmailed over a picture she sent",
        "a little girl in nursery told us uncle hurts her at night",
        "I can't go on, I want to end my life",
    ],
)
def test_someone_at_risk_is_urgent(message: str) -> None:
    assert read(message).urgent


@pytest.mark.parametrize(
    "message",
    [
        "The drama club is killing it on TikTok",
        "Can I post a photo of my class on the school page?",
        "May I DM a parent about homework?",
        "Who approves a new Instagram account for the PE department?",
        "our striker shot and scored, can I tweet it",
        "I'm dying to post the prom pictures",
        "a pupil wants to follow me, what do I do?",
        "Is the logo allowed on our Year 7 blog?",
        "How many moderators does the form ask for?",
        "what time is the school nurse in",
        "Bath Rugby trip photos, do I need consent?",
        "hello, can you help me with the form?",
        "Haircut charity day: can we film it for Facebook?",
    ],
)
def test_ordinary_questions_are_not_urgent_whatever_words_they_use(message: str) -> None:
    assert not read(message).urgent


def test_the_signs_that_fired_are_named_for_people_to_read() -> None:
    urgency = read("she is frightened to go home and he has threatened to kill her")

    assert urgency.urgent
    assert {"fear of home", "threats"} <= set(urgency.signs)


def test_who_a_message_speaks_of_is_no_sign_by_itself() -> None:
    assert read("pupil, teacher, mum").signs == ()


@pytest.mark.parametrize("slip", ["he is thraetening me", "he is threatning me", "he is threattening me"])
def test_a_swapped_dropped_or_doubled_letter_hides_no_sign(slip: str) -> None:
    assert "threats" in read(slip).signs


@pytest.mark.parametrize("innocent", ["haircut", "a treat for staff", "the gunners won", "diet club", "classic hits"])
def test_a_sign_inside_or_beside_another_word_does_not_fire(innocent: str) -> None:
    assert not {"self-harm", "threats", "weapons", "a wish to die"} & set(read(innocent).signs)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_to_a_score_between_nought_and_one(text: str) -> None:
    urgency = read(text)

    assert 0 <= urgency.score <= 1
    assert len(urgency.signs) == len(set(urgency.signs))


def test_a_phrase_that_stands_alone_is_an_alarm_whatever_the_model_thinks(tmp_path: Path) -> None:
    file = tmp_path / "urgent.toml"
    file.write_text('[[sign]]\ntitle = "test word"\nany = []\nalone = ["purple giraffe"]\n', "utf-8")

    urgency = Models.load(signs=file).urgency("may I post the purple giraffe on our page?")

    assert urgency.score < 0.5
    assert urgency.urgent
    assert urgency.signs == ("test word",)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('[[sign]]\ntitle = "x"\nany = ["a"]\nalways = ["b"]\n', "line 1: 'always' is not a field"),
        ('[[sign]]\ntitle = "x"\nany = ["..."]\n', "line 1: 'any' holds a text without a word"),
        ('[[signs]]\ntitle = "x"\n', "'signs' is no heading"),
    ],
)
def test_a_slip_in_the_signs_is_told_with_its_line(tmp_path: Path, written: str, told: str) -> None:
    file = tmp_path / "urgent.toml"
    file.write_text(written, "utf-8")

    with pytest.raises(EditionError, match=told):
        SignWords.load(file)


def test_a_harmless_turn_of_phrase_fires_no_sign_but_the_rest_of_the_message_does() -> None:
    harmless = read("I'm dying to hear who won")
    both = read("I'm dying to hear who won, but a pupil wrote that she wants to die")

    assert harmless.signs == ()
    assert both.urgent
    assert "a wish to die" in both.signs
