"""Answers given, as facts: what a button under an answer needs, and never a word that was typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NewType, TypeAlias

from sqlalchemy import delete, func, insert, select, update

from storage import tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Row

    from policy_kb.words import Channel

AnswerId = NewType("AnswerId", str)
"""Thirty-two hexadecimal digits, made by whoever answers."""

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAnswer:
    """An answer given to one person in one place."""

    id: AnswerId
    channel: Channel
    tenant: str
    conversation_id: str
    thread: str
    actor: str  # the platform's id of whoever asked
    at: datetime
    facts: Mapping[str, Json]  # opaque here; tuples come back as lists
    helpful: bool | None = None  # None: nobody said


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The answers of the last weeks."""

    connection: Connection

    def add(self, answer: StoredAnswer) -> None:
        """
        Keep an answer.

        Raises:
            ChangeRefused: there is one with this id already.
        """
        self.connection.execute(
            insert(tables.answers).values(
                id=answer.id,
                channel=answer.channel,
                tenant=answer.tenant,
                conversation_id=answer.conversation_id,
                thread=answer.thread,
                actor=answer.actor,
                at=answer.at,
                facts=dict(answer.facts),
                helpful=answer.helpful,
            )
        )

    def get(self, answer_id: AnswerId, *, channel: Channel, tenant: str, actor: str) -> StoredAnswer | None:
        """Return an answer to whoever asked for it; None to anybody else, and once it is tidied away."""
        kept = tables.answers
        query = select(kept).where(
            kept.c.id == answer_id, kept.c.channel == channel, kept.c.tenant == tenant, kept.c.actor == actor
        )
        return _answer(self.connection.execute(query).one_or_none())

    def kept(self, answer_id: AnswerId) -> StoredAnswer | None:
        """Return an answer, whoever asked, to compose what the outbox has for them; None once tidied away."""
        return _answer(
            self.connection.execute(select(tables.answers).where(tables.answers.c.id == answer_id)).one_or_none()
        )

    def latest(
        self,
        *,
        channel: Channel,
        tenant: str,
        conversation_id: str,
        thread: str,
        actor: str,
        since: datetime,
    ) -> StoredAnswer | None:
        """Return the newest answer this person had in this place at or after `since`."""
        kept = tables.answers
        query = (
            select(kept)
            .where(
                kept.c.channel == channel,
                kept.c.tenant == tenant,
                kept.c.conversation_id == conversation_id,
                kept.c.thread == thread,
                kept.c.actor == actor,
                kept.c.at >= since,
            )
            .order_by(kept.c.at.desc(), kept.c.id.desc())
            .limit(1)
        )
        return _answer(self.connection.execute(query).one_or_none())

    def count(self) -> int:
        """Return how many answers are kept."""
        return self.connection.execute(select(func.count()).select_from(tables.answers)).scalar_one()

    def set_helpful(self, answer_id: AnswerId, *, helpful: bool) -> None:
        """Keep what the asker said of an answer; the last word counts."""
        change = update(tables.answers).where(tables.answers.c.id == answer_id)
        self.connection.execute(change.values(helpful=helpful))

    def forget_before(self, instant: datetime) -> int:
        """Remove answers given before an instant; return how many."""
        return self.connection.execute(delete(tables.answers).where(tables.answers.c.at < instant)).rowcount


def _answer(row: Row[tuple[object, ...]] | None) -> StoredAnswer | None:
    if row is None:
        return None
    return StoredAnswer(
        id=row.id,
        channel=row.channel,
        tenant=row.tenant,
        conversation_id=row.conversation_id,
        thread=row.thread,
        actor=row.actor,
        at=row.at,
        facts=row.facts,
        helpful=row.helpful,
    )
