"""Send what waits: claimed on a lease, sent through its channel, and the outcome recorded."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
from typing import TYPE_CHECKING, assert_never

from bot.channels.base import GivenUp, Sender, SendResult, Sent, TryAgain
from bot.channels.fault import report_fault
from bot.pace import Go, NotYet, Pace
from storage.errors import DatabaseUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from handlers.outgoing import Outgoing, Outgoings
    from policy_kb.words import Channel
    from storage.outbox import OutboxRow

LOG = logging.getLogger(__name__)

LOOK_AGAIN = 5.0  # seconds between looks when nothing wakes the outbox: retries and what a crash left behind
SEND_WITHIN = 45.0  # seconds; a send that takes longer is broken off, well before its lease ends
# Seconds between tries to record what came of a send: recording late is better than sending twice.
RECORD_PAUSES = (0.1, 0.5, 1.0, 2.0, 4.0, 8.0)


class Outbox:
    """The one way out to everybody who is not waiting for a reply in the same breath."""

    def __init__(
        self,
        outgoings: Outgoings,
        senders: Mapping[Channel, Sender],
        *,
        now: Callable[[], datetime],
        pace: Pace | None = None,
    ) -> None:
        """Take what hands out the messages and who sends them; the platforms' own pace unless another is given."""
        self._outgoings = outgoings
        self._senders = senders
        self._now = now
        self._pace = pace or Pace()
        self._put_off: datetime | None = None  # when the first of those that were put off may go
        self._awake = asyncio.Event()
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Look at once: something was just queued."""
        self._awake.set()

    def start(self) -> None:
        """Begin sending; what an earlier run left behind goes first."""
        self._stopping.clear()
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Finish the batch in hand and stop; what is left waits for the next start."""
        if self._task:
            task, self._task = self._task, None
            self._stopping.set()
            self._awake.set()
            await task

    def is_running(self) -> bool:
        """Tell whether the outbox is at work."""
        return self._task is not None and not self._task.done()

    async def send_due(self) -> int:
        """Send everything that may go now; return how many messages were tried."""
        tried = 0
        if self._put_off is not None and self._put_off <= self._now():
            self._put_off = None  # it is among those that may go now
        while not self._stopping.is_set() and (batch := await self._claim()):
            tried += sum(await asyncio.gather(*(self._deliver(outgoing) for outgoing in batch)))
        return tried

    async def _run(self) -> None:
        while not self._stopping.is_set():
            self._awake.clear()
            try:
                await self.send_due()
            except Exception as fault:  # noqa: BLE001 - a database that is away must not end the outbox
                report_fault(fault, channel="outbox")
            try:
                await asyncio.wait_for(self._awake.wait(), timeout=self._nap())
            except TimeoutError:
                continue

    async def _claim(self) -> tuple[Outgoing, ...]:
        return await asyncio.to_thread(self._outgoings.claim, now=self._now())

    def _nap(self) -> float:
        """Return the seconds until the next look: sooner where somebody who was put off may go sooner."""
        if self._put_off is None:
            return LOOK_AGAIN
        return min(LOOK_AGAIN, max(0.01, (self._put_off - self._now()).total_seconds()))

    async def _deliver(self, outgoing: Outgoing) -> bool:
        """Send one message and record what came of it; False where it was put off untried."""
        row = outgoing.row
        sender = self._senders.get(row.channel)
        result = await self._send(sender, outgoing) if sender else GivenUp(why="this channel is not set up here")
        try:
            await self._record_at_last(outgoing, result)
        except Exception as fault:  # noqa: BLE001 - the lease ends and it goes again; the others are recorded meanwhile
            report_fault(fault, channel="outbox")
        return not isinstance(result, NotYet)

    async def _send(self, sender: Sender, outgoing: Outgoing) -> SendResult | NotYet:
        try:
            return await self._send_in_turn(sender, outgoing)
        except Exception as fault:  # noqa: BLE001 - one message must not hold up the others
            report_fault(fault, channel=outgoing.row.channel.value)
            return TryAgain(why=type(fault).__name__)

    async def _send_in_turn(self, sender: Sender, outgoing: Outgoing) -> SendResult | NotYet:
        row = outgoing.row
        turn = self._pace.take_turn(row.channel, sender.conversation(row.address), self._now())
        match turn:
            case NotYet(until=until):
                self._put_off = min(until, self._put_off or until)
                return turn
            case Go(after=after):
                await asyncio.sleep(after.total_seconds())
                async with asyncio.timeout(SEND_WITHIN):
                    return await sender.send(row.address, outgoing.message, key=outgoing.key)
            case _:
                assert_never(turn)

    async def _record_at_last(self, outgoing: Outgoing, result: SendResult | NotYet) -> None:
        """Record a result; while the database is away, try again, so that what arrived is not sent twice."""
        for pause in RECORD_PAUSES:
            try:
                return await asyncio.to_thread(self._record, outgoing, result)
            except DatabaseUnavailable:
                LOG.warning("What came of a send is not recorded yet.", extra={"outbox_row": outgoing.row.id})
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), timeout=pause)
                break
        return await asyncio.to_thread(self._record, outgoing, result)

    def _record(self, outgoing: Outgoing, result: SendResult | NotYet) -> None:
        row, now = outgoing.row, self._now()
        match result:
            case Sent(message_id=message_id):
                self._outgoings.sent(outgoing, now=now, card=self._card(outgoing, message_id))
            case NotYet(until=until):
                self._outgoings.not_yet(row, until=until)
            case TryAgain(why=why, after=after):
                jitter = random.uniform(0, 0.2)  # noqa: S311 - spreads retries; nothing secret rests on it
                if not self._outgoings.try_again(row, why, after=after, jitter=jitter, now=now):
                    _warn(row, why)
            case GivenUp(why=why):
                self._outgoings.give_up(row, why)
                _warn(row, why)
            case _:
                assert_never(result)

    def _card(self, outgoing: Outgoing, message_id: str) -> str:
        """Return where a card that was just sent can be changed; "" for all that is no card."""
        sender = self._senders.get(outgoing.row.channel)
        return sender.card(outgoing.row.address, message_id) if sender and outgoing.message.card else ""


def _warn(row: OutboxRow, why: str) -> None:
    LOG.warning("A message cannot be delivered.", extra={"outbox_row": row.id, "why": why})
