"""What stands out on a question: at most one thing, and of several answers none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.message import ButtonStyle
from tests.handlers.requests.filler import ANSWERS, TUESDAY, Filler, begin

if TYPE_CHECKING:
    from tests.fakes import FakeClock
    from tests.stage import Talk


@pytest.fixture
def priya(talk: Talk, clock: FakeClock, sample_trust: None) -> Filler:  # noqa: ARG001 - the people the form is about
    clock.instant = TUESDAY
    return Filler(talk)


def standing_out(filler: Filler) -> list[str]:
    return [one.label for one in filler.last.buttons if one.style is ButtonStyle.MAIN]


def test_at_most_one_button_stands_out_whatever_is_asked(priya: Filler) -> None:
    begin(priya)
    seen = [standing_out(priya)]
    for words in ANSWERS:
        priya.say(words)
        seen.append(standing_out(priya))

    assert [found for found in seen if len(found) > 1] == []
    assert seen[-1] == ["Send it"]


def test_beside_the_name_that_is_proposed_only_to_save_stands_out(priya: Filler) -> None:
    priya.say("site form")

    for label in ("PE", "Priya"):
        priya.press(label)

    assert priya.labels()[:2] == ["Save", "Aisha Sample, Head of PE"]
    assert standing_out(priya) == ["Save"]


def test_of_yes_and_no_neither_stands_out(priya: Filler) -> None:
    begin(priya, up_to=len(ANSWERS) - 1)

    labels = priya.labels()

    assert labels[:2] == ["Yes", "No"]
    assert standing_out(priya) == []
