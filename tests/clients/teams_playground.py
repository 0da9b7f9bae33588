"""
One visit to Microsoft's Agents Playground in a real browser; prints what was seen as JSON.

Run it in a network namespace of its own: the playground listens on every address and would call home.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL
from contextlib import asynccontextmanager
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from aiohttp import ClientError, ClientSession
from playwright.async_api import async_playwright

from bot.channels.teams.listen import TeamsChannel
from bot.config import TeamsConfig
from bot.secret import Secret
from handlers.inbound import ButtonPressed, Installed
from handlers.message import Audience, ClauseQuote, Message
from policy_kb.bot_words import Action
from tests.clients.teams_bot import FakeListener, serving
from tests.gallery import ANSWER_NO, REPLACED, URGENT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Page

    from handlers.inbound import Inbound

HERE = Path(__file__).parent
PLAYGROUND = HERE / "node_modules" / ".bin" / "agentsplayground"
PORT = "56150"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
SHARED = Message(title="Priya shares an answer.", audience=Audience.EVERYONE)
CLAUSE = Message(
    title="5.4 in full",
    blocks=(ClauseQuote(number="5.4", heading="Pupils' families", words="No contact.", official=True),),
)
REPLIES = {Action.HELPFUL: REPLACED, Action.SHARE: SHARED}


def answer(event: Inbound) -> tuple[Message, ...]:
    if isinstance(event, Installed):
        return (Message(title="Welcome."),)
    if isinstance(event, ButtonPressed):
        return (REPLIES.get(event.action, CLAUSE),)
    return (URGENT,) if "urgent" in event.text else (ANSWER_NO,)


async def visit(pictures: Path) -> dict[str, object]:
    """Say hello, press three buttons, ask in a group and share the answer there."""
    listener = FakeListener(answer)
    channel = TeamsChannel(TeamsConfig(app_id="", app_password=Secret(""), tenant_id=""), listener)
    listener.channel = channel
    async with serving(channel) as bot, playground(bot) as address, browser_page() as page:
        await page.goto(address)
        await page.get_by_text("Connected.").wait_for()
        await page.get_by_text("Welcome.").first.wait_for()
        seen = await in_private(page, pictures) | await in_the_group(page, pictures)
        log = (await page.evaluate("document.body.innerText")).split("Log Panel")[-1]
        return seen | {"log": log, "sent": [type(result).__name__ for result in listener.sent]}


async def in_private(page: Page, pictures: Path) -> dict[str, object]:
    await say(page, "hello")
    card = page.locator(".ac-adaptiveCard").last
    await card.get_by_text(ANSWER_NO.title).wait_for()
    shown = await card.inner_text()
    await page.screenshot(path=pictures / "answer.png")
    await card.get_by_role("button", name="See 5.4").click()
    await page.locator(".ac-adaptiveCard").get_by_text("5.4 in full").wait_for()
    await page.locator(".ac-adaptiveCard").get_by_role("button", name="Helpful").last.click()
    await page.locator(".ac-adaptiveCard").get_by_text(REPLACED.title).wait_for()
    left = await page.locator(".ac-adaptiveCard").get_by_role("button", name="Helpful").count()
    await page.screenshot(path=pictures / "replaced.png")
    await say(page, "urgent")
    await page.locator(".ac-adaptiveCard").get_by_text(URGENT.title).wait_for()
    await page.screenshot(path=pictures / "urgent.png")
    return {"card": shown, "buttons_left": left}


async def in_the_group(page: Page, pictures: Path) -> dict[str, object]:
    await page.get_by_role("treeitem", name="Comms team").click()
    box = page.locator('div[role="textbox"][data-lexical-editor="true"]')
    await box.last.click()
    await page.keyboard.type("@")
    await page.locator("#typeahead-menu").get_by_role("menuitem", name="Ask First").click()
    await page.keyboard.type(" may I add a parent?")
    await page.get_by_role("button", name="Send Message").last.click()
    await page.get_by_text("I have answered you privately.").first.wait_for()
    cards_in_group = await page.locator(".ac-adaptiveCard").count()
    await page.get_by_role("treeitem", name="Personal Chat").click()
    await page.get_by_role("button", name="Share here").last.click()
    await page.get_by_role("treeitem", name="Comms team").click()
    await page.locator(".ac-adaptiveCard").get_by_text(SHARED.title).wait_for()
    await page.screenshot(path=pictures / "group.png")
    return {"cards_in_group_before_sharing": cards_in_group}


async def say(page: Page, text: str) -> None:
    await page.locator('div[role="textbox"][data-lexical-editor="true"]').last.click()
    await page.keyboard.type(text)
    await page.get_by_role("button", name="Send Message").click()


@asynccontextmanager
async def browser_page() -> AsyncIterator[Page]:
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = await browser.new_page(viewport={"width": 1500, "height": 1000})
        page.set_default_timeout(15_000)
        yield page
        await browser.close()


@asynccontextmanager
async def playground(bot: str) -> AsyncIterator[str]:
    """Start the playground for this bot, and end it."""
    command = (str(PLAYGROUND), "start", "-e", bot, "-c", "msteams", "-p", PORT, "--disable-telemetry")
    quiet = {"TEAMSAPPTESTER_BROWSER": "none", "APPLICATION_INSIGHTS_NO_STATSBEAT": "1"}
    address = f"http://127.0.0.1:{PORT}"
    with TemporaryDirectory() as folder:
        copy(HERE / "teams_playground.yml", Path(folder) / ".m365agentsplayground.yml")
        process = await asyncio.create_subprocess_exec(
            *command, cwd=folder, env=os.environ | quiet, stdout=DEVNULL, stderr=DEVNULL
        )
        try:
            await answers(address)
            yield address
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()


async def answers(address: str) -> None:
    """Wait until somebody serves this address."""
    async with asyncio.timeout(30), ClientSession() as session:
        while True:
            try:
                async with session.get(address):
                    return
            except ClientError:
                await asyncio.sleep(0.2)


if __name__ == "__main__":
    print(json.dumps(asyncio.run(visit(Path(sys.argv[1])))))  # noqa: T201 - the answer to the test that runs this
