"""The bot speaks first to somebody who never spoke to it: Slack finds them by their e-mail address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.channels.base import GivenUp, Sent, TryAgain
from handlers.inbound import BY_EMAIL
from handlers.message import Message
from tests.clients.slack_peer import Trip
from tests.clients.slack_stage import HTTP, Stage, slack_stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

AMIRA = f"{BY_EMAIL}amira@school.example"
CARD = Message(title="R-12: do you approve it?", card="12:head")
LOCKED = Message(title="R-12 is approved.", card="12:head", replaces=True)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with slack_stage(HTTP) as stage:
        yield stage


async def test_somebody_is_found_by_their_address_and_told_in_their_own_conversation(stage: Stage) -> None:
    amira = stage.peer.user("Amira", email="amira@school.example")

    result = await stage.channel.send(AMIRA, CARD, key="1")

    assert isinstance(result, Sent)
    assert [post.text for post in amira.sees()] == ["R-12: do you approve it?"]


async def test_the_card_they_were_shown_changes_in_its_place(stage: Stage) -> None:
    amira = stage.peer.user("Amira", email="amira@school.example")
    shown = await stage.channel.send(AMIRA, CARD, key="1")
    assert isinstance(shown, Sent)

    place = stage.channel.card(AMIRA, shown.message_id)
    await stage.channel.send(place, LOCKED, key="2")

    assert [post.text for post in amira.sees()] == ["R-12 is approved."]


async def test_nobody_with_that_address_is_given_up_and_nobody_else_is_told(stage: Stage) -> None:
    other = stage.peer.user("Other", email="other@school.example")

    result = await stage.channel.send(AMIRA, CARD, key="1")

    assert result == GivenUp(why="users_not_found")
    assert other.sees() == []


async def test_slack_in_trouble_is_tried_again_later(stage: Stage) -> None:
    stage.peer.user("Amira", email="amira@school.example")
    stage.peer.trip("users.lookupByEmail", Trip(status=500))

    assert isinstance(await stage.channel.send(AMIRA, CARD, key="1"), TryAgain)
