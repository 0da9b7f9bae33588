"""Who a platform's user is: found among the staff, or looked up and not found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, exists, or_, select, update

from storage import tables
from storage.conflict import insert_or_change

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from policy_kb.words import Channel, PersonId

LOOK_AGAIN_AFTER = timedelta(hours=24)  # for somebody who was not found; they may have joined since
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatIdentity:
    """A platform's user, as far as we know them."""

    channel: Channel
    tenant: str
    user_id: str
    person_id: PersonId | None  # None: looked up and not found
    checked_at: datetime
    met_at: datetime  # when they first spoke to the bot

    def may_be_looked_up(self, now: datetime) -> bool:
        """Tell whether it is time to ask the platform about them again."""
        return self.person_id is None and now - self.checked_at >= LOOK_AGAIN_AFTER


@dataclass(frozen=True, slots=True, kw_only=True)
class Identities:
    """Everybody who has spoken to the bot."""

    connection: Connection

    def find(self, channel: Channel, tenant: str, user_id: str) -> ChatIdentity | None:
        """Return what is known of a platform's user; None for somebody never met."""
        known = tables.chat_identities
        query = select(known).where(known.c.channel == channel, known.c.tenant == tenant, known.c.user_id == user_id)
        row = self.connection.execute(query).one_or_none()
        if row is None:
            return None
        return ChatIdentity(
            channel=row.channel,
            tenant=row.tenant,
            user_id=row.user_id,
            person_id=row.person_id,
            checked_at=row.checked_at,
            met_at=row.met_at,
        )

    def is_in_use(self, channel: Channel) -> bool:
        """Tell whether anybody ever spoke to the bot on a channel."""
        known = tables.chat_identities
        return self.connection.execute(select(exists().where(known.c.channel == channel))).scalar_one()

    def remember(self, channel: Channel, tenant: str, user_id: str, person_id: PersonId | None, now: datetime) -> None:
        """Keep what a look-up found; the moment they were first met stays."""
        row = {
            "channel": channel,
            "tenant": tenant,
            "user_id": user_id,
            "person_id": person_id,
            "checked_at": now,
            "met_at": now,
        }
        insert_or_change(self.connection, tables.chat_identities, [row], keep=("met_at",))

    def look_up_again(self, people: Sequence[PersonId]) -> None:
        """Look these people up anew when they next speak, and whoever was not found: they may be found now."""
        known = tables.chat_identities
        theirs = or_(known.c.person_id.is_(None), known.c.person_id == bindparam("whose"))
        self.connection.execute(
            update(known).where(theirs).values(person_id=None, checked_at=LONG_AGO),
            [{"whose": person_id} for person_id in ("", *people)],
        )
