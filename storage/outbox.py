"""What is still to be sent: written with the change it tells of, claimed on a lease, never lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import and_, bindparam, delete, exists, func, insert, or_, select, update

from storage import tables
from storage.says import SayFacts
from storage.tables import OPEN_STATES, OutboxState

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from sqlalchemy import ColumnElement, Connection, Row, Select

    from policy_kb.words import Channel, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRow:
    """One thing to send, claimed: until the lease ends nobody else is given it."""

    id: int
    channel: Channel
    address: str  # only the channel reads it
    say: SayFacts
    to: PersonId | None  # who reads it; None: nobody of the staff
    attempts: int  # this one included; above 1, an earlier try may have reached the platform
    lease: str
    wanted_at: datetime
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbox:
    """The queue to every channel."""

    connection: Connection

    def put(
        self,
        say: SayFacts,
        channel: Channel,
        address: str,
        *,
        to: PersonId | None,
        due_at: datetime,
        now: datetime,
    ) -> None:
        """Queue one thing to say, not to be sent before `due_at`."""
        self.connection.execute(
            insert(tables.outbox).values(
                channel=channel,
                address=address,
                kind=say.kind,
                about=say.about,
                audience=say.audience,
                replaces=say.replaces,
                person_id=to,
                state=OutboxState.PENDING,
                wanted_at=due_at,
                due_at=due_at,
                attempts=0,
                why="",
                made_at=now,
            )
        )

    def claim(self, now: datetime, lease: timedelta, limit: int) -> tuple[OutboxRow, ...]:
        """
        Claim what is due, the longest waiting first, at most one row for each address.

        A row waits while an earlier one to its address is still open, so that people read things in order.
        A row whose lease has ended without a word counts as due again.
        """
        ids = self.connection.execute(_due(now, limit)).scalars().all()
        if not ids:
            return ()
        queue = tables.outbox
        change = (
            update(queue)
            .where(queue.c.id.in_(ids))
            .values(
                state=OutboxState.SENDING,
                lease=uuid4().hex,
                due_at=now + lease,
                attempts=queue.c.attempts + 1,
            )
            .returning(queue)
        )
        claimed = (_row(row) for row in self.connection.execute(change))
        return tuple(sorted(claimed, key=lambda row: (row.wanted_at, row.id)))

    def sent(self, row: OutboxRow, now: datetime) -> bool:
        """Record that a row was sent; False where its lease ended and another claim has it now."""
        return self._close(row, state=OutboxState.SENT, sent_at=now)

    def try_again(self, row: OutboxRow, due_at: datetime, why: str) -> bool:
        """Put a row back until `due_at`; False where another claim has it now."""
        return self._close(row, state=OutboxState.PENDING, due_at=due_at, why=why)

    def not_yet(self, row: OutboxRow, until: datetime) -> bool:
        """Put back a row that was not tried at all, so that no attempt is counted; False where another claim has it."""
        return self._close(row, state=OutboxState.PENDING, due_at=until, attempts=row.attempts - 1)

    def give_up(self, row: OutboxRow, why: str) -> bool:
        """Close a row that can never be sent; False where another claim has it now."""
        return self._close(row, state=OutboxState.GIVEN_UP, why=why)

    def stuck(self, now: datetime, older_than: timedelta) -> int:
        """Count the rows that should have gone more than `older_than` ago, however often they were tried."""
        queue = tables.outbox
        late = select(func.count()).where(_is_open(queue.c.state), queue.c.wanted_at <= now - older_than)
        return self.connection.execute(late).scalar_one()

    def given_up_since(self, instant: datetime) -> int:
        """Count the rows given up since an instant; to within a lease, as that is when `due_at` last moved."""
        queue = tables.outbox
        lost = select(func.count()).where(queue.c.state == OutboxState.GIVEN_UP, queue.c.due_at >= instant)
        return self.connection.execute(lost).scalar_one()

    def sent_to(
        self, channel: Channel, address: str, to: PersonId, *, after: int, most: int
    ) -> tuple[tuple[int, SayFacts], ...]:
        """
        Return what a person was sent at an address, with each row's number, in the order it was sent.

        These are the first `most` that followed the row numbered `after`; with 0, the latest `most` there are.
        """
        queue = tables.outbox
        theirs = and_(queue.c.channel == channel, queue.c.address == address, queue.c.person_id == to)
        sent = select(queue).where(theirs, queue.c.state == OutboxState.SENT).limit(most)
        if after:
            query = sent.where(_follows(after)).order_by(queue.c.sent_at, queue.c.id)
        else:
            query = sent.order_by(queue.c.sent_at.desc(), queue.c.id.desc())
        rows = self.connection.execute(query).all()
        return tuple((row.id, _say(row)) for row in (rows if after else reversed(rows)))

    def forget_before(self, instant: datetime, *, state: OutboxState) -> int:
        """Remove rows closed in this way and made before an instant; return how many."""
        queue = tables.outbox
        gone = delete(queue).where(queue.c.state == state, queue.c.made_at < instant)
        return self.connection.execute(gone).rowcount

    def _close(self, row: OutboxRow, **change: datetime | str | int) -> bool:
        queue = tables.outbox
        ours = update(queue).where(queue.c.id == row.id, queue.c.lease == row.lease)
        return self.connection.execute(ours.values(lease=None, **change)).rowcount == 1


def _due(now: datetime, limit: int) -> Select[tuple[int]]:
    queue, earlier = tables.outbox, tables.outbox.alias("earlier")
    before = or_(
        earlier.c.wanted_at < queue.c.wanted_at,
        and_(earlier.c.wanted_at == queue.c.wanted_at, earlier.c.id < queue.c.id),
    )
    waits = exists().where(
        earlier.c.channel == queue.c.channel,
        earlier.c.address == queue.c.address,
        _is_open(earlier.c.state),
        before,
    )
    # SQLite knows no row locks and gets none written: its one writer has the database to itself.
    return (
        select(queue.c.id)
        .where(_is_open(queue.c.state), queue.c.due_at <= now, ~waits)
        .order_by(queue.c.due_at, queue.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )


def _follows(after: int) -> ColumnElement[bool]:
    """Return what holds for a row sent after another: numbers alone do not tell, as many a row waits for its day."""
    queue, seen = tables.outbox, tables.outbox.alias("seen")
    seen_at = select(seen.c.sent_at).where(seen.c.id == after).scalar_subquery()
    at_once_or_tidied_away = or_(queue.c.sent_at == seen_at, seen_at.is_(None))
    return or_(queue.c.sent_at > seen_at, and_(at_once_or_tidied_away, queue.c.id > after))


def _is_open(state: ColumnElement[OutboxState]) -> ColumnElement[bool]:
    # Written out, not bound: SQLite uses an index of open rows only where it can read the words.
    return state.in_(bindparam(None, OPEN_STATES, expanding=True, literal_execute=True))


def _row(row: Row[tuple[object, ...]]) -> OutboxRow:
    return OutboxRow(
        id=row.id,
        channel=row.channel,
        address=row.address,
        say=_say(row),
        attempts=row.attempts,
        lease=row.lease,
        to=row.person_id,
        wanted_at=row.wanted_at,
        made_at=row.made_at,
    )


def _say(row: Row[tuple[object, ...]]) -> SayFacts:
    return SayFacts(kind=row.kind, about=row.about, audience=row.audience, replaces=row.replaces)
