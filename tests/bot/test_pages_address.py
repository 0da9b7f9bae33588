"""Where browsers find the bot's pages: told in the settings, known by itself in the demo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.app import build_bot
from bot.config import ConfigError, read_config
from policy_kb.words import Channel
from tests.fakes import FakeChannel

if TYPE_CHECKING:
    from bot.app import Bot
    from storage.database import Database
    from tests.fakes import FakeClock


def a_bot(database: Database, clock: FakeClock, address: str) -> Bot:
    config = read_config({"ASKFIRST_ADDRESS": address})
    return build_bot(config, database=database, channels=lambda *_: {Channel.SLACK: FakeChannel()}, now=clock)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", ""),
        ("https://ask.example", "https://ask.example"),
        (" https://ask.example:8443/ ", "https://ask.example:8443"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://localhost", "http://localhost"),
    ],
)
def test_an_address_is_a_scheme_and_a_host(written: str, read: str) -> None:
    assert read_config({"ASKFIRST_ADDRESS": written}).address == read


@pytest.mark.parametrize(
    "written",
    [
        "ask.example",
        "http://ask.example",
        "https://ask.example/bot",
        "https://ask.example?x=1",
        "https://user:password@ask.example",
        "ftp://ask.example",
        "https://",
        "https://ask.example\nX: y",
    ],
)
def test_an_address_that_cannot_be_used_says_what_to_write(written: str) -> None:
    with pytest.raises(ConfigError, match=r"give an address such as https://ask\.example"):
        read_config({"ASKFIRST_ADDRESS": written})


@pytest.mark.parametrize(
    ("address", "secure"), [("https://ask.example", True), ("http://127.0.0.1:8080", False), ("", False)]
)
def test_the_address_goes_into_links_and_decides_on_the_cookie(
    database: Database, clock: FakeClock, address: str, *, secure: bool
) -> None:
    bot = a_bot(database, clock, address)

    with database.begin() as uow:
        assert bot.desk.reading(uow).address == address
    assert bot.register.cookie.secure is secure


def test_an_address_that_is_known_later_counts_from_then_on(database: Database, clock: FakeClock) -> None:
    bot = a_bot(database, clock, "")
    with database.begin() as uow:
        bot.desk.reading(uow)

    bot.desk.be_found_at("http://127.0.0.1:43210")

    with database.begin() as uow:
        assert bot.desk.reading(uow).address == "http://127.0.0.1:43210"
