"""Where a message ends up when Slack will not have it where it should go."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.channels.base import GivenUp, Sent, TryAgain
from bot.channels.slack.address import Address, Place
from bot.channels.slack.send import NOT_HERE
from handlers.message import Audience, Message
from tests.clients.slack_desk import slack_desk
from tests.clients.slack_peer import Trip
from tests.gallery import ANSWER_NO, REPLACED

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.clients.slack_desk import Desk


EVERYONE = Message(title="Shared.", audience=Audience.EVERYONE)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with slack_desk() as opened:
        yield opened


@pytest.mark.parametrize(
    ("trip", "result"),
    [
        (Trip(status=429, headers={"Retry-After": "30"}), TryAgain(why="ratelimited", after=timedelta(seconds=30))),
        (Trip(status=429, body="busy", content_type="text/plain"), TryAgain(why="ratelimited")),
        (Trip(status=500, body="{}"), TryAgain(why="http_500")),
        (Trip(status=503, body="<h1>Away</h1>", content_type="text/html"), TryAgain(why="http_503")),
        (Trip(status=502, body="no JSON"), TryAgain(why="http_502")),
        (Trip(error="internal_error"), TryAgain(why="internal_error")),
        (Trip(error="invalid_auth"), TryAgain(why="invalid_auth")),
        (Trip(error="missing_scope"), TryAgain(why="missing_scope")),
        (Trip(wait=2), TryAgain(why="TimeoutError")),
        (Trip(error="channel_not_found"), GivenUp(why="channel_not_found")),
        (Trip(error="is_archived"), GivenUp(why="is_archived")),
        (Trip(error="account_inactive"), GivenUp(why="account_inactive")),
        (Trip(error="restricted_action"), GivenUp(why="restricted_action")),
    ],
)
async def test_slacks_answer_decides_whether_to_try_again(desk: Desk, trip: Trip, result: TryAgain | GivenUp) -> None:
    desk.peer.trip("chat.postMessage", trip)

    assert await desk.send(desk.in_private().to_text(), ANSWER_NO) == result


@pytest.mark.parametrize("content_type", ["text/html", "text/plain"])
async def test_a_page_that_is_not_slacks_is_tried_again(desk: Desk, content_type: str) -> None:
    desk.peer.trip("chat.postMessage", Trip(body="<h1>Log in to the Wi-Fi</h1>", content_type=content_type))

    result = await desk.send(desk.in_private().to_text(), ANSWER_NO)

    assert isinstance(result, TryAgain)


async def test_slack_out_of_reach_is_tried_again(desk: Desk) -> None:
    await desk.peer.stop()

    result = await desk.send(desk.in_private().to_text(), ANSWER_NO)

    assert isinstance(result, TryAgain)


@pytest.mark.parametrize("text", ["", "{}", "not an address"])
async def test_an_address_of_another_channel_is_given_up(desk: Desk, text: str) -> None:
    assert await desk.send(text, ANSWER_NO) == GivenUp(why="address_not_ours")


@pytest.mark.parametrize("error", ["invalid_blocks", "msg_blocks_too_long"])
async def test_an_answer_whose_layout_slack_refuses_goes_as_plain_text(desk: Desk, error: str) -> None:
    desk.peer.trip("chat.postMessage", Trip(error=error))

    result = await desk.send(desk.in_private().to_text(), ANSWER_NO)

    (post,) = desk.amira.sees()
    assert isinstance(result, Sent)
    assert post.text.startswith(ANSWER_NO.title)
    assert post.blocks == []


@pytest.mark.parametrize("error", ["user_not_in_channel", "not_in_channel", "channel_not_found", "is_archived"])
async def test_an_answer_that_cannot_be_shown_in_the_channel_comes_in_private(desk: Desk, error: str) -> None:
    desk.peer.trip("chat.postEphemeral", Trip(error=error))

    result = await desk.send(desk.in_the_room().to_text(), ANSWER_NO)

    (post,) = desk.amira.sees()
    assert isinstance(result, Sent)
    assert post.buttons[0]["block_id"] == "dm::0"
    assert desk.amira.sees(desk.room) == []


async def test_an_answer_the_channel_is_too_busy_for_waits_and_is_not_sent_twice(desk: Desk) -> None:
    desk.peer.trip("chat.postEphemeral", Trip(status=429, headers={"Retry-After": "3"}))

    result = await desk.send(desk.in_the_room().to_text(), ANSWER_NO)

    assert result == TryAgain(why="ratelimited", after=timedelta(seconds=3))
    assert desk.amira.sees() == []


async def test_who_shares_in_a_channel_without_the_bot_is_told_how_to_invite_it(desk: Desk) -> None:
    desk.room.members.discard(desk.peer.world.bot_user)

    result = await desk.send(desk.in_the_room().to_text(), EVERYONE)

    assert result == GivenUp(why="not_in_channel")
    assert [post.text for post in desk.amira.sees()] == [NOT_HERE.title]


async def test_a_message_that_is_gone_is_not_replaced_but_said_anew(desk: Desk) -> None:
    address = replace(desk.in_private(), pressed="1763000000.999999")

    result = await desk.send(address.to_text(), REPLACED)

    assert isinstance(result, Sent)
    assert [post.text for post in desk.amira.sees()] == [REPLACED.title]


async def test_what_is_for_everybody_does_not_replace_what_one_person_sees(desk: Desk) -> None:
    await desk.send(desk.in_the_room().to_text(), ANSWER_NO)
    (fleeting,) = desk.amira.sees(desk.room)
    address = replace(
        desk.in_the_room(), pressed=fleeting.ts, fleeting=True, response_url=f"{desk.peer.url}/response/x"
    )

    await desk.send(address.to_text(), replace(EVERYONE, replaces=True))

    assert [post.text for post in desk.amira.sees(desk.room)][1:] == [EVERYONE.title]
    assert desk.peer.called("chat.update") == []


async def test_what_everybody_reads_can_be_replaced_for_everybody(desk: Desk) -> None:
    await desk.send(desk.in_the_room().to_text(), EVERYONE)
    (shared,) = desk.amira.sees(desk.room)

    await desk.send(
        replace(desk.in_the_room(), pressed=shared.ts).to_text(),
        Message(title="Withdrawn.", audience=Audience.EVERYONE, replaces=True),
    )

    assert [post.text for post in desk.amira.sees(desk.room)] == ["Withdrawn."]


async def test_what_is_shared_after_the_command_belongs_to_the_channel(desk: Desk) -> None:
    address = replace(desk.in_the_room(), place=Place.ASIDE)

    await desk.send(address.to_text(), replace(ANSWER_NO, audience=Audience.EVERYONE))

    (shared,) = desk.amira.sees(desk.room)
    assert shared.buttons[0]["block_id"] == "shared::0"


async def test_a_layout_refused_at_a_response_url_goes_as_plain_text(desk: Desk) -> None:
    desk.peer.trip("response_url", Trip(status=400, body="invalid_blocks"))
    await desk.send(desk.in_the_room().to_text(), ANSWER_NO)
    (post,) = desk.amira.sees(desk.room)
    url = desk.amira.press_payload(post, post.buttons[0])["response_url"]
    address = replace(desk.in_the_room(), pressed=post.ts, fleeting=True, response_url=url)

    result = await desk.send(address.to_text(), REPLACED)

    assert isinstance(result, Sent)
    assert [(post.text, post.blocks) for post in desk.amira.sees(desk.room)] == [(REPLACED.title, [])]


async def test_a_person_slack_no_longer_knows_is_given_up(desk: Desk) -> None:
    address = Address(place=Place.ASIDE, channel="C404", user="U404")

    assert await desk.send(address.to_text(), ANSWER_NO) == GivenUp(why="user_not_found")


async def test_a_response_url_out_of_reach_is_tried_again(desk: Desk) -> None:
    address = replace(desk.in_the_room(), place=Place.ASIDE, response_url=f"{desk.peer.url}/response/x")
    await desk.peer.stop()

    assert isinstance(await desk.send(address.to_text(), ANSWER_NO), TryAgain)


async def test_before_the_start_a_response_url_waits(desk: Desk) -> None:
    address = replace(desk.in_the_room(), place=Place.ASIDE, response_url=f"{desk.peer.url}/response/x")
    await desk.api.close()

    assert await desk.send(address.to_text(), ANSWER_NO) == TryAgain(why="not_started")


async def test_a_message_that_replaces_nothing_is_simply_said(desk: Desk) -> None:
    await desk.send(desk.in_private().to_text(), REPLACED)

    assert [post.text for post in desk.amira.sees()] == [REPLACED.title]


async def test_a_response_url_that_is_used_up_leads_to_a_private_message(desk: Desk) -> None:
    address = Address(
        place=Place.ASIDE,
        channel="C404",
        user=desk.amira.person.id,
        response_url=f"{desk.peer.url}/response/used",
    )

    result = await desk.send(address.to_text(), ANSWER_NO)

    assert isinstance(result, Sent)
    assert desk.amira.sees()[0].text.startswith(ANSWER_NO.title)


async def test_a_response_url_that_is_busy_is_tried_again(desk: Desk) -> None:
    desk.peer.trip("response_url", Trip(status=429, headers={"Retry-After": "2"}), Trip(status=500))
    address = replace(desk.in_the_room(), place=Place.ASIDE, response_url=f"{desk.peer.url}/response/busy").to_text()

    assert await desk.send(address, ANSWER_NO) == TryAgain(why="ratelimited", after=timedelta(seconds=2))
    assert await desk.send(address, ANSWER_NO) == TryAgain(why="http_500")


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/hook",
        "http://hooks.slack.com/actions/1",
        "https://hooks.slack.com.evil.example/1",
        "https://hooks.slack.com@evil.example/1",
        "https://user:word@hooks.slack.com/1",
        "https://hooks.slack.com:8443/1",
        "http://127.0.0.1:1/response/x",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "//hooks.slack.com/1",
        "/response/x",
        "http://[",
        "",
    ],
)
async def test_a_response_url_that_does_not_lead_to_slack_is_never_called(desk: Desk, url: str) -> None:
    address = replace(desk.in_the_room(), place=Place.ASIDE, response_url=url)

    result = await desk.send(address.to_text(), ANSWER_NO)

    assert isinstance(result, Sent)
    assert desk.amira.sees()[0].text.startswith(ANSWER_NO.title)
    assert desk.peer.called("response_url") == []


async def test_a_response_url_that_sends_us_elsewhere_is_not_followed(desk: Desk) -> None:
    elsewhere = {"Location": f"{desk.peer.url}/response/elsewhere"}
    desk.peer.trip("response_url", Trip(status=307, headers=elsewhere))
    address = replace(desk.in_the_room(), place=Place.ASIDE, response_url=f"{desk.peer.url}/response/x")

    await desk.send(address.to_text(), ANSWER_NO)

    assert len(desk.peer.called("response_url")) == 1
    assert len(desk.amira.sees()) == 1


async def test_nothing_is_previewed_or_read_as_markup(desk: Desk) -> None:
    await desk.send(desk.in_private().to_text(), ANSWER_NO)

    (call,) = desk.peer.called("chat.postMessage")
    assert (call["unfurl_links"], call["unfurl_media"], call["mrkdwn"]) == (False, False, False)
