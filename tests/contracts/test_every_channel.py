"""
One contract for every channel, over every message the product can send.

Each channel's module, `tests/contracts/<channel>_contract.py`, offers:

render(message) -> payload
    What the platform is given for the message; the functions below take only that.
buttons(payload) -> list of (action, about)
    The buttons in order, as a press would bring them back.
text(payload) -> str
    Everything a person reads: labels, hints and options of fields too.
check(payload)
    Raises AssertionError where the platform would refuse the payload.
fields(payload) -> list of (name, kind, option values, filled)
    What can be filled in, in order, read from the payload: the field's name, the `InputKind.value` the control
    stands for, the values that can be chosen (none for text and dates), and what stands there already.
press(payload, index, filled) -> (action, about, values)
    Presses the button number `index` (from 0) as the platform's own client would, after the person has filled in
    `filled`: a mapping from names to what stands there then, () where they emptied a field. A field that is not in
    `filled` is left as it was. What the platform would then send goes through the channel's real code, and the
    action, the subject and the values of the ButtonPressed event are returned.
SEVERAL_LINES: bool
    Tells whether a text of several lines can be put into a LONG field.
GIVES_FILES: bool
    Tells whether a file reaches the person; where it does not, the message says how to get it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

import pytest

from handlers.message import InputKind, plain_text
from handlers.notices import compose_clauses
from tests.contracts import slack_contract, teams_contract, terminal_contract, web_contract
from tests.gallery import GALLERY, HOSTILE, SCENE, VIEW
from tests.gallery_form import PAPER

if TYPE_CHECKING:
    from types import ModuleType

    from handlers.message import Field, Message

CHANNELS = {"slack": slack_contract, "teams": teams_contract, "web": web_contract, "terminal": terminal_contract}
EVERYTHING_IN_FULL = [name for name in GALLERY if name != "a long message"]
LISTED = re.compile(r"^(?:- |\d\. )")  # platforms that have lists mark and number their lines themselves
WITH_FIELDS = [name for name, message in GALLERY.items() if message.fields]


@pytest.fixture(params=CHANNELS)
def channel(request: pytest.FixtureRequest) -> ModuleType:
    return CHANNELS[request.param]


@pytest.fixture(params=GALLERY)
def message(request: pytest.FixtureRequest) -> Message:
    return GALLERY[request.param]


@pytest.fixture(params=WITH_FIELDS)
def form(request: pytest.FixtureRequest) -> Message:
    return GALLERY[request.param]


def test_every_message_keeps_the_platforms_limits(channel: ModuleType, message: Message) -> None:
    channel.check(channel.render(message))


def test_every_button_comes_back_as_it_was_put(channel: ModuleType, message: Message) -> None:
    pressed = channel.buttons(channel.render(message))

    assert pressed == [(button.action.value, button.about) for button in message.buttons]


def test_every_field_is_shown_with_its_choices_and_what_stands_there_already(
    channel: ModuleType, message: Message
) -> None:
    shown = channel.fields(channel.render(message))

    assert shown == [
        (one.name, one.kind.value, tuple(option.value for option in one.options), one.filled) for one in message.fields
    ]


def test_whatever_button_is_pressed_everything_filled_in_comes_back_under_its_name(
    channel: ModuleType, form: Message
) -> None:
    filled = {one.name: _something_else(one, several_lines=channel.SEVERAL_LINES) for one in form.fields}
    for index, button in enumerate(form.buttons):
        pressed = channel.press(channel.render(form), index, filled)

        assert pressed == (button.action.value, button.about, filled)


def test_what_nobody_touched_comes_back_as_it_stood(channel: ModuleType, form: Message) -> None:
    _, _, values = channel.press(channel.render(form), 0, {})

    assert values == {one.name: one.filled for one in form.fields}


def test_what_somebody_emptied_comes_back_empty(channel: ModuleType, form: Message) -> None:
    _, _, values = channel.press(channel.render(form), 0, {one.name: () for one in form.fields})

    assert values == {one.name: () for one in form.fields}


def test_the_alert_is_read_before_the_verdict_and_the_verdict_before_the_rest(
    channel: ModuleType, message: Message
) -> None:
    text = " ".join(channel.text(channel.render(message)).split())
    title = " ".join(message.title.split())

    assert title in text
    if message.urgent:
        assert text.index(" ".join(message.urgent.title.split())) <= text.index(title)


@pytest.mark.parametrize("name", EVERYTHING_IN_FULL)
def test_nothing_a_message_says_is_lost(channel: ModuleType, name: str) -> None:
    message = GALLERY[name]
    text = " ".join(channel.text(channel.render(message)).split())

    for said in _everything_said(message):
        assert " ".join(said.split()) in text


def test_a_file_is_offered_under_its_name_or_the_message_says_how_to_get_it(channel: ModuleType) -> None:
    text = " ".join(channel.text(channel.render(PAPER)).split())

    assert PAPER.attachment is not None
    assert PAPER.attachment.name in text
    assert (PAPER.attachment.otherwise in text) != channel.GIVES_FILES


def test_every_clause_of_the_edition_fits_on_every_screen(channel: ModuleType) -> None:
    for ref in VIEW.items:
        message = compose_clauses((ref,), SCENE)

        channel.check(channel.render(message))


def _everything_said(message: Message) -> list[str]:
    lines = plain_text(message).splitlines()
    labels = [one.label for one in message.fields]
    return [LISTED.sub("", line) for line in lines if line and ": " not in line] + labels


def _something_else(one: Field, *, several_lines: bool) -> tuple[str, ...]:
    """Return what a person may fill in, different from what stands there."""
    match one.kind:
        case InputKind.LINE:
            return (HOSTILE,)
        case InputKind.LONG:
            return (f"{HOSTILE}\nand – “more”" if several_lines else HOSTILE,)
        case InputKind.DATE:
            return ("2027-02-01",)
        case InputKind.ONE:
            return (one.options[-1].value,)
        case InputKind.MANY:
            return tuple(option.value for option in one.options if option.value not in one.filled)[1:4]
        case _:
            assert_never(one.kind)
