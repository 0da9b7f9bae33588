"""Requests, from the first answer to the last decision; who stands in for a setting's final approver."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COUNTS = sa.text("outcome <> 'not_me' AND NOT asked_again")


def upgrade() -> None:
    """Go up."""
    _widen_settings()
    _make_requests()
    _make_answers()
    _make_versions()
    _make_steps()
    _make_decisions()
    _make_reassignments()
    _make_snoozes()
    _make_places()


def downgrade() -> None:
    """Go back; every request is gone, and who stands in for whom."""
    for table in (
        "cards",
        "form_talks",
        "snoozes",
        "reassignments",
        "decisions",
        "request_asks",
        "request_steps",
        "request_versions",
        "request_answers",
        "requests",
        "setting_delegators",
    ):
        op.drop_table(table)
    with op.batch_alter_table("settings") as settings:
        settings.drop_constraint("fk_settings_stands_in_id_people", type_="foreignkey")
        settings.drop_column("stands_in_id")


def _widen_settings() -> None:
    with op.batch_alter_table("settings") as settings:
        settings.add_column(sa.Column("stands_in_id", sa.Text(), nullable=True))
        settings.create_foreign_key(
            "fk_settings_stands_in_id_people", "people", ["stands_in_id"], ["id"], ondelete="SET NULL"
        )
    op.create_table(
        "setting_delegators",
        sa.Column("setting_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("setting_id", "person_id", name="pk_setting_delegators"),
        _to_setting("setting_delegators"),
        _to_person("setting_delegators", "person_id"),
    )


def _make_requests() -> None:
    op.create_table(
        "requests",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("form", "setting_id", "requester_id", "author_id")),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at_question", sa.Text(), nullable=True),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in ("started_at", "touched_at")),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=True) for name in ("submitted_at", "closed_at")),
        sa.Column("started_from", sa.Integer(), nullable=True),
        sa.Column("go_live", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_requests"),
        _to_setting("requests"),
        *(_to_person("requests", column) for column in ("requester_id", "author_id")),
        sa.ForeignKeyConstraint(
            ["started_from"], ["requests.id"], name="fk_requests_started_from_requests", ondelete="SET NULL"
        ),
        sqlite_autoincrement=True,
    )
    for column in ("requester_id", "author_id", "state"):
        op.create_index(f"ix_requests_{column}", "requests", [column])


def _make_answers() -> None:
    op.create_table(
        "request_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("refused", sa.Text(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_request_answers"),
        _to_request("request_answers", ondelete="CASCADE"),
        _to_person("request_answers", "given_by"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_request_answers_request_id", "request_answers", ["request_id"])


def _make_versions() -> None:
    op.create_table(
        "request_versions",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("setting_id", "author_id", "sent_by")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("request_id", "version", name="pk_request_versions"),
        _to_request("request_versions"),
        _to_setting("request_versions"),
        *(_to_person("request_versions", column) for column in ("author_id", "sent_by")),
    )


def _make_steps() -> None:
    op.create_table(
        "request_steps",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("request_id", "step", name="pk_request_steps"),
        _to_request("request_steps"),
    )
    op.create_table(
        "request_asks",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("acting_for_id", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("request_id", "step", "position", name="pk_request_asks"),
        *(_to_person("request_asks", column) for column in ("person_id", "acting_for_id")),
        sa.ForeignKeyConstraint(
            ["request_id", "step"],
            ["request_steps.request_id", "request_steps.step"],
            name="fk_request_asks_request_id_step_request_steps",
        ),
    )
    op.create_index("ix_request_asks_person_id", "request_asks", ["person_id"])


def _make_decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("step", "outcome", "by_id", "role")),
        sa.Column("acting_for_id", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("asked_again", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
        _to_request("decisions"),
        *(_to_person("decisions", column) for column in ("by_id", "acting_for_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_decisions_request_id", "decisions", ["request_id"])
    op.create_index(
        "uq_decisions_one_counts",
        "decisions",
        ["request_id", "step", "version"],
        unique=True,
        sqlite_where=COUNTS,
        postgresql_where=COUNTS,
    )


def _make_reassignments() -> None:
    op.create_table(
        "reassignments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("from_id", sa.Text(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("to_id", "role", "by_id", "reason")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reassignments"),
        _to_request("reassignments"),
        *(_to_person("reassignments", column) for column in ("from_id", "to_id", "by_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reassignments_request_id", "reassignments", ["request_id"])


def _make_snoozes() -> None:
    op.create_table(
        "snoozes",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("request_id", "step", "person_id", name="pk_snoozes"),
        _to_request("snoozes", ondelete="CASCADE"),
        _to_person("snoozes", "person_id"),
    )


def _make_places() -> None:
    op.create_table(
        "form_talks",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("channel", "tenant", "conversation_id")),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "tenant", "conversation_id", "person_id", name="pk_form_talks"),
        _to_request("form_talks", ondelete="CASCADE"),
        _to_person("form_talks", "person_id"),
    )
    op.create_table(
        "cards",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name", "channel", "address", "person_id")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", "channel", "address", name="pk_cards"),
        _to_person("cards", "person_id"),
    )


def _to_person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["people.id"], name=f"fk_{table}_{column}_people")


def _to_setting(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["setting_id"], ["settings.id"], name=f"fk_{table}_setting_id_settings")


def _to_request(table: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_request_id_requests"
    return sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name=name, ondelete=ondelete)
