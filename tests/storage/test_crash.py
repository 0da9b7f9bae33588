from __future__ import annotations

import subprocess
import sys
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from policy_kb.words import Channel
from tests.storage.builders import NOW, a_say

if TYPE_CHECKING:
    from storage.database import Database

ROUNDS = 3
WRITERS = 2


def test_a_bot_killed_in_mid_sentence_loses_nothing_it_had_acknowledged(database: Database, url: str) -> None:
    acknowledged: list[str] = []

    for round_ in range(ROUNDS):
        acknowledged += _write_until_killed(url, round_)

    with database.begin() as work:
        kept = {row.say.about for row in work.outbox.claim(NOW, timedelta(minutes=1), 1_000_000)}
        replies = {event: work.inbox.replies_to(Channel.SLACK, "T1", event) for event in kept}
    assert len(acknowledged) > ROUNDS * WRITERS
    assert set(acknowledged) <= kept
    assert all(replies[event] == (a_say(event),) for event in kept)
    assert database.check() == ()


def _write_until_killed(url: str, round_: int) -> list[str]:
    """Start some writers, kill them without warning, and return every event they had acknowledged."""
    command = [sys.executable, "-m", "tests.storage.keep_writing", url]
    writers = [
        subprocess.Popen([*command, f"{round_}-{number}"], stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own words only
        for number in range(WRITERS)
    ]
    try:
        first = [_line(writer) for writer in writers]
        time.sleep(0.1)
    finally:
        for writer in writers:
            writer.kill()
    rest = [line for writer in writers for line in writer.communicate()[0].splitlines(keepends=True)]
    return [line.strip() for line in (*first, *rest) if line.endswith("\n")]


def _line(writer: subprocess.Popen[str]) -> str:
    assert writer.stdout is not None
    return writer.stdout.readline()
