"""Mornings in the office: the bot looks, and people read what it tells them of its own accord."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from handlers.message import plain_text
from handlers.reminders import look_once
from policy_kb.rules.london import london_instant
from policy_kb.site_words import SiteState
from tests.handlers.requests.office import AISHA, DANIEL, DEPUTY, DPO, HARRIET, LEILA, LM, MARTIN, SLT

if TYPE_CHECKING:
    from handlers.message import Message
    from tests.handlers.requests.office import Office

AT = time(8, 15)
FRIDAY_BEFORE_HALF_TERM = datetime(2026, 10, 23, 14, 0, tzinfo=UTC)
MONDAY = date(2026, 11, 2)  # the first day after it
REMINDER = "A reminder: "


def morning(office: Office, day: date, at: time = AT) -> dict[str, Message]:
    """Let one morning come, and return who is reminded, by their first name, with what they read."""
    office.clock.instant = london_instant(day, at)
    office.post()
    office.read.clear()
    look_once(office.database, office.desk, now=office.clock())
    office.post()
    told: dict[str, Message] = {}
    for address, messages in office.read.items():
        reminders = [one for one in messages if one.title.startswith(REMINDER)]
        assert len(reminders) <= 1, "nobody is reminded twice on one morning"
        if reminders and address != f"dm-{HARRIET}":  # whose mornings are of the policy itself
            told[address.removeprefix("dm-").partition(".")[0]] = reminders[0]
    return told


def mornings(office: Office, first: date, last: date) -> list[tuple[str, list[str]]]:
    """Let one morning after another come, and return those on which somebody is reminded, with whom."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    told = [(f"{day:%a} {day.day} {day:%b}", sorted(morning(office, day))) for day in days]
    return [(day, who) for day, who in told if who]


def text(messages: dict[str, Message], who: str) -> str:
    return plain_text(messages[who])


def all_before_the_head(office: Office) -> None:
    """Let everybody before the final approver say yes."""
    office.push(AISHA, office.card(AISHA, LM), "Approve")
    office.push(DANIEL, office.card(DANIEL, SLT), "Record", discussed_on="2026-10-02", discussed_with="Grace")
    office.push(MARTIN, office.card(MARTIN, DPO), "Record", dpia="no")
    office.push(LEILA, office.card(LEILA, DEPUTY), "Approve")


def leaves(office: Office, email: str, day: date) -> None:
    """Let a day be the first on which somebody is not in post."""
    person = office.person(email)
    with office.database.begin() as uow:
        uow.people.put((replace(person, ends_on=day),), entry=office.entry())


@pytest.fixture
def friday(office: Office) -> Office:
    """Let it be the Friday before half-term, and nobody look after any site: these mornings are of requests alone."""
    office.clock.instant = FRIDAY_BEFORE_HALF_TERM
    with office.database.begin() as uow:
        for site in uow.sites.listed():
            uow.sites.move(site.id, site.state, SiteState.CLOSED, on=office.clock().date(), entry=office.entry())
    return office
