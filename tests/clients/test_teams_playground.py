"""The bot in a real client: Microsoft's 365 Agents Playground, in a real browser, without a network."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from tests.clients import teams_playground
from tests.gallery import ANSWER_NO

CHROMIUM = Path("/usr/bin/chromium")
ALONE = ("unshare", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh")
LOCAL = {"NO_PROXY": "127.0.0.1,localhost", "no_proxy": "127.0.0.1,localhost"}


def missing() -> str:
    """Return what the test cannot do without and does not find, or an empty text."""
    if not teams_playground.PLAYGROUND.exists():
        return "the Agents Playground is not installed: see docs/teams.md, For developers"
    if not CHROMIUM.exists():
        return f"no browser at {CHROMIUM}"
    if not (which("unshare") and which("ip")) or run("true").returncode:
        return "no right to a network namespace of one's own (unshare --net)"
    return ""


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a command where there is no network but loopback."""
    return subprocess.run(  # noqa: S603 - the words of this file, and this very Python
        [*ALONE, *command], env=os.environ | LOCAL, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Make one visit; the pictures lie in pytest's temporary folder."""
    if why := missing():
        pytest.skip(why)
    pictures = str(tmp_path_factory.mktemp("playground"))
    visit = run(sys.executable, "-m", teams_playground.__name__, pictures)
    assert visit.returncode == 0, visit.stderr[-3000:]
    found: dict[str, Any] = json.loads(visit.stdout.splitlines()[-1])
    return found


def test_a_hello_is_answered_with_a_card_and_its_buttons(seen: dict[str, Any]) -> None:
    lines = seen["card"].splitlines()

    assert lines[0] == ANSWER_NO.title
    assert lines[-len(ANSWER_NO.buttons) :] == [button.label for button in ANSWER_NO.buttons]


def test_a_press_changes_the_card_in_its_place(seen: dict[str, Any]) -> None:
    assert seen["buttons_left"] == 0


def test_every_press_and_every_message_was_taken(seen: dict[str, Any]) -> None:
    log = seen["log"]

    assert log.count("invoke 200") == 3
    assert "createConversation 201" in log
    assert re.findall(r"\w+ [45]\d\d\b", log) == []
    assert set(seen["sent"]) == {"Sent"}


def test_a_question_in_a_group_is_answered_in_private_until_it_is_shared(seen: dict[str, Any]) -> None:
    assert seen["cards_in_group_before_sharing"] == 0
    assert "I have answered you privately." in seen["log"]
