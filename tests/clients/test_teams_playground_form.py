"""Cards are filled in with a real client: Microsoft's 365 Agents Playground, in a real browser."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.clients import teams_playground_form
from tests.clients.teams_alone import seen_by
from tests.gallery_form import DECIDED


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Make one visit; the pictures lie in pytest's temporary folder."""
    return seen_by(teams_playground_form, tmp_path_factory.mktemp("playground"))


def test_what_was_ticked_and_unticked_comes_back(seen: dict[str, Any]) -> None:
    assert seen["values"][0] == {"audience": ["pupils", "staff"]}


def test_a_day_chosen_in_the_calendar_comes_back(seen: dict[str, Any]) -> None:
    assert seen["values"][1] == {"go_live": ["2027-01-18"]}


def test_people_are_found_by_typing_and_added_to_those_already_chosen(seen: dict[str, Any]) -> None:
    people = seen["values"][2]

    assert people["administrators"] == ["person-7-sample", "person-60-sample", "person-44-sample"]
    assert people["line_manager"] == ["person-12-sample"]


def test_a_comment_of_two_lines_comes_with_the_approval(seen: dict[str, Any]) -> None:
    assert seen["values"][3] == {"comment": [teams_playground_form.COMMENT]}


def test_each_answered_card_changes_in_its_place_and_the_next_stands_below(seen: dict[str, Any]) -> None:
    assert seen["cards"] == ["Welcome.", "Saved.", "Saved.", "Saved.", DECIDED.title]


def test_every_press_was_taken(seen: dict[str, Any]) -> None:
    log = seen["log"]

    assert log.count("invoke 200") == 4
    assert re.findall(r"\w+ [45]\d\d\b", log) == []
