"""The tables of a conversation and the policy's words; the people have theirs in `people_tables`."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)

from policy_kb.bot_words import SayKind
from policy_kb.words import Channel
from storage.columns import UTCDateTime, Word


class OutboxState(StrEnum):
    """Where a row of the outbox stands."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    GIVEN_UP = "given_up"


OPEN_STATES = (OutboxState.PENDING, OutboxState.SENDING)

# Named constraints can be changed later on SQLite too, where a nameless one cannot be found again.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

chat_identities = Table(
    "chat_identities",
    metadata,
    Column("channel", Word(Channel), primary_key=True),
    Column("tenant", Text, primary_key=True),
    Column("user_id", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=True),  # empty: looked up and not found
    Column("checked_at", UTCDateTime, nullable=False),
    Column("met_at", UTCDateTime, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("channel", Word(Channel), primary_key=True),
    Column("tenant", Text, primary_key=True),
    Column("event_id", Text, primary_key=True),
    Column("at", UTCDateTime, nullable=False),
    Column("says", JSON(none_as_null=True), nullable=True),
)

answers = Table(
    "answers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("channel", Word(Channel), nullable=False),
    Column("tenant", Text, nullable=False),
    Column("conversation_id", Text, nullable=False),
    Column("thread", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", UTCDateTime, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("helpful", Boolean, nullable=True),
)
Index("ix_answers_latest", answers.c.actor, answers.c.conversation_id, answers.c.at)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", Word(Channel), nullable=False),
    Column("address", Text, nullable=False),
    Column("kind", Word(SayKind), nullable=False),
    Column("about", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("replaces", Boolean, nullable=False),
    # Whoever leaves the directory is still answered, as somebody the bot does not know.
    Column("person_id", Text, ForeignKey("people.id", ondelete="SET NULL"), nullable=True),
    Column("state", Word(OutboxState), nullable=False),
    Column("wanted_at", UTCDateTime, nullable=False),  # when it was meant to go; never moves
    Column("due_at", UTCDateTime, nullable=False),  # not before; the next try; the end of a lease
    Column("attempts", Integer, nullable=False),
    Column("lease", Text, nullable=True),
    Column("why", Text, nullable=False),
    Column("made_at", UTCDateTime, nullable=False),
    Column("sent_at", UTCDateTime, nullable=True),
    sqlite_autoincrement=True,  # a number is never given twice, even after the last rows are tidied away
)
_IS_OPEN = outbox.c.state.in_(OPEN_STATES)
Index("ix_outbox_due", outbox.c.due_at, sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN)
Index(
    "ix_outbox_turn",
    outbox.c.channel,
    outbox.c.address,
    outbox.c.wanted_at,
    sqlite_where=_IS_OPEN,
    postgresql_where=_IS_OPEN,
)

editions = Table(
    "editions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("imported_at", UTCDateTime, nullable=False),
    Column("source_name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    sqlite_autoincrement=True,
)
Index(
    "uq_editions_one_active",
    editions.c.active,
    unique=True,
    sqlite_where=editions.c.active,
    postgresql_where=editions.c.active,
)

official_items = Table(
    "official_items",
    metadata,
    Column("edition_id", Integer, ForeignKey("editions.id"), primary_key=True),
    Column("item_id", Text, primary_key=True),
    Column("part", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("heading", Text, nullable=False),
    Column("words", Text, nullable=False),
)
