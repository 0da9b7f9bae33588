"""Answers in shared places are private first; sharing is a press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.clients.teams_user import User as TeamsUser
from tests.journeys.whole_bot import a_running_bot, a_world

if TYPE_CHECKING:
    from pathlib import Path


async def test_a_mention_in_slack_is_answered_to_the_asker_until_she_shares_it(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, a_running_bot(world):
        priya, tom = world.slack.user("Priya", email="priya.sample@elm-academy.example"), world.slack.user("Tom")
        room = world.slack.world.add_room("staffroom", priya.person, tom.person)

        await priya.mentions("can i friend a parent?", room=room)
        answer = await priya.reads(room)
        assert tom.sees(room) == []
        await priya.presses("Share here", on=answer, room=room)
        shared = await tom.reads(room)

    assert answer.text.startswith("No.")
    assert "5.4" in shared.text
    assert "Shared by Priya Sample." in shared.text


async def test_a_mention_in_a_teams_channel_is_answered_to_the_asker_until_she_shares_it(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, a_running_bot(world):
        priya, thread = TeamsUser(world.teams, "Priya"), world.teams.talk("19:x@thread.tacv2;messageid=17", "channel")

        await priya.mention(thread, "can i friend a parent?")
        await world.teams.until(priya.sees)
        assert thread.cards() == []
        await priya.press("Share here")
        await world.teams.until(thread.cards)
        world.teams.check()

        assert "5.4" in priya.reads(thread)


async def test_an_urgent_answer_cannot_be_shared(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, a_running_bot(world):
        priya = world.slack.user("Priya")
        room = world.slack.world.add_room("staffroom", priya.person)

        await priya.mentions("a pupil wrote in our comments that she's scared to go home", room=room)
        answer = await priya.reads(room)

    assert "Share here" not in answer.labels


async def test_a_clause_is_one_press_away_in_teams(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, a_running_bot(world):
        priya = TeamsUser(world.teams, "Priya")

        await priya.say("can i friend a parent?")
        await world.teams.until(priya.sees)
        await priya.press("See 5.3(a)")
        await world.teams.until(lambda: len(priya.sees()) > 1)
        world.teams.check()

        assert "Your own family" in priya.reads()
