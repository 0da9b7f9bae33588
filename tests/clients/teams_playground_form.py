"""
One visit to Microsoft's Agents Playground to fill in cards; prints what was seen as JSON.

Run it in a network namespace of its own, as teams_playground.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot.channels.teams.listen import TeamsChannel
from bot.config import TeamsConfig
from bot.secret import Secret
from handlers.inbound import ButtonPressed, Installed
from handlers.message import Message
from tests.clients.teams_bot import FakeListener, serving
from tests.clients.teams_playground import browser_page, playground, say
from tests.gallery_form import DATE, DECIDE, DECIDED, PEOPLE, TICKS

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

    from handlers.inbound import Inbound

SAVED = Message(title="Saved.", replaces=True)
COMMENT = "Fine by me.\nKeep comments off."
REPLIES = {
    "12:audience": (SAVED, DATE),
    "12:go_live": (SAVED, PEOPLE),
    "12:administrators": (SAVED, DECIDE),
    "12:head:2": (DECIDED,),
}


def answer(event: Inbound) -> tuple[Message, ...]:
    if isinstance(event, Installed):
        return (Message(title="Welcome."),)
    return REPLIES[event.about] if isinstance(event, ButtonPressed) else (TICKS,)


async def visit(pictures: Path) -> dict[str, object]:
    """Answer three questions, then approve with a comment."""
    listener = FakeListener(answer)
    channel = TeamsChannel(TeamsConfig(app_id="", app_password=Secret(""), tenant_id=""), listener)
    listener.channel = channel
    async with serving(channel) as bot, playground(bot) as address, browser_page() as page:
        await page.goto(address)
        await page.get_by_text("Welcome.").first.wait_for()
        await say(page, "start the form")
        await fill_in(page, pictures)
        cards = await page.locator(".ac-adaptiveCard").all_inner_texts()
        log = (await page.evaluate("document.body.innerText")).split("Log Panel")[-1]
    presses = [event for event in listener.events if isinstance(event, ButtonPressed)]
    values = [{name: list(texts) for name, texts in press.values.items()} for press in presses]
    return {"cards": [card.splitlines()[0] for card in cards], "values": values, "log": log}


async def fill_in(page: Page, pictures: Path) -> None:
    card = await shown(page, TICKS)
    await card.get_by_role("checkbox", name="Our staff").check()
    await card.get_by_role("checkbox", name="Families of our pupils").uncheck()
    await press(page, card, "Save and go on", pictures / "ticks.png")
    card = await shown(page, DATE)
    await card.get_by_role("combobox").click()
    await page.get_by_role("gridcell", name="18").get_by_role("button").click()
    await press(page, card, "Save and go on", pictures / "date.png")
    card = await shown(page, PEOPLE)
    await choose(page, card.get_by_role("combobox", name="Administrators"), "son 44", "menuitemcheckbox")
    await choose(page, card.get_by_role("combobox", name="Line manager"), "son 12", "option")
    await press(page, card, "Save and go on", pictures / "people.png")
    card = await shown(page, DECIDE)
    await card.get_by_role("textbox", name="Your comment").fill(COMMENT)
    await press(page, card, "Approve", pictures / "decide.png")
    await shown(page, DECIDED)
    await page.screenshot(path=pictures / "decided.png")


async def shown(page: Page, message: Message) -> Locator:
    """Wait until a message is the last card; return it."""
    card = page.locator(".ac-adaptiveCard").filter(has_text=message.title).last
    await card.wait_for()
    return card


async def choose(page: Page, box: Locator, typed: str, role: str) -> None:
    """Find somebody in a long list by typing a part of their name."""
    await box.click()
    await page.keyboard.type(typed)
    await page.get_by_role(role).filter(has_text=typed).click()  # type: ignore[arg-type]  # one of Playwright's role names
    await page.keyboard.press("Escape")


async def press(page: Page, card: Locator, label: str, picture: Path) -> None:
    await page.screenshot(path=picture)
    await card.get_by_role("button", name=label).click()


if __name__ == "__main__":
    print(json.dumps(asyncio.run(visit(Path(sys.argv[1])))))  # noqa: T201 - the answer to the test that runs this
