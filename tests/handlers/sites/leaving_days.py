"""The nights and mornings around somebody's last day."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

import pytest

from handlers.sites.leaving import say_goodbye, take_out_leavers
from policy_kb.rules.london import london_instant
from tests.handlers.cover.rota_office import (
    SUNDAY,
    Rota,
)
from tests.handlers.sites.people_office import (
    acting,
    tasks,
)

if TYPE_CHECKING:
    from policy_kb.site_words import TaskKind
    from storage.site_people import SiteTask

WEDNESDAY_IS_LAST = date(2026, 12, 3)  # the first day after it
NIGHT = time(2, 30)


def night(rota: Rota, day: date, at: time = NIGHT) -> int:
    """Let the bot look at leavers on a day, and return how many there were."""
    rota.clock.instant = london_instant(day, at)
    with rota.database.begin() as uow:
        return take_out_leavers(acting(rota, uow))


@pytest.fixture(autouse=True)
def others_have_left_before(rota: Rota) -> None:
    """Let whoever of the sample trust has left already be taken out."""
    night(rota, SUNDAY.date())
    rota.post()
    rota.read.clear()
    rota.clock.instant = SUNDAY


def goodbye(rota: Rota, day: date, at: time = time(8, 15)) -> int:
    rota.clock.instant = london_instant(day, at)
    with rota.database.begin() as uow:
        return say_goodbye(acting(rota, uow))


def of(rota: Rota, kind: TaskKind) -> list[SiteTask]:
    return [one for one in tasks(rota) if one.kind is kind]


def feeds(rota: Rota, *emails: str) -> list[str]:
    with rota.database.begin() as uow:
        return [uow.secret_addresses.new_feed(rota.person_in(uow, one).id, None, now=rota.clock()) for one in emails]


def works(rota: Rota, feed: str) -> bool:
    with rota.database.begin() as uow:
        return uow.secret_addresses.feed(feed) is not None


def morning_after(rota: Rota, day: date) -> None:
    rota.clock.instant = london_instant(day, time(8, 20))
