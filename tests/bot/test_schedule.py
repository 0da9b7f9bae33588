"""What the bot does by itself at night."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.schedule import Schedule

if TYPE_CHECKING:
    from collections.abc import Callable

    from apscheduler.job import Job


def a_schedule(*, look: Callable[[], int] = lambda: 0, tidy: Callable[[], int] = lambda: 0) -> Schedule:
    return Schedule(look=look, tidy=tidy, wake_outbox=lambda: None)


def the_job(schedule: Schedule, name: str) -> Job:
    """Return the one job that does this."""
    (job,) = (job for job in schedule._bell.get_jobs() if job.func.__name__ == name)
    return job


def rings(schedule: Schedule, after: datetime, times: int) -> list[datetime]:
    """Return the next instants the bell rings for the tidying."""
    job = the_job(schedule, "tidy_now")
    found: list[datetime] = []
    for _ in range(times):
        after = job.trigger.get_next_fire_time(None, after + timedelta(seconds=1))
        found.append(after)
    return found


@pytest.mark.parametrize(
    ("after", "first"),
    [
        pytest.param(datetime(2026, 1, 12, 12, tzinfo=UTC), "2026-01-13T03:00:00+00:00", id="winter"),
        pytest.param(datetime(2026, 7, 13, 12, tzinfo=UTC), "2026-07-14T03:00:00+01:00", id="summer"),
        pytest.param(datetime(2026, 3, 28, 12, tzinfo=UTC), "2026-03-29T03:00:00+01:00", id="the short night"),
        pytest.param(datetime(2026, 10, 24, 12, tzinfo=UTC), "2026-10-25T03:00:00+00:00", id="the long night"),
    ],
)
async def test_it_tidies_at_three_at_night_in_london_whatever_the_clocks_do(after: datetime, first: str) -> None:
    schedule = a_schedule()
    schedule.start()

    nights = rings(schedule, after, 3)

    schedule.stop()
    assert nights[0].isoformat() == first
    assert [night.day - nights[0].day for night in nights] == [0, 1, 2]


async def test_the_bell_is_wired_to_the_tidying() -> None:
    tidied: list[str] = []

    def tidy() -> int:
        tidied.append("once")
        return 3

    schedule = a_schedule(tidy=tidy)
    schedule.start()
    job = the_job(schedule, "tidy_now")

    await job.func()

    schedule.stop()
    assert tidied == ["once"]


async def test_how_much_went_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)

    await a_schedule(tidy=lambda: 7).tidy_now()

    assert [record.__dict__["removed"] for record in caplog.records] == [7]


async def test_a_night_that_fails_is_logged_and_the_next_night_comes(caplog: pytest.LogCaptureFixture) -> None:
    nights: list[str] = []

    def tidy() -> int:
        nights.append("tried")
        if len(nights) == 1:
            raise OSError("/secret/path is full")
        return 1

    schedule = a_schedule(tidy=tidy)
    schedule.start()

    await schedule.tidy_now()
    await schedule.tidy_now()

    still_set = the_job(schedule, "tidy_now")
    schedule.stop()
    assert nights == ["tried", "tried"]
    assert still_set
    assert "A fault of ours" in caplog.text
    assert "secret" not in caplog.text


async def test_a_night_the_bot_slept_through_is_made_up_for_when_it_wakes() -> None:
    schedule = a_schedule()
    schedule.start()

    job = the_job(schedule, "tidy_now")

    schedule.stop()
    assert job.misfire_grace_time is None
    assert job.max_instances == 1
    assert job.coalesce


async def test_stopping_twice_or_before_the_start_does_no_harm() -> None:
    schedule = a_schedule()
    schedule.stop()
    schedule.start()
    running = schedule._bell.running

    schedule.stop()
    schedule.stop()

    assert running


async def test_every_minute_it_looks_for_what_is_due_and_wakes_the_outbox_for_it() -> None:
    woken: list[str] = []
    schedule = Schedule(look=lambda: 2, tidy=lambda: 0, wake_outbox=lambda: woken.append("once"))
    schedule.start()
    job = the_job(schedule, "look_now")

    await job.func()

    first = job.trigger.get_next_fire_time(None, datetime(2026, 11, 24, 9, 0, 1, tzinfo=UTC))
    schedule.stop()
    assert woken == ["once"]
    assert first.isoformat() == "2026-11-24T09:01:00+00:00"


async def test_nothing_due_wakes_nobody_and_a_look_that_fails_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    woken: list[str] = []
    outcomes = iter((0, OSError("/secret/path is away")))

    def look() -> int:
        outcome = next(outcomes)
        if isinstance(outcome, OSError):
            raise outcome
        return outcome

    schedule = Schedule(look=look, tidy=lambda: 0, wake_outbox=lambda: woken.append("once"))

    await schedule.look_now()
    await schedule.look_now()

    assert woken == []
    assert "A fault of ours" in caplog.text
    assert "secret" not in caplog.text
