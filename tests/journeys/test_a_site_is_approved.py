"""A new site, from a question to the headteacher's approval, by people in front of real clients."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from policy_kb.words import RequestId
from storage.database import Database
from tests.clients.slack_stage import HTTP, SOCKET
from tests.journeys.site_bot import StoryClock, a_bot_everywhere
from tests.journeys.site_people import AtSlack
from tests.journeys.site_story import (
    BETTER_CONTENT,
    CONTENT,
    CONTRIBUTORS,
    DAYS,
    EMAILS,
    HOST,
    MENDED,
    MODERATION,
    PURPOSE,
    READY,
    TEAM,
    TOO_YOUNG,
    WHAT,
    WHO_IT_IS_FOR,
    all_locked,
    answers,
    asks_first,
    asks_for_a_change,
    changes_only_that,
    everybody_else_says_yes,
    fills_in_the_rest,
    sends,
)
from tests.journeys.whole_bot import a_world

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.site_people import Worker
    from tests.journeys.whole_bot import World


@pytest.mark.parametrize("transport", [HTTP, SOCKET])
async def test_a_site_is_asked_for_changed_and_approved_in_slack(tmp_path: Path, transport: str) -> None:
    async with a_world(tmp_path, transport=transport) as world:
        clock = StoryClock()
        office = {name: slack_person(world, clock, name) for name in EMAILS}
        priya = office["Priya"]
        async with a_bot_everywhere(world, clock):
            for person in office.values():
                await person.user.opens_messages()
            await asks_first(priya)
            await answers(priya, *TEAM, *PURPOSE)
            times_asked = await asks_about_the_policy_meanwhile(priya)
            await answers(priya, WHAT, WHO_IT_IS_FOR, TOO_YOUNG)

        async with a_bot_everywhere(world, clock):
            await answers(priya, CONTRIBUTORS, *MODERATION, HOST, *MENDED, *DAYS)
            await fills_in_the_rest(priya)
            review = await priya.reads(READY)
            await sends(priya)
            await asks_for_a_change(office["Aisha"])
            await changes_only_that(priya)
            await clicks_twice(office["Aisha"])
            await everybody_else_says_yes(office)
            told = await priya.is_told("You may create the site.")
            await all_locked(office)
            cards = [seen for person in office.values() for seen in await person.screen() if "R-1 (" in seen.text]
        changed = what_changed(world)

    assert times_asked == 2
    assert all(words in review.text for words in ("PE", CONTENT, "13 to 16", "Instagram", "14 January 2027"))
    assert changed == {"content"}
    assert "Grace Sample, Headteacher/Principal, approved R-1." in told.text
    assert all(card.changes > 0 for card in cards)
    assert len(cards) == 11
    assert all(post.blocks for post in world.slack.world.posts if post.author == world.slack.world.bot_user)


async def asks_about_the_policy_meanwhile(priya: Worker) -> int:
    """Ask something else in the middle; return how often the question of the form stands on the screen then."""
    await priya.reads("What will you put on the site?")
    await priya.says("can I post photos of pupils?")
    await priya.reads("Back to the form.")
    await asyncio.sleep(0.2)  # so that a third one could be seen
    return sum("What will you put on the site?" in seen.text for seen in await priya.screen())


async def clicks_twice(aisha: AtSlack) -> None:
    """Press Approve twice before the card can lock; the second press is told politely that it is done."""
    card = await aisha.is_told(BETTER_CONTENT)
    await asyncio.gather(*(aisha.presses("Approve", on=BETTER_CONTENT) for _ in range(2)))
    await aisha.is_told("This has been answered already")
    assert card.labels[0] == "Approve"


def what_changed(world: World) -> set[str]:
    """Return the questions whose answers differ between the two versions that were sent."""
    database = Database(world.database_url)
    with database.begin() as uow:
        first, second = (uow.requests.version(RequestId(1), number) for number in (1, 2))
    database.close()
    assert first
    assert second
    return {key for key in first.answers | second.answers if first.answers.get(key) != second.answers.get(key)}


def slack_person(world: World, clock: StoryClock, name: str) -> AtSlack:
    return AtSlack(name, clock, user=world.slack.user(name, email=EMAILS[name]))
