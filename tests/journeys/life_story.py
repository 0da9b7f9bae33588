"""The life of PE Instagram, from the head's approval to its end, whatever clients its people use."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from handlers.desk import Desk
from policy_kb.words import Verb
from storage.audit import AuditEntry
from storage.database import Database
from tests.fakes import FakeClock
from tests.handlers.requests.office import AISHA, DANIEL, PRIYA, TUESDAY, Office
from tests.handlers.sites.life_office import WITH_PEOPLE
from tests.journeys.seats import close_others, opened
from tests.stage import DatabaseFile, sample_trust_database

if TYPE_CHECKING:
    from tests.journeys.seats import Room
    from tests.journeys.site_bot import StoryClock
    from tests.journeys.site_people import Fills, Worker
    from tests.journeys.whole_bot import World

SITE = "PE Instagram"
ADDRESS = "https://www.instagram.example/elmpe"
NIGHT = time(0, 15)
MET_ELSEWHERE = ("chat_addresses", "chat_identities", "outbox", "cards")


def decided_but_by_the_head(world: World, clock: StoryClock) -> None:
    """Let Priya have asked for the site and everybody but the head have said yes; nobody has met the bot here."""
    file = DatabaseFile(Path(world.database_url.removeprefix("sqlite:///")))
    file.path.write_bytes(_up_to_the_head())
    for table in MET_ELSEWHERE:
        file.run(f"DELETE FROM {table}")  # noqa: S608 - only this file names tables
    with opened(world) as uow:
        close_others(uow, clock)


async def is_approved(room: Room) -> None:
    """Grace approves, and everybody whom the form names is asked in the same breath."""
    await room["Grace"].says("waiting")
    await room["Grace"].is_told("Do you approve the aims and the content of this site")
    await room["Grace"].presses("Approve", on="Do you approve the aims")
    await room["Grace"].is_told("Approved by Grace Sample")
    await room["Priya"].is_told("You may create the site.")


async def is_too_early(room: Room) -> str:
    """Priya says that it is live before anything was checked; return what she reads."""
    await room["Priya"].presses("It is live", on="You may create the site.")
    seen = await room["Priya"].is_told("It cannot go live yet")
    return seen.text


async def all_accept(room: Room) -> None:
    """Everybody accepts by one tap, whatever they are asked to be."""
    parts = {
        "Priya": ("Do you administer and moderate PE Instagram?", "I accept both, with my own login"),
        "Daniel": ("Do you administer PE Instagram?", "I accept and have my own login"),
        "Callum": ("Do you moderate PE Instagram?", "I accept and have my own login"),
        "Tom": ("Do you moderate PE Instagram?", "I accept and have my own login"),
    }
    for name, (asked, label) in parts.items():
        await room[name].is_told(asked)
        await room[name].presses(label, on=asked)
        await room[name].is_told("with a login of your own")


async def goes_live(room: Room) -> None:
    """What is to be checked is checked, the night fills the rota, and it is live."""
    priya = room["Priya"]
    await answers_yes(priya, "checks before it goes live", 2)
    await priya.is_told("2 lines are open before it goes live.")
    await priya.presses("Where people find it", on="open before it goes live")
    await priya.is_told("Where do people find PE Instagram?")
    await priya.presses("Keep this", on="Where do people find", fills={"Its address": ADDRESS})
    await room.comes_to(date(2026, 11, 25), NIGHT, time(10))
    await priya.says("checks for PE Instagram")
    await priya.is_told("everything is done. Now say when it is live.")
    await priya.presses("It is live", on="everything is done")
    await priya.is_told("PE Instagram is live.")
    await room["Callum"].is_told("PE Instagram is live.")


async def is_looked_at(room: Room) -> int:
    """Priya does the half-termly check; return how often she pressed."""
    priya = room["Priya"]
    before = priya.effort.presses
    await priya.says("health check")
    await answers_yes(priya, "half-termly check", 6)
    await priya.is_told("PE Instagram is checked. All is well.")
    return priya.effort.presses - before


async def one_leaves(room: Room) -> tuple[str, str]:
    """Daniel leaves, so that one administrator is left; return what author and head read the night after."""
    with room.records() as uow:
        daniel = uow.people.find_by_email(DANIEL)
        assert daniel is not None
        entry = AuditEntry(actor=None, verb=Verb.CHANGED, at=room.clock())
        uow.people.put((replace(daniel, ends_on=date(2026, 11, 27)),), entry=entry)
    await room.comes_to(date(2026, 11, 26), NIGHT, time(8, 15))
    await room["Daniel"].is_told("5.6")
    await room.comes_to(date(2026, 11, 27), NIGHT)
    author, head = [await room[name].is_told("Please name somebody (A.5.4).") for name in ("Priya", "Grace")]
    return author.text, head.text


async def another_is_named(room: Room) -> None:
    """Grace asks the first whom the card names, who accepts."""
    grace, callum = room["Grace"], room["Callum"]
    await grace.presses("Ask Callum Sample", on="Please name somebody")
    await callum.is_told("Do you administer PE Instagram?")
    await callum.presses("I accept and have my own login", on="Do you administer PE Instagram?")
    await callum.is_told("You are administrator")


async def comes_to_its_end(room: Room) -> None:
    """Priya closes it: its list is done, it is judged by its aims, and everybody hears of it."""
    priya = room["Priya"]
    await priya.says("close PE Instagram")
    await priya.is_told("Shall PE Instagram close?")
    await priya.presses("Yes, close it", on="Shall PE Instagram close?")
    await answers_yes(priya, "list before it closes", 4)
    await priya.is_told("one line is open before it is closed.")
    await priya.presses("Judge it by its aims", on="one line is open")
    await priya.is_told("How far has PE Instagram reached its aims?")
    fills: Fills = {"Reached": ("In part",), "How do you know?": "Twelve more families came to the fixtures."}
    await priya.presses("Keep this", on="How far has", fills=fills)
    await priya.is_told("everything is done. Now say when it is closed.")
    await priya.presses("It is closed", on="everything is done")
    for name in ("Priya", "Callum", "Grace"):
        await room[name].is_told("PE Instagram is closed.")


async def answers_yes(worker: Worker, place: str, number: int) -> None:
    """Answer the questions of a list with yes, each when it is asked."""
    for count in range(1, number + 1):
        asked = f"{place}: {count} of {number}."
        await worker.is_told(asked)
        await worker.presses("Yes", on=asked)


@cache
def _up_to_the_head() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "decided.db"
        file.write_bytes(sample_trust_database())
        database = Database(f"sqlite:///{file}")
        office = Office(database, Desk.open(), FakeClock(TUESDAY))
        office.meet_everybody()
        office.up_to_the_head(office.sent(PRIYA, AISHA, **WITH_PEOPLE))
        database.close()
        return file.read_bytes()
