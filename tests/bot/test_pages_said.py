"""What the register pages say beside the sites: whose they are, at which time, what is left to do, how to print."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from policy_kb.bot_words import Action
from tests.bot.pages_server import a_browser, running_pages
from tests.handlers.register.register_office import readers_of
from tests.handlers.requests.office import GRACE, PRIYA, TOM

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from handlers.desk import Desk
    from storage.database import Database
    from tests.bot.pages_server import Browser, Pages
    from tests.stage import DatabaseFile


@pytest.fixture
async def pages(database: Database, database_file: DatabaseFile, desk: Desk, found_desk: Desk) -> AsyncIterator[Pages]:
    async with running_pages(readers_of(database, database_file, desk, found_desk)) as running:
        yield running


@pytest.fixture
async def browser(pages: Pages) -> AsyncIterator[Browser]:
    async with a_browser(pages) as opened:
        yield opened


async def test_the_heading_says_whose_sites_they_are(pages: Pages) -> None:
    headings = []
    for who, path in ((TOM, "/register"), (TOM, "/register?setting=elm-academy"), (GRACE, "/register")):
        async with a_browser(pages) as browser:
            await browser.enter(pages.link(who))
            headings.append(re.findall("<h1>(.*)</h1>", (await browser.get(path))[1]))

    assert headings == [["Your sites"], ["Your sites of Elm Academy (sample)"], ["Sites of Elm Academy (sample)"]]


async def test_a_page_says_at_which_time_it_stood_so_and_what_is_left_to_do(pages: Pages, browser: Browser) -> None:
    pages.readers.press(PRIYA, Action.CHECK_SITE, f"{pages.readers.site}:health:privacy:no")
    await browser.enter(pages.link(GRACE))

    _, one = await browser.get(f"/register/site/{pages.readers.site}")
    _, everything = await browser.get("/register")

    assert all("As it stood on 29 November 2026, 10:00, London time." in text for text in (one, everything))
    assert "<li>1 line to put right: Privacy</li>" in one
    assert "<caption>Half-termly check, begun on 29 November</caption>" in one


async def test_the_list_marks_a_site_whose_check_has_a_line_to_put_right(pages: Pages, browser: Browser) -> None:
    await browser.enter(pages.link(GRACE))
    mark = '<li class="badge to_put_right">1 line to put right: Privacy</li>'

    pages.readers.press(PRIYA, Action.CHECK_SITE, f"{pages.readers.site}:health:privacy:no")
    _, wrong = await browser.get("/register")
    pages.readers.press(PRIYA, Action.CHECK_SITE, f"{pages.readers.site}:health:privacy:yes")
    _, right = await browser.get("/register")

    assert (wrong.count(mark), right.count(mark)) == (1, 0)


async def test_how_to_print_is_a_note_away_from_the_links(pages: Pages, browser: Browser) -> None:
    await browser.enter(pages.link(GRACE))

    _, text = await browser.get("/register")

    links, note = text.index("Save as CSV"), text.index("Print this page from your browser: it fits A4 across.")
    assert links < text.index("</table>", links) < note
