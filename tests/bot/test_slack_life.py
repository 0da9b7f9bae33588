"""The Slack channel starts, knows whether it is well, and stops."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from bot.channels.slack.listen import SlackChannel
from bot.channels.slack.sdk_log import quiet_logger
from bot.channels.slack.socket_link import SocketLink
from bot.secret import Secret
from tests.clients.slack_peer import SlackPeer, Trip
from tests.clients.slack_stage import HTTP, SOCKET, FakeDispatch, config_for, slack_stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def peer() -> AsyncIterator[SlackPeer]:
    peer = SlackPeer()
    await peer.start()
    yield peer
    await peer.stop()


@pytest.mark.parametrize("transport", [HTTP, SOCKET])
async def test_a_connected_channel_is_well_and_a_stopped_one_may_be_stopped_again(transport: str) -> None:
    async with slack_stage(transport) as stage:
        assert stage.channel.is_healthy()

        await stage.channel.stop()
        await stage.channel.stop()

        assert not stage.channel.is_healthy()


async def test_socket_mode_opens_no_address(peer: SlackPeer) -> None:
    app = web.Application()

    SlackChannel(config_for(peer, SOCKET), FakeDispatch()).add_routes(app)

    assert list(app.router.routes()) == []


async def test_a_line_slack_wants_renewed_is_dialled_again_and_still_works() -> None:
    async with slack_stage(SOCKET) as stage:
        await stage.peer.socket.refresh()

        delivery = await stage.peer.user("Amira").says("still there?")

        assert delivery.acknowledged
        assert stage.peer.socket.connections == 2
        assert stage.channel.is_healthy()


async def test_a_wrong_token_is_reported_and_the_rest_of_the_bot_starts(
    peer: SlackPeer, caplog: pytest.LogCaptureFixture
) -> None:
    config = replace(config_for(peer, HTTP), bot_token=Secret("xoxb-wrong"))
    channel = SlackChannel(config, FakeDispatch())

    await channel.start()

    assert not channel.is_healthy()
    assert "did not accept the bot token" in caplog.text
    assert "xoxb-wrong" not in caplog.text
    await channel.stop()


async def test_a_token_of_another_workspace_is_reported(peer: SlackPeer, caplog: pytest.LogCaptureFixture) -> None:
    channel = SlackChannel(replace(config_for(peer, HTTP), team_ids=("T0OTHER",)), FakeDispatch())

    await channel.start()

    assert "ASKFIRST_SLACK_TEAM_IDS" in caplog.text
    await channel.stop()


async def test_a_bot_that_does_not_know_its_name_yet_asks_slack_to_repeat_a_mention() -> None:
    async with slack_stage(HTTP) as stage:
        amira = stage.peer.user("Amira")
        room = stage.peer.world.add_room("room", amira.person)
        stage.channel._me = ""
        stage.peer.trip("auth.test", Trip(status=500))

        delivery = await amira.mentions("may I?", room=room)

        assert (delivery.acknowledged, delivery.attempts) == (True, 2)
        assert len(stage.dispatch.events) == 1


async def test_slack_out_of_reach_does_not_keep_the_bot_from_starting(
    peer: SlackPeer, caplog: pytest.LogCaptureFixture
) -> None:
    peer.trip("apps.connections.open", *[Trip(error="internal_error")] * 3)
    channel = SlackChannel(config_for(peer, SOCKET), FakeDispatch())
    assert isinstance(channel._link, SocketLink)

    await channel._link.start(patience=0.2)

    assert not channel.is_healthy()
    assert "keeps trying" in caplog.text
    assert peer.app_token not in caplog.text
    await channel.stop()


async def test_a_token_revoked_later_makes_the_channel_unwell_until_it_works_again() -> None:
    async with slack_stage(HTTP) as stage:
        amira = stage.peer.user("Amira")
        stage.peer.trip("chat.postMessage", Trip(error="token_revoked"))
        await amira.says("one")
        await stage.send()
        after_refusal = stage.channel.is_healthy()

        await amira.says("two")
        await stage.send()

        assert (after_refusal, stage.channel.is_healthy()) == (False, True)


async def test_a_lost_line_makes_the_channel_unwell() -> None:
    async with slack_stage(SOCKET) as stage:
        stage.peer.trip("apps.connections.open", *[Trip(error="internal_error")] * 5)

        await stage.peer.socket.close()
        async with asyncio.timeout(5):
            while len(stage.peer.called("apps.connections.open")) < 2:  # noqa: ASYNC110 - nothing to wait on
                await asyncio.sleep(0.01)

        assert not stage.channel.is_healthy()


def test_slacks_own_packages_log_neither_secrets_nor_what_an_exception_says(
    caplog: pytest.LogCaptureFixture,
) -> None:
    logger = quiet_logger()

    logger.info("a body")
    try:
        raise ValueError("what somebody typed")  # noqa: TRY301 - an exception with words, to be logged
    except ValueError:
        logger.exception("Retrying %s with %s", "wss://slack.example/link?ticket=abc", "xoxb-1-fake")

    (record,) = caplog.records
    assert record.getMessage() == "Retrying (hidden) with (hidden)"
    assert "somebody typed" not in caplog.text
