"""
PLANTED FAULTS: outboxes that are wrong on purpose, one way each.

They exist so that the machine beside them can be seen to notice. Nothing but its test uses them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, update

from storage import tables
from storage.outbox import Outbox
from storage.tables import OPEN_STATES, OutboxState

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from storage.outbox import OutboxRow

    Due = Callable[[datetime, int], Select[tuple[int]]]

_queue, _other = tables.outbox, tables.outbox.alias("other")


def choice(
    *,
    states: tuple[OutboxState, ...] = OPEN_STATES,
    in_time: ColumnElement[bool] | None = None,
    before: ColumnElement[bool] | None = None,
) -> Due:
    """Return the choice of what to claim, with one part of it replaced."""
    number = and_(_other.c.wanted_at == _queue.c.wanted_at, _other.c.id < _queue.c.id)
    earlier = or_(_other.c.wanted_at < _queue.c.wanted_at, number) if before is None else before
    same_place = and_(_other.c.channel == _queue.c.channel, _other.c.address == _queue.c.address)
    waits = exists().where(same_place, _other.c.state.in_(OPEN_STATES), earlier)

    def due(now: datetime, limit: int) -> Select[tuple[int]]:
        timely = _queue.c.due_at <= now
        ready = timely if in_time is None else or_(timely, in_time)
        query = select(_queue.c.id).where(_queue.c.state.in_(states), ready, ~waits)
        return query.order_by(_queue.c.due_at, _queue.c.id).limit(limit).with_for_update(skip_locked=True)

    return due


class _AnybodyReports(Outbox):
    def _close(self, row: OutboxRow, **change: datetime | str | int) -> bool:
        ours = update(_queue).where(_queue.c.id == row.id)
        return self.connection.execute(ours.values(lease=None, **change)).rowcount == 1


class _CountsWhatWasNotTried(Outbox):
    def not_yet(self, row: OutboxRow, until: datetime) -> bool:
        return self.try_again(row, until, "")


class _ForgetsTheReason(Outbox):
    def give_up(self, row: OutboxRow, why: str) -> bool:
        del why
        return self._close(row, state=OutboxState.SENT)


class _TidiesWhatIsOpen(Outbox):
    def forget_before(self, instant: datetime, *, state: OutboxState) -> int:
        del state
        return self.connection.execute(_queue.delete().where(_queue.c.made_at < instant)).rowcount


_none = _other.c.id != _other.c.id

FAULTS: dict[str, tuple[type[Outbox], Due]] = {
    "a lease is no obstacle": (Outbox, choice(in_time=_queue.c.state == OutboxState.SENDING)),
    "a lease never ends": (Outbox, choice(states=(OutboxState.PENDING,))),
    "a retry need not wait": (Outbox, choice(in_time=_queue.c.state == OutboxState.PENDING)),
    "nobody waits for an earlier notice": (Outbox, choice(before=_none)),
    "a retry lets later ones pass": (Outbox, choice(before=_other.c.due_at < _queue.c.due_at)),
    "Friday's reminder holds up today's reply": (Outbox, choice(before=_other.c.id < _queue.c.id)),
    "anybody may report": (_AnybodyReports, choice()),
    "what was put off counts as tried": (_CountsWhatWasNotTried, choice()),
    "what was given up counts as sent": (_ForgetsTheReason, choice()),
    "what still waits is tidied away": (_TidiesWhatIsOpen, choice()),
}
