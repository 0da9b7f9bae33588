"""The lives of a server, one after the other, each ended from outside at a moment it knows nothing of."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asyncio import TimerHandle
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator

PATIENCE = 20.0  # seconds for a word from the server, however busy the machine is
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}  # a process that has several is not forked safely


@dataclass(slots=True)
class Lives:
    """A process that forks a server whenever it is asked to."""

    process: Process
    life: int = 0  # the process that serves now; 0 once it is killed
    _kills_at: TimerHandle | None = None

    @asynccontextmanager
    async def one(self, *, killed_within: float = PATIENCE) -> AsyncIterator[str]:
        """Yield where a new server listens, "" where it did not come to that; it is dead when the block has ended."""
        assert self.process.stdin is not None
        self.process.stdin.write(b"\n")
        self.life = int((await self._word("life")).removeprefix("life "))
        self.kill_within(killed_within)
        word = ""
        try:
            word = await self._word("at", "over")
            yield f"http://127.0.0.1:{word.removeprefix('at ')}" if word != "over" else ""
        finally:
            self._kill()
            if word != "over":
                await self._word("over")

    def kill_within(self, seconds: float) -> None:
        """Set when the server is killed, whatever it does at that moment."""
        if self._kills_at:
            self._kills_at.cancel()
        self._kills_at = asyncio.get_running_loop().call_later(seconds, self._kill)

    async def _word(self, *expected: str) -> str:
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            line = (await self.process.stdout.readline()).decode().strip()
        assert line.partition(" ")[0] in expected, f"the server said '{line}'"
        return line

    def _kill(self) -> None:
        if self._kills_at:
            self._kills_at.cancel()
        if self.life:
            os.kill(self.life, signal.SIGKILL)  # nobody else gets its number before it is waited for
        self.life = 0


@asynccontextmanager
async def lives(url: str, *, began: float) -> AsyncIterator[Lives]:
    """Have everything loaded that a server needs, for as many lives as are wanted."""
    command = (sys.executable, "-m", "tests.journeys.form_server", url, str(began))
    process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, env=os.environ | ONE_THREAD)
    try:
        yield Lives(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()  # whoever forks them reads no more, and ends
        await process.wait()
