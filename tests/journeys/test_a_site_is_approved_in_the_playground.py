"""A site is asked for and approved in a real client: Microsoft's Agents Playground, one for each person."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.clients.teams_alone import seen_by
from tests.journeys import site_playground


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Make one visit; the pictures lie in pytest's temporary folder."""
    return seen_by(site_playground, tmp_path_factory.mktemp("site"))


def test_a_card_changes_in_its_place_when_its_line_manager_approves(seen: dict[str, Any]) -> None:
    text, labels = seen["locked"]
    before, after = seen["cards"]

    assert before == after
    assert "Approved by Aisha Sample, Line Manager." in text
    assert "“A good plan.”" in text
    assert labels == ["Whole form"]


def test_a_press_on_the_card_is_taken_at_once(seen: dict[str, Any]) -> None:
    assert seen["logs"]["Aisha"].count("invoke 200") == 1


def test_the_requester_is_told_in_a_playground_of_her_own(seen: dict[str, Any]) -> None:
    assert "“A good plan.”" in seen["told"]
    assert "Next: Deputy Data Protection Officer's approval (Leila Sample)" in seen["told"]


def test_the_whole_form_is_filled_in_with_every_message_and_every_press_taken(seen: dict[str, Any]) -> None:
    log = seen["logs"]["Priya"]
    messages, presses = seen["effort"]["Priya"]

    assert len(re.findall(r"Playground -> User Application message 200", log)) == messages
    assert log.count("invoke 200") == presses


def test_nothing_is_refused_on_either_side(seen: dict[str, Any]) -> None:
    for log in seen["logs"].values():
        assert re.findall(r"\w+ [45]\d\d\b", log) == []
