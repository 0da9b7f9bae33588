"""Somebody who does something to a request: who, when, where, and in which transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.requests import telling
from handlers.requests.matter import matter_of
from policy_kb.rules.london import london_date
from policy_kb.words import SayKind
from storage.audit import AuditEntry
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from handlers.requests.matter import Matter
    from policy_kb.request_words import RequestId
    from policy_kb.view import PolicyView
    from policy_kb.words import Channel, PersonId, Verb
    from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Everything that what is done rests on, beside the request itself."""

    person: PersonId | None  # None: the bot, by itself
    view: PolicyView
    uow: UnitOfWork
    now: datetime
    channel: Channel | None = None  # where they pressed: their card there changes with the reply

    @property
    def today(self) -> date:
        """Return the day it is in London."""
        return london_date(self.now)

    def hold(self, request_id: RequestId) -> Matter | None:
        """Let nobody else change a request meanwhile, and return it; None where it is not there."""
        self.uow.requests.hold(request_id)
        return matter_of(request_id, self.view, self.uow)

    def matter(self, request_id: RequestId) -> Matter:
        """Return a request that was there a moment ago."""
        matter = matter_of(request_id, self.view, self.uow)
        if matter is None:
            raise LookupError(request_id)
        return matter

    def entry(self, verb: Verb, clause: str = "") -> AuditEntry:
        """Return what the audit is told; storage adds what was done to what."""
        return AuditEntry(actor=self.person, verb=verb, clause=clause, at=self.now)

    def tell(self, people: Iterable[PersonId], say: SayFacts) -> None:
        """Tell several people something, and not whoever acts."""
        telling.tell_all((one for one in people if one != self.person), say, self.uow, now=self.now)

    def ask(self, people: tuple[PersonId, ...], name: str) -> None:
        """Send people the card of a step, whoever acts among them; an older one that they hold points to it."""
        newer = SayFacts(kind=SayKind.NOTICE, about=f"{name}:newer", replaces=True)
        telling.point_to_newer(name, people, newer, self.uow, now=self.now)
        telling.tell_all(people, SayFacts(kind=SayKind.STEP_CARD, about=name), self.uow, now=self.now)

    def refresh_cards(self, name: str, *, asked: tuple[PersonId, ...] = ()) -> None:
        """Show a step as it stands on every card but the one that was pressed, and those of who is sent a new one."""
        pressed = (self.person, self.channel) if self.person and self.channel else None
        telling.refresh_cards(name, self.uow, now=self.now, but=pressed, asked=asked)
