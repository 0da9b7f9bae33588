"""How long things are kept, as data, and the tidying that keeps to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from storage.tables import OutboxState

if TYPE_CHECKING:
    from datetime import datetime

    from storage.unit_of_work import UnitOfWork

# Calendar days, not school days.
EVENTS_KEPT = timedelta(days=7)  # platforms repeat a delivery within minutes; a week covers an outage
ANSWERS_KEPT = timedelta(days=30)  # as long as the buttons under an answer work
SENT_KEPT = timedelta(days=7)
GIVEN_UP_KEPT = timedelta(days=30)  # longer, so that somebody can see what never arrived and why


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """How many rows one tidying removed."""

    events: int
    answers: int
    sent: int
    given_up: int


def tidy(work: UnitOfWork, now: datetime) -> Removed:
    """Remove what is older than it may be, and tell how much that was."""
    return Removed(
        events=work.inbox.forget_before(now - EVENTS_KEPT),
        answers=work.answers.forget_before(now - ANSWERS_KEPT),
        sent=work.outbox.forget_before(now - SENT_KEPT, state=OutboxState.SENT),
        given_up=work.outbox.forget_before(now - GIVEN_UP_KEPT, state=OutboxState.GIVEN_UP),
    )
