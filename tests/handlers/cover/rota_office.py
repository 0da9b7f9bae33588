"""A site with a rota in the sample trust, and the people who look after it, press and type."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from handlers.telling import tell
from policy_kb.rules.periods import DAY
from policy_kb.rules.site import Member, RotaShape, Site, Slot
from policy_kb.site_words import CoverDays, SiteId, SiteState, SlotHow, SlotId, SlotLength, SlotPart
from policy_kb.words import Role, SettingId
from storage.database import Database
from storage.says import SayFacts
from tests.fakes import FakeClock
from tests.handlers.requests.office import AISHA, DENISE, GRACE, PRIYA, TOM, Office
from tests.stage import sample_trust_database

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.desk import Desk
    from handlers.message import Message
    from policy_kb.bot_words import SayKind
    from policy_kb.words import PersonId
    from storage.audit import AuditEntry
    from storage.offers import Offer
    from storage.unit_of_work import UnitOfWork
    from tests.stage import DatabaseFile

SUNDAY = datetime(2026, 11, 29, 10, 0, tzinfo=UTC)
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2026, 11, 30) + number * DAY for number in range(5))
WEEK = timedelta(weeks=1)

CALLUM = "callum.sample@elm-academy.example"  # teaches PE
EWA = "ewa.example@elm-academy.example"  # teaches PE, and has Tuesdays off
LUCY = "lucy.example@elm-academy.example"  # teaches English, and looks after nothing here

NAME = "Netball Instagram"
WHO_IS_ON = (PRIYA, CALLUM, EWA, TOM, PRIYA)  # from Monday to Friday, every week
RESERVE = CALLUM


@dataclass
class Rota(Office):
    """The office, where Netball Instagram is looked after by four people, a day each."""

    site: SiteId = field(default=SiteId(0))

    def open(self) -> None:
        """Open the site with its people, and lay out eight weeks."""
        people = {one: self.person(one).id for one in (PRIYA, AISHA, CALLUM, EWA, TOM)}
        with self.database.begin() as uow:
            self.site = open_netball(people, uow, self.entry())

    def slot(self, day: date) -> Slot:
        """Return the slot of a day."""
        with self.database.begin() as uow:
            (found,) = uow.rota.slots(day, day + DAY, sites=(self.site,))
        return found

    def about(self, day: date) -> str:
        """Return how a button names the slot of a day."""
        return str(self.slot(day).id)

    def who(self, day: date) -> str:
        """Return the address of whoever has a day; "" where nobody does."""
        person = self.slot(day).person
        with self.database.begin() as uow:
            found = uow.people.get(person) if person else None
        return found.email if found else ""

    def offer_of(self, day: date) -> Offer | None:
        """Return the open offer of a day."""
        slot = self.slot(day)
        with self.database.begin() as uow:
            return uow.offers.open_for(slot.id)

    def absences(self, email: str) -> list[tuple[date, date]]:
        """Return the days on which somebody is away."""
        person = self.person(email).id
        with self.database.begin() as uow:
            found = uow.rota.absences(date(2026, 1, 1), date(2030, 1, 1), people=(person,))
        return [(one.starts_on, one.ends_on) for one in found]

    def keep_away(self, email: str, start: date, end: date) -> None:
        """Write down that somebody is away, and do nothing about their slots yet."""
        person = self.person(email).id
        with self.database.begin() as uow:
            uow.rota.add_absence(person, start, end, set_by=person, entry=self.entry())

    def lay_out(self, start: date, days: int, email: str, part: SlotPart = SlotPart.WHOLE) -> SlotId:
        """Add a slot to the site's rota, and return its number."""
        person = self.person(email).id
        with self.database.begin() as uow:
            uow.rota.lay_out(
                [
                    Slot(
                        id=SlotId(0),
                        site=self.site,
                        starts_on=start,
                        ends_on=start + days * DAY,
                        part=part,
                        person=person,
                        how=SlotHow.PLANNED,
                    )
                ]
            )
            return next(one.id for one in uow.rota.slots(start, start + DAY, sites=(self.site,)) if one.part is part)

    def told(self, email: str, kind: SayKind, about: str) -> Message:
        """Let somebody be told something, and return what they read."""
        person = self.person(email).id
        with self.database.begin() as uow:
            tell(person, SayFacts(kind=kind, about=about), uow, now=self.clock())
        return self.inbox(email)[-1]

    def lose(self, *emails: str) -> None:
        """Let the bot not have met some people, so that it can tell them nothing."""
        with self.database.begin() as uow:
            uow.chat_addresses.forget([self.person_in(uow, one).id for one in emails])

    def cut_anew(self, shape: RotaShape) -> None:
        """Let a site's rota be cut in another way from now on; what is laid out stays."""
        with self.database.begin() as uow:
            site = uow.sites.get(self.site)
            assert site is not None
            uow.sites.change(replace(site, rota=shape), entry=self.entry())

    def leave_open(self, *days: date) -> None:
        """Let nobody have some days."""
        with self.database.begin() as uow:
            for day in days:
                (slot,) = uow.rota.slots(day, day + DAY, sites=(self.site,))
                uow.rota.open(slot, entry=self.entry())


def open_netball(people: Mapping[str, PersonId], uow: UnitOfWork, entry: AuditEntry) -> SiteId:
    """Open Netball Instagram with its people, by their addresses, and lay out eight weeks of their rota."""
    since = date(2026, 9, 1)
    members = tuple(
        Member(person=people[one], role=role, since=since, accepted_at=entry.at)
        for role, some in (
            (Role.SITE_ADMINISTRATOR, (PRIYA, AISHA)),
            (Role.SITE_MODERATOR, (PRIYA, CALLUM, EWA, TOM)),
        )
        for one in some
    )
    site = Site(
        id=SiteId(0),
        request=None,
        setting=SettingId("elm-academy"),
        name=NAME,
        state=SiteState.LIVE,
        state_since=since,
        author=people[AISHA],
        host="third_party",
        host_name="Instagram",
        rota=RotaShape(length=SlotLength.DAY, days=CoverDays.WEEKDAYS),
        members=members,
    )
    number = uow.sites.open(site, entry=entry)
    uow.rota.lay_out(
        Slot(
            id=SlotId(0),
            site=number,
            starts_on=day,
            ends_on=day + DAY,
            part=SlotPart.WHOLE,
            person=people[who],
            reserve=people[RESERVE] if who != RESERVE else people[PRIYA],
            how=SlotHow.PLANNED,
        )
        for week in range(8)
        for weekday, who in enumerate(WHO_IS_ON)
        for day in (MONDAY + week * WEEK + weekday * DAY,)
    )
    return number


@cache
def rota_database(desk: Desk) -> tuple[bytes, SiteId]:
    """Open the site once, and return the file that makes and the site's number: a copy is far quicker."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "rota.db"
        file.write_bytes(sample_trust_database())
        database = Database(f"sqlite:///{file}")
        made = Rota(database, desk, FakeClock(SUNDAY))
        made.meet_everybody()
        made.open()
        database.close()
        return file.read_bytes(), made.site


@pytest.fixture
def rota(database: Database, database_file: DatabaseFile, desk: Desk) -> Rota:
    database.close()
    content, site = rota_database(desk)
    database_file.path.write_bytes(content)
    return Rota(database, desk, FakeClock(SUNDAY), site=site)


__all__ = ["AISHA", "CALLUM", "DENISE", "EWA", "GRACE", "LUCY", "PRIYA", "TOM", "Rota", "rota"]
