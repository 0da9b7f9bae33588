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
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator

PATIENCE = 20.0  # seconds for a word from the server, however busy the machine is
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}  # a process with several is not forked safely


@dataclass(slots=True)
class Lives:
    """A process that forks a server whenever it is asked to."""

    process: Process
    ended: int = 0  # lives that were killed
    _life: int = 0

    @asynccontextmanager
    async def one(self, *, killed_after: float | None = None) -> AsyncIterator[str]:
        """
        Yield where a new server listens, "" where it did not come to that; it is over and dead when the block ends.

        It is killed so many seconds after its birth, or when the block ends where none are given.
        """
        self._write()
        self._life = int((await self._word("life")).removeprefix("life "))
        kill = asyncio.get_running_loop().call_later(PATIENCE if killed_after is None else killed_after, self._kill)
        try:
            word = await self._word("at", "over")
            yield f"http://127.0.0.1:{word.removeprefix('at ')}" if word != "over" else ""
            if word != "over" and killed_after is not None:
                await self._word("over")
        finally:
            kill.cancel()
            if self._life:
                self._kill()

    def _write(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(b"\n")

    async def _word(self, *expected: str) -> str:
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            line = (await self.process.stdout.readline()).decode().strip()
        assert line.partition(" ")[0] in expected, f"the server said '{line}'"
        return line

    def _kill(self) -> None:
        os.kill(self._life, signal.SIGKILL)
        self.ended += 1
        self._life = 0
