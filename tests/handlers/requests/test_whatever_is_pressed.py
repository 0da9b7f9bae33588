"""Whatever is pressed by whomever, the bot answers, and nothing is decided that was not theirs to decide."""

from __future__ import annotations

import shutil
from collections import Counter
from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from policy_kb.bot_words import Action
from policy_kb.request_words import RequestState
from storage.database import Database
from tests.handlers.requests.pressing_machine import ASKED_AGAIN, CHANGED, FACTS, STAFF, PressingMachine, yes_to

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from handlers.desk import Desk
    from tests.handlers.requests.office import Office
    from tests.stage import DatabaseFile

RUNS = settings(
    deadline=None,
    database=None,
    derandomize=True,
    max_examples=4,
    stateful_step_count=12,
    phases=[Phase.generate],
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),  # a busy computer is nobody's fault
)


def pressed_by_all_who_are_not_asked(story: PressingMachine) -> None:
    asked = story.asked()
    assert asked
    for step in {one.key: one for one, _ in asked}.values():
        theirs = {email for one, email in asked if one.key == step.key}
        for email in STAFF:
            if email not in theirs:
                story.press(email, yes_to(step), story.about(step), FACTS)
    assert not story.facts().decisions


def declined(story: PressingMachine) -> None:
    story.the_first_who_decides_says(Action.DECLINE)


def given_back(story: PressingMachine) -> None:
    story.the_first_who_decides_says(Action.ASK_CHANGES)


def changed_after_some_had_agreed(story: PressingMachine) -> None:
    story.the_first_who_decides_says(Action.APPROVE)
    story.change("purpose", 2)


def changed_and_agreed_to_on_an_old_card(story: PressingMachine) -> None:
    changed_after_some_had_agreed(story)
    step, email = story.asked()[0]
    story.press(email, yes_to(step), f"{story.request}:{step.key}:1", FACTS)


def approved_by_all(story: PressingMachine) -> None:
    while story.asked():
        story.the_first_agrees()


def taken_back(story: PressingMachine) -> None:
    story.press(story.requester, Action.WITHDRAW_SURELY, str(story.request))


# How a story begins, and what that surely reaches; what follows is left to chance.
BEGINNINGS: dict[Callable[[PressingMachine], None], set[str]] = {
    pressed_by_all_who_are_not_asked: {RequestState.SUBMITTED},
    declined: {RequestState.DECLINED},
    given_back: {RequestState.CHANGES_ASKED},
    changed_after_some_had_agreed: {RequestState.SUBMITTED, CHANGED, ASKED_AGAIN},
    changed_and_agreed_to_on_an_old_card: {RequestState.SUBMITTED, CHANGED, ASKED_AGAIN},
    approved_by_all: {RequestState.APPROVED},
    taken_back: {RequestState.WITHDRAWN},
}


@pytest.mark.parametrize("beginning", BEGINNINGS, ids=lambda beginning: beginning.__name__)
def test_whatever_is_pressed_nothing_breaks_and_nobody_decides_what_is_not_theirs(
    beginning: Callable[[PressingMachine], None],
    office: Office,
    database_file: DatabaseFile,
    desk: Desk,
    tmp_path: Path,
) -> None:
    office.database.close()  # the trust at work is the first page of every story
    numbers = count()

    class Machine(PressingMachine):
        def new_database(self) -> Database:
            return Database(f"sqlite:///{shutil.copy(database_file.path, tmp_path / f'{next(numbers)}.db')}")

        def begin(self) -> None:
            beginning(self)

    Machine.desk, Machine.reached = desk, Counter()
    run_state_machine_as_test(Machine, settings=RUNS)

    assert {what for what, times in Machine.reached.items() if times} >= BEGINNINGS[beginning]
