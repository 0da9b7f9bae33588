"""
A site asked for and approved in Microsoft's Agents Playground, one playground for each person; prints what was seen.

Run it in a network namespace of its own, as tests.clients.teams_playground.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from playwright.async_api import async_playwright

from bot.app import build_bot
from bot.channels.teams.listen import TeamsChannel
from bot.config import Config, TeamsConfig
from bot.sample import load_sample_trust
from bot.secret import Secret
from policy_kb.words import Channel
from storage.database import Database
from tests.clients import teams_playground
from tests.clients.teams_playground import FLAGS, answers, say
from tests.journeys import site_story as story
from tests.journeys.site_bot import StoryClock, serving
from tests.journeys.site_people import Seen, Worker

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from playwright.async_api import Browser, Locator, Page

    from bot.app import Bot
    from bot.channels.base import ChatChannel, Listener
    from tests.journeys.site_people import Fills

CONFIG = (Path(teams_playground.__file__).parent / "teams_playground.yml").read_text(encoding="utf-8")
PORTS = {"Priya": 56151, "Aisha": 56152}
CARD = ".ac-adaptiveCard"


@dataclass(slots=True, kw_only=True)
class AtPlayground(Worker):
    """Somebody at the Agents Playground."""

    page: Page

    async def screen(self) -> list[Seen]:
        drawn: list[list[object]] = await self.page.evaluate(
            "() => [...document.querySelectorAll('.ac-adaptiveCard')]"
            ".map((card) => [card.innerText, [...card.querySelectorAll('button')].map((one) => one.innerText.trim())])"
        )
        return [
            Seen(str(text), tuple(labels) if isinstance(labels, list) else (), str(place))
            for place, (text, labels) in enumerate(drawn)
        ]

    async def _until(self, wanted: Callable[[list[Seen]], list[Seen]], words: str) -> Seen:
        try:
            return await Worker._until(self, wanted, words)
        except AssertionError as fault:
            fault.add_note((await _log(self.page))[-1000:])
            raise

    async def _say(self, text: str) -> None:
        await say(self.page, text)

    async def _press(self, seen: Seen, label: str, fills: Fills) -> None:
        card = self.page.locator(CARD).nth(int(seen.key))
        for what, value in fills.items():
            await _fill(card, what, value)
        await card.get_by_role("button", name=label, exact=True).click()


async def _fill(card: Locator, label: str, value: str | tuple[str, ...]) -> None:
    if isinstance(value, str):
        await card.get_by_role("textbox", name=label).fill(value)
        return
    for choice in value:
        await card.get_by_role("checkbox", name=choice).check()


async def visit(pictures: Path) -> dict[str, object]:
    """Priya fills in the form, Aisha approves from her card, Priya is told."""
    clock = StoryClock()
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        base = await stack.enter_async_context(serving(_bot(folder, clock)))
        browser = await stack.enter_async_context(a_browser())
        seats = [stack.enter_async_context(a_seat(name, f"{base}/api/messages", browser, clock)) for name in PORTS]
        priya, aisha = await asyncio.gather(*seats)
        await fills_in(priya, pictures)
        return await decides(priya, aisha, pictures)


async def fills_in(priya: AtPlayground, pictures: Path) -> None:
    await story.asks_first(priya)
    await priya.reads(story.TEAM[0].asks)
    await priya.page.screenshot(path=pictures / "question.png")
    await story.answers(priya, *story.TEAM, *story.PURPOSE, story.WHAT)
    await priya.reads(story.WHO_IT_IS_FOR.asks)
    await priya.page.screenshot(path=pictures / "ticks.png")
    await story.answers(priya, story.WHO_IT_IS_FOR, *story.IN_WORDS)
    await priya.reads(story.READY)
    await priya.page.screenshot(path=pictures / "review.png")
    await story.sends(priya)


async def decides(priya: AtPlayground, aisha: AtPlayground, pictures: Path) -> dict[str, object]:
    asks = "Do you approve the aims and the content"
    await aisha.is_told(asks)
    cards = len(await aisha.screen())
    await aisha.page.screenshot(path=pictures / "approver.png")
    await story.approves(aisha, asks, comment="A good plan.")
    after = await aisha.screen()
    await aisha.page.screenshot(path=pictures / "locked.png")
    told = await priya.is_told("Aisha Sample, Line Manager,")
    await priya.page.screenshot(path=pictures / "told.png")
    return {
        "cards": [cards, len(after)],
        "locked": [after[-1].text, list(after[-1].labels)],
        "told": told.text,
        "logs": {each.name: await _log(each.page) for each in (priya, aisha)},
        "effort": {each.name: [each.effort.messages, each.effort.presses] for each in (priya, aisha)},
    }


async def _log(page: Page) -> str:
    text: str = await page.evaluate("document.body.innerText")
    return text.rpartition("Log Panel")[-1]


def _bot(folder: Path, clock: StoryClock) -> Bot:
    url = f"sqlite:///{folder / 'askfirst.db'}"
    database = Database(url)
    database.upgrade()
    with database.begin() as uow:
        load_sample_trust(uow)

    def channels(_: Config, listener: Listener) -> dict[Channel, ChatChannel]:
        config = TeamsConfig(app_id="", app_password=Secret(""), tenant_id="")
        return {Channel.TEAMS: TeamsChannel(config, listener)}

    config = Config(database_url=url, host="127.0.0.1", port=0, slack=None, teams=None)
    return build_bot(config, database=database, channels=channels, now=clock)


@asynccontextmanager
async def a_browser() -> AsyncIterator[Browser]:
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        await browser.close()


@asynccontextmanager
async def a_seat(name: str, bot: str, browser: Browser, clock: StoryClock) -> AsyncIterator[AtPlayground]:
    """Open a playground of one's own; opening its page is what tells the bot of somebody."""
    port, command = PORTS[name], (str(teams_playground.PLAYGROUND), "start", "-e", bot, "-c", "msteams", "-p")
    quiet = {"TEAMSAPPTESTER_BROWSER": "none", "APPLICATION_INSIGHTS_NO_STATSBEAT": "1"}
    with TemporaryDirectory() as folder:
        (Path(folder) / ".m365agentsplayground.yml").write_text(_config_for(name), encoding="utf-8")
        process = await asyncio.create_subprocess_exec(
            *command,
            str(port),
            "--disable-telemetry",
            cwd=folder,
            env=os.environ | quiet,
            stdout=DEVNULL,
            stderr=DEVNULL,
        )
        try:
            await answers(f"http://127.0.0.1:{port}")
            page = await browser.new_page(viewport={"width": 1500, "height": 1000})
            page.set_default_timeout(15_000)
            await page.goto(f"http://127.0.0.1:{port}")
            await page.get_by_text("Connected.").wait_for()
            await page.locator(CARD).first.wait_for()
            yield AtPlayground(name, clock, page=page)
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()


def _config_for(name: str) -> str:
    """Return the configuration in which this person sits at the keyboard."""
    mine = CONFIG.replace("priya@oakfield.example", story.EMAILS[name]).replace("Priya Shah", f"{name} Sample")
    mine = mine.replace("givenName: Priya", f"givenName: {name}").replace("29:priya", f"29:{name.lower()}")
    directory = f"aaaaaaaa-0000-0000-0000-{PORTS[name]:012d}"
    return mine.replace("aaaaaaaa-0000-0000-0000-000000000020", directory).replace("a:priya-chat", f"a:{name}-chat")


if __name__ == "__main__":
    print(json.dumps(asyncio.run(visit(Path(sys.argv[1])))))  # noqa: T201 - the answer to the test that runs this
