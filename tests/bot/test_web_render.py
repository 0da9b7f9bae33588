"""What a message looks like on the web page, and that nothing in it is taken for markup."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.printable import printable
from bot.channels.web.fields import NO_CHOICE
from bot.channels.web.render import OTHER_WORDS, QUESTION_BACK, TO_SEE_TO, VERDICT_WORDS, render
from handlers.message import (
    Alert,
    Button,
    ButtonStyle,
    ClauseQuote,
    Fact,
    Facts,
    Field,
    InputKind,
    Message,
    Note,
    Option,
    Paragraph,
    Tone,
)
from policy_kb.bot_words import Action
from tests.contracts import web_contract
from tests.gallery import ANSWER_NO, GALLERY, URGENT
from tests.gallery import QUESTION_BACK as ASKS_BACK
from tests.gallery_form import DECIDED

GO = Button(label="Go", action=Action.GOT_IT, about="17", style=ButtonStyle.MAIN)
CALENDAR = "http://127.0.0.1:8080/calendar/a-Secret_1.ics"
QUOTE = ClauseQuote(number="5.4", heading="Families", words="Words.", official=True)
LINE = Field(name="purpose", label="Purpose", kind=InputKind.LINE)
OPTIONS = tuple(Option(value=str(number), label=f"Choice {number}") for number in range(1, 14))


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
    answer = render(Message(title="A title", tone=tone, blocks=(QUOTE,)))
    notice = render(Message(title="A title", tone=tone, buttons=(GO,)))

    assert f'<p class="badge">{VERDICT_WORDS[tone]}</p>' in answer
    assert f'<p class="badge">{OTHER_WORDS[tone]}</p>' in notice
    assert VERDICT_WORDS[tone]
    assert OTHER_WORDS[tone]


def test_only_an_answer_from_the_policy_says_that_something_is_allowed() -> None:
    assert "Allowed" in render(Message(title="Yes.", tone=Tone.YES, blocks=(QUOTE,)))
    assert "Allowed" not in render(DECIDED)


def test_a_question_back_is_labelled_as_a_question_to_the_person() -> None:
    assert QUESTION_BACK in web_contract.text(render(ASKS_BACK))


@pytest.mark.parametrize(
    ("title", "buttons", "word"),
    [
        ("Can you take Friday?", (GO,), QUESTION_BACK),
        ("You are on for PE Instagram on Friday.", (GO,), TO_SEE_TO),
        ("I have asked 2 people. Nobody has taken it yet.", (replace(GO, style=ButtonStyle.QUIET),), ""),
    ],
)
def test_only_a_question_is_called_one(title: str, buttons: tuple[Button, ...], word: str) -> None:
    shown = render(Message(title=title, tone=Tone.ASK, buttons=buttons))

    assert re.findall('<p class="badge">(.*?)</p>', shown) == ([word] if word else [])


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("In danger now: call 999.", ["999"]),
        ("Illegal content: police, 101.", ["101"]),
        ("Tell Nadia Example, 01632 960101. Deputy: Ruth Sample, +44 1632 960102.", ["01632960101", "+441632960102"]),
        ("Keep R-999, the 1,999 words of A.5.6, and room 101b; it was 10 of 12.", []),
    ],
)
def test_a_tap_calls_each_number_of_the_escalation_block(line: str, numbers: list[str]) -> None:
    alert = Alert(title="Act now.", lines=(line,))

    shown = render(Message(title="A title", urgent=alert, blocks=(Paragraph(text=line), alert)))

    assert re.findall('href="tel:([^"]*)"', shown) == numbers
    assert web_contract.text(shown).count(line) == 3


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        (CALENDAR, True),
        (f"See {CALENDAR}", False),
        ("https://www.instagram.com/p/1", False),
        (CALENDAR.replace("127.0.0.1", "127.0.0.1.example"), False),
        (CALENDAR.replace("calendar/", "calendar/../"), False),
    ],
)
def test_an_address_of_our_own_calendar_can_be_opened_and_one_that_was_typed_cannot(text: str, *, opens: bool) -> None:
    shown = render(Message(title="A title", blocks=(Paragraph(text=text),)))

    assert (f'href="{text}"' in shown) is opens
    assert ("<a " in shown) is opens
    assert text in web_contract.text(shown)


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


def test_a_needed_field_says_so_in_words() -> None:
    needed, other = (
        web_contract.text(render(Message(title="A title", fields=(replace(LINE, needed=needed),))))
        for needed in (True, False)
    )

    assert "Purpose (needed)" in needed
    assert "needed" not in other


@pytest.mark.parametrize("kind", InputKind)
def test_a_label_and_a_hint_belong_to_every_control(kind: InputKind) -> None:
    shown = render(Message(title="A title", fields=(replace(LINE, kind=kind, options=OPTIONS, hint="A hint."),)))

    web_contract.check(shown)
    assert re.search("<label for=|<legend>", shown)
    assert re.search("aria-describedby=", shown)


@pytest.mark.parametrize(
    ("kind", "number", "looks_like"),
    [
        (InputKind.ONE, 4, 'type="radio"'),
        (InputKind.ONE, 5, "<select"),
        (InputKind.MANY, 12, 'class="choices"'),
        (InputKind.MANY, 13, "finder"),
    ],
)
def test_few_choices_stand_in_view_and_many_can_be_searched(kind: InputKind, number: int, looks_like: str) -> None:
    shown = render(Message(title="A title", fields=(replace(LINE, kind=kind, options=OPTIONS[:number]),)))

    assert looks_like in shown


def test_a_choice_that_is_not_needed_can_be_taken_back() -> None:
    one = replace(LINE, kind=InputKind.ONE, options=OPTIONS[:2], filled=("1",))
    free, needed = (render(Message(title="A title", fields=(replace(one, needed=needed),))) for needed in (False, True))

    assert NO_CHOICE in free
    assert NO_CHOICE not in needed


@pytest.mark.parametrize(("filled", "chosen"), [((), NO_CHOICE), (("gone",), NO_CHOICE), (("3",), "Choice 3")])
def test_to_leave_a_long_choice_empty_is_offered_last_and_stands_until_something_is_chosen(
    filled: tuple[str, ...], chosen: str
) -> None:
    one = replace(LINE, kind=InputKind.ONE, options=OPTIONS[:5], filled=filled)

    shown = render(Message(title="A title", fields=(one,)))

    assert re.findall("<option[^>]*>([^<]*)<", shown)[-1] == NO_CHOICE
    assert re.findall("<option[^>]* selected>([^<]*)<", shown) == [chosen]


def test_one_message_can_stand_on_the_page_twice() -> None:
    message = Message(title="A title", fields=(LINE,))

    first, second = (set(re.findall(' id="([^"]+)"', render(message))) for _ in range(2))

    assert first
    assert not first & second


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
        fields=tuple(
            Field(
                name=f"field_{n}", label=text, kind=kind, options=options, filled=(text,), hint=f"{text}.", needed=True
            )
            for n, (kind, options) in enumerate(controls(text))
        ),
        buttons=(Button(label=text, action=Action.CHOOSE, about=text),),
        card=text,
    )

    shown = render(message)

    web_contract.check(shown)
    without_calls = re.sub(r'<a href="tel:\+?[0-9]+">([^<]*)</a>', r"\1", shown)
    assert re.findall(r"<[a-z0-9]+", without_calls) == re.findall(r"<[a-z0-9]+", render(plainly(message)))
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
        fields=tuple(
            replace(field, label="x", hint="x", filled=(), options=controls("x")[number][1])
            for number, field in enumerate(message.fields)
        ),
        buttons=(Button(label="x", action=Action.CHOOSE, about="x"),),
    )


def controls(text: str) -> tuple[tuple[InputKind, tuple[Option, ...]], ...]:
    """Return every kind of control there is: few options look different from many."""
    few, many = ((Option(value=text, label=text),) * number for number in (2, 20))
    return (
        *((kind, ()) for kind in (InputKind.LINE, InputKind.LONG, InputKind.DATE)),
        *((kind, options) for kind in (InputKind.ONE, InputKind.MANY) for options in (few, many)),
    )
