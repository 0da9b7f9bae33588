"""Two bots on one database look at the same moment, one that was away looks late, one dies: all is told once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import TYPE_CHECKING

import pytest

from bot import sample
from handlers import reminders
from handlers.imports.people_import import import_people
from handlers.imports.settings_import import import_settings
from handlers.message import plain_text
from handlers.reminders import look_once
from policy_kb.rules.london import london_instant
from policy_kb.rules.periods import DAY
from storage.audit_check import verify
from storage.database import Database
from tests.fakes import FakeClock
from tests.handlers.cover.rota_office import MONDAY, SUNDAY, TUESDAY, WEEK, Rota
from tests.handlers.reminding.nudged import AFTERNOON, MORNING, NIGHT, SLOT_BEGINS, TWO_HOURS_LATER
from tests.handlers.sites.people_office import change
from tests.stage import LOADED_AT
from tests.storage.both_kinds import database, sqlite_url, url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, time

    from handlers.acting import Acting
    from handlers.desk import Desk

# Every race is run on both databases.
__all__ = ["database", "sqlite_url", "url"]

SAMPLE_TRUST = Path(sample.__file__).with_name("sample_trust")
MOMENTS = (NIGHT, MORNING, SLOT_BEGINS, TWO_HOURS_LATER, AFTERNOON)


@pytest.fixture
def netball(database: Database, desk: Desk) -> Rota:
    settings, people = (SAMPLE_TRUST.joinpath(name).read_bytes() for name in ("settings.toml", "people.csv"))
    with database.begin() as uow:
        # Its thirty sites are no part of this, and take long to plan.
        import_settings(settings, uow, apply=True, now=LOADED_AT)
        import_people(people, uow, apply=True, now=LOADED_AT)
        import_settings(settings, uow, apply=True, now=LOADED_AT)
    made = Rota(database, desk, FakeClock(SUNDAY))
    made.meet_everybody()
    made.open()
    change(made, closure=MONDAY + 30 * DAY, evaluate_on=MONDAY)
    return made


@pytest.fixture
def bots(netball: Rota, url: str) -> Iterator[tuple[Database, Database]]:
    """Return the database as each of two bots has it open."""
    second = Database(url)
    yield netball.database, second
    second.close()


def both_look(office: Rota, bots: tuple[Database, Database], day: date, at: time) -> dict[str, list[str]]:
    """Let both bots look at the very same moment, and return what people read then."""
    office.clock.instant = london_instant(day, at)
    ready = Barrier(len(bots))

    def look(database: Database) -> int:
        ready.wait()
        return look_once(database, office.desk, now=office.clock())

    with ThreadPoolExecutor(len(bots)) as threads:
        list(threads.map(look, bots))
    return what_is_read(office)


def what_is_read(office: Rota) -> dict[str, list[str]]:
    """Return what people are sent that is new to them, by their first names."""
    office.read.clear()
    office.post()
    found = {
        address.removeprefix("dm-").partition(".")[0]: [plain_text(one) for one in read if not one.replaces]
        for address, read in office.read.items()
    }
    return {name: read for name, read in found.items() if read}


def test_two_bots_play_a_day_and_everybody_is_told_everything_once(
    netball: Rota, bots: tuple[Database, Database]
) -> None:
    told = {at: both_look(netball, bots, MONDAY, at) for at in MOMENTS}

    assert {at: set(read) for at, read in told.items()} == {
        NIGHT: set(),
        MORNING: {"aisha", "grace", "harriet", "priya"},
        SLOT_BEGINS: {"callum"},
        TWO_HOURS_LATER: {"aisha"},
        AFTERNOON: {"callum"},
    }
    assert all(len(messages) == 1 for read in told.values() for messages in read.values())
    with netball.database.begin() as uow:
        slots = uow.rota.slots(MONDAY, MONDAY + 13 * WEEK, sites=(netball.site,))
        assert len({(one.starts_on, one.part) for one in slots}) == len(slots)
        assert verify(tuple(uow.audit.everything()), {}).findings == ()


def test_a_bot_that_was_down_for_a_week_tells_everybody_late_once_and_in_one_message(
    netball: Rota, bots: tuple[Database, Database]
) -> None:
    both_look(netball, bots, MONDAY, NIGHT)

    told = both_look(netball, bots, MONDAY + WEEK, MORNING)
    again = both_look(netball, bots, MONDAY + WEEK, MORNING)

    assert {"aisha", "grace", "priya"} <= set(told)
    assert all(len(messages) == 1 for messages in told.values())
    assert "is to close on 30 December 2026" in told["priya"][0]
    assert "You are on for it today" in told["priya"][0]
    assert again == {}


@pytest.mark.parametrize("dying", [0, 1, 2])
def test_a_bot_that_dies_in_any_part_of_a_look_leaves_it_to_the_next_and_nothing_is_told_twice(
    netball: Rota, bots: tuple[Database, Database], monkeypatch: pytest.MonkeyPatch, dying: int
) -> None:
    both_look(netball, bots, MONDAY, NIGHT)
    parts = list(reminders.PARTS)
    netball.clock.instant = london_instant(MONDAY, MORNING)
    with monkeypatch.context() as one_bot:
        one_bot.setattr(reminders, "PARTS", (*parts[:dying], _works_and_dies(parts[dying])))
        with pytest.raises(ZeroDivisionError):
            look_once(bots[0], netball.desk, now=netball.clock())
    before = what_is_read(netball)

    after = both_look(netball, bots, MONDAY, MORNING)

    assert before == {}
    assert set(after) == {"aisha", "grace", "harriet", "priya"}
    assert all(len(messages) == 1 for messages in after.values())
    assert both_look(netball, bots, TUESDAY, NIGHT) == {}


def _works_and_dies(part: Callable[[Acting], int]) -> Callable[[Acting], int]:
    def works_and_dies(act: Acting) -> int:
        return part(act) // 0

    return works_and_dies
