"""The register as people read it in Chromium: found, searched, saved, printed, left; at a desk and on a phone."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
import pytest_asyncio
from playwright.async_api import expect
from pypdf import PdfReader

from handlers.desk import Desk
from policy_kb.bot_words import Action
from tests.clients.browser import DESK, PHONE, open_browser, open_page
from tests.clients.register_reader import a_reader, a_register
from tests.handlers.cover.rota_office import NAME, TUESDAY
from tests.handlers.register.register_office import ADDRESS
from tests.handlers.requests.office import AISHA, GRACE, HARRIET, TOM

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Page

    from tests.bot.pages_server import Pages

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
FIND = """async () => (await axe.run()).violations
    .map(({id, impact, nodes}) => `${impact} ${id}: ` + nodes.map(({html}) => html).join(" | "))"""
ENDS = """() => {
    const sections = [...document.querySelectorAll(".sections > section:not(.across)")];
    const boxes = sections.map(one => one.getBoundingClientRect());
    const top = Math.min(...boxes.map(one => one.top));
    const columns = Map.groupBy(boxes, one => Math.round(one.left));
    return [...columns.values()].map(some => Math.max(...some.map(one => one.bottom)) - top);
}"""
WIDTH = "document.documentElement.scrollWidth"
HOSTILE = '<img src=x onerror="document.title=1"><script>document.title=2</script>'

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk.open()


@pytest.fixture(scope="module")
def found_desk() -> Desk:
    found = Desk.open()
    found.be_found_at(ADDRESS)
    return found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def pages(desk: Desk, found_desk: Desk) -> AsyncIterator[Pages]:
    async with a_register(desk, found_desk) as running:
        yield running


async def names(page: Page) -> list[str]:
    """Return the sites that are shown, in their order."""
    return (
        await page.get_by_role("table", name="Sites", exact=True)
        .get_by_role("rowheader")
        .get_by_role("link")
        .all_inner_texts()
    )


async def test_a_head_finds_a_site_saves_the_list_and_leaves(browser: Browser, pages: Pages) -> None:
    async with a_reader(browser, pages, GRACE) as page:
        await expect(page.get_by_role("heading", level=1)).to_have_text("Sites of Elm Academy (sample)")
        everything = await names(page)
        await page.get_by_role("searchbox").fill("netball")
        await page.get_by_role("button", name="Find").click()
        await expect(page.get_by_role("status")).to_contain_text("1 site")
        found = await names(page)
        async with page.expect_download() as saving:
            await page.get_by_role("link", name="Save as CSV").click()
        saved = (await (await saving.value).path()).read_text("utf-8-sig")
        await page.get_by_role("link", name="Clear").click()
        cleared = await names(page)
        await page.get_by_role("button", name="Leave").click()
        left = await page.get_by_role("heading", level=1).inner_text()

    assert len(everything) > 10
    assert found == [NAME]
    assert [line.split(",")[1] for line in saved.splitlines()] == ["name", NAME]
    assert cleared == everything
    assert left == "You have left the register"


async def test_numbers_on_top_choose_what_is_shown_and_pressed_again_show_everything(
    browser: Browser, pages: Pages
) -> None:
    pages.readers.open_site("Poetry page", AISHA, AISHA)

    async with a_reader(browser, pages, GRACE) as page:
        everything = await names(page)
        kinds = page.get_by_role("navigation", name="Kinds of sites")
        await kinds.get_by_role("link", name="Below two people").click()
        chosen = await names(page)
        current = await kinds.locator("[aria-current]").inner_text()
        await kinds.get_by_role("link", name="Below two people").click()
        again = await names(page)

    assert chosen == ["Poetry page"]
    assert "Below two people" in current
    assert again == everything


async def test_the_owner_compares_settings_and_looks_at_one(browser: Browser, pages: Pages) -> None:
    async with a_reader(browser, pages, HARRIET) as page:
        await page.get_by_text("By setting").first.click()
        table = page.get_by_role("table", name="Sites of each setting")
        settings = await table.get_by_role("rowheader").all_inner_texts()
        await table.get_by_role("link", name="Elm Academy (sample)").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Sites of Elm Academy (sample)")
        chosen = await page.get_by_label("Setting", exact=True).input_value()

    assert len(settings) == 4
    assert settings[-1] == "All settings"
    assert chosen == "elm-academy"


async def test_a_week_says_in_words_what_its_sign_means(browser: Browser, pages: Pages) -> None:
    readers = pages.readers
    readers.leave_open(TUESDAY)
    readers.press(AISHA, Action.SETTLE_GAP_SURELY, f"{readers.site}:2026-12-01:2026-12-02:comments_off")

    async with a_reader(browser, pages, TOM) as page:
        week = page.get_by_role("row", name=NAME).get_by_role("listitem").filter(has_text="week of 30 November")
        title, said = await week.get_attribute("title"), await week.inner_text()
        await page.get_by_role("link", name=NAME).click()
        cover = page.get_by_role("region", name="Cover of 13 weeks")
        await expect(cover).to_contain_text("Tuesday 1 December: comments off, decided by Aisha Sample on 29 November")

    assert title == (
        "This weekend, and week of 30 November: left uncovered on purpose; "
        "comments off, decided by Aisha Sample on 29 November"
    )
    assert said.startswith("–")
    assert title in said


async def test_a_link_pressed_on_another_site_lets_in_all_the_same(browser: Browser, pages: Pages) -> None:
    elsewhere = pages.base.replace("127.0.0.1", "localhost")

    async with open_page(browser) as page:
        await page.goto(f"{elsewhere}/register/static/mark.svg")
        await page.goto(f"{elsewhere}/register")
        await page.evaluate("link => { document.body.innerHTML = `<a href=${link}>your link</a>` }", pages.link(TOM))
        await page.get_by_role("link", name="your link").click()
        await page.get_by_role("button", name="Open the register").click()
        await expect(page.get_by_text("You read it as Tom Example")).to_be_visible()
        (cookie,) = await page.context.cookies(f"{pages.base}/register")

    assert cookie["sameSite"] == "Strict"
    assert cookie["httpOnly"]


async def test_everything_works_by_the_keyboard(browser: Browser, pages: Pages) -> None:
    async with a_reader(browser, pages, TOM) as page:
        await page.keyboard.press("Tab")
        skip = await page.evaluate("document.activeElement.textContent")
        await page.keyboard.press("Enter")
        await page.get_by_role("searchbox").focus()
        await page.keyboard.type("netball")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("status")).to_contain_text("1 site")
        await page.get_by_role("link", name=NAME).focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_have_text(NAME)

    assert skip == "Skip to the sites"


async def test_a_name_that_is_markup_is_shown_as_it_was_typed(browser: Browser, pages: Pages) -> None:
    pages.readers.change_site(name=HOSTILE, purpose=HOSTILE)

    async with a_reader(browser, pages, TOM) as page:
        shown = await names(page)
        await page.get_by_role("link", name=HOSTILE).click()
        await expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE)
        title = await page.title()

    assert HOSTILE in shown
    assert title.startswith(HOSTILE)


async def test_printed_it_is_a_table_on_a4_across_without_what_is_pressed(browser: Browser, pages: Pages) -> None:
    async with a_reader(browser, pages, GRACE) as page:
        printed = PdfReader(BytesIO(await page.pdf(prefer_css_page_size=True)))

    text = re.sub(r"\s+", " ", " ".join(one.extract_text() for one in printed.pages))
    width, height = (float(side) for side in printed.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (842, 595)
    assert len(printed.pages) <= 4
    assert NAME in text
    assert "This weekend and the week that comes" in text
    assert "Save as CSV" not in text
    assert "Leave" not in text


async def test_on_paper_the_last_line_is_no_larger_than_the_signs_above_it(browser: Browser, pages: Pages) -> None:
    async with a_reader(browser, pages, GRACE) as page:
        await page.emulate_media(media="print")
        sizes = [
            await page.locator(one).evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
            for one in (".legend", "footer")
        ]
        await expect(page.get_by_text("Print this page from your browser")).to_be_hidden()

    assert sizes[0] == sizes[1]


async def test_both_columns_of_a_site_end_at_about_the_same_height(browser: Browser, pages: Pages) -> None:
    async with a_reader(browser, pages, GRACE, width=1280) as page:
        await page.get_by_role("link", name=NAME).click()
        across = page.get_by_role("region", name="Cover of 13 weeks")
        await expect(across).to_be_visible()
        ends = await page.evaluate(ENDS)

    assert len(ends) == 2
    assert max(ends) - min(ends) < 0.3 * max(ends)


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [DESK, PHONE])
async def test_everyone_can_use_the_register(
    browser: Browser, pages: Pages, width: int, colours: Literal["light", "dark"]
) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run npm ci in tests/clients")
    pages.readers.leave_open(TUESDAY)
    pages.readers.press(TOM, Action.SAVE_LOG, str(pages.readers.site), {"act": ("kept",), "category": ("rude",)})
    site = f"{pages.base}/register/site/{pages.readers.site}"

    async with a_reader(browser, pages, HARRIET, width=width, colours=colours) as page:
        found = {}
        for name, address in (
            ("all", f"{pages.base}/register"),
            ("one", site),
            ("none", f"{pages.base}/register?q=nothing"),
            ("link", pages.link(GRACE)),
        ):
            await page.goto(address)
            for summary in await page.locator("summary").all():
                await summary.click()
            await page.evaluate(AXE.read_text(encoding="utf-8"))
            found[name] = (await page.evaluate(FIND), await page.evaluate(WIDTH) <= width)

    assert found == dict.fromkeys(("all", "one", "none", "link"), ([], True))
