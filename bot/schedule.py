"""When the bot acts by itself: APScheduler rings the bell, nothing more."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from bot.channels.fault import report_fault
from policy_kb.rules.london import LONDON

if TYPE_CHECKING:
    from collections.abc import Callable

LOG = logging.getLogger(__name__)


class Schedule:
    """Looks for what is due each minute; tidies every night at three, London time, away from both clock changes."""

    def __init__(self, *, look: Callable[[], int], tidy: Callable[[], int], wake_outbox: Callable[[], None]) -> None:
        """
        Take what does what is due and returns how many notices it queued, and what tidies.

        The bell may ring late, twice or on several replicas: correctness rests on the rows, not on it.
        """
        self._look = look
        self._tidy = tidy
        self._wake_outbox = wake_outbox
        self._bell = AsyncIOScheduler(
            timezone=LONDON, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )

    def start(self) -> None:
        """Begin; must be called on the event loop."""
        self._bell.add_job(self.tidy_now, CronTrigger(hour=3, timezone=LONDON))
        self._bell.add_job(self.look_now, CronTrigger(second=0, timezone=LONDON))
        self._bell.start()

    def stop(self) -> None:
        """End; a job under way finishes."""
        if self._bell.running:
            self._bell.shutdown(wait=False)

    async def look_now(self) -> None:
        """Do what is due; a fault is logged and the next minute tries again."""
        try:
            queued = await asyncio.to_thread(self._look)
        except Exception as fault:  # noqa: BLE001 - the scheduler would only swallow it
            report_fault(fault, channel="schedule")
        else:
            if queued:
                self._wake_outbox()

    async def tidy_now(self) -> None:
        """Remove what is past its time; a fault is logged and the next night tries again."""
        try:
            removed = await asyncio.to_thread(self._tidy)
        except Exception as fault:  # noqa: BLE001 - the scheduler would only swallow it
            report_fault(fault, channel="schedule")
        else:
            LOG.info("Tidied what is past its time.", extra={"removed": removed})
