"""The office of the rota as readers of the register: they ask for a link, are let in, and look."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handlers.inbound import Actor, Conversation, TextSent
from handlers.message import plain_text
from handlers.register.visits import Visits
from policy_kb.rules.site import Member, Site
from policy_kb.site_words import SiteId, SiteState
from policy_kb.words import Channel, Role, SettingId
from tests.builders import a_new_event_id
from tests.fakes import FakeClock
from tests.handlers.cover.rota_office import SUNDAY, Rota, rota_database

if TYPE_CHECKING:
    from datetime import date

    from handlers.desk import Desk
    from handlers.message import Message
    from handlers.register.reading import Line, Register
    from handlers.register.site_reading import SiteRecord
    from storage.database import Database
    from tests.stage import DatabaseFile

ADDRESS = "https://ask.example"
LINK = re.compile(r"/register/open/(?P<secret>[\w-]+)$", re.MULTILINE)
HANNA = "hanna.sample@central-service.example"  # an IT technician, with no part in any site
ELM = SettingId("elm-academy")


class Readers(Rota):
    """People who read the register."""

    @property
    def visits(self) -> Visits:
        return Visits(self.database, self.desk)

    def link(self, email: str) -> str:
        """Ask for a link in chat, and return its secret."""
        return secret_in(self.say(email, "register"))

    def enter(self, email: str) -> str:
        """Ask for a link, open it, and return the session."""
        return self.visits.begin(self.link(email), now=self.clock())

    def register(self, email: str, **asked: str) -> Register:
        return self.visits.register(self.enter(email), asked, now=self.clock())

    def names(self, email: str, **asked: str) -> list[str]:
        return [line.site.name for line in self.register(email, **asked).lines]

    def line(self, email: str, name: str) -> Line:
        return next(line for line in self.register(email, q=name).lines if line.site.name == name)

    def table(self, email: str, **asked: str) -> str:
        return self.visits.export(self.enter(email), asked, now=self.clock())

    def site_record(self, email: str, site: SiteId) -> SiteRecord | None:
        return self.visits.site(self.enter(email), site, now=self.clock())

    def shown(self, email: str) -> SiteRecord:
        """Return the page of the site with the rota."""
        found = self.site_record(email, self.site)
        assert found is not None
        return found

    def say_in_the_staff_room(self, email: str, text: str) -> tuple[Message, ...]:
        """Type something where others read it."""
        event = TextSent(
            event_id=a_new_event_id(),
            actor=Actor(channel=Channel.SLACK, tenant="T1", user=f"U-{email}"),
            conversation=Conversation(channel=Channel.SLACK, tenant="T1", id="C-staff-room", private=False),
            text=text,
        )
        return self._turns().take(event, None, now=self.clock())

    def change_site(self, **changed: object) -> None:
        """Change what is known of the site with the rota."""
        with self.database.begin() as uow:
            site = uow.sites.get(self.site)
            assert site is not None
            uow.sites.change(replace(site, **changed), entry=self.entry())  # type: ignore[arg-type]  # named by a test

    def move_site(self, to: SiteState) -> None:
        """Move the site with the rota on from being live."""
        with self.database.begin() as uow:
            moved = uow.sites.move(self.site, SiteState.LIVE, to, on=self.clock().date(), entry=self.entry())
        assert moved

    def open_site(self, name: str, author: str, *people: str, state: SiteState = SiteState.LIVE) -> SiteId:
        """Open another site of Elm Academy, whose people have accepted."""
        since: date = self.clock().date()
        members = tuple(
            Member(person=self.person(one).id, role=role, since=since, accepted_at=self.clock())
            for one in people
            for role in (Role.SITE_ADMINISTRATOR, Role.SITE_MODERATOR)
        )
        site = Site(
            id=SiteId(0),
            request=None,
            setting=ELM,
            name=name,
            state=state,
            state_since=since,
            author=self.person(author).id,
            host="academy",
            members=members,
        )
        with self.database.begin() as uow:
            return uow.sites.open(site, entry=self.entry())

    def let_go(self, email: str) -> None:
        """Make yesterday somebody's last day."""
        person = self.person(email)
        with self.database.begin() as uow:
            uow.people.put((replace(person, ends_on=self.clock().date()),), entry=self.entry())


def secret_in(messages: tuple[Message, ...]) -> str:
    """Return the secret of the one link in some messages."""
    (found,) = [found for one in messages for found in LINK.finditer(plain_text(one))]
    return found["secret"]


def readers_of(database: Database, database_file: DatabaseFile, desk: Desk, found_desk: Desk) -> Readers:
    """Put the rota's database into place, and return those who read the register of it."""
    database.close()
    content, site = rota_database(desk)
    database_file.path.write_bytes(content)
    return Readers(database, found_desk, FakeClock(SUNDAY), site=site)


@pytest.fixture
def readers(database: Database, database_file: DatabaseFile, desk: Desk, found_desk: Desk) -> Readers:
    return readers_of(database, database_file, desk, found_desk)
