"""A calendar feed, read by whatever has its address: what it shows now, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from handlers.register.calendars_entries import own_calendar, site_calendar
from handlers.register.calendars_written import write_calendar
from handlers.sites.rights import parts_of
from policy_kb.rules.london import london_date

if TYPE_CHECKING:
    from datetime import date, datetime

    from handlers.desk import Desk
    from handlers.register.calendars_entries import Calendar
    from policy_kb.rules.rota_hours import RotaHours
    from storage.database import Database
    from storage.unit_of_work import UnitOfWork

NO_ADDRESS = "askfirst.invalid"  # stands behind UIDs while nobody has said where browsers find the bot


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFile:
    """A feed as it is sent."""

    content: bytes
    version: str  # changes with what stands in it, and with nothing else


@dataclass(frozen=True, slots=True)
class Feeds:
    """Reads feeds from one database; every call is one transaction."""

    database: Database
    desk: Desk

    def read(self, secret: str, *, now: datetime) -> FeedFile | None:
        """
        Return what a feed shows now; None where its address was replaced, never was, or is no longer somebody's.

        Whoever has left reads nothing from their last day on, and a site's feed ends with their part in the site.

        Raises:
            StorageError: the database cannot be used; the feed may well be there.

        Policy: A.5.4
        """
        today = london_date(now)
        with self.database.begin() as uow:
            reading = self.desk.reading(uow)
            calendar = _calendar(secret, reading.view.rota_hours, uow, today)
        if calendar is None:
            return None
        domain = urlsplit(reading.address).hostname or NO_ADDRESS
        version = sha256(f"{domain} {calendar}".encode("utf-8", errors="replace")).hexdigest()[:32]
        return FeedFile(content=write_calendar(calendar, domain=domain, at=now), version=version)


def _calendar(secret: str, hours: RotaHours, uow: UnitOfWork, today: date) -> Calendar | None:
    feed = uow.secret_addresses.feed(secret)
    person = uow.people.get(feed.person) if feed else None
    if feed is None or person is None or not person.is_in_post(today):
        return None
    if feed.site is None:
        return own_calendar(person.id, hours, uow, today)
    site = uow.sites.get(feed.site)
    if site is None or not parts_of(person.id, site, uow, today):
        return None
    return site_calendar(site, hours, uow, today)
