"""What waits in the outbox, turned into messages at the moment of sending, and what came of it."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import time, timedelta
from typing import TYPE_CHECKING

from handlers.router import compose
from policy_kb.rules.london import london_date, london_instant

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.desk import Desk, Reading
    from handlers.message import Message
    from storage.database import Database
    from storage.outbox import OutboxRow
    from storage.unit_of_work import UnitOfWork

LOG = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)  # longer than any send may take, retries included
BATCH = 10  # rows claimed at once: at most this many are sent twice after a crash
FIRST_WAIT = timedelta(seconds=2)  # before the second try; doubles with each further one
LONGEST_WAIT = timedelta(minutes=10)
MOST_ATTEMPTS = 8
LATE = timedelta(minutes=5)  # a row wanted longer ago than this is stuck, and health says so


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A message to send, and the row to report about."""

    row: OutboxRow
    message: Message

    @property
    def key(self) -> str:
        """Return the same text for every try of this message and for no other, one in a restored backup included."""
        return f"{self.row.id} {self.row.made_at.isoformat()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the outbox stands, for whoever watches the bot."""

    stuck: int  # should have gone out some minutes ago
    given_up_today: int  # since midnight in London; somebody never got it


class Outgoings:
    """Hands out what is due and records what became of it; every call is one transaction."""

    def __init__(self, database: Database, desk: Desk) -> None:
        self._database = database
        self._desk = desk

    def claim(self, *, now: datetime) -> tuple[Outgoing, ...]:
        """Claim what is due, in order, as messages ready to send."""
        with self._database.begin() as uow:
            rows = uow.outbox.claim(now, LEASE, BATCH)
            if not rows:
                return ()
            uow.people.meet(row.to for row in rows if row.to)
            reading = self._desk.reading(uow)
            return tuple(outgoing for row in rows if (outgoing := _ready_or_given_up(row, reading, uow, now=now)))

    def sent(self, outgoing: Outgoing, *, now: datetime, card: str = "") -> None:
        """
        Record that the platform took it.

        `card` is where it can be changed later: kept if it was a card, sent to somebody we know. Where things have
        changed since it was composed, before anybody could know of this card, it is put right at once.
        """
        row, name = outgoing.row, outgoing.message.card
        with self._database.begin() as uow:
            uow.outbox.sent(row, now)
            if not (card and name and row.to):
                return
            uow.cards.put(name, row.to, row.channel, card, now)
            with suppress(LookupError, ValueError):  # what it shows is gone: there is nothing to put right
                if _ready(row, self._desk.reading(uow), uow, now=now).message != outgoing.message:
                    again = replace(row.say, replaces=True)
                    uow.outbox.put(again, row.channel, card, to=row.to, due_at=now, now=now)

    def try_again(self, row: OutboxRow, why: str, *, after: timedelta | None, jitter: float, now: datetime) -> bool:
        """Put it back for later: when the platform says, else after a growing wait; False where it is given up."""
        wait = after if after is not None else min(FIRST_WAIT * 2 ** (row.attempts - 1), LONGEST_WAIT)
        with self._database.begin() as uow:
            if row.attempts >= MOST_ATTEMPTS:
                uow.outbox.give_up(row, f"tried {row.attempts} times; at last: {why}")
                return False
            uow.outbox.try_again(row, now + wait * (1 + jitter), why)
            return True

    def not_yet(self, row: OutboxRow, *, until: datetime) -> None:
        """Put it back untried, because its conversation has had enough for now."""
        with self._database.begin() as uow:
            uow.outbox.not_yet(row, until)

    def give_up(self, row: OutboxRow, why: str) -> None:
        """Record that it can never be sent, and why."""
        with self._database.begin() as uow:
            uow.outbox.give_up(row, why)

    def standing(self, *, now: datetime) -> Standing:
        """Count what is late, and what was given up today."""
        midnight = london_instant(london_date(now), time())
        with self._database.begin() as uow:
            return Standing(stuck=uow.outbox.stuck(now, LATE), given_up_today=uow.outbox.given_up_since(midnight))


def _ready_or_given_up(row: OutboxRow, reading: Reading, uow: UnitOfWork, *, now: datetime) -> Outgoing | None:
    try:
        return _ready(row, reading, uow, now=now)
    except (LookupError, ValueError) as fault:
        # Facts kept by another version, which this one cannot read: they must not hold up everybody else.
        LOG.warning("This version cannot say a message.", extra={"outbox_row": row.id, "why": type(fault).__name__})
        uow.outbox.give_up(row, f"this version cannot say it: {type(fault).__name__}")
        return None


def _ready(row: OutboxRow, reading: Reading, uow: UnitOfWork, *, now: datetime) -> Outgoing:
    person = uow.people.get(row.to) if row.to else None
    return Outgoing(row=row, message=compose(row.say, reading, uow, person, now=now))
