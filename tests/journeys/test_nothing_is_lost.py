"""Crashes, repeats and platforms that are away: an acknowledged question is answered, once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from storage.database import Database
from tests.clients.slack_peer import Trip
from tests.clients.teams_user import User as TeamsUser
from tests.journeys.whole_bot import a_running_bot, a_world

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.whole_bot import World


async def test_an_acknowledged_question_is_answered_after_a_restart(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        priya = world.slack.user("Priya")
        async with a_running_bot(world):
            world.slack.trip("chat.postMessage", Trip(status=503))
            delivery = await priya.says("can i friend a parent?")
            await asyncio.sleep(0.3)
            assert priya.sees() == []

        async with a_running_bot(world):
            answer = await priya.reads(within=20)

    assert delivery.acknowledged
    assert answer.text.startswith("No.")


async def test_a_repeat_after_a_restart_is_answered_once(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        priya = world.slack.user("Priya")
        event = {
            "type": "message",
            "channel_type": "im",
            "user": priya.person.id,
            "text": "can i friend a parent?",
            "channel": world.slack.world.dm(priya.person.id).id,
            "ts": world.slack.world.new_ts(),
        }
        async with a_running_bot(world):
            await world.slack.deliver_event("message.im", event, event_id="Ev-the-same")
            await priya.reads()

        async with a_running_bot(world):
            again = await world.slack.deliver_event("message.im", event, event_id="Ev-the-same")
            await asyncio.sleep(0.5)

        assert again.acknowledged
        assert len(priya.sees()) == 1


async def test_a_repeat_in_teams_is_answered_once(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, a_running_bot(world):
        priya = TeamsUser(world.teams, "Priya")

        await priya.say("can i friend a parent?", id="the-same")
        await world.teams.until(priya.sees)
        await priya.say("can i friend a parent?", id="the-same")
        await asyncio.sleep(0.5)

        assert len(priya.sees()) == 1


async def test_what_was_typed_is_nowhere_in_the_database(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, a_running_bot(world):
        priya = world.slack.user("Priya")

        await priya.says("Can I friend Bartholomew Quixote's mum on Facebook?")
        await priya.reads()

        kept, answers = _kept_in(tmp_path), _answers(world)

    assert b"Bartholomew" not in kept
    assert answers == 1


def _kept_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


def _answers(world: World) -> int:
    """Count the answers kept, so that an empty database cannot pass this test."""
    database = Database(world.database_url)
    with database.begin() as uow:
        count = uow.answers.count()
    database.close()
    return count
