"""The rota of Netball Instagram, where the bot has a web address, and people's calendar programs."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handlers.desk import Desk
from handlers.message import plain_text
from handlers.register.calendars_feed import FeedFile, Feeds
from tests.fakes import FakeClock
from tests.handlers.cover.rota_office import SUNDAY, Rota, rota_database

if TYPE_CHECKING:
    from handlers.message import Message
    from storage.database import Database
    from tests.stage import DatabaseFile

ADDRESS = "https://ask.example"
LINK = re.compile(rf"{ADDRESS}/calendar/(?P<secret>[\w-]+)\.ics$", re.MULTILINE)


class Calendars(Rota):
    """The office of the rota, and what calendar programs read."""

    def secret(self, *messages: Message) -> str:
        """Return the secret of the one address in some messages."""
        (found,) = [found for one in messages for found in LINK.finditer(plain_text(one))]
        return found["secret"]

    def subscribe(self, email: str, words: str = "my calendar") -> str:
        """Ask for an address, and return its secret."""
        return self.secret(*self.say(email, words))

    def let_go(self, email: str) -> None:
        """Make yesterday somebody's last day."""
        person = self.person(email)
        with self.database.begin() as uow:
            uow.people.put((replace(person, ends_on=self.clock().date()),), entry=self.entry())

    def file(self, secret: str) -> FeedFile | None:
        return Feeds(self.database, self.desk).read(secret, now=self.clock())

    def text_of(self, secret: str) -> str:
        """Return a feed as text, its folded lines put together again."""
        file = self.file(secret)
        assert file is not None
        return file.content.decode().replace("\r\n ", "")

    def summaries(self, secret: str) -> list[str]:
        """Return each entry as ``20261130T083000 Netball Instagram: …``, in the order of the file."""
        text = self.text_of(secret)
        begins = re.findall(r"^DTSTART;TZID=Europe/London:(\S+)", text, re.MULTILINE)
        said = re.findall(r"^SUMMARY:(.*?)\r?$", text, re.MULTILINE)
        return [f"{begin} {what}" for begin, what in zip(begins, said, strict=True)]


@pytest.fixture(scope="session")
def found_desk() -> Desk:
    """Return a desk that browsers find."""
    found = Desk.open()
    found.be_found_at(ADDRESS)
    return found


@pytest.fixture
def calendars(database: Database, database_file: DatabaseFile, desk: Desk, found_desk: Desk) -> Calendars:
    database.close()
    content, site = rota_database(desk)
    database_file.path.write_bytes(content)
    return Calendars(database, found_desk, FakeClock(SUNDAY), site=site)
