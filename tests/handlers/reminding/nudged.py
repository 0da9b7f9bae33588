"""The site of the cover stories, where time passes and the bot looks by itself."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

import pytest

from handlers.message import plain_text
from handlers.reminders import look_once
from policy_kb.rules.london import london_instant
from policy_kb.site_words import SiteState
from tests.handlers.cover.rota_office import rota

if TYPE_CHECKING:
    from handlers.message import Message
    from tests.handlers.cover.rota_office import Rota

NIGHT, MORNING, AFTERNOON, EVENING = time(0, 15), time(8, 15), time(15, 30), time(19, 0)
SLOT_BEGINS, TWO_HOURS_LATER = time(8, 30), time(10, 30)


def look_at(office: Rota, day: date, at: time) -> dict[str, list[Message]]:
    """Let the bot look at a moment on London clocks, and return what people read then, by their first names."""
    office.clock.instant = london_instant(day, at)
    office.post()
    office.read.clear()
    look_once(office.database, office.desk, now=office.clock())
    office.post()
    return {address.removeprefix("dm-").partition(".")[0]: list(read) for address, read in office.read.items()}


def told_on(office: Rota, day: date) -> dict[str, str]:
    """Let a night and its morning pass, and return what people read then, by their first names, as text."""
    look_at(office, day, NIGHT)
    told = look_at(office, day, MORNING)
    return {name: "\n".join(plain_text(message) for message in messages) for name, messages in told.items()}


def whoever(told: dict[str, str], words: str) -> set[str]:
    """Return who reads some words."""
    return {name for name, text in told.items() if words in text}


def only(messages: list[Message]) -> Message:
    """Return the one message of somebody."""
    (message,) = messages
    return message


@pytest.fixture
def netball(rota: Rota) -> Rota:
    with rota.database.begin() as uow:
        for site in uow.sites.listed():
            if site.id != rota.site:
                uow.sites.move(site.id, site.state, SiteState.CLOSED, on=rota.clock().date(), entry=rota.entry())
    return rota


__all__ = ["look_at", "netball", "only", "rota", "told_on", "whoever"]
