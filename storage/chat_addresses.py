"""Where a person can be told something in private, as their last private word to the bot showed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, select

from storage import people_tables as tables
from storage.conflict import insert_or_change

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from policy_kb.words import Channel, PersonId

_OF_PERSON = (
    select(tables.chat_addresses)
    .where(tables.chat_addresses.c.person_id == bindparam("person"))
    .order_by(tables.chat_addresses.c.updated_at.desc(), tables.chat_addresses.c.channel)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatAddress:
    """One way to reach one person alone."""

    person_id: PersonId
    channel: Channel
    tenant: str
    address: str  # only the channel reads it
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatAddresses:
    """The private addresses of everybody who has ever spoken to the bot alone."""

    connection: Connection

    def refresh(self, address: ChatAddress) -> None:
        """Keep an address in place of the one the person had on this channel."""
        row = {
            "person_id": address.person_id,
            "channel": address.channel,
            "tenant": address.tenant,
            "address": address.address,
            "updated_at": address.updated_at,
        }
        insert_or_change(self.connection, tables.chat_addresses, [row])

    def of(self, person_id: PersonId) -> tuple[ChatAddress, ...]:
        """Return where a person can be reached, the freshest first; nothing for somebody who never spoke to the bot."""
        return tuple(
            ChatAddress(
                person_id=row.person_id,
                channel=row.channel,
                tenant=row.tenant,
                address=row.address,
                updated_at=row.updated_at,
            )
            for row in self.connection.execute(_OF_PERSON, {"person": person_id})
        )

    def forget(self, people: Sequence[PersonId]) -> None:
        """Forget every address of some people: their accounts may have changed hands."""
        known = tables.chat_addresses
        for person_id in people:
            self.connection.execute(delete(known).where(known.c.person_id == person_id))
