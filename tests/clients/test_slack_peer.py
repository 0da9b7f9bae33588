"""The imitation of Slack is as strict as Slack with tokens, scopes, rooms and people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from tests.clients.slack_filling import ClientRefuses
from tests.clients.slack_peer import SlackPeer, Trip
from tests.clients.slack_world import Post

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

BUTTON = {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": "go:0", "value": "1"}
BLOCKS = [{"type": "actions", "elements": [BUTTON]}]


class Caller:
    """Calls the Web API as a bot would."""

    def __init__(self, peer: SlackPeer, session: aiohttp.ClientSession) -> None:
        self.peer = peer
        self._session = session

    async def call(self, method: str, token: str = SlackPeer.bot_token, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401 - Slack's own arguments
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        url = self.peer.api_url + method
        async with self._session.post(url, json=arguments, headers=headers) as answer:
            data: dict[str, Any] = await answer.json()
            return data

    async def post(self, url: str, payload: dict[str, Any]) -> tuple[int, str]:
        async with self._session.post(url, json=payload) as answer:
            return answer.status, await answer.text()


@pytest.fixture
async def caller() -> AsyncIterator[Caller]:
    peer = SlackPeer()
    await peer.start()
    async with aiohttp.ClientSession() as session:
        yield Caller(peer, session)
    await peer.stop()


@pytest.mark.parametrize(("token", "error"), [("", "not_authed"), ("xoxb-guessed", "invalid_auth")])
async def test_nobody_posts_without_the_bots_token(caller: Caller, token: str, error: str) -> None:
    answer = await caller.call("chat.postMessage", token, channel="C1", text="x")

    assert answer == {"ok": False, "error": error}


async def test_a_socket_needs_the_app_token(caller: Caller) -> None:
    assert (await caller.call("apps.connections.open"))["error"] == "invalid_auth"
    assert (await caller.call("apps.connections.open", SlackPeer.app_token))["url"].startswith("ws://127.0.0.1:")


async def test_a_method_needs_its_scope(caller: Caller) -> None:
    caller.peer._methods._scopes = frozenset({"commands"})

    answer = await caller.call("chat.postMessage", channel="C1", text="x")

    assert (answer["error"], answer["needed"], answer["provided"]) == ("missing_scope", "chat:write", "commands")


async def test_the_manifest_asks_for_no_scope_that_no_call_or_event_needs(caller: Caller) -> None:
    assert caller.peer.scopes == {
        "app_mentions:read",
        "chat:write",
        "commands",
        "files:write",
        "im:history",
        "im:write",
        "users:read",
        "users:read.email",
    }


async def test_the_bot_posts_only_where_it_is_a_member(caller: Caller) -> None:
    amira, ben = caller.peer.user("Amira"), caller.peer.user("Ben")
    inside = caller.peer.world.add_room("inside", amira.person)
    outside = caller.peer.world.add_room("outside", amira.person, with_bot=False)
    closed = caller.peer.world.add_room("closed", amira.person)
    closed.is_archived = True

    def say(room: str) -> Any:  # noqa: ANN401 - an awaitable of Slack's answer
        return caller.call("chat.postMessage", channel=room, text="x")

    assert (await say(inside.id))["ok"]
    assert (await say(outside.id))["error"] == "not_in_channel"
    assert (await say(closed.id))["error"] == "is_archived"
    assert (await say("C404"))["error"] == "channel_not_found"
    assert (await say(ben.person.id))["channel"] == caller.peer.world.dm(ben.person.id).id


async def test_a_fleeting_message_needs_its_reader_in_the_room(caller: Caller) -> None:
    amira, ben = caller.peer.user("Amira"), caller.peer.user("Ben")
    room = caller.peer.world.add_room("room", amira.person)

    answer = await caller.call("chat.postEphemeral", channel=room.id, user=ben.person.id, text="x")

    assert answer["error"] == "user_not_in_channel"


async def test_a_fleeting_message_in_a_thread_without_replies_is_shown_to_nobody(caller: Caller) -> None:
    amira = caller.peer.user("Amira")
    room = caller.peer.world.add_room("room", amira.person)
    root = await caller.call("chat.postMessage", channel=room.id, text="root")
    where = {"channel": room.id, "user": amira.person.id, "thread_ts": root["ts"]}

    await caller.call("chat.postEphemeral", text="lost", **where)
    await caller.call("chat.postMessage", channel=room.id, thread_ts=root["ts"], text="reply")
    await caller.call("chat.postEphemeral", text="seen", **where)

    assert [post.text for post in amira.sees(room)] == ["root", "reply", "seen"]


async def test_only_the_bots_own_lasting_messages_can_be_changed(caller: Caller) -> None:
    amira = caller.peer.user("Amira")
    room = caller.peer.world.add_room("room", amira.person)
    theirs = caller.peer.world.post(Post(ts="1.1", room=room.id, author=amira.person.id, text="mine"))
    fleeting = await caller.call("chat.postEphemeral", channel=room.id, user=amira.person.id, text="x")

    def change(room_id: str, ts: str) -> Any:  # noqa: ANN401 - an awaitable of Slack's answer
        return caller.call("chat.update", channel=room_id, ts=ts, text="y")

    assert (await change(room.id, theirs.ts))["error"] == "cant_update_message"
    assert (await change(room.id, fleeting["message_ts"]))["error"] == "message_not_found"
    assert (await change(amira.person.id, theirs.ts))["error"] == "channel_not_found"


async def test_bad_blocks_are_refused_wherever_they_are_sent(caller: Caller) -> None:
    amira = caller.peer.user("Amira")
    room = caller.peer.world.add_room("room", amira.person)
    good = await caller.call("chat.postMessage", channel=room.id, text="x", blocks=BLOCKS)
    payload = amira.press_payload(amira.sees(room)[0], amira.sees(room)[0].buttons[0])
    bad = [{"type": "nonsense"}]

    posted = await caller.call("chat.postMessage", channel=room.id, text="x", blocks=bad)
    changed = await caller.call("chat.update", channel=room.id, ts=good["ts"], text="x", blocks=bad)
    responded = await caller.post(payload["response_url"], {"text": "x", "blocks": bad})

    assert (posted["error"], changed["error"], responded) == (
        "invalid_blocks",
        "invalid_blocks",
        (400, "invalid_blocks"),
    )


async def test_a_response_url_works_five_times(caller: Caller) -> None:
    amira = caller.peer.user("Amira")
    room = caller.peer.world.add_room("room", amira.person)
    await caller.call("chat.postMessage", channel=room.id, text="x", blocks=BLOCKS)
    post = amira.sees(room)[0]
    url = amira.press_payload(post, post.buttons[0])["response_url"]

    statuses = [(await caller.post(url, {"text": "again"}))[0] for _ in range(6)]

    assert statuses == [200, 200, 200, 200, 200, 404]


async def test_a_client_lets_nobody_press_what_is_not_on_their_screen(caller: Caller) -> None:
    amira, ben = caller.peer.user("Amira"), caller.peer.user("Ben")
    room = caller.peer.world.add_room("room", amira.person, ben.person)
    where = {"channel": room.id, "user": amira.person.id}
    await caller.call("chat.postEphemeral", text="x", blocks=BLOCKS, **where)
    post = amira.sees(room)[0]

    with pytest.raises(ClientRefuses, match="not on this person's screen"):
        await ben.presses("Go", on=post)
    with pytest.raises(ClientRefuses, match="no button 'Stop'"):
        await amira.presses("Stop", on=post)
    caller.peer.world.change(post, text="done", blocks=[])
    with pytest.raises(ClientRefuses, match="no button 'Go'"):
        await amira.presses("Go", on=post)


async def test_a_client_lets_nobody_do_what_slack_has_no_way_for(caller: Caller) -> None:
    amira, ben = caller.peer.user("Amira"), caller.peer.user("Ben")
    room = caller.peer.world.add_room("room", amira.person, with_bot=False)

    with pytest.raises(ClientRefuses, match="no empty message"):
        await amira.says("  ")
    with pytest.raises(ClientRefuses, match="not a valid command"):
        await amira.runs("x", command="/polcy")
    with pytest.raises(ClientRefuses, match="not in that channel"):
        await ben.runs("x", room=room)
    with pytest.raises(ClientRefuses, match="not in this channel"):
        await amira.mentions("x", room=room)
    with pytest.raises(ClientRefuses, match="no such thread"):
        await amira.says("x", thread="1.404")


async def test_an_event_the_manifest_does_not_subscribe_to_is_never_delivered(caller: Caller) -> None:
    caller.peer.manifest["settings"]["event_subscriptions"]["bot_events"] = ["app_mention"]

    delivery = await caller.peer.user("Amira").says("hello")

    assert delivery.attempts == 0


async def test_reads_take_no_json_body(caller: Caller) -> None:
    amira = caller.peer.user("Amira")

    answer = await caller.call("users.info", user=amira.person.id)

    assert answer["error"] == "user_not_found"


async def test_the_peer_can_be_told_to_stumble_once(caller: Caller) -> None:
    room = caller.peer.world.add_room("room")
    caller.peer.trip("chat.postMessage", Trip(error="internal_error"))

    first = await caller.call("chat.postMessage", channel=room.id, text="x")
    second = await caller.call("chat.postMessage", channel=room.id, text="x")

    assert (first["ok"], second["ok"]) == (False, True)
