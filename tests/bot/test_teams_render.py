"""Messages become Adaptive Cards that say the same, whatever is in them."""

from __future__ import annotations

import json

import pytest

from bot.channels.teams.render import NO_FILES, render, summary
from bot.channels.teams.shorten import NOT_ALL
from handlers.message import (
    Alert,
    Button,
    ClauseQuote,
    Fact,
    Facts,
    Message,
    Note,
    Paragraph,
    Tone,
    plain_text,
    without_file,
)
from policy_kb.bot_words import Action
from tests.contracts import teams_contract
from tests.gallery import ANSWER_NO, GALLERY, HOSTILE, HOSTILE_MESSAGE, URGENT

LIMIT = 28 * 1024


@pytest.mark.parametrize("name", GALLERY)
def test_every_message_becomes_a_card_that_teams_takes(name: str) -> None:
    card = render(GALLERY[name])

    teams_contract.check(card)


def test_what_must_be_read_first_stands_first() -> None:
    lines = teams_contract.text(render(URGENT)).splitlines()

    assert lines[0] == "If a child may be at risk, act now."
    assert lines.index(URGENT.title) > lines.index("• In danger now: call 999.")


def test_buttons_stand_in_rows_of_six() -> None:
    buttons = tuple(Button(label=f"See {n}", action=Action.SEE_CLAUSE, about=f"{n}") for n in range(1, 15))

    card = render(Message(title="Which?", buttons=buttons))

    rows = [element["actions"] for element in card["body"] if element["type"] == "ActionSet"]
    assert [len(row) for row in rows] == [6, 6, 2]
    assert teams_contract.buttons(card) == [("see_clause", f"{n}") for n in range(1, 15)]


def test_hostile_text_stays_text() -> None:
    card = render(HOSTILE_MESSAGE)

    assert HOSTILE in teams_contract.text(card)
    assert "{{DATE" not in json.dumps(card)
    assert "](javascript" not in card["fallbackText"]


def test_a_band_of_colour_never_says_more_than_the_words() -> None:
    spoken = {teams_contract.text(render(Message(title="The same words.", tone=tone))) for tone in Tone}

    assert spoken == {"The same words."}


def test_each_line_of_a_paragraph_keeps_its_line() -> None:
    card = render(Message(title="Two lines.", blocks=(Paragraph(text="One.\nTwo.\n\nThree."),)))

    assert teams_contract.text(card).splitlines() == ["Two lines.", "One.", "Two.", "Three."]


def test_whose_words_a_clause_is_in_is_said() -> None:
    text = teams_contract.text(render(ANSWER_NO))

    assert "Our plain words" in text
    assert "The policy’s own words" not in text


def test_long_quotes_are_cut_and_point_to_the_clause() -> None:
    quote = ClauseQuote(number="A.5.1", heading="Long", words="Words and words. " * 900, official=True)
    message = Message(title="Yes.", urgent=Alert(title="Act now.", lines=("Call 999.",)), blocks=(quote, quote, quote))

    card = render(message)

    teams_contract.check(card)
    text = teams_contract.text(card)
    assert text.count("… see the clause") == 3
    assert "Call 999." in text
    assert len(json.dumps(card)) < LIMIT


def test_letters_beyond_ascii_count_as_what_they_take() -> None:
    card = render(Message(title="Ναί.", blocks=(Paragraph(text="Λέξεις 🙂 " * 3000),)))

    teams_contract.check(card)
    assert len(json.dumps(card)) < LIMIT


def test_a_message_without_end_still_becomes_a_card_and_says_that_it_is_cut() -> None:
    row = Facts(rows=(Fact(label="Who", value="Somebody " * 30),))
    message = Message(title="All of it.", blocks=tuple([row, Note(text="Small print. " * 20)] * 60))

    card = render(message)

    teams_contract.check(card)
    assert NOT_ALL in teams_contract.text(card)


@pytest.mark.parametrize("name", GALLERY)
def test_the_notification_says_everything(name: str) -> None:
    message = GALLERY[name]

    assert summary(message) == plain_text(without_file(message, NO_FILES))


def test_the_home_of_a_private_answer_rides_on_every_button() -> None:
    card = render(ANSWER_NO, home="signed")

    homes = [action["data"]["home"] for element in card["body"] for action in element.get("actions", [])]
    assert homes == ["signed"] * 5
    assert all("home" not in action["data"] for action in render(ANSWER_NO)["body"][-1]["actions"])
