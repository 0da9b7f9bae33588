"""What the outbox sends again after a crash, and what counts as one conversation in Slack."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from bot.channels.base import Sent
from bot.channels.slack.listen import SlackChannel
from handlers.message import Audience, Message
from tests.clients.slack_desk import slack_desk
from tests.clients.slack_peer import Trip
from tests.clients.slack_stage import HTTP, FakeDispatch, config_for
from tests.gallery import ANSWER_NO

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.clients.slack_desk import Desk

EVERYONE = Message(title="Shared.", audience=Audience.EVERYONE)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with slack_desk() as opened:
        yield opened


async def test_a_message_sent_again_after_a_crash_is_shown_once(desk: Desk) -> None:
    address = desk.in_private().to_text()

    first = await desk.sender.send(address, ANSWER_NO, key="row 1")
    again = await desk.sender.send(address, ANSWER_NO, key="row 1")

    assert isinstance(first, Sent)
    assert isinstance(again, Sent)
    assert len(desk.amira.sees()) == 1


async def test_a_message_for_everybody_sent_again_after_a_crash_is_shown_once_and_calls_for_no_invitation(
    desk: Desk,
) -> None:
    for _ in range(2):
        result = await desk.sender.send(desk.in_the_room().to_text(), EVERYONE, key="row 1")
        assert isinstance(result, Sent)

    assert [post.text for post in desk.amira.sees(desk.room)] == [EVERYONE.title]
    assert desk.amira.sees() == []


async def test_two_messages_that_read_alike_are_both_shown(desk: Desk) -> None:
    for key in ("row 1", "row 2"):
        await desk.sender.send(desk.in_private().to_text(), ANSWER_NO, key=key)

    assert len(desk.amira.sees()) == 2


async def test_slack_is_given_a_mark_that_stays_the_same_and_tells_nothing(desk: Desk) -> None:
    desk.peer.trip("chat.postMessage", Trip(status=500), Trip(error="invalid_blocks"))
    for _ in range(2):
        await desk.sender.send(desk.in_private().to_text(), ANSWER_NO, key="row 1")

    marks = [call["client_msg_id"] for call in desk.peer.called("chat.postMessage")]
    assert marks[0] == marks[1] != marks[2]  # the plain words are a message of their own
    assert all(str(UUID(mark)) == mark and "row" not in mark for mark in marks)


async def test_everything_in_a_channel_counts_as_one_conversation_whoever_asked(desk: Desk) -> None:
    channel = SlackChannel(config_for(desk.peer, HTTP), FakeDispatch())
    addresses = [replace(desk.in_the_room(), user=user, thread=user).to_text() for user in ("U1", "U2")]

    assert {channel.conversation(address) for address in addresses} == {desk.room.id}
    assert channel.conversation("not an address") == "not an address"
