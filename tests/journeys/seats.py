"""People of the sample trust, each in front of a client, in one room with a bot that looks when its clock says so."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from policy_kb.rules.london import london_instant
from policy_kb.rules.periods import DAY
from policy_kb.site_words import SiteState
from policy_kb.words import Verb
from storage.audit import AuditEntry
from storage.database import Database
from tests.clients.teams_user import User as TeamsUser
from tests.clients.web_user import WebUser, open_web_user
from tests.handlers.cover import rota_office as netball
from tests.handlers.requests import office
from tests.journeys.at_the_browser import AtTheBrowser, a_phone, sit_down
from tests.journeys.site_bot import StoryClock, a_bot_everywhere
from tests.journeys.site_people import PATIENCE, AtSlack, AtTeams, AtTheWeb
from tests.journeys.whole_bot import a_world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Mapping
    from datetime import date, time
    from pathlib import Path

    from playwright.async_api import BrowserContext

    from policy_kb.rules.site import Site
    from storage.unit_of_work import UnitOfWork
    from tests.journeys.site_bot import Everywhere
    from tests.journeys.site_people import Seen, Worker
    from tests.journeys.whole_bot import World

EMAILS = {
    "Priya": office.PRIYA,
    "Aisha": office.AISHA,
    "Callum": netball.CALLUM,
    "Ewa": netball.EWA,
    "Tom": office.TOM,
    "Daniel": office.DANIEL,
    "Grace": office.GRACE,
}
NOW = timedelta()


def everywhere(*names: str) -> Mapping[str, Mapping[str, type[Worker]]]:
    """Return where people sit each time a story is played: all in front of one client."""
    return {
        "slack": dict.fromkeys(names, AtSlack),
        "teams": dict.fromkeys(names, AtTeams),
        "a browser": dict.fromkeys(names, AtTheBrowser),
    }


def mixed(*names: str) -> Mapping[str, type[Worker]]:
    """Return where people sit who use all three, one here and one there."""
    clients = (AtTeams, AtSlack, AtTheWeb)
    return {name: clients[number % len(clients)] for number, name in enumerate(names)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Where everybody sits, the bot they talk to, and its clock."""

    people: Mapping[str, Worker]
    world: World
    clock: StoryClock
    run: Everywhere

    def __getitem__(self, name: str) -> Worker:
        """Return somebody by their first name."""
        return self.people[name]

    @contextmanager
    def records(self) -> Iterator[UnitOfWork]:
        """Open what the bot remembers."""
        with opened(self.world) as uow:
            yield uow

    async def comes_to(self, day: date, *moments: time) -> None:
        """Let some moments of a London day come, and the bot look at each of them, twice."""
        for moment in moments:
            await self.is_quiet()
            self.clock.go_to(london_instant(day, moment))
            for _ in range(2):
                await self.run.bot.schedule.look_now()
        await self.is_quiet()

    async def is_quiet(self) -> None:
        """Wait until everybody has what they were sent: what is in hand may not grow old as the clock moves on."""
        for _ in range(PATIENCE * 50):
            with self.records() as uow:
                if not uow.outbox.stuck(self.clock(), NOW):
                    return
            await asyncio.sleep(0.02)
        raise AssertionError("the bot still has something to say")

    async def screens(self) -> dict[str, list[Seen]]:
        """Return what stands on everybody's screen once all that was sent is there."""
        await self.is_quiet()
        return {name: await worker.catches_up() for name, worker in self.people.items()}

    def site(self, name: str) -> Site:
        """Return a site by its name."""
        with self.records() as uow:
            (found,) = (one for one in uow.sites.listed() if one.name == name)
        return found

    def who(self, name: str, day: date) -> str:
        """Return the first name of whoever looks after a site on a day; "" where nobody does."""
        site = self.site(name)
        with self.records() as uow:
            (slot,) = uow.rota.slots(day, day + DAY, sites=(site.id,))
            person = uow.people.get(slot.person) if slot.person else None
        return person.name.split()[0] if person else ""


@contextmanager
def opened(world: World) -> Iterator[UnitOfWork]:
    """Open what a bot remembers, beside it."""
    database = Database(world.database_url)
    with database.begin() as uow:
        yield uow
    database.close()


@asynccontextmanager
async def a_room(
    folder: Path, seats: Mapping[str, type[Worker]], prepare: Callable[[World, StoryClock], None]
) -> AsyncIterator[Room]:
    """Prepare what the bot is to know, run it on every channel, and seat people: ``{"Priya": AtSlack}``."""
    clock = StoryClock()
    async with a_world(folder) as world:
        prepare(world, clock)
        async with a_bot_everywhere(world, clock) as run, open_web_user(run.link) as web, AsyncExitStack() as phones:
            phone = await phones.enter_async_context(a_phone(web)) if AtTheBrowser in seats.values() else None
            at = _Places(world=world, clock=clock, web=web, phone=phone)
            people = {name: await at.seat(name, kind) for name, kind in seats.items()}
            yield Room(people=people, world=world, clock=clock, run=run)
            world.teams.check()


def netball_alone(world: World, clock: StoryClock) -> None:
    """Open Netball Instagram with its people and rota, and let no other site remind anybody of anything."""
    with opened(world) as uow:
        entry = AuditEntry(actor=None, verb=Verb.OPENED, clause="", at=clock())
        close_others(uow, clock)
        people = {one.email: one.id for one in uow.people.everyone() if one.email in EMAILS.values()}
        netball.open_netball(people, uow, entry)


def close_others(uow: UnitOfWork, clock: StoryClock) -> None:
    """Close the sites of the sample trust."""
    for site in uow.sites.listed():
        entry = AuditEntry(actor=None, verb=Verb.CLOSED, clause="", at=clock())
        uow.sites.move(site.id, site.state, SiteState.CLOSED, on=clock().date(), entry=entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Places:
    """What people sit in front of."""

    world: World
    clock: StoryClock
    web: WebUser
    phone: BrowserContext | None

    async def seat(self, name: str, kind: type[Worker]) -> Worker:
        """Seat somebody where they work, and let them meet the bot."""
        email = EMAILS[name]
        if kind is AtSlack:
            at_slack = AtSlack(name, self.clock, user=self.world.slack.user(name, email=email))
            await at_slack.user.opens_messages()
            return at_slack
        if kind is AtTeams:
            user = TeamsUser(self.world.teams, name)
            self.world.teams.members[user.id] |= {"email": email, "userPrincipalName": email}
            await user.install()
            return AtTeams(name, self.clock, user=user)
        if kind is AtTheBrowser and self.phone:
            return AtTheBrowser(name, self.clock, page=await sit_down(name, self.phone, self.web.base))
        seat = WebUser(self.web.base, self.web.client)
        await seat.become(email.partition("@")[0].replace(".", "-"))
        return AtTheWeb(name, self.clock, user=seat)
