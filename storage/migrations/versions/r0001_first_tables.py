"""The first tables: staff and their chat identities, inbox, answers, outbox, official words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

OPEN = sa.text("state IN ('pending', 'sending')")


def upgrade() -> None:
    """Go up."""
    _make_staff()
    _make_identities()
    _make_inbox()
    _make_answers()
    _make_outbox()
    _make_editions()


def downgrade() -> None:
    """Go back to an empty database."""
    for table in (
        "official_items",
        "editions",
        "outbox",
        "answers",
        "inbox",
        "chat_identities",
        "role_holdings",
        "people",
        "settings",
    ):
        op.drop_table(table)


def _make_staff() -> None:
    op.create_table(
        "settings",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_settings"),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("directory_id", sa.Text(), nullable=True),
        sa.Column("setting_id", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("email", name="uq_people_email"),
        sa.UniqueConstraint("directory_id", name="uq_people_directory_id"),
        sa.ForeignKeyConstraint(["setting_id"], ["settings.id"], name="fk_people_setting_id_settings"),
    )
    op.create_table(
        "role_holdings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("setting_id", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_role_holdings"),
        sa.UniqueConstraint("person_id", "role", "setting_id", name="uq_role_holdings_person_id_role_setting_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_role_holdings_person_id_people"),
        sa.ForeignKeyConstraint(["setting_id"], ["settings.id"], name="fk_role_holdings_setting_id_settings"),
    )
    op.create_index(
        "uq_role_holdings_trust_wide",
        "role_holdings",
        ["person_id", "role"],
        unique=True,
        sqlite_where=sa.text("setting_id IS NULL"),
        postgresql_where=sa.text("setting_id IS NULL"),
    )


def _make_identities() -> None:
    op.create_table(
        "chat_identities",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("met_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "tenant", "user_id", name="pk_chat_identities"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_chat_identities_person_id_people"),
    )


def _make_inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("says", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("channel", "tenant", "event_id", name="pk_inbox"),
    )


def _make_answers() -> None:
    op.create_table(
        "answers",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("thread", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("helpful", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
    )
    op.create_index("ix_answers_latest", "answers", ["actor", "conversation_id", "at"])


def _make_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("replaces", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("wanted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_outbox_person_id_people", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_due", "outbox", ["due_at"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index(
        "ix_outbox_turn",
        "outbox",
        ["channel", "address", "wanted_at"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def _make_editions() -> None:
    op.create_table(
        "editions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_editions"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_editions_one_active",
        "editions",
        ["active"],
        unique=True,
        sqlite_where=sa.text("active"),
        postgresql_where=sa.text("active"),
    )
    op.create_table(
        "official_items",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", "item_id", "part", name="pk_official_items"),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name="fk_official_items_edition_id_editions"),
    )
