"""How an answer looks in Slack, and that Slack takes it whatever it says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.slack.address import Place
from bot.channels.slack.render import plain_payload, render
from handlers.message import (
    Alert,
    Block,
    Button,
    ClauseQuote,
    Fact,
    Facts,
    Message,
    Note,
    Paragraph,
    Tone,
    plain_text,
)
from policy_kb.bot_words import Action
from tests.contracts import slack_contract
from tests.contracts.block_kit import check
from tests.gallery import ANSWER_NO, GALLERY, HOSTILE_MESSAGE, LONG, URGENT

WORDS = st.text(max_size=400)
BLOCK: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, text=WORDS),
    st.builds(Note, text=WORDS),
    st.builds(Alert, title=WORDS, lines=st.lists(WORDS, max_size=4).map(tuple)),
    st.builds(ClauseQuote, number=WORDS, heading=WORDS, words=WORDS, official=st.booleans()),
    st.builds(Facts, rows=st.lists(st.builds(Fact, label=WORDS, value=WORDS), max_size=4).map(tuple)),
)
BUTTON = st.builds(
    Button, label=st.text(min_size=1, max_size=40), action=st.sampled_from(Action), about=st.text(max_size=150)
)
MESSAGE = st.builds(
    Message,
    title=st.text(min_size=1, max_size=300),
    tone=st.sampled_from(Tone),
    blocks=st.lists(BLOCK, max_size=8).map(tuple),
    buttons=st.lists(BUTTON, max_size=12).map(tuple),
)


@pytest.mark.parametrize("message", GALLERY.values(), ids=GALLERY.keys())
def test_slack_takes_every_message_of_the_product(message: Message) -> None:
    payload = render(message)

    check(payload)
    assert payload["text"]


@given(message=MESSAGE)
@settings(max_examples=150, deadline=None)
def test_slack_takes_whatever_a_message_says(message: Message) -> None:
    payload = render(message, place=Place.SHARED, thread="1763000000.000001")

    check(payload)
    assert slack_contract.buttons(payload) == [(button.action, button.about) for button in message.buttons]


def test_the_urgent_part_stands_above_the_title_and_the_title_above_the_rest() -> None:
    text = slack_contract.text(render(URGENT))

    places = [text.index(words) for words in ("If a child may be at risk", URGENT.title, "A.2.3 Concerns")]
    assert places == sorted(places)


def test_a_tone_is_a_sign_beside_words_that_say_the_same() -> None:
    title = render(ANSWER_NO)["blocks"][0]["text"]["text"]

    assert title == f"⛔ {ANSWER_NO.title}"


def test_our_plain_words_are_labelled_and_the_trusts_are_not() -> None:
    ours = ClauseQuote(number="5.4", heading="Families", words="Do not.", official=False)

    assert "our plain words" in slack_contract.text(render(Message(title="x", blocks=(ours,))))
    assert "our plain words" not in slack_contract.text(
        render(Message(title="x", blocks=(replace(ours, official=True),)))
    )


def test_nothing_typed_acts_as_markup() -> None:
    payload = render(HOSTILE_MESSAGE)

    assert "mrkdwn" not in str(payload["blocks"])
    assert "<" not in payload["text"]
    assert "&lt;!channel&gt;" in payload["text"]
    assert slack_contract.text(payload).count("<!channel>") == str(HOSTILE_MESSAGE).count("<!channel>")


def test_a_short_message_loses_no_word() -> None:
    for message in (ANSWER_NO, URGENT, LONG):
        text = slack_contract.text(render(message))

        assert all(part in text for part in plain_text(message).replace(": ", "\n").split("\n") if " - " in part)
        assert "shortened" not in text


def test_a_message_too_long_for_slack_shortens_its_clauses_and_says_so() -> None:
    quotes = tuple(
        ClauseQuote(number=f"A.{n}", heading="Long", words=f"Clause {n}. " + "word " * 900, official=True)
        for n in range(6)
    )
    message = Message(title="Yes.", blocks=(*quotes, Note(text="The note stays whole.")))

    payload = render(message)

    check(payload)
    text = slack_contract.text(payload)
    assert text.count("(shortened: see the clause)") == 6
    assert "The note stays whole." in text
    assert all(f"Clause {n}." in text for n in range(6))


def test_a_short_clause_beside_a_long_one_stays_whole() -> None:
    short = ClauseQuote(number="1", heading="Short", words="Stay whole.", official=True)
    long = ClauseQuote(number="2", heading="Long", words="word " * 4000, official=True)

    text = slack_contract.text(render(Message(title="Yes.", blocks=(short, long))))

    assert "Stay whole." in text
    assert text.count("shortened") == 1


def test_even_endless_notes_are_brought_down_to_what_slack_takes() -> None:
    words = "word " * 900
    each: tuple[Block, ...] = (
        Note(text=words),
        Paragraph(text=words),
        Alert(title=words, lines=(words, words)),
        ClauseQuote(number="1", heading=words, words=words, official=True),
        Facts(rows=(Fact(label=words, value=words),)),
    )
    message = Message(title=words, urgent=Alert(title=words, lines=(words,)), blocks=each * 6)

    check(render(message))


def test_more_blocks_than_slack_takes_become_one() -> None:
    blocks = tuple(Note(text=f"note {n}") if n % 2 else Paragraph(text=f"line {n}") for n in range(80))

    payload = render(Message(title="Many.", blocks=blocks, buttons=ANSWER_NO.buttons))

    check(payload)
    text = slack_contract.text(payload)
    assert all(f" {n}" in text for n in range(80))
    assert len(slack_contract.buttons(payload)) == 5


def test_empty_parts_leave_no_empty_blocks() -> None:
    empty: tuple[Block, ...] = (Paragraph(text=" "), Note(text=""), Facts(rows=()), Alert(title="!", lines=()))

    payload = render(Message(title="Yes.", blocks=empty))

    check(payload)
    assert [block["type"] for block in payload["blocks"]] == ["header", "rich_text"]


def test_the_plain_twin_is_complete_and_has_no_blocks() -> None:
    payload = plain_payload(ANSWER_NO)

    assert payload == {"text": plain_text(ANSWER_NO), "blocks": []}


def test_steps_that_had_to_be_shortened_are_numbered_still() -> None:
    steps = Alert(title="Act now, in this order.", lines=("Take it off. " * 400, "Ring 999. " * 600), in_order=True)

    blocks = render(Message(title="Extreme offence", urgent=steps))["blocks"]

    assert "rich_text_list" in str(blocks)
    assert "'style': 'ordered'" in str(blocks)


def test_a_plain_twin_beyond_slacks_limit_is_cut_between_characters() -> None:
    text = plain_payload(Message(title="&" * 20_000))["text"]

    assert len(text) <= 40_000
    assert text.removesuffix(" …").replace("&amp;", "") == ""


def test_only_help_that_cannot_wait_carries_the_siren() -> None:
    to_look_at = Alert(title="Look at this first:", lines=("The site has no end date.",))

    risks = slack_contract.text(render(Message(title="R-12", blocks=(to_look_at,))))
    urgent = slack_contract.text(render(Message(title="R-12", urgent=to_look_at)))

    assert "⚠️ Look at this first:" in risks
    assert "🚨 Look at this first:" in urgent
