"""Somebody who does something: who, when, where, and in which transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers import telling
from policy_kb.rules.london import london_date
from storage.audit import AuditEntry

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from policy_kb.view import PolicyView
    from policy_kb.words import Channel, PersonId, Verb
    from storage.says import SayFacts
    from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """Everything that what is done rests on, beside what it is done to."""

    person: PersonId | None  # None: the bot, by itself
    view: PolicyView
    uow: UnitOfWork
    now: datetime
    channel: Channel | None = None  # where they pressed: their card there changes with the reply

    @property
    def today(self) -> date:
        """Return the day it is in London."""
        return london_date(self.now)

    def entry(self, verb: Verb, clause: str = "") -> AuditEntry:
        """Return what the audit is told; storage adds what was done to what."""
        return AuditEntry(actor=self.person, verb=verb, clause=clause, at=self.now)

    def tell(self, people: Iterable[PersonId], say: SayFacts) -> None:
        """Tell several people something, and not whoever acts."""
        telling.tell_all((one for one in people if one != self.person), say, self.uow, now=self.now)
