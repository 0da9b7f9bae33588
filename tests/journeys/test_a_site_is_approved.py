"""A new site, from a question to the headteacher's approval, by people in front of Slack."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from policy_kb.request_words import RequestId
from storage.database import Database
from tests.clients.slack_stage import HTTP, SOCKET
from tests.journeys.site_bot import StoryClock, a_bot_everywhere
from tests.journeys.site_people import AtSlack
from tests.journeys.site_story import (
    BETTER_CONTENT,
    CONTENT,
    CONTRIBUTORS,
    DAYS,
    DECIDING,
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

    from tests.journeys.site_people import Seen, Worker
    from tests.journeys.whole_bot import World

LINES = (
    "Department: PE",
    "Name of author of site: Priya Sample",
    f"What is the proposed content: {CONTENT}",
    "Audience: age range of pupils: 13 to 16",
    "Host name: Instagram",
    "Proposed date of going live: Thursday 14 January 2027",
    "Level of interaction: Read and comment",
    "Where the logo will be used: In the profile picture.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What people saw on their screens, and what was sent."""

    times_asked: int  # how often one question stood on the screen, after another was asked in between
    refused: str
    review: str
    changed: set[str]
    second_click: str
    told: str
    cards: list[Seen]
    unreadable: int  # messages that Slack took as plain text only


@pytest.fixture(scope="module", params=[HTTP, SOCKET])
def story(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Story:
    return asyncio.run(play(tmp_path_factory.mktemp("story"), request.param))


async def play(folder: Path, transport: str) -> Story:
    """Let everybody do their part; the bot is stopped half-way through the form and started again."""
    async with a_world(folder, transport=transport) as world:
        clock = StoryClock()
        office = {name: AtSlack(name, clock, user=world.slack.user(name, email=EMAILS[name])) for name in EMAILS}
        async with a_bot_everywhere(world, clock):
            times_asked = await begins(office)
        async with a_bot_everywhere(world, clock):
            refused, review = await fills_in(office["Priya"])
            await asks_for_a_change(office["Aisha"])
            await changes_only_that(office["Priya"])
            second_click = await clicks_twice(office["Aisha"])
            await everybody_else_says_yes(office)
            told = await office["Priya"].is_told("You may create the site.")
            await all_locked(office)
            screens = [await person.screen() for person in office.values()]
        return Story(
            times_asked=times_asked,
            refused=refused.text,
            review=review.text,
            changed=what_changed(world),
            second_click=second_click.text,
            told=told.text,
            cards=[seen for screen in screens for seen in screen if "R-1 (" in seen.text],
            unreadable=sum(not post.blocks for screen in office.values() for post in screen.user.sees()),
        )


async def begins(office: dict[str, AtSlack]) -> int:
    """Start the form from an answer, ask about the policy in between, and get as far as the ages."""
    for person in office.values():
        await person.user.opens_messages()
    priya = office["Priya"]
    await asks_first(priya)
    await answers(priya, *TEAM, *PURPOSE)
    times_asked = await asks_about_the_policy_meanwhile(priya)
    await answers(priya, WHAT, WHO_IT_IS_FOR, TOO_YOUNG)
    return times_asked


async def asks_about_the_policy_meanwhile(priya: Worker) -> int:
    """Ask something else in the middle; return how often the question of the form stands on the screen then."""
    await priya.reads(WHAT.asks)
    await priya.says("can I post photos of pupils?")
    await priya.reads("Back to the form.")
    await asyncio.sleep(0.2)  # so that a third one could be seen
    return sum(WHAT.asks in seen.text for seen in await priya.screen())


async def fills_in(priya: AtSlack) -> tuple[Seen, Seen]:
    """Answer the rest and send it; return what was said to pupils of twelve, and the review."""
    await answers(priya, CONTRIBUTORS, *MODERATION, HOST)
    refused = await priya.reads("at least 13")
    await answers(priya, *MENDED, *DAYS)
    await fills_in_the_rest(priya)
    review = await priya.reads(READY)
    await sends(priya)
    return refused, review


async def clicks_twice(aisha: AtSlack) -> Seen:
    """Press Approve twice before the card can lock; return what is said to the second press."""
    await aisha.is_told(BETTER_CONTENT)
    await asyncio.gather(*(aisha.presses("Approve", on=BETTER_CONTENT) for _ in range(2)))
    return await aisha.is_told("answered already")


def what_changed(world: World) -> set[str]:
    """Return the questions whose answers differ between the two versions that were sent."""
    database = Database(world.database_url)
    with database.begin() as uow:
        first, second = uow.requests.sendings(RequestId(1))
    database.close()
    return {key for key in {*first.answers, *second.answers} if first.answers.get(key) != second.answers.get(key)}


def test_a_question_about_the_policy_is_answered_and_the_form_goes_on_with_its_own_asked_once_more(
    story: Story,
) -> None:
    assert story.times_asked == 2


def test_a_host_that_is_too_old_for_the_pupils_stops_the_form_with_the_clause(story: Story) -> None:
    assert "Instagram" in story.refused
    assert "(A.2.5)" in story.refused


def test_nothing_is_lost_when_the_bot_is_stopped_in_the_middle_of_the_form(story: Story) -> None:
    assert [line for line in LINES if line not in story.review] == []


def test_the_requester_changes_only_what_was_asked(story: Story) -> None:
    assert story.changed == {"content"}


def test_a_second_click_gets_a_polite_answer(story: Story) -> None:
    assert "nothing left for you to do" in story.second_click


def test_the_requester_is_told_that_the_headteacher_has_approved(story: Story) -> None:
    assert "Grace Sample, Headteacher/Principal, approved R-1." in story.told
    assert "“Lovely idea.”" in story.told


def test_every_card_locks_where_it_stands(story: Story) -> None:
    # Aisha was asked twice; three of the leadership team for two things each; three others once.
    assert len(story.cards) == 2 + 3 * 2 + 3
    assert all(card.changes > 0 and not DECIDING & set(card.labels) for card in story.cards)


def test_slack_shows_every_message_as_it_was_meant(story: Story) -> None:
    assert story.unreadable == 0
