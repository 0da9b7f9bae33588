"""Events already taken, so that a repeat changes nothing and gets the same reply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, delete, select, update

from storage import tables
from storage.conflict import insert_unless_there
from storage.says import SayFacts, says_from_json, says_to_json

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from policy_kb.words import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """Every event of the last days, by the platform's own id for it."""

    connection: Connection

    def take(self, channel: Channel, tenant: str, event_id: str, now: datetime) -> bool:
        """
        Take an event; False where it was taken before.

        Of any number who take the same event at once, one is told True; the rest wait for it to commit.
        """
        row = {"channel": channel, "tenant": tenant, "event_id": event_id, "at": now}
        return insert_unless_there(self.connection, tables.inbox, row)

    def replies_to(self, channel: Channel, tenant: str, event_id: str) -> tuple[SayFacts, ...] | None:
        """Return what was said to an event, in order; None for one not taken yet."""
        query = select(tables.inbox.c.says).where(_is(channel, tenant, event_id))
        row = self.connection.execute(query).one_or_none()
        return None if row is None else says_from_json(row.says or [])

    def record_replies(self, channel: Channel, tenant: str, event_id: str, says: tuple[SayFacts, ...]) -> None:
        """Keep what is said to an event, in the transaction that took it."""
        change = update(tables.inbox).where(_is(channel, tenant, event_id))
        self.connection.execute(change.values(says=says_to_json(says)))

    def forget_before(self, instant: datetime) -> int:
        """Remove events taken before an instant; return how many."""
        return self.connection.execute(delete(tables.inbox).where(tables.inbox.c.at < instant)).rowcount


def _is(channel: Channel, tenant: str, event_id: str) -> ColumnElement[bool]:
    taken = tables.inbox
    return and_(taken.c.channel == channel, taken.c.tenant == tenant, taken.c.event_id == event_id)
