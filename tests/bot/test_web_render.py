"""What a message looks like on the web page, and that nothing in it is taken for markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.printable import printable
from bot.channels.web.render import QUESTION_BACK, VERDICT_WORDS, render
from handlers.message import Alert, Button, ClauseQuote, Fact, Facts, Message, Note, Paragraph, Tone
from policy_kb.words import Action
from tests.contracts import web_contract
from tests.gallery import ANSWER_NO, GALLERY, URGENT
from tests.gallery import QUESTION_BACK as ASKS_BACK


@pytest.mark.parametrize("name", GALLERY)
def test_every_message_in_the_gallery_is_well_made(name: str) -> None:
    shown = render(GALLERY[name])

    web_contract.check(shown)


def test_what_is_urgent_stands_above_everything() -> None:
    shown = web_contract.text(render(URGENT))

    assert shown.startswith("If a child may be at risk, act now.")
    assert shown.index("call 999") < shown.index("Act now") < shown.index(URGENT.title)


def test_an_answer_reads_verdict_then_clause_then_facts_then_small_print_then_buttons() -> None:
    shown = web_contract.text(render(ANSWER_NO))

    places = [shown.index(words) for words in ("Not allowed", "No. Staff", "5.4", "Unless", "5.4 makes", "See 5.4")]
    assert places == sorted(places)


@pytest.mark.parametrize("tone", [tone for tone in Tone if tone is not Tone.PLAIN])
def test_every_verdict_has_a_word_and_not_a_colour_alone(tone: Tone) -> None:
    shown = render(Message(title="A title", tone=tone))

    assert f'<p class="badge">{VERDICT_WORDS[tone]}</p>' in shown
    assert VERDICT_WORDS[tone]


def test_a_question_back_is_labelled_as_a_question_to_the_person() -> None:
    assert QUESTION_BACK in web_contract.text(render(ASKS_BACK))


@pytest.mark.parametrize(("official", "label"), [(True, "The policy’s own words"), (False, "Our plain words")])
def test_a_quote_says_whose_words_it_holds(*, official: bool, label: str) -> None:
    quote = ClauseQuote(number="5.4", heading="Families", words="Words.", official=official)

    shown = render(Message(title="A title", blocks=(quote,)))

    assert label in shown
    assert "<blockquote><p>Words.</p></blockquote>" in shown


def test_a_button_brings_back_exactly_what_was_put_on_it() -> None:
    about = """17:"quoted" & <b> 'single'"""

    shown = render(Message(title="A title", buttons=(Button(label="Go", action=Action.CHOOSE, about=about),)))

    assert web_contract.buttons(shown) == [("choose", about)]


@given(st.text())
def test_no_text_can_make_markup(text: str) -> None:
    message = Message(
        title=text,
        urgent=Alert(title=text, lines=(text,)),
        blocks=(
            Paragraph(text=text),
            ClauseQuote(number=text, heading=text, words=text, official=True),
            Facts(rows=(Fact(label=text, value=text),)),
            Note(text=text),
        ),
        buttons=(Button(label=text, action=Action.CHOOSE, about=text),),
    )

    shown = render(message)

    web_contract.check(shown)
    assert re.findall(r"<[a-z0-9]+", shown) == re.findall(r"<[a-z0-9]+", render(plainly(message)))
    assert printable(text) in web_contract.text(shown)


def plainly(message: Message) -> Message:
    """Return a message of the same shape with harmless words."""
    assert message.urgent is not None
    return Message(
        title="x",
        urgent=Alert(title="x", lines=("x",)),
        blocks=(
            Paragraph(text="x"),
            ClauseQuote(number="x", heading="x", words="x", official=True),
            Facts(rows=(Fact(label="x", value="x"),)),
            Note(text="x"),
        ),
        buttons=(Button(label="x", action=Action.CHOOSE, about="x"),),
    )
