"""The nudges of four days, as the bot's own look sends them, read and answered on Slack, Teams and the web chat."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING

import pytest

from tests.handlers.cover.rota_office import MONDAY, NAME, THURSDAY, TUESDAY, WEDNESDAY
from tests.journeys.seats import a_room, everywhere, netball_alone

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.journeys.seats import Room
    from tests.journeys.site_people import Seen, Worker

NIGHT, MORNING, BEGINS = time(0, 15), time(8, 15), time(8, 30)
TWO_HOURS_LATER, AFTERNOON = time(10, 30), time(15, 30)
SEATS = everywhere("Priya", "Callum", "Ewa", "Tom", "Aisha")
MINE = {"I've got it", "I can't"}
BEFORE, TODAY = "You are on for Netball Instagram on Tuesday 1 December.", "You are on for Netball Instagram today."
RESERVE, UNANSWERED = "Can you take Netball Instagram today?", "Nobody has said that they look after Netball Instagram"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What stood on the screens as things happened."""

    tuesday: list[dict[str, dict[str, int]]]  # at each moment, how often whoever had read which of four sentences
    tuesday_is: str
    given: dict[str, list[Seen]]
    wednesday: tuple[int, list[Seen]]  # how much Ewa had read by the evening before, and all she had by noon
    thursday_is: str
    taken: dict[str, list[Seen]]
    aisha_heard: int  # of Thursday


@pytest.fixture(scope="module", params=SEATS)
def story(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Story:
    return asyncio.run(play(tmp_path_factory.mktemp("nudges"), SEATS[request.param]))


async def play(folder: Path, seats: Mapping[str, type[Worker]]) -> Story:
    """Let the days come one after the other; everybody presses what stands in front of them, or nothing."""
    async with a_room(folder, seats, netball_alone) as room:
        await room.comes_to(MONDAY, NIGHT, MORNING)
        await has_got_it(room["Priya"], "today")
        await room.comes_to(MONDAY, BEGINS, TWO_HOURS_LATER, AFTERNOON)
        tuesday = await nobody_answers_on_tuesday(room)
        given = await gives_it_to_tom(room)
        await room.comes_to(TUESDAY, AFTERNOON)
        await has_got_it(room["Ewa"], "on Wednesday 2 December")
        before = len(await room["Ewa"].catches_up())
        await room.comes_to(WEDNESDAY, NIGHT, MORNING, BEGINS, TWO_HOURS_LATER)
        wednesday = before, await room["Ewa"].catches_up()
        heard = len(await room["Aisha"].catches_up())
        taken = await the_reserve_takes_thursday(room)
        return Story(
            tuesday=tuesday,
            tuesday_is=room.who(NAME, TUESDAY),
            given=given,
            wednesday=wednesday,
            thursday_is=room.who(NAME, THURSDAY),
            taken=taken,
            aisha_heard=len(taken["Aisha"]) - heard,
        )


def test_where_nobody_answers_one_is_asked_after_the_other_and_each_of_them_once(story: Story) -> None:
    the_afternoon_before, in_the_morning, as_it_begins, two_hours_later = story.tuesday

    assert the_afternoon_before == {BEFORE: {"Callum": 1}, TODAY: {}, RESERVE: {}, UNANSWERED: {}}
    assert in_the_morning[TODAY] == {"Callum": 1}
    assert (in_the_morning[RESERVE], in_the_morning[UNANSWERED]) == ({}, {})
    assert (as_it_begins[RESERVE], as_it_begins[UNANSWERED]) == ({"Priya": 1}, {})
    assert two_hours_later[UNANSWERED] == {"Aisha": 1}


def test_an_administrator_gives_it_to_somebody_and_every_card_of_it_says_so(story: Story) -> None:
    assert story.tuesday_is == "Tom"
    assert any("Aisha Sample gave you a slot" in seen.text for seen in story.given["Tom"])
    assert any("You are not on any more" in seen.text for seen in story.given["Callum"])
    assert not any(MINE & set(seen.labels) for seen in story.given["Callum"])
    assert not any("Callum Sample is on the rota" in seen.text for seen in story.given["Aisha"])


def test_whoever_has_got_it_hears_nothing_more_of_that_day(story: Story) -> None:
    before, screen = story.wednesday
    (card,) = [seen for seen in screen if NAME in seen.text]

    assert len(screen) == before
    assert "You've got it: Netball Instagram on Wednesday 2 December." in card.text
    assert not MINE & set(card.labels)


def test_a_reserve_who_takes_it_has_it_and_every_card_of_it_is_locked(story: Story) -> None:
    assert story.thursday_is == "Callum"
    assert any("You've got it: Netball Instagram today." in seen.text for seen in story.taken["Callum"])
    assert not any("I'll take it" in seen.labels for seen in story.taken["Callum"])
    assert any("Callum Sample has your slot" in seen.text for seen in story.taken["Tom"])
    assert any("Callum Sample has Netball Instagram today." in seen.text for seen in story.taken["Tom"])
    assert not any(MINE & set(seen.labels) for seen in story.taken["Tom"] if "Tuesday" not in seen.text)
    assert story.aisha_heard == 0


async def has_got_it(worker: Worker, when: str) -> None:
    """Read a nudge, and press the one button that ends the matter."""
    await worker.is_told(f"You are on for Netball Instagram {when}.")
    await worker.presses("I've got it", on=f"Netball Instagram {when}")
    await worker.is_told(f"You've got it: Netball Instagram {when}.")


async def nobody_answers_on_tuesday(room: Room) -> list[dict[str, dict[str, int]]]:
    """Nobody presses anything until two hours after Callum's day has begun."""
    counted = [await who_has_read(room)]
    for moments in ((NIGHT, MORNING), (BEGINS,), (TWO_HOURS_LATER,)):
        await room.comes_to(TUESDAY, *moments)
        counted.append(await who_has_read(room))
    return counted


async def gives_it_to_tom(room: Room) -> dict[str, list[Seen]]:
    """Aisha gives the day to somebody else, from the card that told her of it."""
    aisha = room["Aisha"]
    await aisha.is_told(UNANSWERED)
    await aisha.presses("Give it to somebody", on=UNANSWERED)
    await aisha.is_told("Who takes Netball Instagram, Tuesday 1 December?")
    await aisha.presses("Give it to them", on="Who takes", fills={"Who": ("Tom Example",)})
    await aisha.is_told("Tom Example has Netball Instagram, Tuesday 1 December.")
    return await room.screens()


async def the_reserve_takes_thursday(room: Room) -> dict[str, list[Seen]]:
    """Tom answers neither in the afternoon nor in the morning, and Callum is the reserve."""
    await room.comes_to(WEDNESDAY, AFTERNOON)
    await room["Tom"].is_told("You are on for Netball Instagram on Thursday 3 December.")
    await room.comes_to(THURSDAY, NIGHT, MORNING)
    await room["Tom"].is_told(TODAY)
    await room.comes_to(THURSDAY, BEGINS)
    callum = room["Callum"]
    await callum.is_told(RESERVE)
    await callum.presses("I'll take it", on=RESERVE)
    await callum.is_told("You've got it: Netball Instagram today.")
    await room.comes_to(THURSDAY, TWO_HOURS_LATER)
    return await room.screens()


async def who_has_read(room: Room) -> dict[str, dict[str, int]]:
    """Return, for each of the four sentences, on whose screen it stands and how often."""
    read = await room.screens()
    return {
        words: {name: count for name, screen in read.items() if (count := sum(words in seen.text for seen in screen))}
        for words in (BEFORE, TODAY, RESERVE, UNANSWERED)
    }
