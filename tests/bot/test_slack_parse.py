"""From Slack's payloads to what people do."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.slack import parse
from bot.channels.slack.address import Address, Place, block_mark, read_block_mark
from bot.channels.slack.plain_words import plain_words

ME = "U0BOT"


def dm(**event: Any) -> dict[str, Any]:  # noqa: ANN401 - any field of an event
    said = {"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "text": "hi", "ts": "1.1"}
    return {"team_id": "T1", "event_id": "Ev1", "event": said | event}


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("may I?", "may I?"),
        ("<@U0BOT> may I?", "may I?"),
        ("hey <@U0BOT>, may I?", "hey , may I?"),
        ("may <@U42> post?", "may someone post?"),
        ("may <@U42|ben> post?", "may someone post?"),
        ("see <#C42|staffroom>", "see #staffroom"),
        ("see <#C42>", "see a channel"),
        ("see <https://x.example/a?b=1&amp;c=2>", "see https://x.example/a?b=1&c=2"),
        ("see <https://x.example|our site>", "see our site"),
        ("mail <mailto:a@x.example|a@x.example>", "mail a@x.example"),
        ("<!here> hello", "@here hello"),
        ("<!subteam^S1|@heads> hello", "@heads hello"),
        ("<!date^1392734382^{date}|18 February> then", "18 February then"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("&lt;@U0BOT&gt; typed by hand", "<@U0BOT> typed by hand"),
        ("&amp;lt;", "&lt;"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("two\nlines\tand\x00\x1b", "two\nlines\tand"),
        ("half a pair \ud83d", "half a pair ?"),
        ("", ""),
    ],
)
def test_what_was_typed_is_read_back_from_slacks_tokens(sent: str, typed: str) -> None:
    assert plain_words(sent, me=ME) == typed


@pytest.mark.parametrize(
    "event",
    [
        {"bot_id": "B0BOT"},
        {"user": ME},
        {"user": "USLACKBOT"},
        {"user": ""},
        {"user": None},
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "bot_message"},
        {"channel_type": "channel"},
        {"channel": 7},
    ],
)
def test_what_nobody_typed_to_the_bot_is_not_heard(event: dict[str, Any]) -> None:
    assert parse.dm_text(dm(**event), me=ME) is None


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast"])
def test_a_question_beside_a_picture_is_heard(subtype: str) -> None:
    heard = parse.dm_text(dm(subtype=subtype, text="may I post this?"), me=ME)

    assert heard is not None
    assert heard.text == "may I post this?"


def test_the_bot_does_not_answer_another_bots_mention() -> None:
    assert parse.mention(dm(type="app_mention", bot_id="B1"), me=ME) is None


def test_a_button_that_lost_its_mark_in_a_direct_message_is_answered_there() -> None:
    container = {"type": "message", "channel_id": "D1", "message_ts": "1.2", "thread_ts": "1.1"}
    body = {"container": container, "user": {"id": "U1"}, "actions": [{"block_id": "x7Yq"}]}

    address = parse.press_address(body)

    assert address == Address(place=Place.DM, channel="D1", user="U1", thread="1.1", live_thread="1.1", pressed="1.2")


def test_every_workspace_in_a_payload_counts() -> None:
    body = dm(user_team="T2", source_team="T3", team="T4") | {"team": {"id": "T5"}, "user": {"team_id": "T6"}}

    assert parse.teams_of(body) == {"T1", "T2", "T3", "T4", "T5", "T6"}


def test_an_address_survives_the_outbox_and_does_not_show_its_response_url() -> None:
    address = Address(place=Place.SHARED, channel="C1", user="U1", response_url="https://hooks.slack.com/x")

    assert Address.from_text(address.to_text()) == address
    assert "hooks" not in repr(address)


@pytest.mark.parametrize("text", ["", "{", "[]", "7", "{}", '{"place": "moon"}', '{"place": "dm", "colour": "red"}'])
def test_what_is_no_address_of_ours_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - json and ours both raise it
        Address.from_text(text)


@pytest.mark.parametrize("place", list(Place))
@pytest.mark.parametrize("thread", ["", "1763000000.000001"])
def test_a_row_of_buttons_tells_its_conversation(place: Place, thread: str) -> None:
    assert read_block_mark(block_mark(place, thread, 3)) == (place, thread)


@pytest.mark.parametrize("block_id", ["", "x7Yq", "moon::0", "dm:1.1", "dm:1.1:x"])
def test_a_row_that_is_not_ours_tells_nothing(block_id: str) -> None:
    assert read_block_mark(block_id) is None
