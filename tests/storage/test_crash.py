from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

from policy_kb.words import Channel
from tests.storage.builders import NOW, a_say

if TYPE_CHECKING:
    from storage.database import Database

ROUNDS = 3
EVENTS = 40


def test_bots_killed_in_mid_sentence_lose_nothing_they_had_acknowledged(database: Database, url: str) -> None:
    acknowledged = [event for _ in range(ROUNDS) for event in _write_until_killed(url)]

    with database.begin() as work:
        kept = {row.say.about for row in work.outbox.claim(NOW, timedelta(minutes=1), 1_000_000)}
        replies = {event: work.inbox.replies_to(Channel.SLACK, "T1", event) for event in kept}
    assert len(acknowledged) >= ROUNDS * EVENTS
    assert set(acknowledged) <= kept
    assert all(replies[event] == (a_say(event),) for event in kept)
    assert database.check() == ()


def _write_until_killed(url: str) -> list[str]:
    """Start two writers, kill them without warning, and return every event they had acknowledged."""
    command = [sys.executable, "-m", "tests.storage.keep_writing", url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as writers:  # noqa: S603 - our own words only
        assert writers.stdout is not None
        try:
            said = [writers.stdout.readline() for _ in range(EVENTS)]
        finally:
            os.killpg(writers.pid, signal.SIGKILL)
        said += writers.stdout.readlines()
    return [line.strip() for line in said if line.endswith("\n")]
