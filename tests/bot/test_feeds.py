"""Calendar feeds over HTTP, asked for as calendar programs do."""

from __future__ import annotations

import io
import json
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import build_bot
from bot.config import read_config
from bot.logs import masked, set_up_logs
from bot.pages.feeds import add_feed_routes
from handlers.register.calendars_feed import FeedFile
from policy_kb.words import Channel
from tests.fakes import FakeChannel
from tests.handlers.cover.rota_office import SUNDAY, TOM, rota_database
from tests.handlers.register.calendar_office import ADDRESS as BOT_ADDRESS
from tests.handlers.register.calendar_office import Calendars

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from aiohttp import ClientResponse

    from bot.channels.base import ChatChannel, Listener
    from bot.config import Config
    from handlers.desk import Desk
    from storage.database import Database
    from tests.fakes import FakeClock
    from tests.stage import DatabaseFile

SECRET = "aSecretThatOpensOneCalendar-_123"
ADDRESS = f"/calendar/{SECRET}.ics"


@dataclass
class FakeFeeds:
    """One feed, which can change or break."""

    file: FeedFile = field(default_factory=lambda: FeedFile(content=b"BEGIN:VCALENDAR\r\n", version="one"))
    fault: Exception | None = None

    def read(self, secret: str) -> FeedFile | None:
        if self.fault:
            raise self.fault
        return self.file if secret == SECRET else None


@pytest.fixture
def feeds() -> FakeFeeds:
    return FakeFeeds()


@pytest.fixture
async def client(feeds: FakeFeeds) -> AsyncIterator[TestClient[web.Request, web.Application]]:
    app = web.Application()
    add_feed_routes(app, feeds.read)
    async with TestClient(TestServer(app)) as client:
        yield client


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Set the logs up as the bot does, and put back what the tests had."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    written = io.StringIO()
    set_up_logs(written)
    yield written
    root.handlers[:], root.level = handlers, level


async def whole(answer: ClientResponse) -> tuple[int, bytes, dict[str, str]]:
    """Return everything an answer says but when it was given."""
    headers = {name: value for name, value in answer.headers.items() if name != "Date"}
    return answer.status, await answer.read(), headers


async def test_the_address_brings_the_calendar(client: TestClient[web.Request, web.Application]) -> None:
    answer = await client.get(ADDRESS)

    assert (answer.status, await answer.read()) == (200, b"BEGIN:VCALENDAR\r\n")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["ETag"] == 'W/"one"'


async def test_a_program_may_ask_for_the_headers_alone(client: TestClient[web.Request, web.Application]) -> None:
    answer = await client.head(ADDRESS)

    assert (answer.status, await answer.read()) == (200, b"")
    assert answer.headers["ETag"] == 'W/"one"'
    assert answer.headers["Content-Length"] == "17"


@pytest.mark.parametrize("known", ['W/"one"', '"one"', 'W/"zero", W/"one"', "*"])
async def test_what_a_program_has_already_is_not_sent_again(
    client: TestClient[web.Request, web.Application], feeds: FakeFeeds, known: str
) -> None:
    answer = await client.get(ADDRESS, headers={"If-None-Match": known})

    assert (answer.status, await answer.read()) == (304, b"")
    assert answer.headers["ETag"] == 'W/"one"'

    feeds.file = FeedFile(content=b"another", version="two")
    answer = await client.get(ADDRESS, headers={"If-None-Match": 'W/"one"'})

    assert (answer.status, await answer.read()) == (200, b"another")


@pytest.mark.parametrize(
    "address",
    [
        "/calendar/AnotherSecretOfTheSameLength0123.ics",
        "/calendar/a.ics",
        "/calendar/.ics",
        f"/calendar/{SECRET}",
        f"/calendar/{SECRET}x.ics",
        f"/calendar/{'a' * 5000}.ics",
        "/calendar/%2e%2e.ics",
        "/calendar/%00.ics",
        "/calendar/",
    ],
)
async def test_whatever_is_no_address_is_a_page_that_is_not_there(
    client: TestClient[web.Request, web.Application], address: str
) -> None:
    answer, nowhere = await client.get(address), await client.get("/nothing-is-here")

    assert await whole(answer) == await whole(nowhere)
    assert answer.status == 404


async def test_nothing_can_be_sent_to_a_calendar(client: TestClient[web.Request, web.Application]) -> None:
    answers = [await client.request(method, ADDRESS, data=b"x") for method in ("POST", "PUT", "DELETE", "PROPFIND")]

    assert [answer.status for answer in answers] == [405] * 4


async def test_a_fault_of_ours_leaves_programs_what_they_have_and_the_log_without_the_secret(
    client: TestClient[web.Request, web.Application], feeds: FakeFeeds, logged: io.StringIO
) -> None:
    feeds.fault = RuntimeError(f"the database is away at {ADDRESS}")

    answer = await client.get(ADDRESS)

    assert answer.status == 503
    assert answer.headers["Retry-After"] == "600"
    (line,) = [json.loads(one) for one in logged.getvalue().splitlines()]
    assert line["reference"] in await answer.text()
    assert SECRET not in logged.getvalue()


def test_an_address_that_gets_into_a_log_is_masked() -> None:
    said = masked(f"GET https://ask.example/calendar/{SECRET}.ics from a phone")

    assert said == "GET https://ask.example/calendar/•••.ics from a phone"


async def test_the_whole_bot_serves_the_calendar_of_whoever_asked_for_it(
    database: Database, database_file: DatabaseFile, desk: Desk, found_desk: Desk, clock: FakeClock
) -> None:
    database.close()
    content, site = rota_database(desk)
    database_file.path.write_bytes(content)
    clock.instant = SUNDAY
    secret = Calendars(database, found_desk, clock, site=site).subscribe(TOM)

    def channels(_: Config, listener: Listener) -> dict[Channel, ChatChannel]:
        assert listener
        return {Channel.SLACK: FakeChannel()}

    bot = build_bot(read_config({"ASKFIRST_ADDRESS": BOT_ADDRESS}), database=database, channels=channels, now=clock)
    async with TestClient(TestServer(bot.application())) as client:
        answer = await client.get(f"/calendar/{secret}.ics")
        again = await client.get(f"/calendar/{secret}.ics", headers={"If-None-Match": answer.headers["ETag"]})
        other = await client.get(f"/calendar/{secret[::-1]}.ics")

        assert (await answer.text()).count("SUMMARY:Netball Instagram: you are on duty") == 8
        assert (answer.status, again.status, other.status) == (200, 304, 404)
