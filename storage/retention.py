"""The tidying that keeps to the periods it is given, and writes down what it removed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from policy_kb.words import Verb
from storage.audit import THE_TRUST, AuditEntry
from storage.tables import OutboxState

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """How long things are kept; calendar days, not school days."""

    events: timedelta  # events taken from a platform
    answers: timedelta  # answers, as facts
    sent: timedelta  # messages that were sent
    given_up: timedelta  # messages that could not be sent
    drafts: timedelta  # requests that were given up before they were ever sent
    talks: timedelta  # where a form was being filled in that nobody has touched since
    cards: timedelta  # where a card is that shows how a step stands
    leavers: timedelta  # who a leaver was in chat, and where they could be reached
    links: timedelta  # personal links and visits to the register that are over
    told: timedelta  # who was reminded on which day, and what was put off until a day that has passed
    absences: timedelta  # who was away, counted from the day they were back
    slots: timedelta  # who was on duty when, with the offers to take it


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """How many rows one tidying removed, by the period that had passed."""

    events: int
    answers: int
    sent: int
    given_up: int
    drafts: int
    talks: int
    cards: int
    leavers: int
    links: int
    told: int
    absences: int
    slots: int

    @property
    def total(self) -> int:
        """Return how many rows that was together."""
        return sum(asdict(self).values())


def tidy(work: UnitOfWork, periods: Periods, now: datetime) -> Removed:
    """Remove what is older than it may be, write down in the audit how much that was, and return it."""
    removed = Removed(
        events=work.inbox.forget_before(now - periods.events),
        answers=work.answers.forget_before(now - periods.answers),
        sent=work.outbox.forget_before(now - periods.sent, state=OutboxState.SENT),
        given_up=work.outbox.forget_before(now - periods.given_up, state=OutboxState.GIVEN_UP),
        drafts=work.requests.forget_drafts_before(now - periods.drafts),
        talks=work.form_talks.forget_before(now - periods.talks),
        cards=work.cards.forget_before(now - periods.cards),
        leavers=work.erasing.forget_leavers((now - periods.leavers).date()),
        links=work.secret_addresses.forget_before(now - periods.links),
        told=work.reminded.forget_before((now - periods.told).date()),
        absences=work.rota.forget_absences_before((now - periods.absences).date()),
        slots=work.rota.forget_slots_before((now - periods.slots).date()),
    )
    work.audit.write(THE_TRUST, AuditEntry(actor=None, verb=Verb.TIDIED, at=now, facts=asdict(removed)))
    return removed
