"""A secret shows itself only where it is asked to."""

from __future__ import annotations

import copy
import json
import logging
import traceback

import pytest

from bot.config import SlackConfig, TeamsConfig
from bot.secret import Secret

PASSWORD = "correct-horse-battery"


@pytest.mark.parametrize(
    "shown",
    [str, repr, "{}".format, "{!r}".format, "{!s:>40}".format, "%s".__mod__, lambda secret: f"{[secret]} {(secret,)}"],
)
def test_a_secret_is_never_in_a_text_made_of_it(shown: object) -> None:
    assert callable(shown)

    assert PASSWORD not in shown(Secret(PASSWORD))


def test_a_secret_is_never_in_the_text_of_the_settings_that_hold_it() -> None:
    secret = Secret(PASSWORD)
    slack = SlackConfig(bot_token=secret, signing_secret=secret, app_token=secret, team_ids=("T1",))
    teams = TeamsConfig(app_id="app", app_password=secret, tenant_id="tenant")

    assert PASSWORD not in f"{slack} {teams} {slack!r} {teams!r}"


def test_a_secret_is_never_in_a_log_or_a_traceback(caplog: pytest.LogCaptureFixture) -> None:
    secret = Secret(PASSWORD)
    logging.getLogger("test").warning("It was %s, %r.", secret, secret)

    written = "".join(traceback.format_exception(ValueError(secret)))

    assert "•••" in caplog.text
    assert "ValueError" in written
    assert PASSWORD not in caplog.text + written


def test_a_secret_does_not_slip_into_json() -> None:
    with pytest.raises(TypeError):
        json.dumps(Secret(PASSWORD))


def test_a_secret_is_given_back_whole_to_whoever_reveals_it() -> None:
    assert Secret(PASSWORD).reveal() == PASSWORD
    assert copy.copy(Secret(PASSWORD)).reveal() == PASSWORD


@pytest.mark.parametrize(("text", "is_set"), [("", False), ("x", True), (" ", True)])
def test_a_secret_is_true_where_something_was_set(text: str, is_set: bool) -> None:
    assert bool(Secret(text)) is is_set


def test_a_secret_cannot_be_changed() -> None:
    secret = Secret(PASSWORD)

    with pytest.raises(AttributeError):
        secret._value = "other"  # type: ignore[misc]  # this is the slip the test is about
