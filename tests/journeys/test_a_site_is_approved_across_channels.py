"""One request, three platforms: each answers where they are, and every card locks where it stands."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.clients.teams_user import User as TeamsUser
from tests.clients.web_user import WebUser, open_web_user
from tests.journeys.site_bot import StoryClock, a_bot_everywhere
from tests.journeys.site_people import AtSlack, AtTeams, AtTheWeb
from tests.journeys.site_story import (
    DECIDING,
    EMAILS,
    STRAIGHT,
    all_locked,
    answers,
    approves,
    asks_first,
    everybody_else_says_yes,
    fills_in_the_rest,
    sends,
)
from tests.journeys.whole_bot import a_world

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.site_people import Effort, Seen, Worker
    from tests.journeys.whole_bot import World

DECIDED = ("Approved by", "Recorded by")
OTHERS = ("Aisha", "Daniel", "Nadia", "Martin", "Leila", "Grace")


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What was on each screen in the end, and what it cost."""

    told: str
    cards: dict[str, list[Seen]]
    efforts: dict[str, Effort]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return asyncio.run(play(tmp_path_factory.mktemp("story")))


async def play(folder: Path) -> Story:
    """Priya and her line manager sit at the web chat, the headteacher at Slack, everybody else at Teams."""
    clock = StoryClock()
    async with a_world(folder) as world, a_bot_everywhere(world, clock) as run, open_web_user(run.link) as browser:
        office = await three_platforms(world, clock, browser)
        priya = office["Priya"]
        await asks_first(priya)
        await answers(priya, *STRAIGHT)
        await fills_in_the_rest(priya)
        await sends(priya)
        await approves(office["Aisha"], "Do you approve the aims and the content")
        await everybody_else_says_yes(office)
        told = await priya.is_told("You may create the site.")
        await all_locked(office)
        world.teams.check()
        screens = {name: await office[name].screen() for name in OTHERS}
    cards = {name: [seen for seen in screen if "R-1 (" in seen.text] for name, screen in screens.items()}
    return Story(told=told.text, cards=cards, efforts={name: person.effort for name, person in office.items()})


def test_a_request_made_on_the_web_is_decided_in_teams_and_in_slack_and_its_requester_told(story: Story) -> None:
    assert "Grace Sample, Headteacher/Principal, approved R-1." in story.told
    assert "“Lovely idea.”" in story.told


def test_on_each_platform_a_card_that_was_decided_says_what_was_said_and_by_whom(story: Story) -> None:
    # Daniel, Nadia and Grace of the senior leadership team are asked twice, and the headteacher once more.
    assert {name: len(cards) for name, cards in story.cards.items()} == {
        "Aisha": 1,
        "Daniel": 2,
        "Nadia": 2,
        "Martin": 1,
        "Leila": 1,
        "Grace": 3,
    }
    for cards in story.cards.values():
        assert all(any(words in card.text for words in DECIDED) for card in cards)
        assert not any(DECIDING & set(card.labels) for card in cards)


def test_whoever_approves_presses_once_and_types_nothing_to_the_bot(story: Story) -> None:
    costs = {name: (story.efforts[name].presses, story.efforts[name].messages) for name in OTHERS}

    assert costs == dict.fromkeys(OTHERS, (1, 0))


def test_no_approver_needs_three_minutes_though_they_read_every_word(story: Story) -> None:
    assert all(story.efforts[name].seconds < 180 for name in OTHERS)


def test_the_requester_types_and_presses_for_less_than_ten_minutes_in_some_thirty_short_turns(story: Story) -> None:
    effort = story.efforts["Priya"]

    assert effort.messages + effort.presses <= 30
    assert effort.seconds_at_work < 600


async def three_platforms(world: World, clock: StoryClock, browser: WebUser) -> dict[str, Worker]:
    """Seat everybody where they work, and let them meet the bot."""
    office: dict[str, Worker] = {}
    for name in ("Priya", "Aisha"):
        seat = WebUser(browser.base, browser.client)
        await seat.become(f"{name.lower()}-sample")
        office[name] = AtTheWeb(name, clock, user=seat)
    for name in ("Daniel", "Nadia", "Martin", "Leila"):
        user = TeamsUser(world.teams, name)
        world.teams.members[user.id] |= {"email": EMAILS[name], "userPrincipalName": EMAILS[name]}
        await user.install()
        office[name] = AtTeams(name, clock, user=user)
    grace = AtSlack("Grace", clock, user=world.slack.user("Grace", email=EMAILS["Grace"]))
    await grace.user.opens_messages()
    return office | {"Grace": grace}
