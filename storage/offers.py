"""Slots that somebody wishes another to take: for whoever is free first, or in exchange with one person."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from policy_kb.site_words import OfferState
from storage.conflict import insert_all_unless_there, insert_unless_there
from storage.rota_tables import offer_asks as asks
from storage.rota_tables import offers

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Row

    from policy_kb.site_words import OfferId, OfferKind, SlotId
    from policy_kb.words import PersonId

    AnyRow = Row[tuple[object, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A slot that somebody wishes another to take; until one does, it stays where it is."""

    id: OfferId
    slot: SlotId
    kind: OfferKind
    by: PersonId
    for_slot: SlotId | None  # of a swap: what is given in exchange
    state: OfferState
    at: datetime
    asked: tuple[PersonId, ...]  # everybody who was asked
    not_free: frozenset[PersonId]  # those among them who said no
    closed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it can still be taken."""
        return self.state is OfferState.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """Every offer that was made."""

    connection: Connection

    def make(
        self, slot: SlotId, kind: OfferKind, by: PersonId, *, now: datetime, for_slot: SlotId | None = None
    ) -> OfferId | None:
        """
        Offer a slot, and return the number of the offer; None where it is offered already.

        Raises:
            ChangeRefused: a slot or the person is unknown.
        """
        row = {"slot_id": slot, "kind": kind, "by_id": by, "for_slot_id": for_slot, "at": now}
        if not insert_unless_there(self.connection, offers, {**row, "state": OfferState.OPEN}):
            return None
        number: OfferId = self.connection.execute(select(offers.c.id).where(*_open_for(slot))).scalar_one()
        return number

    def ask(self, offer: OfferId, people: Iterable[PersonId]) -> None:
        """
        Write down who is asked, beside those who were.

        Raises:
            ChangeRefused: the offer or somebody is unknown.
        """
        rows = [{"offer_id": offer, "person_id": one, "not_free_at": None} for one in sorted(set(people))]
        insert_all_unless_there(self.connection, asks, rows)

    def say_not_free(self, offer: OfferId, person: PersonId, *, now: datetime) -> None:
        """Keep that somebody who was asked cannot."""
        theirs = (asks.c.offer_id == offer, asks.c.person_id == person)
        self.connection.execute(update(asks).where(*theirs).values(not_free_at=now))

    def get(self, offer: OfferId) -> Offer | None:
        """Return one offer."""
        return next(iter(self._read(offers.c.id == offer)), None)

    def open_for(self, slot: SlotId) -> Offer | None:
        """Return the offer of a slot that can still be taken."""
        return next(iter(self._read(*_open_for(slot))), None)

    def open_all(self) -> tuple[Offer, ...]:
        """Return every offer that can still be taken, the oldest first."""
        return self._read(offers.c.state == OfferState.OPEN)

    def close(self, offer: OfferId, state: OfferState, *, now: datetime) -> bool:
        """End an offer; False where it had ended before."""
        still = (offers.c.id == offer, offers.c.state == OfferState.OPEN)
        ended = update(offers).where(*still).values(state=state, closed_at=now)
        return self.connection.execute(ended).rowcount == 1

    def _read(self, *which: ColumnElement[bool]) -> tuple[Offer, ...]:
        rows = self.connection.execute(select(offers).where(*which).order_by(offers.c.id)).all()
        if not rows:
            return ()
        asked: dict[OfferId, list[AnyRow]] = defaultdict(list)
        theirs = select(asks).where(asks.c.offer_id.in_(select(offers.c.id).where(*which)))
        for one in self.connection.execute(theirs.order_by(asks.c.person_id)):
            asked[one.offer_id].append(one)
        return tuple(_offer(row, asked[row.id]) for row in rows)


def _open_for(slot: SlotId) -> tuple[ColumnElement[bool], ...]:
    return offers.c.slot_id == slot, offers.c.state == OfferState.OPEN


def _offer(row: AnyRow, asked: list[AnyRow]) -> Offer:
    return Offer(
        id=row.id,
        slot=row.slot_id,
        kind=row.kind,
        by=row.by_id,
        for_slot=row.for_slot_id,
        state=row.state,
        at=row.at,
        asked=tuple(one.person_id for one in asked),
        not_free=frozenset(one.person_id for one in asked if one.not_free_at is not None),
        closed_at=row.closed_at,
    )
