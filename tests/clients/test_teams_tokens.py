"""Only Microsoft, for our app, our tenant and Teams, may call the endpoint."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import jwt
import pytest
from aiohttp import ClientSession, TCPConnector

from bot.channels.teams.listen import TeamsChannel
from bot.config import TeamsConfig
from bot.secret import Secret
from tests.clients.teams_bot import HELLO, FakeListener, running_bot
from tests.clients.teams_keys import Signer, claims_for
from tests.clients.teams_peer import APP_ID, PASSWORD, TeamsPeer
from tests.clients.teams_user import User

if TYPE_CHECKING:
    from collections.abc import Callable

STRANGER = Signer(kid="key-1")
EARLIER = int(time.time()) - 4000  # noqa: TID251 - a token that has ended, in the real time

FORGED: dict[str, Callable[[TeamsPeer], str]] = {
    "no token": lambda _: "",
    "another scheme": lambda t: f"Basic {t.token()}",
    "a bearer without a token": lambda _: "Bearer ",
    "garbage": lambda _: "Bearer garbage",
    "three empty parts": lambda _: "Bearer ..",
    "letters beyond ASCII": lambda _: "Bearer é.é.é",
    "an ended token": lambda t: f"Bearer {t.token(exp=EARLIER)}",
    "a token that never ends": lambda t: f"Bearer {t.token(exp=None)}",
    "an end that is no number": lambda t: f"Bearer {t.token(exp='tomorrow')}",
    "a token from the future": lambda t: f"Bearer {t.token(nbf=EARLIER + 9000)}",
    "another issuer": lambda t: f"Bearer {t.token(iss='https://sts.windows.net/x/')}",
    "no issuer": lambda t: f"Bearer {t.token(iss=None)}",
    "another app": lambda t: f"Bearer {t.token(aud='99999999-2222-3333-4444-555555555555')}",
    "no audience": lambda t: f"Bearer {t.token(aud=None)}",
    "another service address": lambda t: f"Bearer {t.token(serviceurl='https://evil.example/')}",
    "no service address": lambda t: f"Bearer {t.token(serviceurl=None)}",
    "a stranger's key under a known id": lambda t: f"Bearer {STRANGER.sign(claims_for(APP_ID, t.service_url))}",
    "an unknown key id": lambda t: f"Bearer {Signer(kid='key-9').sign(claims_for(APP_ID, t.service_url))}",
    "a key id that is no text": lambda t: f"Bearer {t.signer.sign(claims_for(APP_ID, t.service_url), kid='')}",
    "a shared secret": lambda t: (
        "Bearer " + jwt.encode(claims_for(APP_ID, t.service_url), "x" * 40, algorithm="HS256", headers={"kid": "key-1"})
    ),
    "no algorithm": lambda t: (
        "Bearer " + jwt.encode(claims_for(APP_ID, t.service_url), "", algorithm="none", headers={"kid": "key-1"})
    ),
    "another algorithm": lambda t: f"Bearer {t.signer.sign(claims_for(APP_ID, t.service_url), algorithm='PS256')}",
}


@pytest.mark.parametrize("forgery", FORGED)
async def test_a_forged_or_unsigned_request_is_turned_away_and_nobody_hears_it(forgery: str) -> None:
    listener = FakeListener()
    async with TeamsPeer() as teams, running_bot(teams, listener):
        activity = User(teams, "Priya").activity(teams.talk("a:x", "personal"), type="message", text="hello")
        header = FORGED[forgery](teams)

        async with teams.client.post(
            teams.bot_url, json=activity, headers={"Authorization": header} if header else {}
        ) as answer:
            status = answer.status

    assert status == 401
    assert listener.events == []


@pytest.mark.parametrize(
    "changes",
    [
        {"serviceUrl": "https://evil.example/"},
        {"channelId": "emulator"},
        {"channelId": "directline"},
    ],
)
async def test_a_true_token_with_another_body_is_turned_away(changes: dict[str, str]) -> None:
    listener = FakeListener()
    async with TeamsPeer() as teams, running_bot(teams, listener):
        status = await User(teams, "Priya").say("hello", **changes)

    assert status == 401
    assert listener.events == []


async def test_a_key_that_may_not_speak_for_teams_is_turned_away() -> None:
    listener = FakeListener()
    async with TeamsPeer() as teams:
        teams.signer = Signer(kid="key-2", endorsements=("skype", "webchat"))
        teams.published = [teams.signer]
        async with running_bot(teams, listener):
            status = await User(teams, "Priya").say("hello")

    assert status == 401
    assert listener.events == []


@pytest.mark.parametrize("tenant", [{"id": "bbbbbbbb-0000-0000-0000-00000000000b"}, {}, None])
async def test_another_trusts_tenant_is_refused(tenant: dict[str, str] | None) -> None:
    listener = FakeListener()
    async with TeamsPeer() as teams, running_bot(teams, listener):
        priya = User(teams, "Priya")
        activity = priya.activity(priya.own, type="message", text="hello")
        activity["channelData"] = {"tenant": tenant}
        activity["conversation"]["tenantId"] = "bbbbbbbb-0000-0000-0000-00000000000b"

        status, _ = await teams.deliver(activity)

    assert status == 403
    assert listener.events == []


@pytest.mark.parametrize(
    "body",
    [
        b"{{{",
        b"",
        b"[]",
        b"null",
        b'"text"',
        b"\xff\xfe\xfd",
        b"[" * 100_000,
        b'{"type": "message"}',
        b'{"type": ["message"], "channelId": "msteams"}',
    ],
)
async def test_a_signed_body_that_is_no_activity_is_a_bad_request(body: bytes) -> None:
    listener = FakeListener()
    async with TeamsPeer() as teams, running_bot(teams, listener):
        status = await post(teams, body, "application/json")

    assert status == 400
    assert listener.events == []


async def test_an_unknown_charset_is_a_bad_request() -> None:
    async with TeamsPeer() as teams, running_bot(teams, FakeListener()):
        status = await post(teams, b"{}", "application/json; charset=klingon")

    assert status == 400


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
async def test_anything_but_json_is_not_taken(kind: str) -> None:
    async with TeamsPeer() as teams, running_bot(teams, FakeListener()):
        status = await post(teams, b"{}", kind)

    assert status == 415


async def test_after_microsoft_changes_its_keys_people_are_still_heard() -> None:
    async with TeamsPeer() as teams, running_bot(teams, FakeListener()) as channel:
        priya = User(teams, "Priya")
        await priya.say("before")
        teams.signer = Signer(kid="key-2")
        teams.published.append(teams.signer)
        channel._keys._tried_at = float("-inf")  # as if a minute had passed

        status = await priya.say("after")

        assert status == 200
        assert teams.key_fetches == 2


async def test_made_up_key_ids_do_not_make_the_bot_ask_microsoft_each_time() -> None:
    async with TeamsPeer() as teams, running_bot(teams, FakeListener()):
        priya = User(teams, "Priya")
        for number in range(5):
            teams.signer = Signer(kid=f"made-up-{number}", key=STRANGER.key)
            await priya.say("hello")

        assert teams.key_fetches == 1


async def test_without_any_key_the_answer_is_to_come_again_later() -> None:
    listener = FakeListener()
    async with TeamsPeer() as teams:
        good, teams.published = teams.published, []
        async with running_bot(teams, listener) as channel:
            status = await User(teams, "Priya").say("hello")
            healthy = channel.is_healthy()

    assert status == 503
    assert not healthy
    assert good
    assert listener.events == []


async def test_in_development_this_machine_may_talk_unsigned() -> None:
    listener = FakeListener()
    async with TeamsPeer(signed=False) as teams, running_bot(teams, listener) as channel:
        priya = User(teams, "Priya")

        status = await priya.say("hello")

        assert status == 200
        assert HELLO.title in priya.reads()
        assert channel.is_healthy()


async def test_in_development_replies_never_leave_this_machine() -> None:
    listener = FakeListener()
    async with TeamsPeer(signed=False) as teams, running_bot(teams, listener):
        statuses = [
            await User(teams, "Priya").say("hello", serviceUrl=url)
            for url in ("https://evil.example/", "http://10.0.0.8/", "http://[oops/", "nonsense")
        ]

    assert statuses == [403, 403, 403, 403]
    assert listener.events == []


async def test_in_development_a_caller_at_another_address_is_refused() -> None:
    listener = FakeListener()
    async with TeamsPeer(signed=False) as teams, running_bot(teams, listener):
        priya = User(teams, "Priya")
        activity = priya.activity(priya.own, type="message", text="hello")
        elsewhere = TCPConnector(local_addr=("127.0.0.2", 0))

        async with ClientSession(connector=elsewhere) as caller, caller.post(teams.bot_url, json=activity) as answer:
            status = answer.status

    assert status == 403
    assert listener.events == []


def test_a_bot_without_its_tenant_does_not_start() -> None:
    config = TeamsConfig(app_id=APP_ID, app_password=Secret(PASSWORD), tenant_id="")

    with pytest.raises(ValueError, match="tenant"):
        TeamsChannel(config, FakeListener())


async def post(teams: TeamsPeer, body: bytes, kind: str) -> int:
    headers: dict[str, Any] = {"Authorization": f"Bearer {teams.token()}", "Content-Type": kind}
    async with teams.client.post(teams.bot_url, data=body, headers=headers) as answer:
        return answer.status
