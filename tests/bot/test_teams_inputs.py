"""What can be filled in on a Teams card comes back as it was meant, and nothing else does."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.channels.teams.activity import ActivityError
from bot.channels.teams.inputs import MAX_FIELDS, MAX_LETTERS, MAX_TYPED, MAX_VALUES, TooLongError, read_inputs
from bot.channels.teams.render import MAX_BYTES, MAX_SUMMARY, render, summary
from bot.channels.teams.shorten import NOT_LISTED
from handlers.message import Button, Field, InputKind, Message, Option, Paragraph
from policy_kb.bot_words import Action
from tests.contracts import teams_contract
from tests.contracts.adaptive_cards import elements_of
from tests.gallery_form import AUDIENCE, DECIDE, SCHOOLS, SECTION, STAFF

SAVE = (Button(label="Save", action=Action.SAVE_SECTION, about="12:purpose"),)
COMMAS = (
    Option(value="a,b", label="Both"),
    Option(value="a", label="The first"),
    Option(value="b", label="The second"),
    Option(value="a%2Cb", label="Neither"),
)
LONG_NAMES = tuple(Option(value=f"{n}-{'x' * 70}", label=f"{n} {'A long name ' * 5}") for n in range(100))


def form(*fields: Field) -> Message:
    return Message(title="Fill this in.", fields=fields, buttons=SAVE)


def inputs_on(message: Message) -> dict[str, dict[str, Any]]:
    elements = elements_of(render(message))
    return {element["label"]: element for element in elements if element["type"].startswith("Input.")}


def test_each_kind_of_field_gets_the_control_that_suits_it() -> None:
    shown = inputs_on(SECTION)

    looks = {label: (each["type"], each.get("style"), each.get("isMultiSelect")) for label, each in shown.items()}
    assert looks == {
        "Purpose (needed)": ("Input.Text", None, None),
        "Aims": ("Input.Text", None, None),
        "Audience (needed)": ("Input.ChoiceSet", "expanded", True),
        "Which schools": ("Input.ChoiceSet", "expanded", True),
        "Moderators": ("Input.ChoiceSet", "compact", True),
        "Where it will be": ("Input.ChoiceSet", "expanded", None),
        "Line manager": ("Input.ChoiceSet", "filtered", None),
        "First day": ("Input.Date", None, None),
    }
    assert [each.get("isMultiline") for each in shown.values()][:2] == [False, True]


def test_no_field_keeps_a_button_from_being_pressed() -> None:
    shown = inputs_on(SECTION).values()

    assert all(not each.get("isRequired") for each in shown)


def test_an_approval_without_a_comment_comes_back_with_an_empty_one() -> None:
    pressed = teams_contract.press(render(DECIDE), 0, {})

    assert pressed == ("approve", "12:head:2", {"comment": ()})


@pytest.mark.parametrize("kind", [InputKind.ONE, InputKind.MANY])
def test_a_choice_with_a_comma_in_its_name_stays_one_choice(kind: InputKind) -> None:
    card = render(form(Field(name="which", label="Which", kind=kind, options=COMMAS, filled=("a,b",))))

    untouched = teams_contract.press(card, 0, {})
    changed = teams_contract.press(card, 0, {"which": ("a%2Cb",)})

    teams_contract.check(card)
    assert untouched[2] == {"which": ("a,b",)}
    assert changed[2] == {"which": ("a%2Cb",)}


def test_all_that_are_ticked_come_back() -> None:
    card = render(form(Field(name="which", label="Which", kind=InputKind.MANY, options=COMMAS)))

    _, _, values = teams_contract.press(card, 0, {"which": ("a,b", "b", "a%2Cb")})

    assert values == {"which": ("a,b", "b", "a%2Cb")}


@pytest.mark.parametrize("name", ["about", "home", "fields", "text_about", "many_home"])
def test_no_field_can_take_the_place_of_what_a_button_says(name: str) -> None:
    card = render(form(Field(name=name, label="Sly", kind=InputKind.LINE)), home="signed")

    pressed = teams_contract.press(card, 0, {name: ("16:head:1",)})

    teams_contract.check(card)
    assert pressed == ("save_section", "12:purpose", {name: ("16:head:1",)})


def test_what_the_card_did_not_ask_is_left_aside() -> None:
    data = {
        "about": "12",
        "fields": "text_comment about text_",
        "text_comment": "Fine.",
        "text_other": "x",
        "text_": "x",
    }

    assert read_inputs(data) == {"comment": ("Fine.",)}


@pytest.mark.parametrize("blank", ["", "  ", "\n", "\u202e"])
def test_a_blank_counts_as_not_filled_in(blank: str) -> None:
    assert read_inputs({"fields": "text_a many_b", "text_a": blank, "many_b": blank}) == {"a": (), "b": ()}


def test_a_card_without_fields_brings_no_values() -> None:
    assert read_inputs({"about": "17", "text_comment": "x"}) == {}


@pytest.mark.parametrize(
    "data",
    [
        {"fields": " ".join(f"text_{n}" for n in range(MAX_FIELDS + 1))},
        {"fields": "many_a", "many_a": ",".join(str(n) for n in range(MAX_VALUES + 1))},
        {"fields": "text_a", "text_a": 7},
        {"fields": "text_a", "text_a": None},
        {"fields": "text_a", "text_a": ["x"]},
        {"fields": "many_a", "many_a": {"a": "b"}},
        {"fields": "text_a", "text_a": "\ud800"},
    ],
)
def test_what_no_card_of_ours_sends_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(ActivityError):
        read_inputs(data)


def test_a_list_of_fields_that_is_no_text_names_none() -> None:
    assert read_inputs({"fields": ["text_a"], "text_a": "x"}) == {}


@pytest.mark.parametrize("kind", ["text", "many"])
def test_a_text_may_be_long_but_not_too_long(kind: str) -> None:
    longest = "x" * MAX_LETTERS

    assert read_inputs({"fields": f"{kind}_a", f"{kind}_a": longest}) == {"a": (longest,)}
    with pytest.raises(TooLongError):
        read_inputs({"fields": f"{kind}_a", f"{kind}_a": f"{longest}x"})


def test_a_box_stops_taking_letters_before_they_would_be_refused() -> None:
    shown = inputs_on(DECIDE)["Your comment"]

    assert shown["maxLength"] == MAX_TYPED < MAX_LETTERS


def test_a_date_that_is_none_leaves_the_calendar_empty() -> None:
    field = Field(name="go_live", label="First day", kind=InputKind.DATE, filled=("soon",))

    assert "value" not in inputs_on(form(field))["First day"]


def test_a_hint_stands_with_its_field() -> None:
    ticks = Field(name="a", label="Audience", kind=InputKind.MANY, options=AUDIENCE, hint="Everybody.", needed=True)
    line = Field(name="b", label="Purpose", kind=InputKind.LINE, hint="One line.")

    lines = teams_contract.text(render(form(ticks, line))).splitlines()

    assert "Audience (needed) – Everybody." in lines
    assert lines.index("One line.") == lines.index("Purpose") + 1


def test_long_lists_are_cut_before_any_text_is_and_the_card_says_so() -> None:
    lists = tuple(
        Field(
            name=f"list_{n}", label=f"List {n}", kind=InputKind.MANY, options=LONG_NAMES, filled=(LONG_NAMES[99].value,)
        )
        for n in range(4)
    )
    words = Paragraph(text="Words that must be read. " * 30)

    card = render(replace(form(*lists), blocks=(words,)))

    teams_contract.check(card)
    text = teams_contract.text(card)
    assert text.count(NOT_LISTED) == 4
    assert words.text.strip() in text
    _, _, values = teams_contract.press(card, 0, {})
    assert values == {one.name: one.filled for one in lists}


def test_a_notification_does_not_read_out_hundreds_of_names() -> None:
    chosen = tuple(option.value for option in LONG_NAMES)
    lists = (
        Field(name=f"l{n}", label=f"List {n}", kind=InputKind.MANY, options=LONG_NAMES, filled=chosen) for n in range(4)
    )
    words = Paragraph(text="Words. " * MAX_SUMMARY)

    assert summary(form(*lists)) == "Fill this in."
    assert len(summary(replace(form(), blocks=(words,)))) == MAX_SUMMARY


def test_sixty_people_in_three_lists_all_fit() -> None:
    lists = (Field(name=f"l{n}", label=f"List {n}", kind=InputKind.MANY, options=STAFF) for n in range(3))

    card = render(form(*lists))

    assert NOT_LISTED not in json.dumps(card)
    assert [len(shown[2]) for shown in teams_contract.fields(card)] == [60, 60, 60]


def test_what_was_filled_in_is_never_cut_but_its_field_is_left_out_and_stays_as_it_is() -> None:
    long = Field(name="aims", label="Aims", kind=InputKind.LONG, filled=("Ελληνικά. " * 300,))
    longer = replace(long, name="content", label="Content", filled=("Ελληνικά. " * 400,))
    schools = Field(name="schools", label="Schools", kind=InputKind.MANY, options=SCHOOLS)

    card = render(form(long, longer, schools))

    teams_contract.check(card)
    assert len(json.dumps(card)) <= MAX_BYTES
    assert "There is no room on this card for: Content." in teams_contract.text(card)
    _, _, values = teams_contract.press(card, 0, {})
    assert values == {"aims": (long.filled[0].strip(),), "schools": ()}
