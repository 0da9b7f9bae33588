"""Whatever is pressed by whomever, the bot answers, and nothing is decided that was not theirs to decide."""

from __future__ import annotations

import shutil
from collections import Counter
from itertools import count
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from policy_kb.request_words import RequestState
from storage.database import Database
from tests.handlers.requests.pressing_machine import ASKED_AGAIN, CHANGED, PressingMachine

if TYPE_CHECKING:
    from pathlib import Path

    from handlers.desk import Desk
    from tests.handlers.requests.office import Office
    from tests.stage import DatabaseFile

RUNS = settings(
    deadline=None,
    database=None,
    derandomize=True,
    max_examples=40,
    stateful_step_count=30,
    phases=[Phase.generate],
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),  # a busy computer is nobody's fault
)
REACHED = {
    CHANGED,
    ASKED_AGAIN,
    RequestState.SUBMITTED,
    RequestState.CHANGES_ASKED,
    RequestState.DECLINED,
    RequestState.APPROVED,
    RequestState.WITHDRAWN,
}


def test_whatever_is_pressed_nothing_breaks_and_nobody_decides_what_is_not_theirs(
    office: Office, database_file: DatabaseFile, desk: Desk, tmp_path: Path
) -> None:
    office.database.close()  # the trust at work is the first page of every story
    numbers = count()

    class Machine(PressingMachine):
        def new_database(self) -> Database:
            return Database(f"sqlite:///{shutil.copy(database_file.path, tmp_path / f'{next(numbers)}.db')}")

    Machine.desk, Machine.reached = desk, Counter()
    run_state_machine_as_test(Machine, settings=RUNS)

    assert {what for what, times in Machine.reached.items() if times} >= REACHED
