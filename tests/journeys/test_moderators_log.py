"""What moderators do is logged in two words, passed on, and met with help, on Slack, Teams and the web chat."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from policy_kb.site_words import LogAction, LogCategory
from tests.handlers.cover.rota_office import NAME
from tests.journeys.seats import a_room, everywhere, netball_alone

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from storage.moderation import LogLine
    from tests.journeys.seats import Room
    from tests.journeys.site_people import Seen, Worker

SEATS = everywhere("Tom", "Priya", "Aisha")
LINK = "https://www.instagram.example/p/Cabc123/"
AN_HOUR = timedelta(hours=1)
FORM = "What did you do on Netball Instagram?"
ASKS = "Netball Instagram: Tom Example asks you to decide on something"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What was kept, and what people read."""

    log: tuple[LogLine, ...]
    saved: Seen
    passed_on: Seen
    told: Mapping[str, list[Seen]]  # of what was passed on, by administrator
    extreme: Seen
    asked_by_word: Seen


@pytest.fixture(scope="module", params=SEATS)
def story(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Story:
    return asyncio.run(play(tmp_path_factory.mktemp("log"), SEATS[request.param]))


async def play(folder: Path, seats: Mapping[str, type[Worker]]) -> Story:
    """Tom logs what he did, passes on what others shall decide, and meets something extreme."""
    async with a_room(folder, seats, netball_alone) as room:
        tom = room["Tom"]
        await tom.says("log")
        saved = await logs(tom, "Removed", "Spam or advertising")
        await tom.presses("Log another", on="Logged for")
        passed_on = await logs(tom, "Passed on: the administrators shall decide", "Bullying or harassment", LINK)
        screens = await room.screens()
        await tom.presses("Log another", on="bullying or harassment")
        await logs(tom, "Removed", "Extreme offence, or a risk of harm")
        extreme = await tom.is_told("Act now, in this order.")
        await room["Priya"].says("extreme")
        return Story(
            log=kept(room),
            saved=saved,
            passed_on=passed_on,
            told={name: [seen for seen in screens[name] if ASKS in seen.text] for name in ("Priya", "Aisha")},
            extreme=extreme,
            asked_by_word=await room["Priya"].is_told("Act now, in this order."),
        )


def test_what_was_done_is_kept_in_two_words_and_a_link(story: Story) -> None:
    assert [(one.action, one.category, one.link) for one in story.log] == [
        (LogAction.REMOVED, LogCategory.SPAM, ""),
        (LogAction.ESCALATED, LogCategory.BULLYING, LINK),
        (LogAction.REMOVED, LogCategory.EXTREME, ""),
    ]
    assert {one.by for one in story.log} == {"tom-example"}


def test_whoever_logs_is_thanked_in_the_place_of_the_form(story: Story) -> None:
    assert "Logged for Netball Instagram: removed, spam or advertising." in story.saved.text
    assert "Save" not in story.saved.labels


def test_each_administrator_is_told_once_of_what_is_passed_on_with_the_link(story: Story) -> None:
    for cards in story.told.values():
        (card,) = cards
        assert LINK in card.text
        assert "Log what you did" in card.labels
    assert "I have told Aisha Sample and Priya Sample." in story.passed_on.text


@pytest.mark.parametrize("how", ["logged", "asked"])
def test_extreme_offence_brings_what_to_do_at_once_in_order(story: Story, how: str) -> None:
    text = (story.extreme if how == "logged" else story.asked_by_word).text
    steps = [text.index(words) for words in ("Take it off the site now", "999", "CEOP", "Keep no picture")]

    assert steps == sorted(steps)
    assert "I have told nobody outside" in text


async def logs(tom: Worker, act: str, category: str, link: str = "") -> Seen:
    """Fill in the form and save it; return what stands in its place."""
    await tom.is_told(FORM)
    what: dict[str, str | tuple[str, ...]] = {"What did you do?": (act,), "What was it?": (category,)}
    await tom.presses("Save", on=FORM, fills=what | ({"A link to it, if you have one": link} if link else {}))
    return await tom.is_told(f"{category[:1].lower()}{category[1:]}.")


def kept(room: Room) -> tuple[LogLine, ...]:
    """Return what stands in the log of the last hour."""
    site, now = room.site(NAME), room.clock()
    with room.records() as uow:
        return tuple(sorted(uow.moderation.lines((site.id,), now - AN_HOUR, now + AN_HOUR), key=lambda one: one.at))
