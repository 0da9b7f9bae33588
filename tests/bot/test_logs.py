"""Logs a machine can read, from which nobody can read what people typed or what opens a door."""

from __future__ import annotations

import io
import json
import logging
from typing import TYPE_CHECKING, Any

import pytest

from bot.channels.fault import report_fault
from bot.logs import masked, set_up_logs

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Set the logs up as the bot does, and put back what the tests had."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    written = io.StringIO()
    set_up_logs(written)
    yield written
    root.handlers[:], root.level = handlers, level


def break_down() -> None:
    raise RuntimeError("my secret question")


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_every_log_is_one_line_of_json_with_its_named_fields(stream: io.StringIO) -> None:
    logging.getLogger("bot.test").warning("Two\nlines.", extra={"outbox_row": 7, "why": "rate limited"})

    (line,) = lines(stream)
    assert list(line) == ["at", "level", "logger", "message", "outbox_row", "why"]
    assert line["message"] == "Two\nlines."
    assert (line["level"], line["outbox_row"], line["why"]) == ("warning", "7", "rate limited")


def test_a_field_nobody_named_is_left_out(stream: io.StringIO) -> None:
    logging.getLogger("bot.test").info("Something.", extra={"text": "my secret question", "email": "a@b.example"})

    assert "secret question" not in stream.getvalue()
    assert "a@b.example" not in stream.getvalue()


def test_the_text_of_an_exception_is_left_out_because_it_may_repeat_what_was_typed(stream: io.StringIO) -> None:
    try:
        break_down()
    except RuntimeError:
        logging.getLogger("bot.test").exception("It broke.")

    (line,) = lines(stream)
    assert line["fault"] == "RuntimeError"
    assert "secret question" not in stream.getvalue()
    assert "Traceback" not in stream.getvalue()


def test_a_fault_of_ours_is_logged_once_under_the_reference_the_person_gets(stream: io.StringIO) -> None:
    try:
        break_down()
    except RuntimeError as fault:
        sentence = report_fault(fault, channel="slack")

    (line,) = lines(stream)
    assert line["reference"] in sentence
    assert (line["fault"], line["channel"]) == ("RuntimeError", "slack")
    assert line["where"].endswith(f"test_logs.py:{break_down.__code__.co_firstlineno + 1}")
    assert "secret question" not in stream.getvalue()


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("xoxb-1234-abcDEF", "1234"),
        ("xoxp-99-secret", "99-secret"),
        ("xoxe.xoxp-1-Mi0yLTkwMTQ", "Mi0yLTkwMTQ"),
        ("xapp-1-A0-123-abc", "A0-123"),
        ("Bearer abc.def-ghi", "abc.def"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "c2lnbmF0dXJl"),
        ("https://hooks.slack.com/actions/T1/2/3", "T1/2/3"),
        ("/start?token=abcdef", "abcdef"),
        ("postgresql://askfirst:pa55word@db.example/askfirst", "pa55word"),
    ],
)
def test_whatever_looks_like_a_secret_is_masked_wherever_it_stands(stream: io.StringIO, text: str, secret: str) -> None:
    logging.getLogger("bot.test").warning("It said %s, alas.", text, extra={"why": f"because {text} was wrong"})

    (line,) = lines(stream)
    assert secret not in stream.getvalue()
    assert "•••" in line["message"]
    assert "•••" in line["why"]


def test_ordinary_words_are_not_masked() -> None:
    sentence = "The bearer of bad news reads https://example.org/policy?page=5.4 at 10:30@work."

    assert masked(sentence) == sentence


@pytest.mark.parametrize("name", ["slack_sdk.web", "aiohttp.access", "msrest.universal_http", "botbuilder.core"])
def test_libraries_that_log_whole_requests_are_kept_quiet(stream: io.StringIO, name: str) -> None:
    logging.getLogger(name).info("POST /api/messages my secret question")

    assert stream.getvalue() == ""
