"""Who may not say who acts for whom, and what is none of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from handlers.message import plain_text
from policy_kb.bot_words import Action
from tests.handlers.requests.away import ABOUT, SENTENCE, agreed, made
from tests.handlers.requests.office import (
    AISHA,
    DANIEL,
    DENISE,
    GRACE,
    NADIA,
    PRIYA,
    TOM,
)

if TYPE_CHECKING:
    from tests.handlers.requests.office import Office


@pytest.mark.parametrize("who", [TOM, NADIA, DANIEL, AISHA])
def test_nobody_else_may(monday: Office, who: str) -> None:
    (said,) = monday.say(who, "Callum Sample acts for Grace Sample 14 to 18 October")
    (pressed,) = monday.press(who, Action.DELEGATE, ABOUT.replace("nadia-example", "callum-sample"))

    assert "Who acts for somebody is for them to say" in said.title
    assert pressed.title == said.title
    assert made(monday) == set()


def test_a_setting_names_people_for_its_own_roles_alone(monday: Office) -> None:
    (said,) = monday.say(DENISE, "Leila Sample acts for Martin Example 14 to 18 October")

    assert "Who acts for somebody is for them to say" in said.title


def test_nobody_makes_themselves_the_acting_head(monday: Office) -> None:
    (said,) = monday.say(DENISE, "I will act for Grace Sample 14 to 18 October")

    assert "Nobody writes down that they act for somebody else" in said.title


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("Nadia acts for me from today until 31 December", "60 days at most"),
        ("Grace acts for me tomorrow", "Nobody acts for themselves"),
        ("Nadia acts for me from 2026-10-01 to 2026-10-09", "begin before today"),
        ("Owen acts for me from 20 to 30 October", "does not work for the trust on all of these days"),
    ],
)
def test_what_cannot_be_is_refused_at_once_with_the_reason(monday: Office, text: str, because: str) -> None:
    (said,) = monday.say(GRACE, text)

    assert because in said.title
    assert made(monday) == set()


def test_what_somebody_acts_in_goes_no_further(monday: Office) -> None:
    agreed(monday, GRACE, SENTENCE)

    (said,) = monday.say(NADIA, "Daniel acts for me on 15 October")

    assert "It cannot be passed on a second time" in said.title


def test_a_teacher_has_nothing_to_hand_on(monday: Office) -> None:
    (said,) = monday.say(PRIYA, "Callum acts for me tomorrow")

    assert "holds no role" in said.title


def test_questions_about_the_policy_are_answered_as_ever(monday: Office) -> None:
    (said, *_) = monday.say(GRACE, "who acts for the head when she is away?")

    assert "write down" not in said.title
    assert any(one.action is Action.HELPFUL for one in said.buttons)


def test_somebody_at_risk_comes_first(monday: Office) -> None:
    (said, *_) = monday.say(GRACE, "A pupil wants to kill himself tonight, Nadia acts for me tomorrow")

    assert said.urgent is not None


@pytest.mark.parametrize("who", [TOM, NADIA, PRIYA])
def test_nobody_else_ends_it(monday: Office, who: str) -> None:
    agreed(monday, GRACE, SENTENCE)

    (said,) = monday.press(who, Action.DELEGATE, f"{ABOUT}:end")

    assert "Who acts for somebody is for them to say" in said.title
    assert {one[3] for one in made(monday)} == {date(2026, 10, 19)}


@pytest.mark.parametrize(
    "about",
    [
        "",
        "x",
        "nadia-example:grace-sample",
        "nadia-example:grace-sample:2026-10-14:2026-13-45",
        "nobody:grace-sample:2026-10-14:2026-10-19",
        "nadia-example:nobody:2026-10-14:2026-10-19",
        "nadia-example:grace-sample:2026-10-14:2026-10-19:end",
    ],
)
def test_a_button_that_somebody_made_up_writes_nothing(monday: Office, about: str) -> None:
    assert len(monday.press(GRACE, Action.DELEGATE, about)) == 1
    assert made(monday) == set()


def test_others_learn_nothing_of_it(monday: Office) -> None:
    agreed(monday, GRACE, SENTENCE)

    (said,) = monday.press(TOM, Action.DELEGATE, ABOUT)

    assert "Grace" not in plain_text(said)
    assert "Nadia" not in plain_text(said)
