"""The questions of the first day, asked in every channel of the whole bot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.clients.slack_stage import HTTP, SOCKET
from tests.clients.teams_user import User as TeamsUser
from tests.journeys.whole_bot import a_running_bot, a_web_chat, a_world

if TYPE_CHECKING:
    from pathlib import Path

# question → what the reply must say, in this order of importance
FIRST_DAY = {
    "can i friend a parent?": ("No.", "5.4", "your own family", "Headteacher/Principal"),
    "can I put the school logo on my LinkedIn": ("Only with approval.", "4.5", "Headteacher/Principal"),
    "how many moderators do we need": ("Two at least", "A.5.4"),
    "how much maternity leave do I get": ("The policy does not say.", "Headteacher/Principal"),
    "a pupil wrote in our comments that she's scared to go home": ("999", "safeguarding lead", "CEOP", "A.2.3"),
}


@pytest.mark.parametrize("question", FIRST_DAY)
async def test_the_web_chat_answers(tmp_path: Path, question: str) -> None:
    async with a_world(tmp_path) as world, a_web_chat(world) as priya:
        (shown,) = await priya.say(question)

    assert_says(shown.text, FIRST_DAY[question])


@pytest.mark.parametrize("transport", [HTTP, SOCKET])
@pytest.mark.parametrize("question", FIRST_DAY)
async def test_slack_answers(tmp_path: Path, question: str, transport: str) -> None:
    async with a_world(tmp_path, transport=transport) as world, a_running_bot(world):
        priya = world.slack.user("Priya", email="priya.sample@elm-academy.example")

        delivery = await priya.says(question)
        answer = await priya.reads()

    assert delivery.acknowledged
    assert delivery.seconds < 1
    assert_says(answer.text, FIRST_DAY[question])


@pytest.mark.parametrize("question", FIRST_DAY)
async def test_teams_answers(tmp_path: Path, question: str) -> None:
    async with a_world(tmp_path) as world, a_running_bot(world):
        priya = TeamsUser(world.teams, "Priya")

        assert await priya.say(question) < 300
        await world.teams.until(priya.sees)
        world.teams.check()

        assert_says(priya.reads(), FIRST_DAY[question])


async def test_the_escalation_block_stands_before_everything_else(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, a_web_chat(world) as priya:
        (shown,) = await priya.say("a pupil wrote in our comments that she's scared to go home")

    assert shown.text.index("999") < shown.text.index("Act now.")
    assert "I have told nobody" in shown.text


async def test_nursery_staff_see_their_manager_beside_the_headteacher(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, a_running_bot(world):
        ellie = world.slack.user("Ellie", email="ELLIE.sample@little-acorns.example")

        await ellie.says("can I put the logo on my LinkedIn")
        answer = await ellie.reads()

    assert "Nursery Manager" in answer.text


async def test_three_people_in_three_settings_read_three_different_names(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, a_web_chat(world) as user:
        answers = []
        for person in ("priya-sample", "oliver-sample", "ellie-sample"):
            await user.become(person)
            (shown,) = await user.say("can I put the school logo on my LinkedIn")
            answers.append(shown.text)

    for text, head in zip(answers, ("Grace Sample", "Ngozi Example", "Fatima Sample"), strict=True):
        assert_says(text, (head,))


async def test_somebody_unknown_gets_the_policy(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, a_running_bot(world):
        stranger = world.slack.user("Stranger", email="who@elsewhere.example")

        await stranger.says("can i friend a parent?")
        answer = await stranger.reads()

    assert_says(answer.text, ("No.", "5.4"))
    assert "Sample" not in answer.text


async def test_a_follow_up_keeps_the_topic_in_slack(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, a_running_bot(world):
        priya = world.slack.user("Priya")

        await priya.says("Can I follow a pupil on Instagram?")
        await priya.reads()
        await priya.says("what about her mum?")
        answer = await priya.reads()

    assert_says(answer.text, ("No.", "5.4"))


def assert_says(text: str, wanted: tuple[str, ...]) -> None:
    """Fail, naming what is missing, unless a reply says everything wanted."""
    missing = [words for words in wanted if words not in text]
    assert not missing, f"{missing} missing from: {text}"
