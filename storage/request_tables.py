"""The tables of requests: what was answered, what was sent, who is asked, and what was decided."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    text,
)

from policy_kb.request_words import Outcome, RequestState, StepState
from policy_kb.words import Channel, Role
from storage.columns import UTCDateTime, Word
from storage.tables import metadata

# What hangs on a request goes with a draft that is tidied away. What is only there once a request was sent does
# not: so the database itself keeps a request that anybody was ever asked to decide on.
_WITH_A_DRAFT = "CASCADE"

requests = Table(
    "requests",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("form", Text, nullable=False),
    Column("setting_id", Text, ForeignKey("settings.id"), nullable=False),
    Column("requester_id", Text, ForeignKey("people.id"), nullable=False),
    Column("author_id", Text, ForeignKey("people.id"), nullable=False),  # the requester, for most
    Column("state", Word(RequestState), nullable=False),
    Column("version", Integer, nullable=False),  # 0: never sent
    Column("at_question", Text, nullable=True),  # empty: at the review
    Column("started_at", UTCDateTime, nullable=False),
    Column("touched_at", UTCDateTime, nullable=False),  # when whoever fills it in last did something
    Column("submitted_at", UTCDateTime, nullable=True),  # the first time
    Column("closed_at", UTCDateTime, nullable=True),
    Column("started_from", Integer, ForeignKey("requests.id", ondelete="SET NULL"), nullable=True),
    Column("go_live", Date, nullable=True),
    sqlite_autoincrement=True,  # people know a request by its number, and the audit for good
)
Index("ix_requests_requester_id", requests.c.requester_id)
Index("ix_requests_author_id", requests.c.author_id)
Index("ix_requests_state", requests.c.state)

answers = Table(
    "request_answers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("request_id", Integer, ForeignKey("requests.id", ondelete=_WITH_A_DRAFT), nullable=False),
    Column("question", Text, nullable=False),
    Column("value", JSON, nullable=False),  # a list of texts
    Column("refused", Text, nullable=False),  # the check that did not let it through
    Column("kept", Boolean, nullable=False),  # it was doubted, and stays
    Column("given_by", Text, ForeignKey("people.id"), nullable=False),
    Column("at", UTCDateTime, nullable=False),
    sqlite_autoincrement=True,
)
Index("ix_request_answers_request_id", answers.c.request_id)

versions = Table(
    "request_versions",
    metadata,
    Column("request_id", Integer, ForeignKey("requests.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("answers", JSON, nullable=False),  # lists of texts by question
    Column("setting_id", Text, ForeignKey("settings.id"), nullable=False),
    Column("author_id", Text, ForeignKey("people.id"), nullable=False),
    Column("sent_by", Text, ForeignKey("people.id"), nullable=False),
    Column("at", UTCDateTime, nullable=False),
)

steps = Table(
    "request_steps",
    metadata,
    Column("request_id", Integer, ForeignKey("requests.id"), primary_key=True),
    Column("step", Text, primary_key=True),
    Column("position", Integer, nullable=False),  # in the order of the route
    Column("state", Word(StepState), nullable=False),
    Column("asked_at", UTCDateTime, nullable=True),
)

asks = Table(
    "request_asks",
    metadata,
    Column("request_id", Integer, primary_key=True),
    Column("step", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False),
    Column("role", Word(Role), nullable=False),
    Column("acting_for_id", Text, ForeignKey("people.id"), nullable=True),
    ForeignKeyConstraint(["request_id", "step"], ["request_steps.request_id", "request_steps.step"]),
)
Index("ix_request_asks_person_id", asks.c.person_id)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("request_id", Integer, ForeignKey("requests.id"), nullable=False),
    Column("step", Text, nullable=False),
    Column("outcome", Word(Outcome), nullable=False),
    Column("by_id", Text, ForeignKey("people.id"), nullable=False),
    Column("role", Word(Role), nullable=False),
    Column("acting_for_id", Text, ForeignKey("people.id"), nullable=True),
    Column("at", UTCDateTime, nullable=False),
    Column("version", Integer, nullable=False),
    Column("comment", Text, nullable=False),
    Column("facts", JSON, nullable=False),  # lists of texts by question
    Column("asked_again", Boolean, nullable=False),
    sqlite_autoincrement=True,
)
# Whatever becomes of the code: a step of one version has one decision that counts.
_COUNTS = text("outcome <> 'not_me' AND NOT asked_again")
Index(
    "uq_decisions_one_counts",
    decisions.c.request_id,
    decisions.c.step,
    decisions.c.version,
    unique=True,
    sqlite_where=_COUNTS,
    postgresql_where=_COUNTS,
)
Index("ix_decisions_request_id", decisions.c.request_id)

reassignments = Table(
    "reassignments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("request_id", Integer, ForeignKey("requests.id"), nullable=False),
    Column("step", Text, nullable=False),
    Column("from_id", Text, ForeignKey("people.id"), nullable=True),  # empty: nobody was asked
    Column("to_id", Text, ForeignKey("people.id"), nullable=False),
    Column("role", Word(Role), nullable=False),
    Column("by_id", Text, ForeignKey("people.id"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", UTCDateTime, nullable=False),
    sqlite_autoincrement=True,
)
Index("ix_reassignments_request_id", reassignments.c.request_id)

snoozes = Table(
    "snoozes",
    metadata,
    Column("request_id", Integer, ForeignKey("requests.id", ondelete=_WITH_A_DRAFT), primary_key=True),
    Column("step", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True),
    Column("until", Date, nullable=False),  # the first London day on which they are reminded again
)

form_talks = Table(
    "form_talks",
    metadata,
    Column("channel", Word(Channel), primary_key=True),
    Column("tenant", Text, primary_key=True),
    Column("conversation_id", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True),
    Column("request_id", Integer, ForeignKey("requests.id", ondelete=_WITH_A_DRAFT), nullable=False),
    Column("at", UTCDateTime, nullable=False),
)

cards = Table(
    "cards",
    metadata,
    Column("name", Text, primary_key=True),  # a request and a step: 12:head
    Column("channel", Word(Channel), primary_key=True),
    Column("address", Text, primary_key=True),  # only the channel reads it; it leads to one message
    Column("person_id", Text, ForeignKey("people.id"), nullable=False),
    Column("at", UTCDateTime, nullable=False),
)
