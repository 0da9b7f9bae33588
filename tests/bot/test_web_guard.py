"""Who gets in at the web chat and what is turned away: over real HTTP, one case a row."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from bot.channels.web.guard import LARGEST_BODY, is_this_machine
from tests.bot.web_server import TOKEN, RunningChat, running_chat
from tests.clients.web_user import open_web_user

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.clients.web_user import WebUser

GOOD = json.dumps({"event_id": "1", "text": "May I?"})
DEEP = "[" * 60_000


@pytest.fixture
async def chat() -> AsyncIterator[RunningChat]:
    async with running_chat() as running:
        yield running


@pytest.fixture
async def user(chat: RunningChat) -> AsyncIterator[WebUser]:
    async with open_web_user(chat.link) as opened:
        chat.listener.heard.clear()  # the greeting
        yield opened


def own_headers(user: WebUser, **changed: str | None) -> dict[str, str]:
    """Return the headers our page sends, with some changed or (None) left out."""
    usual: dict[str, str | None] = {"Origin": user.base, "Content-Type": "application/json"}
    changes = {name.replace("_", "-"): value for name, value in changed.items()}
    return {name: value for name, value in (usual | changes).items() if value is not None}


async def post(
    user: WebUser, headers: dict[str, str], body: str | bytes = GOOD, path: str = "/api/say"
) -> tuple[int, Any]:
    async with user.client.post(user.base + path, headers=headers, data=body) as response:
        return response.status, await response.json()


async def test_the_page_itself_may_ask(user: WebUser, chat: RunningChat) -> None:
    status, answer = await post(user, own_headers(user, Sec_Fetch_Site="same-origin"))

    assert status == 200
    assert answer["messages"][0]["text"].startswith("No. Staff must not")
    assert [event.text for event in chat.listener.said()] == ["May I?"]


@pytest.mark.parametrize(
    "host", ["localhost:{port}", "LOCALHOST:{port}", "127.0.0.1:{port}", "[::1]:{port}", "localhost"]
)
async def test_every_name_of_this_machine_is_welcome_with_any_port(user: WebUser, chat: RunningChat, host: str) -> None:
    name = host.format(port=chat.port)

    status, _ = await post(user, own_headers(user, Host=name, Origin=f"http://{name}", Cookie=cookie_of(user)))

    assert status == 200


@pytest.mark.parametrize(
    "host",
    [
        "school.example",
        "127.0.0.1.school.example",
        "127.0.0.2",
        "localhost.",
        "evil@127.0.0.1",
        "127.0.0.1:port",
        "0.0.0.0",  # noqa: S104 - a name to refuse, nothing is bound to it
    ],
)
async def test_a_strangers_name_that_points_at_this_machine_is_misdirected(
    user: WebUser, chat: RunningChat, host: str
) -> None:
    headers = own_headers(user, Host=host, Origin=f"http://{host}", Cookie=cookie_of(user))

    status, answer = await post(user, headers)
    async with user.client.get(user.base + "/", headers={"Host": host, "Cookie": cookie_of(user)}) as page:
        page_status = page.status

    assert (status, page_status) == (421, 421)
    assert "127.0.0.1" in answer["error"]
    assert chat.listener.said() == []


@pytest.mark.parametrize(
    "changed",
    [
        {"Origin": None},
        {"Origin": "null"},
        {"Origin": "https://school.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://localhost:{port}"},
        {"Origin": "https://127.0.0.1:{port}"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "none"},
    ],
)
@pytest.mark.parametrize("path", ["/api/say", "/api/press", "/api/person", "/api/news"])
async def test_another_page_cannot_ask_in_somebodys_name(
    user: WebUser, chat: RunningChat, changed: dict[str, str | None], path: str
) -> None:
    there = {name: value and value.format(port=chat.port) for name, value in changed.items()}

    status, answer = await post(user, own_headers(user, **there), path=path)

    assert status == 403
    assert "page" in answer["error"]
    assert chat.listener.heard == []


@pytest.mark.parametrize(
    ("content_type", "body", "expected"),
    [
        ("text/plain", GOOD, 415),
        ("application/x-www-form-urlencoded", "text=May+I", 415),
        ("application/json", "{not json", 400),
        ("application/json", b"\xff\xfe\x00", 400),
        ("application/json", DEEP, 400),
        ("application/json", "[]", 400),
        ("application/json", "{}", 400),
        ("application/json", '{"event_id": 1, "text": "May I?"}', 400),
        ("application/json", '{"event_id": "1", "text": null}', 400),
        ("application/json", '{"event_id": "", "text": "May I?"}', 400),
        ("application/json", '{"event_id": "a:b", "text": "May I?"}', 400),
        ("application/json", '{"event_id": "1", "text": "May I?", "person": "nobody"}', 400),
        ("application/json", json.dumps({"event_id": "1", "text": "x" * LARGEST_BODY}), 413),
    ],
)
async def test_a_body_that_is_no_question_is_refused_politely(
    user: WebUser, chat: RunningChat, content_type: str, body: str | bytes, expected: int
) -> None:
    status, answer = await post(user, own_headers(user, Content_Type=content_type), body)

    assert status == expected
    assert answer["error"].endswith(".")
    assert chat.listener.heard == []


@pytest.mark.parametrize(
    "body",
    [
        {"action": "drop_table", "about": "5.4"},
        {"action": "see_clause"},
        {"action": "see_clause", "about": ["5.4"]},
        {"action": "see_clause", "about": "5" * 151},
        {"action": "answer", "about": "12:aims", "values": "aims"},
        {"action": "answer", "about": "12:aims", "values": {"aims": "one text"}},
        {"action": "answer", "about": "12:aims", "values": {"aims": ["a", 1]}},
        {"action": "answer", "about": "12:aims", "values": {"aims": ["x" * 4_001]}},
        {"action": "answer", "about": "12:aims", "values": {"aims": ["x"] * 121}},
        {"action": "answer", "about": "12:aims", "values": {"": ["x"]}},
        {"action": "answer", "about": "12:aims", "values": {"a b": ["x"]}},
        {"action": "answer", "about": "12:aims", "values": {"a" * 41: ["x"]}},
        {"action": "answer", "about": "12:aims", "values": {f"field_{n}": [] for n in range(41)}},
    ],
)
async def test_a_button_that_was_never_shown_is_refused(
    user: WebUser, chat: RunningChat, body: dict[str, object]
) -> None:
    status, _ = await post(user, own_headers(user), json.dumps({"event_id": "1", **body}), "/api/press")

    assert status == 400
    assert chat.listener.heard == []


@pytest.mark.parametrize("after", [None, -1, 1.5, "1", True, 2**53, [1]])
async def test_news_are_told_from_a_number_on_and_from_nothing_else(user: WebUser, after: object) -> None:
    status, answer = await post(user, own_headers(user), json.dumps({"after": after}), "/api/news")

    assert status == 400
    assert "after" in answer["error"]


async def test_without_the_start_link_nobody_gets_in(chat: RunningChat) -> None:
    async with aiohttp.ClientSession() as stranger:
        async with stranger.get(chat.base + "/") as page:
            words = await page.text()
        async with stranger.post(chat.base + "/api/say", json={}, headers={"Origin": chat.base}) as said:
            answer = await said.json()

    assert (page.status, said.status) == (401, 401)
    assert "Open the link that the bot printed" in words
    assert "Open the link that the bot printed" in answer["error"]
    assert chat.listener.heard == []


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "x",
        "made-up-session-id.",
        "made-up-session-id.00",
        "made-up-session-id.é",
        f"{'a' * 22}.{'0' * 64}",
    ],
)
async def test_a_made_up_cookie_opens_nothing(chat: RunningChat, cookie: str) -> None:
    headers = {"Cookie": f"askfirst_session={cookie}"}

    async with aiohttp.ClientSession() as stranger, stranger.get(chat.base + "/", headers=headers) as page:
        assert page.status == 401


async def test_the_start_link_opens_once_and_says_so_afterwards(chat: RunningChat) -> None:
    async with aiohttp.ClientSession() as first, aiohttp.ClientSession() as second:
        async with first.head(chat.link) as preview:
            pass
        async with first.get(chat.link, allow_redirects=False) as opened:
            pass
        async with second.get(chat.link, allow_redirects=False) as again:
            words = await again.text()

    assert preview.status == 405
    assert (opened.status, opened.headers["Location"]) == (303, "/")
    assert again.status == 410
    assert "Set-Cookie" not in again.headers
    assert "This link has been used" in words


async def test_whoever_is_in_may_follow_the_link_again(user: WebUser, chat: RunningChat) -> None:
    async with user.client.get(chat.link) as again:
        words = await again.text()

    assert again.status == 200
    assert "Your question" in words


@pytest.mark.parametrize("query", ["", "?token=", "?token=wrong", "?token=%ff%00", f"?token={TOKEN}x"])
async def test_a_wrong_token_opens_nothing_and_leaves_the_right_one_good(chat: RunningChat, query: str) -> None:
    async with aiohttp.ClientSession() as stranger:
        async with stranger.get(f"{chat.base}/start{query}", allow_redirects=False) as wrong:
            words = await wrong.text()
        async with stranger.get(chat.link, allow_redirects=False) as right:
            pass

    assert (wrong.status, right.status) == (403, 303)
    assert "This link does not fit" in words
    assert TOKEN not in words


async def test_the_cookie_is_kept_from_scripts_and_from_other_sites(chat: RunningChat) -> None:
    async with aiohttp.ClientSession() as browser, browser.get(chat.link, allow_redirects=False) as opened:
        cookie = opened.headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert TOKEN not in cookie


@pytest.mark.parametrize("path", ["/", "/start", "/static/chat.js", "/static/page.css", "/static/nothing.js"])
async def test_every_answer_carries_the_safe_headers(user: WebUser, path: str) -> None:
    async with user.client.get(user.base + path) as page:
        headers = page.headers

    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self';")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize("path", ["/static/..%2flisten.py", "/static/%2e%2e/listen.py", "/static/chat.html"])
async def test_only_the_pages_own_files_are_handed_out(user: WebUser, path: str) -> None:
    async with user.client.get(user.base + path) as page:
        assert page.status == 404


@pytest.mark.parametrize(
    ("address", "ours"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("10.0.0.8", False),
        ("", False),
        (None, False),
    ],
)
def test_only_this_machine_counts_as_this_machine(address: str | None, *, ours: bool) -> None:
    assert is_this_machine(address) is ours


def cookie_of(user: WebUser) -> str:
    """Return the Cookie header the jar would send, for when the Host is another."""
    return "; ".join(f"{cookie.key}={cookie.value}" for cookie in user.client.cookie_jar)
