"""The tables of sites: their life and people, what was checked and judged, what is left to do, what was moderated."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from policy_kb.site_words import (
    CheckAnswer,
    CoverDays,
    LogAction,
    LogCategory,
    Round,
    SiteState,
    SlotLength,
    TaskKind,
)
from policy_kb.words import Role
from storage.columns import UTCDateTime, Word
from storage.tables import metadata

sites = Table(
    "sites",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("request_id", Integer, ForeignKey("requests.id"), nullable=True, unique=True),  # empty: taken in
    Column("setting_id", Text, ForeignKey("settings.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("state", Word(SiteState), nullable=False),
    Column("state_since", Date, nullable=False),
    Column("author_id", Text, ForeignKey("people.id"), nullable=False),
    Column("host", Text, nullable=False),
    Column("host_name", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("aims", Text, nullable=False),
    Column("success", Text, nullable=False),
    Column("exit_plan", Text, nullable=False),
    Column("intervention_plan", Text, nullable=False),
    Column("audience", JSON, nullable=False),  # a sorted list of options
    Column("contributors", JSON, nullable=False),
    Column("interaction", Text, nullable=False),
    Column("uses_logo", Boolean, nullable=False),
    Column("paper", Text, nullable=False),
    Column("go_live", Date, nullable=True),
    Column("live_on", Date, nullable=True),
    Column("closure", Date, nullable=True),
    Column("review_on", Date, nullable=True),
    Column("evaluate_on", Date, nullable=True),
    Column("active_on", Date, nullable=True),
    Column("rota_length", Word(SlotLength), nullable=False),
    Column("rota_days", Word(CoverDays), nullable=False),
    Column("holidays_double", Boolean, nullable=False),
    UniqueConstraint("setting_id", "name"),
    sqlite_autoincrement=True,  # people know a site by its number, and the audit for good
)
Index("ix_sites_author_id", sites.c.author_id)
Index("ix_sites_state", sites.c.state)

members = Table(
    "site_members",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("site_id", Integer, ForeignKey("sites.id"), nullable=False),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False),
    Column("role", Word(Role), nullable=False),
    Column("since", Date, nullable=False),
    Column("until", Date, nullable=True),  # the first day they no longer do
    Column("accepted_at", UTCDateTime, nullable=True),
    Column("attested_on", Date, nullable=True),
    sqlite_autoincrement=True,
)
# Whoever stopped can begin again; nobody looks after a site twice at once in the same role.
Index(
    "uq_site_members_open",
    members.c.site_id,
    members.c.person_id,
    members.c.role,
    unique=True,
    sqlite_where=members.c.until.is_(None),
    postgresql_where=members.c.until.is_(None),
)
Index("ix_site_members_person_id", members.c.person_id)

checks = Table(
    "site_checks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("site_id", Integer, ForeignKey("sites.id"), nullable=False),
    Column("round", Word(Round), nullable=False),
    Column("round_on", Date, nullable=False),  # the day on which this run through the checklist began
    Column("key", Text, nullable=False),
    Column("answer", Word(CheckAnswer), nullable=False),
    Column("by_id", Text, ForeignKey("people.id"), nullable=False),
    Column("at", UTCDateTime, nullable=False),
    UniqueConstraint("site_id", "round", "round_on", "key"),
    sqlite_autoincrement=True,
)

evaluations = Table(
    "site_evaluations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("site_id", Integer, ForeignKey("sites.id"), nullable=False),
    Column("reached", Text, nullable=False),  # fully, partly, not
    Column("words", Text, nullable=False),
    Column("by_id", Text, ForeignKey("people.id"), nullable=False),
    Column("at", UTCDateTime, nullable=False),
    sqlite_autoincrement=True,
)
Index("ix_site_evaluations_site_id", evaluations.c.site_id)

tasks = Table(
    "site_tasks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("site_id", Integer, ForeignKey("sites.id"), nullable=False),
    Column("kind", Word(TaskKind), nullable=False),
    Column("about_id", Text, ForeignKey("people.id"), nullable=False),  # whose access is to be removed
    Column("opened_at", UTCDateTime, nullable=False),
    Column("done_by_id", Text, ForeignKey("people.id"), nullable=True),
    Column("done_at", UTCDateTime, nullable=True),
    sqlite_autoincrement=True,
)
Index(
    "uq_site_tasks_open",
    tasks.c.site_id,
    tasks.c.kind,
    tasks.c.about_id,
    unique=True,
    sqlite_where=tasks.c.done_at.is_(None),
    postgresql_where=tasks.c.done_at.is_(None),
)

moderation = Table(
    "moderation_log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("site_id", Integer, ForeignKey("sites.id"), nullable=False),
    Column("action", Word(LogAction), nullable=False),
    Column("category", Word(LogCategory), nullable=False),
    Column("link", Text, nullable=False),  # where it stood; never what it said
    Column("by_id", Text, ForeignKey("people.id"), nullable=False),
    Column("at", UTCDateTime, nullable=False),
    sqlite_autoincrement=True,
)
Index("ix_moderation_log_site_id", moderation.c.site_id, moderation.c.at)
