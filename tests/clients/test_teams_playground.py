"""The bot in a real client: Microsoft's 365 Agents Playground, in a real browser, without a network."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.clients import teams_playground
from tests.clients.teams_alone import seen_by
from tests.gallery import ANSWER_NO


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Make one visit; the pictures lie in pytest's temporary folder."""
    return seen_by(teams_playground, tmp_path_factory.mktemp("playground"))


def test_a_hello_is_answered_with_a_card_and_its_buttons(seen: dict[str, Any]) -> None:
    lines = seen["card"].splitlines()

    assert lines[0] == ANSWER_NO.title
    assert lines[-len(ANSWER_NO.buttons) :] == [button.label for button in ANSWER_NO.buttons]


def test_a_press_changes_the_card_in_its_place(seen: dict[str, Any]) -> None:
    assert seen["buttons_left"] == 0


def test_every_press_and_every_message_was_taken(seen: dict[str, Any]) -> None:
    log = seen["log"]

    assert log.count("invoke 200") == 3
    assert "createConversation 201" in log
    assert re.findall(r"\w+ [45]\d\d\b", log) == []
    assert set(seen["sent"]) == {"Sent"}


def test_a_question_in_a_group_is_answered_in_private_until_it_is_shared(seen: dict[str, Any]) -> None:
    assert seen["cards_in_group_before_sharing"] == 0
    assert "I have answered you privately." in seen["log"]
