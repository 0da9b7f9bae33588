"""One contract for every channel, over every message the product can send."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.message import plain_text
from handlers.notices import compose_clauses
from tests.contracts import slack_contract, teams_contract, terminal_contract, web_contract
from tests.gallery import GALLERY, SCENE, VIEW

if TYPE_CHECKING:
    from types import ModuleType

    from handlers.message import Message

CHANNELS = {"slack": slack_contract, "teams": teams_contract, "web": web_contract, "terminal": terminal_contract}
EVERYTHING_IN_FULL = [name for name in GALLERY if name != "a long message"]


@pytest.fixture(params=CHANNELS)
def channel(request: pytest.FixtureRequest) -> ModuleType:
    return CHANNELS[request.param]


@pytest.fixture(params=GALLERY)
def message(request: pytest.FixtureRequest) -> Message:
    return GALLERY[request.param]


def test_every_message_keeps_the_platforms_limits(channel: ModuleType, message: Message) -> None:
    channel.check(channel.render(message))


def test_every_button_comes_back_as_it_was_put(channel: ModuleType, message: Message) -> None:
    pressed = channel.buttons(channel.render(message))

    assert pressed == [(button.action.value, button.about) for button in message.buttons]


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


def test_every_clause_of_the_edition_fits_on_every_screen(channel: ModuleType) -> None:
    for ref in VIEW.items:
        message = compose_clauses((ref,), SCENE)

        channel.check(channel.render(message))


def _everything_said(message: Message) -> list[str]:
    lines = plain_text(message).splitlines()
    return [line.removeprefix("- ") for line in lines if line and ": " not in line]
