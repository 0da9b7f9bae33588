"""The register over HTTP: who is let in, what a preview or another site can do, and what never gets out."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

import pytest

from bot.logs import set_up_logs
from bot.pages.door import COOKIE
from policy_kb.words import PersonId
from tests.bot.pages_server import a_browser, running_pages
from tests.handlers.cover.rota_office import NAME
from tests.handlers.register.register_office import Readers, readers_of
from tests.handlers.requests.office import AISHA, GRACE, PRIYA, TOM

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from handlers.desk import Desk
    from storage.database import Database
    from tests.bot.pages_server import Browser, Pages
    from tests.stage import DatabaseFile

HOSTILE = "<script>alert(1)</script><b>\"'&amp; {{x}} $name"
OVER = "This link does not open the register"


@pytest.fixture
def readers(database: Database, database_file: DatabaseFile, desk: Desk, found_desk: Desk) -> Readers:
    return readers_of(database, database_file, desk, found_desk)


@pytest.fixture
async def pages(readers: Readers) -> AsyncIterator[Pages]:
    async with running_pages(readers) as running:
        yield running


@pytest.fixture
async def browser(pages: Pages) -> AsyncIterator[Browser]:
    async with a_browser(pages) as opened:
        yield opened


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Keep what is logged, as the bot writes it."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    set_up_logs(stream)
    yield stream
    root.handlers[:], root.level = handlers, level


async def test_a_link_is_opened_by_its_button_and_shows_the_register(pages: Pages, browser: Browser) -> None:
    link = pages.link(GRACE)

    _, asked = await browser.get(link)
    _, shown = await browser.post(link)

    assert "You will read it as Grace Sample." in asked
    assert NAME in shown
    assert "<b>Grace Sample</b>" in shown


async def test_a_preview_spends_nothing(pages: Pages, browser: Browser) -> None:
    link = pages.link(GRACE)

    async with a_browser(pages) as preview:
        for _ in range(3):
            assert (await preview.get(link))[0] == 200
        async with preview.client.head(link) as head, preview.client.options(link) as options:
            assert (head.status, options.status) == (405, 405)
        assert (await preview.get("/register"))[0] == 401

    status, shown = await browser.post(link)
    assert (status, NAME in shown) == (200, True)


async def test_a_link_opens_once(pages: Pages, browser: Browser) -> None:
    link = pages.link(GRACE)
    await browser.enter(link)

    async with a_browser(pages) as second:
        again = await second.get(link), await second.post(link)
        outside = await second.get("/register")

    assert [status for status, _ in again] == [410, 410]
    assert all(OVER in text and "Type “register” to the bot" in text for _, text in again)
    assert outside[0] == 401


async def test_a_link_that_is_too_old_says_how_to_get_another(pages: Pages, browser: Browser) -> None:
    link = pages.link(GRACE)
    pages.readers.clock.advance(minutes=10)

    assert (await browser.get(link))[0] == 410
    assert (await browser.post(link))[0] == 410


@pytest.mark.parametrize("cut", ["x", "%00", "%ED%A0%80", "..%2f..", "a" * 5000])
async def test_half_a_link_brings_a_kind_page(browser: Browser, cut: str) -> None:
    status, text = await browser.get(f"/register/open/{cut}")

    assert status in {400, 404, 410}
    assert "Traceback" not in text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"X-Nothing": "said"},
    ],
)
async def test_another_site_can_neither_spend_a_link_nor_end_a_session(
    pages: Pages, browser: Browser, headers: dict[str, str]
) -> None:
    link = pages.link(GRACE)
    refused = await browser.post(link, **headers)
    await browser.enter(link)
    left = await browser.post("/register/leave", **headers)

    assert (refused[0], left[0]) == (403, 403)
    assert (await browser.get("/register"))[0] == 200


async def test_a_browser_too_old_to_say_where_a_press_comes_from_says_its_origin(
    pages: Pages, browser: Browser
) -> None:
    status, shown = await browser.post(pages.link(GRACE), Origin=pages.base)

    assert (status, NAME in shown) == (200, True)


async def test_the_cookie_stays_with_the_register_and_out_of_reach(readers: Readers) -> None:
    async with running_pages(readers, secure=True) as pages, a_browser(pages) as browser:
        headers = {"Sec-Fetch-Site": "same-origin"}
        async with browser.client.post(pages.link(GRACE), headers=headers, allow_redirects=False) as opened:
            cookie, location = opened.headers["Set-Cookie"], opened.headers["Location"]

    parts = {part.strip() for part in cookie.split(";")[1:]}
    assert parts == {"HttpOnly", "Secure", "Max-Age=28800", "Path=/register", "SameSite=Strict"}
    assert location == "/register"


async def test_without_https_on_this_machine_the_cookie_is_kept_too(pages: Pages, browser: Browser) -> None:
    await browser.enter(pages.link(GRACE))

    (cookie,) = browser.client.cookie_jar
    assert cookie.key == COOKIE
    assert not cookie["secure"]


@pytest.mark.parametrize("forged", ["", "x", "a" * 32, "a" * 5000, "grace-sample", "é" * 30])
async def test_a_forged_cookie_opens_nothing(pages: Pages, browser: Browser, forged: str) -> None:
    await browser.enter(pages.link(GRACE))
    browser.client.cookie_jar.clear()

    for path in ("/register", "/register/sites.csv", f"/register/site/{pages.readers.site}"):
        async with browser.client.get(path, headers={"Cookie": f"{COOKIE}={forged}"}) as response:
            text = await response.text()
            assert response.status == 401
            assert NAME not in text


async def test_leaving_ends_the_session_for_good(pages: Pages, browser: Browser) -> None:
    await browser.enter(pages.link(GRACE))
    (cookie,) = browser.client.cookie_jar

    _, left = await browser.post("/register/leave")
    async with browser.client.get("/register", headers={"Cookie": f"{COOKIE}={cookie.value}"}) as again:
        status = again.status

    assert "You have left the register" in left
    assert list(browser.client.cookie_jar) == []
    assert status == 401


async def test_two_people_in_two_browsers_see_each_their_own(pages: Pages, browser: Browser) -> None:
    hidden = pages.readers.open_site("Poetry page", AISHA, AISHA, PRIYA)
    await browser.enter(pages.link(GRACE))

    async with a_browser(pages) as other:
        await other.enter(pages.link(TOM))
        _, toms = await other.get("/register")
        status, _ = await other.get(f"/register/site/{hidden}")
    _, graces = await browser.get("/register")

    assert ("Poetry page" in toms, "Poetry page" in graces) == (False, True)
    assert status == 404


@pytest.mark.parametrize("number", ["0", "-1", "x", "999999999999999999999", "²", "1%00", "1e3"])
async def test_a_number_that_is_no_site_brings_a_kind_page(pages: Pages, browser: Browser, number: str) -> None:
    await browser.enter(pages.link(GRACE))

    status, text = await browser.get(f"/register/site/{number}")

    assert (status, "There is no site of that number" in text) == (404, True)


async def test_every_page_keeps_to_itself(pages: Pages, browser: Browser) -> None:
    link = pages.link(GRACE)
    await browser.enter(link)
    site = f"/register/site/{pages.readers.site}"

    for path in (link, "/register", site, "/register/sites.csv", "/register/static/register.css"):
        async with browser.client.get(path) as response:
            sent = response.headers
        assert sent["Cache-Control"] == "no-store"
        assert sent["Referrer-Policy"] == "same-origin"
        assert sent["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in sent["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in sent["Content-Security-Policy"]
        assert "script-src" not in sent["Content-Security-Policy"]


async def test_what_people_typed_is_only_text(pages: Pages, browser: Browser) -> None:
    pages.readers.change_site(name=HOSTILE, purpose=HOSTILE, host_name=HOSTILE, address="javascript:alert(1)")
    await browser.enter(pages.link(GRACE))

    shown = [await browser.get(path) for path in ("/register", f"/register/site/{pages.readers.site}")]
    _, searched = await browser.get('/register?q="><script>alert(2)</script>')

    for text in (*(text for _, text in shown), searched):
        assert "<script" not in text
        assert 'href="javascript' not in text
    assert all("&lt;script&gt;alert(1)&lt;/script&gt;" in text for _, text in shown)


@pytest.mark.parametrize(
    "query", ["q=%ED%A0%80", "q=%FF", "q=%00", "page=%F0%9F%98%80", "show=in_use&show=closed", "&&=="]
)
async def test_whatever_an_address_says_a_page_comes(pages: Pages, browser: Browser, query: str) -> None:
    await browser.enter(pages.link(GRACE))

    async with browser.client.get(f"{pages.base}/register?{query}") as shown:
        assert shown.status == 200
    async with browser.client.get(f"{pages.base}/register/sites.csv?{query}") as saved:
        assert saved.status == 200


async def test_the_table_is_a_file_to_save(pages: Pages, browser: Browser) -> None:
    await browser.enter(pages.link(GRACE))

    async with browser.client.get("/register/sites.csv?q=netball") as saved:
        body = await saved.read()

    assert saved.content_type == "text/csv"
    assert saved.headers["Content-Disposition"] == 'attachment; filename="register-2026-11-29.csv"'
    assert body.startswith(b"\xef\xbb\xbfnumber,name,")
    assert NAME.encode() in body


async def test_a_fault_shows_a_reference_and_no_log_line_holds_a_secret(
    pages: Pages, browser: Browser, written: io.StringIO
) -> None:
    link = pages.link(GRACE)
    secret = link.rpartition("/")[2]
    await browser.enter(pages.link(TOM))
    (cookie,) = browser.client.cookie_jar
    pages.readers.database.close()
    file = pages.readers.database.folder()
    assert file is not None
    (file / "askfirst.db").write_bytes(b"this is no database")

    answers = [await browser.get(path) for path in (link, "/register", "/register/sites.csv")]

    assert [status for status, _ in answers] == [500, 500, 500]
    assert all("reference" in text for _, text in answers)
    lines = written.getvalue()
    assert lines.count("A fault of ours") == 3
    assert secret not in lines
    assert cookie.value not in lines


def test_a_link_that_reached_a_log_line_by_another_way_is_masked(written: io.StringIO) -> None:
    logging.getLogger("somewhere").warning("GET /register/open/AbCd_1234-secret failed")

    assert "AbCd_1234-secret" not in written.getvalue()


def test_nobody_is_a_reader_by_their_id_alone(readers: Readers) -> None:
    assert readers.visits.whose_link(PersonId("grace-sample"), now=readers.clock()) == ""
