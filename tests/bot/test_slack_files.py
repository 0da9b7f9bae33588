"""A file that goes with a message: into the person's own conversation, once, or the message says what to do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.channels.base import Sent, TryAgain
from bot.channels.slack.files import NOT_IN_PUBLIC, NOT_TAKEN
from tests.clients.slack_desk import slack_desk
from tests.clients.slack_peer import Trip
from tests.clients.slack_stage import HTTP, slack_stage
from tests.gallery_form import PAPER

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.clients.slack_desk import Desk

assert PAPER.attachment is not None
FILE = PAPER.attachment


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with slack_desk() as opened:
        yield opened


async def test_the_file_comes_whole_and_the_message_after_it(desk: Desk) -> None:
    result = await desk.send(desk.in_private().to_text(), PAPER)

    file, message = desk.amira.sees()
    assert isinstance(result, Sent)
    assert file.file is not None
    assert (file.file.name, file.file.content) == (FILE.name, FILE.content)
    assert message.text.startswith(PAPER.title)
    assert NOT_TAKEN not in message.text


async def test_in_a_thread_the_file_stands_in_the_thread(desk: Desk) -> None:
    await desk.send(desk.in_private().to_text(), replace(PAPER, attachment=None))
    (first,) = desk.amira.sees()

    await desk.send(replace(desk.in_private(), thread=first.ts).to_text(), PAPER)

    assert [post.thread_ts for post in desk.amira.sees()] == ["", first.ts, first.ts]


@pytest.mark.parametrize(
    ("method", "trip"),
    [
        ("files.getUploadURLExternal", Trip(error="missing_scope")),
        ("files.getUploadURLExternal", Trip(status=429, headers={"Retry-After": "30"})),
        ("files.getUploadURLExternal", Trip(body='{"ok": true}')),
        ("files.getUploadURLExternal", Trip(body='{"ok": true, "file_id": 1, "upload_url": null}')),
        ("upload", Trip(status=500)),
        ("upload", Trip(status=302, headers={"Location": "https://evil.example/"})),
        ("upload", Trip(wait=2)),
        ("files.completeUploadExternal", Trip(error="file_not_found")),
        ("files.completeUploadExternal", Trip(status=503)),
    ],
)
async def test_where_slack_takes_no_file_the_message_says_so_and_what_to_do(
    desk: Desk, method: str, trip: Trip
) -> None:
    desk.peer.trip(method, trip)

    result = await desk.send(desk.in_private().to_text(), PAPER)

    (message,) = desk.amira.sees()
    assert isinstance(result, Sent)
    assert NOT_TAKEN in message.text
    assert FILE.otherwise in message.text


@pytest.mark.parametrize("url", ["https://evil.example/upload", "http://169.254.169.254/", "file:///etc/passwd", ""])
async def test_a_file_goes_to_no_address_that_is_not_slacks(desk: Desk, url: str) -> None:
    answer = f'{{"ok": true, "file_id": "F1", "upload_url": "{url}"}}'
    desk.peer.trip("files.getUploadURLExternal", Trip(body=answer))

    await desk.send(desk.in_private().to_text(), PAPER)

    assert desk.peer.called("upload") == []
    assert desk.peer.called("files.completeUploadExternal") == []


async def test_in_front_of_others_no_file_is_given(desk: Desk) -> None:
    await desk.send(desk.in_the_room().to_text(), PAPER)

    (message,) = desk.amira.sees(desk.room)
    assert NOT_IN_PUBLIC in message.text
    assert desk.peer.called("files.getUploadURLExternal") == []


async def test_a_message_that_is_tried_again_brings_its_file_once(desk: Desk) -> None:
    desk.peer.trip("chat.postMessage", Trip(status=503))
    address = desk.in_private().to_text()

    first = await desk.sender.send(address, PAPER, key="one message")
    second = await desk.sender.send(address, PAPER, key="one message")

    assert isinstance(first, TryAgain)
    assert isinstance(second, Sent)
    assert [post.file is not None for post in desk.amira.sees()] == [True, False]


async def test_the_bot_does_not_take_its_own_file_for_something_said() -> None:
    async with slack_stage(HTTP) as stage:
        amira = stage.peer.user("Amira")
        stage.dispatch.says = lambda _event: (PAPER,)
        await amira.says("my form please")

        await stage.send()
        await stage.peer.settle()

        assert len(stage.dispatch.arrived) == 1
        assert [post.file.name for post in amira.sees() if post.file] == [FILE.name]
