"""Absence, swap and cover, played by people in front of Slack, Teams and the web chat, and by all three together."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.handlers.cover.rota_office import NAME
from tests.journeys.cover_story import finds_cover, is_away, swap
from tests.journeys.seats import a_room, everywhere, mixed, netball_alone

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.journeys.site_people import Worker

DAYS = (date(2026, 12, 3), date(2026, 12, 7), date(2026, 12, 8), date(2026, 12, 9))
TEAM = ("Priya", "Callum", "Ewa", "Tom")
SEATS = {**everywhere(*TEAM), "all three": mixed(*TEAM)}


@pytest.mark.parametrize("where", SEATS)
def test_absence_swap_and_cover_change_the_rota_and_tell_whoever_it_concerns(where: str, tmp_path: Path) -> None:
    whose = asyncio.run(play(tmp_path, SEATS[where]))

    assert whose == {DAYS[0]: "Callum", DAYS[1]: "Ewa", DAYS[2]: "Tom", DAYS[3]: "Priya"}


async def play(folder: Path, seats: Mapping[str, type[Worker]]) -> dict[date, str]:
    """Let everybody do their part, and return whose the days are in the end."""
    async with a_room(folder, seats, netball_alone) as room:
        assert [room.who(NAME, day) for day in DAYS] == ["Tom", "Priya", "Callum", "Ewa"]
        await is_away(room)
        await swap(room)
        await finds_cover(room)
        await reads_who_is_on(room["Ewa"])
        return {day: room.who(NAME, day) for day in DAYS}


async def reads_who_is_on(ewa: Worker) -> None:
    """Whoever asks sees the rota as it is now."""
    await ewa.says("who is on on 8 December?")
    await ewa.is_told("On duty on Tuesday 8 December, Netball Instagram: Tom Example.")
