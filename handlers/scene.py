"""What a message is composed from beside its facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from policy_kb.view import PolicyView
    from storage.person import Person
    from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class SayScene:
    """Who reads it, when, and where the facts are."""

    view: PolicyView
    uow: UnitOfWork
    person: Person | None  # None: somebody the staff list does not have
    today: date  # a London date
    now: datetime
    address: str = ""  # where browsers find the bot's pages; empty where nowhere
