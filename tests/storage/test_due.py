from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from policy_kb.words import DueKind

if TYPE_CHECKING:
    from storage.database import Database

MORNING = datetime(2026, 11, 24, 8, 15, tzinfo=UTC)
LATER = MORNING + timedelta(hours=5)


def test_a_duty_is_written_down_once_however_often_it_is_worked_out(database: Database) -> None:
    with database.begin() as work:
        written = [work.due.add(DueKind.OWNER_FINDINGS, "", MORNING) for _ in range(3)]

    assert written == [True, False, False]


def test_what_is_late_is_done_late_and_once(database: Database) -> None:
    with database.begin() as work:
        work.due.add(DueKind.OWNER_FINDINGS, "", MORNING)

    with database.begin() as work:
        early = work.due.take(MORNING - timedelta(seconds=1))
        late = work.due.take(LATER)
        again = work.due.take(LATER)

    assert (len(early), len(late), len(again)) == (0, 1, 0)


def test_a_duty_whose_doing_failed_is_still_due(database: Database) -> None:
    with database.begin() as work:
        work.due.add(DueKind.OWNER_FINDINGS, "", MORNING)

    def take_and_crash() -> None:
        with database.begin() as work:
            work.due.take(LATER)
            raise ConnectionError

    with pytest.raises(ConnectionError):
        take_and_crash()

    with database.begin() as work:
        assert len(work.due.take(LATER)) == 1


def test_of_many_who_look_at_once_one_does_it(database: Database) -> None:
    with database.begin() as work:
        work.due.add(DueKind.OWNER_FINDINGS, "", MORNING)

    def look(_: int) -> int:
        with database.begin() as work:
            return len(work.due.take(LATER))

    with ThreadPoolExecutor(max_workers=10) as pool:
        taken = list(pool.map(look, range(10)))

    assert sum(taken) == 1
