"""Where the messages are that show how a step stands, so that each can be changed once it stands otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from storage.conflict import insert_or_change
from storage.request import Card
from storage.request_tables import cards as table

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from policy_kb.words import Channel, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """Every card that was sent, by the name of what it shows."""

    connection: Connection

    def put(self, name: str, person_id: PersonId, channel: Channel, address: str, now: datetime) -> None:
        """Remember a card; one that is sent again to the same place is the same card."""
        row = {"name": name, "channel": channel, "address": address, "person_id": person_id, "at": now}
        insert_or_change(self.connection, table, [row])

    def named(self, name: str) -> tuple[Card, ...]:
        """Return the cards that show one thing, the oldest first."""
        query = select(table).where(table.c.name == name).order_by(table.c.at, table.c.channel, table.c.address)
        return tuple(
            Card(person_id=row.person_id, channel=row.channel, address=row.address)
            for row in self.connection.execute(query)
        )

    def forget(self, card: Card) -> None:
        """Forget one card: nothing changes it any more. The message stays where it is."""
        at = (table.c.channel == card.channel, table.c.address == card.address)
        self.connection.execute(delete(table).where(table.c.person_id == card.person_id, *at))

    def forget_before(self, instant: datetime) -> int:
        """Forget the cards sent before an instant; return how many. The messages stay where they are."""
        return self.connection.execute(delete(table).where(table.c.at < instant)).rowcount
