"""
Measure the look of each minute while very many reminders wait for their day, beside APScheduler's own job store.

The peer is asked only which jobs are due, which is the least it does each time it wakes; ours takes what is due in
three transactions, writes down the coming nights, and forgets what was done long ago.
"""

from __future__ import annotations

import pickle
import tempfile
import time
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING

from apscheduler.job import Job
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger
from sqlalchemy import create_engine

from handlers.desk import Desk
from handlers.reminders import look_once
from policy_kb.bot_words import DueKind
from storage.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PENDING = (1_000, 10_000, 100_000)
TICKS = 200
NOW = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
AHEAD = timedelta(days=30)  # over which what waits is spread
AT_ONCE = 10_000


def main() -> None:
    """Print the median and the slowest of a hundred, for each number of reminders that wait."""
    desk = Desk.open()
    print("What waits   our look, whole: median / p99    APScheduler's get_due_jobs: median / p99   (ms, SQLite)")
    ours, theirs = [], []
    for number in PENDING:
        ours.append(_timed(_our_look(number, desk)))
        theirs.append(_timed(_their_look(number)))
        print(f"{number:>10}   {_told(ours[-1]):>31}    {_told(theirs[-1]):>42}")
    growth = PENDING[-1] // PENDING[0]
    print(
        f"{growth} times as many: {ours[-1][0] / ours[0][0]:.2f} times ours, {theirs[-1][0] / theirs[0][0]:.2f} theirs"
    )


def _our_look(number: int, desk: Desk) -> Iterator[Callable[[int], object]]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/ours.db")
        database.upgrade()
        for first in range(0, number, AT_ONCE):
            with database.begin() as uow:
                uow.due.add_all(
                    (DueKind.REMINDER, f"closure:{one + 1}", NOW + timedelta(hours=1) + AHEAD * one / number)
                    for one in range(first, min(first + AT_ONCE, number))
                )
        look_once(database, desk, now=NOW)  # the night, which is another story
        yield lambda minute: look_once(database, desk, now=NOW + timedelta(seconds=minute))
        database.close()


def _their_look(number: int) -> Iterator[Callable[[int], object]]:
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{folder}/theirs.db")
        store = SQLAlchemyJobStore(engine=engine)
        scheduler = BackgroundScheduler(timezone=UTC)
        store.start(scheduler, "default")
        job = Job(
            scheduler,
            id="1",
            func=print,
            trigger=DateTrigger(NOW + AHEAD),
            args=(),
            kwargs={},
            name="a reminder",
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
            executor="default",
            next_run_time=NOW + AHEAD,
        )
        state = pickle.dumps(job.__getstate__(), store.pickle_protocol)
        with engine.begin() as connection:
            for first in range(0, number, AT_ONCE):
                rows = [
                    {
                        "id": str(one),
                        "next_run_time": (NOW + timedelta(hours=1) + AHEAD * one / number).timestamp(),
                        "job_state": state,
                    }
                    for one in range(first, min(first + AT_ONCE, number))
                ]
                connection.execute(store.jobs_t.insert(), rows)
        yield lambda minute: store.get_due_jobs(NOW + timedelta(seconds=minute))
        engine.dispose()


def _timed(prepared: Iterator[Callable[[int], object]]) -> tuple[float, float]:
    """Return the median and the 99th percentile, in milliseconds."""
    look = next(prepared)
    took = []
    for minute in range(TICKS):
        began = time.perf_counter()
        look(minute)
        took.append((time.perf_counter() - began) * 1000)
    next(prepared, None)
    return median(took), sorted(took)[int(TICKS * 0.99)]


def _told(figures: tuple[float, float]) -> str:
    return f"{figures[0]:.2f} / {figures[1]:.2f}"


if __name__ == "__main__":
    main()
