"""What the bot does by itself at night."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

import pytest

from bot.schedule import Schedule


def rings(schedule: Schedule, after: datetime, times: int) -> list[datetime]:
    """Return the next instants the bell rings, by the one job the schedule has set up."""
    (job,) = schedule._bell.get_jobs()
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
    schedule = Schedule(lambda: 0)
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

    schedule = Schedule(tidy)
    schedule.start()
    (job,) = schedule._bell.get_jobs()

    await job.func()

    schedule.stop()
    assert tidied == ["once"]


async def test_how_much_went_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)

    await Schedule(lambda: 7).tidy_now()

    assert [record.__dict__["removed"] for record in caplog.records] == [7]


async def test_a_night_that_fails_is_logged_and_the_next_night_comes(caplog: pytest.LogCaptureFixture) -> None:
    nights: list[str] = []

    def tidy() -> int:
        nights.append("tried")
        if len(nights) == 1:
            raise OSError("/secret/path is full")
        return 1

    schedule = Schedule(tidy)
    schedule.start()

    await schedule.tidy_now()
    await schedule.tidy_now()

    still_set = len(schedule._bell.get_jobs())
    schedule.stop()
    assert nights == ["tried", "tried"]
    assert still_set == 1
    assert "A fault of ours" in caplog.text
    assert "secret" not in caplog.text


async def test_a_night_the_bot_slept_through_is_made_up_for_when_it_wakes() -> None:
    schedule = Schedule(lambda: 0)
    schedule.start()

    (job,) = schedule._bell.get_jobs()

    schedule.stop()
    assert job.misfire_grace_time is None
    assert job.max_instances == 1
    assert job.coalesce


async def test_stopping_twice_or_before_the_start_does_no_harm() -> None:
    schedule = Schedule(lambda: 0)
    schedule.stop()
    schedule.start()
    running = schedule._bell.running

    schedule.stop()
    schedule.stop()

    assert running
