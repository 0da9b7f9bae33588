"""Sites, who looks after each, what was checked and judged, and what was moderated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import op

if TYPE_CHECKING:
    from datetime import datetime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    _make_sites()
    _make_members()
    _make_checks()
    _make_tasks()
    _make_moderation()


def downgrade() -> None:
    """Go back; every site is gone, with its people and its log."""
    for table in (
        "moderation_log",
        "site_tasks",
        "site_evaluations",
        "site_checks",
        "site_members",
        "sites",
    ):
        op.drop_table(table)


def _make_sites() -> None:
    about = ("host", "host_name", "address", "purpose", "aims", "success", "exit_plan", "intervention_plan")
    days = ("go_live", "live_on", "closure", "review_on", "evaluate_on", "active_on")
    op.create_table(
        "sites",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        *_texts("setting_id", "name", "state"),
        sa.Column("state_since", sa.Date(), nullable=False),
        *_texts("author_id", *about),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("contributors", sa.JSON(), nullable=False),
        *_texts("interaction"),
        sa.Column("uses_logo", sa.Boolean(), nullable=False),
        *_texts("paper"),
        *(sa.Column(name, sa.Date(), nullable=True) for name in days),
        *_texts("rota_length", "rota_days"),
        sa.Column("holidays_double", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sites"),
        _to_person("sites", "author_id"),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name="fk_sites_request_id_requests"),
        sa.ForeignKeyConstraint(["setting_id"], ["settings.id"], name="fk_sites_setting_id_settings"),
        sa.UniqueConstraint("request_id", name="uq_sites_request_id"),
        sa.UniqueConstraint("setting_id", "name", name="uq_sites_setting_id_name"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sites_author_id", "sites", ["author_id"])
    op.create_index("ix_sites_state", "sites", ["state"])


def _make_members() -> None:
    op.create_table(
        "site_members",
        *_of_site(),
        *_texts("person_id", "role"),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        _instant("accepted_at", nullable=True),
        sa.Column("attested_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_site_members"),
        _to_person("site_members", "person_id"),
        _to_site("site_members"),
        sqlite_autoincrement=True,
    )
    _one_at_a_time("uq_site_members_open", "site_members", ["site_id", "person_id", "role"], "until IS NULL")
    op.create_index("ix_site_members_person_id", "site_members", ["person_id"])


def _make_checks() -> None:
    op.create_table(
        "site_checks",
        *_of_site(),
        *_texts("round"),
        sa.Column("round_on", sa.Date(), nullable=False),
        *_texts("key", "answer", "by_id"),
        _instant("at"),
        sa.PrimaryKeyConstraint("id", name="pk_site_checks"),
        _to_person("site_checks", "by_id"),
        _to_site("site_checks"),
        sa.UniqueConstraint("site_id", "round", "round_on", "key", name="uq_site_checks_site_id_round_round_on_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "site_evaluations",
        *_of_site(),
        *_texts("reached", "words", "by_id"),
        _instant("at"),
        sa.PrimaryKeyConstraint("id", name="pk_site_evaluations"),
        _to_person("site_evaluations", "by_id"),
        _to_site("site_evaluations"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_site_evaluations_site_id", "site_evaluations", ["site_id"])


def _make_tasks() -> None:
    op.create_table(
        "site_tasks",
        *_of_site(),
        *_texts("kind", "about_id"),
        _instant("opened_at"),
        sa.Column("done_by_id", sa.Text(), nullable=True),
        _instant("done_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_site_tasks"),
        *(_to_person("site_tasks", column) for column in ("about_id", "done_by_id")),
        _to_site("site_tasks"),
        sqlite_autoincrement=True,
    )
    _one_at_a_time("uq_site_tasks_open", "site_tasks", ["site_id", "kind", "about_id"], "done_at IS NULL")


def _make_moderation() -> None:
    op.create_table(
        "moderation_log",
        *_of_site(),
        *_texts("action", "category", "link", "by_id"),
        _instant("at"),
        sa.PrimaryKeyConstraint("id", name="pk_moderation_log"),
        _to_person("moderation_log", "by_id"),
        _to_site("moderation_log"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_moderation_log_site_id", "moderation_log", ["site_id", "at"])


def _texts(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.Text(), nullable=False) for name in names)


def _instant(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _of_site() -> tuple[sa.Column[int], ...]:
    return tuple(sa.Column(name, sa.Integer(), nullable=False) for name in ("id", "site_id"))


def _to_person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["people.id"], name=f"fk_{table}_{column}_people")


def _to_site(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=f"fk_{table}_site_id_sites")


def _one_at_a_time(name: str, table: str, columns: list[str], while_: str) -> None:
    is_open = sa.text(while_)
    op.create_index(name, table, columns, unique=True, sqlite_where=is_open, postgresql_where=is_open)
