"""The tables of the staff directory: settings, people, what they hold from when to when, their chat addresses."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from policy_kb.words import BotRole, Channel, DayKind, Role, SettingType
from storage.columns import SinceDay, UntilDay, UTCDateTime, Word
from storage.tables import metadata

settings = Table(
    "settings",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("type", Word(SettingType), nullable=False),
    Column("region", Text, nullable=False),
    Column("final_approver_id", Text, ForeignKey("people.id", ondelete="SET NULL"), nullable=True),
    Column("slt_role", Word(Role), nullable=False),  # whoever holds it is the setting's SLT
    Column("consent_list", Text, nullable=False),  # where the list is kept; never the list itself
    # whoever decides where the final approver asks for something themselves
    Column("stands_in_id", Text, ForeignKey("people.id", ondelete="SET NULL"), nullable=True),
)

setting_delegators = Table(
    "setting_delegators",
    metadata,
    Column("setting_id", Text, ForeignKey("settings.id"), primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True),  # may write down who acts for whom
)

dsl_cards = Table(
    "dsl_cards",
    metadata,
    Column("setting_id", Text, ForeignKey("settings.id"), primary_key=True),
    Column("name", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("deputy_name", Text, nullable=False),
    Column("deputy_phone", Text, nullable=False),
    Column("out_of_hours", Text, nullable=False),
    Column("checked_on", Date, nullable=False),
)

calendar_days = Table(
    "calendar_days",
    metadata,
    Column("setting_id", Text, ForeignKey("settings.id"), primary_key=True),
    Column("kind", Word(DayKind), primary_key=True),
    Column("starts_on", Date, primary_key=True),
    Column("ends_on", Date, nullable=False),  # the first day after
    Column("name", Text, nullable=False),
)

bank_holiday_changes = Table(
    "bank_holiday_changes",
    metadata,
    Column("setting_id", Text, ForeignKey("settings.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("added", Boolean, nullable=False),  # false: the kept library has it, and it is an ordinary day here
)

people = Table(
    "people",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=True, unique=True),  # lower case, so that one address is one person
    Column("directory_id", Text, nullable=True, unique=True),
    Column("staff_id", Text, nullable=True, unique=True),  # the trust's own number for them
    Column("post", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("line_manager_id", Text, ForeignKey("people.id", ondelete="SET NULL"), nullable=True),
    Column("pattern", Text, nullable=False),  # five letters, Monday first: MTWTF, with - for a day off
    Column("term_time_only", Boolean, nullable=False),
    Column("starts_on", SinceDay, nullable=False),
    Column("ends_on", UntilDay, nullable=False),  # the first day they are not in post
)

person_settings = Table(
    "person_settings",
    metadata,
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True),
    Column("setting_id", Text, ForeignKey("settings.id"), primary_key=True),
    Column("is_main", Boolean, nullable=False),
)
Index(
    "uq_person_settings_one_main",
    person_settings.c.person_id,
    unique=True,
    sqlite_where=person_settings.c.is_main,
    postgresql_where=person_settings.c.is_main,
)

role_holdings = Table(
    "role_holdings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False),
    Column("role", Word(Role), nullable=False),
    Column("setting_id", Text, ForeignKey("settings.id"), nullable=True),  # empty: for the whole trust
    Column("starts_on", SinceDay, nullable=False),
    Column("ends_on", UntilDay, nullable=False),
    UniqueConstraint("person_id", "role", "setting_id", "starts_on"),
)
# Two empty settings are not equal to a database, so the constraint above would let a role be held twice.
Index(
    "uq_role_holdings_trust_wide",
    role_holdings.c.person_id,
    role_holdings.c.role,
    role_holdings.c.starts_on,
    unique=True,
    sqlite_where=role_holdings.c.setting_id.is_(None),
    postgresql_where=role_holdings.c.setting_id.is_(None),
)
Index("ix_role_holdings_role", role_holdings.c.role)

bot_roles = Table(
    "bot_roles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False),
    Column("role", Word(BotRole), nullable=False),
    Column("setting_id", Text, ForeignKey("settings.id"), nullable=True),  # empty: for the whole trust
    UniqueConstraint("person_id", "role", "setting_id"),
)
Index(
    "uq_bot_roles_trust_wide",
    bot_roles.c.person_id,
    bot_roles.c.role,
    unique=True,
    sqlite_where=bot_roles.c.setting_id.is_(None),
    postgresql_where=bot_roles.c.setting_id.is_(None),
)

delegations = Table(
    "delegations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("role", Word(Role), nullable=False),
    Column("setting_id", Text, ForeignKey("settings.id"), nullable=True),  # empty: for the whole trust
    Column("from_id", Text, ForeignKey("people.id"), nullable=False),
    Column("to_id", Text, ForeignKey("people.id"), nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),  # a delegation without an end would be an appointment
    Column("set_by_id", Text, ForeignKey("people.id"), nullable=False),
    sqlite_autoincrement=True,
)
Index("ix_delegations_role", delegations.c.role, delegations.c.setting_id)

chat_addresses = Table(
    "chat_addresses",
    metadata,
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True),
    Column("channel", Word(Channel), primary_key=True),
    Column("tenant", Text, primary_key=True),
    Column("address", Text, nullable=False),  # only the channel reads it
    Column("updated_at", UTCDateTime, nullable=False),
)
