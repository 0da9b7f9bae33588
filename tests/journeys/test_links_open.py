"""The links that the bot gives in chat, taken from the cards as each platform draws them, and opened over HTTP."""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import aiohttp
import pytest

from tests.bot.pages_server import Browser
from tests.contracts.adaptive_cards import elements_of
from tests.handlers.cover.rota_office import NAME
from tests.journeys.seats import a_room, netball_alone
from tests.journeys.site_people import AtSlack, AtTeams, AtTheWeb
from tests.stage import until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from tests.journeys.site_people import Worker

CLIENTS: dict[str, type[Worker]] = {"slack": AtSlack, "teams": AtTeams, "the web": AtTheWeb}
CALENDAR = re.compile(r"http://127\.0\.0\.1:\d+/calendar/[\w-]+\.ics")

Answer: TypeAlias = tuple[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A link to the register, and what became of it."""

    base: str
    links: list[tuple[str, str]]  # label and address of each link on the card
    looked_at: list[Answer]  # by whatever shows a preview, twice
    opened: Answer
    again: Answer  # the same link, in another browser
    without: Answer  # the page, in a browser that was never let in
    too_late: Answer  # another link, eleven minutes after it was given


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Two addresses of one calendar, the second in the place of the first."""

    first: Answer
    old: Answer
    new: Answer


@pytest.fixture(scope="module", params=CLIENTS)
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Register, Calendar]:
    return asyncio.run(play(tmp_path_factory.mktemp("links"), CLIENTS[request.param]))


async def play(folder: Path, client: type[Worker]) -> tuple[Register, Calendar]:
    """Let Priya ask for a link to the register and for a calendar, and open both."""
    async with a_room(folder, {"Priya": client}, netball_alone) as room:
        priya, base = room["Priya"], room.run.base
        links = await is_given_a_link(priya)
        async with a_browser(base) as preview, a_browser(base) as own, a_browser(base) as other:
            ((_, link),) = links
            looked_at = [await preview.get(link), await preview.get(link)]
            opened = await own.post(link)
            again, without = await other.post(link), await other.get("/register")
            register = Register(
                base=base,
                links=links,
                looked_at=looked_at,
                opened=opened,
                again=again,
                without=without,
                too_late=await comes_too_late(priya, other),
            )
            return register, await reads_the_calendar(priya, own)


def test_a_link_to_the_register_is_drawn_as_one_and_leads_to_the_bots_own_address(
    played: tuple[Register, Calendar],
) -> None:
    register, _ = played

    ((label, address),) = register.links
    assert label == "Open the register of sites"
    assert address.startswith(f"{register.base}/register/open/")


def test_a_link_that_is_only_looked_at_stays_unspent(played: tuple[Register, Calendar]) -> None:
    register, _ = played

    for status, text in register.looked_at:
        assert (status, NAME in text) == (200, False)
        assert "You will read it as Priya Sample." in text


def test_a_press_opens_the_register_with_the_readers_sites_and_spends_the_link(
    played: tuple[Register, Calendar],
) -> None:
    register, _ = played

    assert register.opened[0] == 200
    assert NAME in register.opened[1]
    assert register.again[0] == 410
    assert NAME not in register.again[1]
    assert register.without[0] == 401


def test_a_link_opens_nothing_after_ten_minutes(played: tuple[Register, Calendar]) -> None:
    register, _ = played

    assert register.too_late[0] == 410


def test_a_calendar_has_ones_own_slots_until_a_new_address_takes_its_place(played: tuple[Register, Calendar]) -> None:
    _, calendar = played

    for status, text in (calendar.first, calendar.new):
        assert status == 200
        assert text.startswith("BEGIN:VCALENDAR")
        assert NAME in text
    assert calendar.old[0] == 404


async def is_given_a_link(priya: Worker) -> list[tuple[str, str]]:
    """Ask for the register, and return the links on the card that comes."""
    known = set(links_seen_by(priya))
    await priya.says("register")
    await until(lambda: not known.issuperset(links_seen_by(priya)))
    return [one for one in links_seen_by(priya) if one not in known]


async def comes_too_late(priya: Worker, browser: Browser) -> Answer:
    """Open a link when its time is over."""
    ((_, link),) = await is_given_a_link(priya)
    priya.clock.advance(minutes=11)
    return await browser.post(link)


async def reads_the_calendar(priya: Worker, browser: Browser) -> Calendar:
    """Ask for an address, and then for a new one."""
    await priya.says("my calendar")
    first = await address_of_calendar(priya)
    read = await browser.get(first)
    await priya.says("new calendar link")
    await priya.is_told("The address you had before has stopped.")
    return Calendar(first=read, old=await browser.get(first), new=await browser.get(await address_of_calendar(priya)))


async def address_of_calendar(priya: Worker) -> str:
    """Return the address that is put before somebody to copy."""
    seen = await priya.is_told("Your calendar address for your own slots:")
    (found,) = CALENDAR.findall(seen.text)
    return str(found)


def links_seen_by(worker: Worker) -> Iterator[tuple[str, str]]:
    """Yield label and address of every link on somebody's screen, as their platform draws one."""
    match worker:
        case AtSlack(user=user):
            for post in user.sees():
                sections = (part for block in post.blocks if block["type"] == "rich_text" for part in block["elements"])
                words = (word for section in sections for word in section["elements"])
                yield from ((word["text"], word["url"]) for word in words if word["type"] == "link")
        case AtTeams(user=user):
            drawn = (element for card in user.sees() for element in elements_of(card))
            yield from ((one["title"], one["url"]) for one in drawn if one["type"] == "Action.OpenUrl")
        case AtTheWeb(user=user):
            for shown in user.last:
                yield from ((label, to) for to, label in re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', shown.html))


@asynccontextmanager
async def a_browser(base: str) -> AsyncIterator[Browser]:
    """Open a browser of somebody's own, with an empty cookie jar."""
    async with aiohttp.ClientSession(base, cookie_jar=aiohttp.CookieJar(unsafe=True)) as client:
        yield Browser(client, base)
