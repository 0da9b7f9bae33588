"""
Measure the bot as it is served: cold start with every channel configured, an answer, memory.

The server is the real `askfirst serve` in a process of its own; Slack is our peer on loopback,
Teams is configured with an app id whose login servers need not be reachable.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp

from tests.clients.slack_peer import SlackPeer

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator

PORT = 18431
ASKERS = 20
QUESTIONS_EACH = 3  # as many as one conversation in Slack gets without waiting for its turn
STARTS = 3
PATIENCE = 60  # seconds until a start counts as failed


def main() -> None:
    """Print the figures."""
    asyncio.run(_measure())


async def _measure() -> None:
    peer = SlackPeer()
    await peer.start()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(STARTS):
            async with _served(peer, Path(folder)) as (process, started):
                print(f"start {number + 1}: {started:.2f} s to a healthy answer of /healthz")
                if number == STARTS - 1:
                    await _ask(peer)
                    print(f"resident after {ASKERS * QUESTIONS_EACH} answers: {_resident(process.pid)} MB")
    await peer.stop()


@asynccontextmanager
async def _served(peer: SlackPeer, folder: Path) -> AsyncIterator[tuple[Process, float]]:
    settings = {
        **os.environ,
        "ASKFIRST_DATABASE_URL": f"sqlite:///{folder / 'bench.db'}",
        "ASKFIRST_PORT": str(PORT),
        "ASKFIRST_SLACK_BOT_TOKEN": peer.bot_token,
        "ASKFIRST_SLACK_SIGNING_SECRET": peer.signing_secret,
        "ASKFIRST_SLACK_TEAM_IDS": peer.world.team_id,
        "ASKFIRST_SLACK_API_URL": peer.api_url,
        "ASKFIRST_TEAMS_APP_ID": "00000000-0000-0000-0000-000000000001",
        "ASKFIRST_TEAMS_APP_PASSWORD": "sample",
        "ASKFIRST_TEAMS_TENANT_ID": "00000000-0000-0000-0000-000000000002",
    }
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "serve", env=settings, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        await _until_it_answers()
        yield process, time.perf_counter() - began
    finally:
        process.terminate()
        await process.wait()


async def _until_it_answers() -> None:
    async with aiohttp.ClientSession() as client, asyncio.timeout(PATIENCE):
        while True:
            try:
                async with client.get(f"http://127.0.0.1:{PORT}/healthz"):
                    return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.02)


async def _ask(peer: SlackPeer) -> None:
    """Ask in Slack, one question after another; time the acknowledgement and the answer on the screen."""
    peer.use_http(f"http://127.0.0.1:{PORT}/slack/events")
    acknowledged, answered = [], []
    for number in range(ASKERS):
        asker = peer.user(f"Bench {number}")
        for asked in range(QUESTIONS_EACH):
            began = time.perf_counter()
            delivery = await asker.says("can i friend a parent on facebook?")
            await asker.reads()
            if asked > 0:  # with the first one, Slack is asked who this is
                answered.append(1000 * (time.perf_counter() - began))
                acknowledged.append(1000 * delivery.seconds)
    await peer.settle()
    print(f"acknowledged, committed: p50 {_at(acknowledged, 0.5):.0f} ms, p99 {_at(acknowledged, 0.99):.0f} ms")
    print(f"answer on the Slack screen: p50 {_at(answered, 0.5):.0f} ms, p99 {_at(answered, 0.99):.0f} ms")


def _at(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def _resident(pid: int) -> int:
    """Return the resident memory of a process in MB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) // 1024


if __name__ == "__main__":
    main()
