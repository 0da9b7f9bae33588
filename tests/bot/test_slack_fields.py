"""Fields and windows as Slack takes them, and what is made of the state it sends back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.channels.slack.address import Address, Place
from bot.channels.slack.fields import filled_in, inputs
from bot.channels.slack.render import render
from bot.channels.slack.send import SlackSender
from bot.channels.slack.web_api import WebApi
from bot.channels.slack.window import is_for_window, read_notes, window
from bot.config import SlackConfig
from bot.secret import Secret
from handlers.message import Button, Field, InputKind, Message, Option
from policy_kb.bot_words import Action
from tests.contracts.block_kit import check
from tests.contracts.block_kit_views import check_view
from tests.gallery import HOSTILE
from tests.gallery_form import FORM, PEOPLE, SECTION, TICKS, hostile_form

PRESSED = Address(
    place=Place.DM, channel="D1", user="U1", pressed="1.1", trigger="1.2.3", response_url="https://hooks.slack.com/r"
)
OPTIONS = tuple(Option(value=f"o{number}", label=f"Option {number}") for number in range(140))


def drawn(**field: Any) -> dict[str, Any]:  # noqa: ANN401 - any part of a field
    (block,) = inputs([Field(**{"name": "f", "label": "Label", **field})], "m")
    return block


@pytest.mark.parametrize("message", [*FORM.values(), hostile_form(HOSTILE)])
def test_slack_opens_a_window_for_every_form(message: Message) -> None:
    one_button = replace(message, buttons=message.buttons[:1], dialog=True)

    check_view(window(one_button, PRESSED, mark="m"))


def test_a_windows_headlines_are_cut_and_the_whole_title_is_read_inside() -> None:
    view = window(SECTION, PRESSED, mark="m")

    assert view["title"]["text"] == "Who reads it, and who …"
    assert view["submit"]["text"] == "Save the section"
    assert view["blocks"][0]["text"]["text"] == SECTION.title


def test_a_short_title_is_not_said_twice() -> None:
    view = window(replace(SECTION, title="The readers"), PRESSED, mark="m")

    assert view["title"]["text"] == "The readers"
    assert view["blocks"][0]["type"] == "input"


def test_a_windows_notes_lead_back_to_where_it_was_opened_but_carry_no_key() -> None:
    view = window(SECTION, PRESSED, mark="m")

    about, address = read_notes(view["private_metadata"])

    assert about == "12:purpose"
    assert address == replace(PRESSED, trigger="", response_url="")
    assert "1.2.3" not in view["private_metadata"]


@pytest.mark.parametrize("notes", ["", "{}", "[]", "null", '{"about": "12"}', '{"about": "12", "address": "{}"}', "{"])
def test_notes_that_are_not_ours_are_refused(notes: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - json's own error is one too
        read_notes(notes)


@pytest.mark.parametrize(
    ("message", "to"),
    [
        (replace(SECTION, dialog=False), PRESSED),
        (replace(SECTION, fields=()), PRESSED),
        (replace(SECTION, buttons=TICKS.buttons), PRESSED),
        (SECTION, replace(PRESSED, trigger="")),
    ],
)
def test_a_window_needs_fields_one_button_and_a_fresh_press(message: Message, to: Address) -> None:
    assert is_for_window(SECTION, PRESSED)
    assert not is_for_window(message, to)


def test_the_key_to_a_window_is_not_shown_in_a_log() -> None:
    assert "1.2.3" not in repr(PRESSED)


def test_a_needed_field_is_not_called_optional() -> None:
    assert drawn(kind=InputKind.LINE, needed=True)["optional"] is False
    assert drawn(kind=InputKind.LINE)["optional"] is True


@pytest.mark.parametrize(("options", "shown_as"), [(10, "checkboxes"), (11, "multi_static_select")])
def test_up_to_ten_options_are_boxes_to_tick_and_more_are_a_list(options: int, shown_as: str) -> None:
    assert drawn(kind=InputKind.MANY, options=OPTIONS[:options])["element"]["type"] == shown_as


def test_no_more_is_offered_than_slack_takes() -> None:
    fields = (
        Field(name="one", label="L" * 3000, kind=InputKind.ONE, options=OPTIONS, hint="h" * 3000),
        Field(name="long", label="Long", kind=InputKind.LONG, filled=("w" * 4000,)),
    )

    payload = render(Message(title="Too much", fields=fields))

    check(payload)
    assert len(payload["blocks"][1]["element"]["options"]) == 100
    assert payload["blocks"][2]["element"]["initial_value"].endswith("www …")


def test_what_offers_nothing_to_choose_is_left_out() -> None:
    message = replace(PEOPLE, fields=(Field(name="one", label="One", kind=InputKind.ONE), PEOPLE.fields[1]))

    payload = render(message)

    check(payload)
    assert [block["type"] for block in payload["blocks"]] == ["header", "input", "actions"]


def test_what_is_filled_in_but_no_longer_offered_is_not_chosen() -> None:
    element = drawn(kind=InputKind.ONE, options=OPTIONS[:2], filled=("gone",))["element"]

    assert "initial_option" not in element


def test_a_message_with_far_too_many_fields_keeps_its_title_and_its_buttons() -> None:
    fields = tuple(Field(name=f"f{number}", label="Label", kind=InputKind.LINE) for number in range(70))

    payload = render(Message(title="Much to do", fields=fields, buttons=TICKS.buttons))

    check(payload)
    kinds = [block["type"] for block in payload["blocks"]]
    assert (kinds[0], kinds[-1], len(kinds)) == ("header", "actions", 50)


def test_what_slack_leaves_out_of_the_state_stands_as_it_was_drawn() -> None:
    escaped = drawn(kind=InputKind.LINE, filled=("Q&amp;A &lt;3",))

    assert filled_in({}, [escaped]) == {"f": ("Q&A <3",)}


def test_what_was_emptied_is_empty_whatever_was_drawn() -> None:
    blocks = [drawn(kind=InputKind.LINE, filled=("Q&A",))]
    state = {"in:m:f": {"field:f": {"type": "plain_text_input", "value": None}}}

    assert filled_in(state, blocks) == {"f": ()}


@pytest.mark.parametrize(
    ("state", "filled"),
    [
        (None, {}),
        ([], {}),
        ({"b": None}, {}),
        ({"b": {"field:f": None}}, {}),
        ({"b": {"theirs": {"type": "plain_text_input", "value": "x"}}}, {}),
        ({"b": {"field:f": {"type": "file_input", "value": "x"}}}, {}),
        ({"b": {"field:f": {"type": ["plain_text_input"], "value": "x"}}}, {}),
        ({"b": {"field:f": {"type": "plain_text_input", "value": 7}}}, {"f": ()}),
        ({"b": {"field:f": {"type": "checkboxes", "selected_options": "x"}}}, {"f": ("x",)}),
        ({"b": {"field:f": {"type": "checkboxes", "selected_options": [None, {"value": None}]}}}, {"f": ()}),
        ({"b": {"field:f": {"type": "static_select", "selected_option": {"text": "x"}}}}, {"f": ()}),
    ],
)
def test_junk_in_the_state_is_nothing_filled_in(state: object, filled: dict[str, tuple[str, ...]]) -> None:
    assert filled_in(state, "junk") == filled


def a_sender() -> SlackSender:
    config = SlackConfig(
        bot_token=Secret("xoxb-1"),
        signing_secret=Secret("s"),
        app_token=Secret(""),
        team_ids=("T1",),
        api_url="http://127.0.0.1:9/api/",
    )
    return SlackSender(WebApi(config))


def test_a_card_is_known_by_its_message_however_it_was_come_by() -> None:
    sender = a_sender()
    told = Address(place=Place.DM, channel="D1", user="U1")

    card = sender.card(told.to_text(), "1.1")

    assert Address.from_text(card) == replace(told, pressed="1.1")
    assert sender.card(card, "1.1") == card
    assert sender.card(PRESSED.to_text(), "1.1") == card


@pytest.mark.parametrize(
    ("address", "message_id"),
    [
        (PRESSED.to_text(), ""),
        (replace(PRESSED, place=Place.SHARED).to_text(), "1.1"),
        (replace(PRESSED, place=Place.ASIDE).to_text(), "1.1"),
        ("not an address", "1.1"),
    ],
)
def test_what_cannot_be_changed_later_is_no_card(address: str, message_id: str) -> None:
    assert a_sender().card(address, message_id) == ""


def test_a_button_alone_is_drawn_as_before() -> None:
    payload = render(Message(title="Hello", buttons=(Button(label="What can you do?", action=Action.WHY, about=""),)))

    assert [block["type"] for block in payload["blocks"]] == ["header", "actions"]
