"""The door for signed HTTP: only Slack comes in, and a malformed request never is a fault of ours."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import aiohttp
import pytest

from tests.clients.slack_delivery import sign
from tests.clients.slack_peer import SlackPeer
from tests.clients.slack_stage import HTTP, Stage, slack_stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SECRET = SlackPeer.signing_secret
BODY = json.dumps({"type": "event_callback", "team_id": "T0TRUST", "event_id": "Ev1"}).encode()
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with slack_stage(HTTP) as stage:
        yield stage


async def post(url: str, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as answer:
        return answer.status, await answer.text()


def stamped(timestamp: str) -> dict[str, str]:
    return sign(SECRET, BODY) | {"X-Slack-Request-Timestamp": timestamp}


def marked(signature: str) -> dict[str, str]:
    return sign(SECRET, BODY) | {"X-Slack-Signature": signature}


def not_slack() -> dict[str, tuple[bytes, dict[str, str]]]:
    """Return requests that Slack never sent, signed at this moment: some are about their age."""
    return {
        "no signature at all": (BODY, {}),
        "a signature without its time": (BODY, {"X-Slack-Signature": sign(SECRET, BODY)["X-Slack-Signature"]}),
        "another secret": (BODY, sign("guessed", BODY)),
        "a body changed on the way": (BODY + b" ", sign(SECRET, BODY)),
        "six minutes old": (BODY, sign(SECRET, BODY, age=360)),
        "six minutes ahead": (BODY, sign(SECRET, BODY, age=-360)),
        "a time that is no number": (BODY, stamped("yesterday")),
        "a time with a sign": (BODY, stamped("-1763000000")),
        "a time of a thousand digits": (BODY, stamped("1" * 1000)),
        "a time in other digits": (BODY, stamped("١٧٦٣٠٠٠٠٠٠")),
        "an empty time": (BODY, stamped("")),
        "a signature that is not ASCII": (BODY, marked("v0=café")),
        "a signature that is too short": (BODY, marked("v0=abc")),
        "a signature of another version": (BODY, marked("v1=" + "0" * 64)),
        "an empty signature": (BODY, marked("")),
        "unsigned rubbish": (b"{{{", {}),
        "an unsigned question for the challenge": (b'{"type":"url_verification","challenge":"x"}', {}),
        "an unsigned certificate check": (b"ssl_check=1&token=x", FORM),
    }


NOT_READABLE: dict[str, tuple[bytes, dict[str, str]]] = {
    "broken JSON": (b"{{{", JSON),
    "JSON that is a list": (b"[1]", JSON),
    "JSON that is a number": (b"7", JSON),
    "JSON nested beyond reason": (b"[" * 100_000, JSON),
    "nothing at all, said to be JSON": (b"", JSON),
    "bad UTF-8": (b'{"type":"\xff"}', JSON),
    "bad UTF-8 in a form": (b"text=\xff", FORM),
    "a charset nobody knows": (BODY, {"Content-Type": "application/json; charset=klingon"}),
    "a charset Slack does not use": (BODY, {"Content-Type": "application/json; charset=utf-16"}),
    "a form whose payload is broken": (urlencode({"payload": "{"}).encode(), FORM),
    "a form whose payload is a list": (urlencode({"payload": "[]"}).encode(), FORM),
    "a form of a thousand fields": ("&".join(f"f{n}=1" for n in range(1000)).encode(), FORM),
    "a team that is a number": (b'{"type":"event_callback","team":7}', JSON),
    "authorisations that are text": (b'{"type":"event_callback","authorizations":"x"}', JSON),
}


@pytest.mark.parametrize("kind", not_slack())
async def test_what_slack_did_not_sign_just_now_is_refused(stage: Stage, kind: str) -> None:
    body, headers = not_slack()[kind]

    status, _ = await post(stage.url, body, JSON | headers)

    assert status == 401
    assert stage.dispatch.arrived == []


@pytest.mark.parametrize(("body", "headers"), NOT_READABLE.values(), ids=NOT_READABLE.keys())
async def test_what_cannot_be_read_is_refused_and_is_no_fault_of_ours(
    stage: Stage, body: bytes, headers: dict[str, str]
) -> None:
    status, _ = await post(stage.url, body, sign(SECRET, body) | headers)

    assert status == 400
    assert stage.dispatch.arrived == []


@pytest.mark.parametrize(
    "body",
    [
        {"type": "event_callback", "team_id": "T0TRUST", "event": "text"},
        {"type": "event_callback", "team_id": "T0TRUST", "event": {"type": "message", "channel_type": "im"}},
        {"type": "event_callback", "team_id": "T0TRUST", "event": {"type": "app_mention", "user": 7}},
        {"type": "block_actions", "team": {"id": "T0TRUST"}, "actions": []},
        {"type": "block_actions", "team": {"id": "T0TRUST"}, "actions": [{"action_id": "helpful:0"}]},
        {"type": "view_submission", "team": {"id": "T0TRUST"}, "view": {}},
        {"type": "view_submission", "team": {"id": "T0TRUST"}},
        {"type": "view_submission", "team": {"id": "T0TRUST"}, "view": ["x"]},
        {"type": "view_submission", "team": {"id": "T0TRUST"}, "view": {"callback_id": "save_section", "state": 7}},
        {"type": "block_actions", "team": {"id": "T0TRUST"}, "actions": ["x"], "container": "x"},
        {"command": "/policy", "team_id": "T0TRUST"},
    ],
)
async def test_a_signed_payload_with_parts_missing_is_never_a_fault_of_ours(
    stage: Stage, body: dict[str, object]
) -> None:
    raw = json.dumps(body).encode()

    status, _ = await post(stage.url, raw, sign(SECRET, raw) | JSON)

    assert status in (200, 400)
    assert stage.dispatch.arrived == []


async def test_slack_gets_its_challenge_back(stage: Stage) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "c-4711"}).encode()

    status, text = await post(stage.url, body, sign(SECRET, body) | JSON)

    assert (status, json.loads(text)) == (200, {"challenge": "c-4711"})


async def test_a_compressed_lie_is_refused(stage: Stage) -> None:
    status, _ = await post(stage.url, BODY, sign(SECRET, BODY) | JSON | {"Content-Encoding": "gzip"})

    assert status in (400, 401)


async def test_another_workspace_is_refused_and_slack_is_asked_not_to_insist(stage: Stage) -> None:
    body = json.dumps({"type": "event_callback", "team_id": "T0OTHER", "event": {"type": "message"}}).encode()

    async with (
        aiohttp.ClientSession() as session,
        session.post(stage.url, data=body, headers=sign(SECRET, body) | JSON) as answer,
    ):
        assert answer.status == 403
        assert answer.headers["X-Slack-No-Retry"] == "1"


async def test_a_fault_behind_the_door_is_told_by_reference_and_without_its_words(
    stage: Stage, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stumble(_request: object) -> None:
        raise KeyError("what somebody typed")

    monkeypatch.setattr(stage.channel._bolt, "async_dispatch", stumble)

    status, text = await post(stage.url, BODY, sign(SECRET, BODY) | JSON)

    (record,) = [record for record in caplog.records if record.name == "bot.channels.fault"]
    assert (status, text) == (500, "")
    assert record.__dict__["fault"] == "KeyError"
    assert len(record.__dict__["reference"]) == 8
    assert "somebody typed" not in caplog.text + str(record.__dict__)
