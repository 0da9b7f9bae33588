"""Send what waits: claimed on a lease, sent through its channel, and the outcome recorded."""

from __future__ import annotations

import asyncio
import logging
import random
from typing import TYPE_CHECKING, assert_never

from bot.channels.base import GivenUp, Sender, SendResult, Sent, TryAgain
from bot.channels.fault import report_fault

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from handlers.outgoing import Outgoing, Outgoings
    from policy_kb.words import Channel

LOG = logging.getLogger(__name__)

LOOK_AGAIN = 5.0  # seconds between looks when nothing wakes the outbox: retries and what a crash left behind


class Outbox:
    """The one way out to everybody who is not waiting for a reply in the same breath."""

    def __init__(self, outgoings: Outgoings, senders: Mapping[Channel, Sender], *, now: Callable[[], datetime]) -> None:
        self._outgoings = outgoings
        self._senders = senders
        self._now = now
        self._awake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._stopping = False

    def wake(self) -> None:
        """Look at once: something was just queued."""
        self._awake.set()

    def start(self) -> None:
        """Begin sending; what an earlier run left behind goes first."""
        self._stopping = False
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Finish the batch in hand and stop; what is left waits for the next start."""
        if self._task:
            task, self._task = self._task, None
            self._stopping = True
            self._awake.set()
            await task

    def is_running(self) -> bool:
        """Tell whether the outbox is at work."""
        return self._task is not None and not self._task.done()

    async def send_due(self) -> int:
        """Send everything that is due now; return how many messages were tried."""
        tried = 0
        while not self._stopping and (batch := await asyncio.to_thread(self._outgoings.claim, now=self._now())):
            await asyncio.gather(*(self._deliver(outgoing) for outgoing in batch))
            tried += len(batch)
        return tried

    async def _run(self) -> None:
        while not self._stopping:
            self._awake.clear()
            try:
                await self.send_due()
            except Exception as fault:  # noqa: BLE001 - a database that is away must not end the outbox
                report_fault(fault, channel="outbox")
            try:
                await asyncio.wait_for(self._awake.wait(), timeout=LOOK_AGAIN)
            except TimeoutError:
                continue

    async def _deliver(self, outgoing: Outgoing) -> None:
        row = outgoing.row
        sender = self._senders.get(row.channel)
        result = await self._send(sender, outgoing) if sender else GivenUp(why="this channel is not set up here")
        try:
            await asyncio.to_thread(self._record, outgoing, result)
        except Exception as fault:  # noqa: BLE001 - the lease ends and it goes again; the others are recorded meanwhile
            report_fault(fault, channel="outbox")

    async def _send(self, sender: Sender, outgoing: Outgoing) -> SendResult:
        try:
            return await sender.send(outgoing.row.address, outgoing.message)
        except Exception as fault:  # noqa: BLE001 - one message must not hold up the others
            report_fault(fault, channel=outgoing.row.channel.value)
            return TryAgain(why=type(fault).__name__)

    def _record(self, outgoing: Outgoing, result: SendResult) -> None:
        row, now = outgoing.row, self._now()
        match result:
            case Sent():
                self._outgoings.sent(row, now=now)
            case TryAgain(why=why, after=after):
                jitter = random.uniform(0, 0.2)  # noqa: S311 - spreads retries; nothing secret rests on it
                self._outgoings.try_again(row, why, after=after, jitter=jitter, now=now)
            case GivenUp(why=why):
                LOG.warning("A message cannot be delivered.", extra={"outbox_row": row.id, "why": why})
                self._outgoings.give_up(row, why)
            case _:
                assert_never(result)
