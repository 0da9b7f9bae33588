"""People in several settings, roles from day to day, calendars, DSL cards, delegations, chat addresses."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ALWAYS = "0001-01-01"
NEVER = "9999-12-31"
TRUST_WIDE = sa.text("setting_id IS NULL")
MAIN = sa.text("is_main")
KEY = "uq_role_holdings_person_id_role_setting_id"


def upgrade() -> None:
    """Go up."""
    _make_person_settings()
    _widen_people()
    _widen_settings()
    _date_role_holdings()
    _make_calendars()
    _make_powers()
    _make_chat_addresses()


def downgrade() -> None:
    """Go back; whoever works in several settings keeps the main one, whoever has no address gets a stand-in."""
    for table in (
        "chat_addresses",
        "delegations",
        "bot_roles",
        "bank_holiday_changes",
        "calendar_days",
        "dsl_cards",
    ):
        op.drop_table(table)
    _narrow_role_holdings()
    with op.batch_alter_table("settings") as settings:
        settings.drop_constraint("fk_settings_final_approver_id_people", type_="foreignkey")
        for column in ("final_approver_id", "slt_role", "consent_list"):
            settings.drop_column(column)
    _narrow_people()
    op.drop_table("person_settings")


def _make_person_settings() -> None:
    op.create_table(
        "person_settings",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("setting_id", sa.Text(), nullable=False),
        sa.Column("is_main", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "setting_id", name="pk_person_settings"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_person_settings_person_id_people"),
        sa.ForeignKeyConstraint(["setting_id"], ["settings.id"], name="fk_person_settings_setting_id_settings"),
    )
    op.create_index(
        "uq_person_settings_one_main",
        "person_settings",
        ["person_id"],
        unique=True,
        sqlite_where=MAIN,
        postgresql_where=MAIN,
    )
    op.execute("INSERT INTO person_settings (person_id, setting_id, is_main) SELECT id, setting_id, TRUE FROM people")


def _widen_people() -> None:
    with op.batch_alter_table("people") as people:
        people.drop_constraint("fk_people_setting_id_settings", type_="foreignkey")
        people.drop_column("setting_id")
        people.alter_column("email", existing_type=sa.Text(), nullable=True)
        people.add_column(sa.Column("staff_id", sa.Text(), nullable=True))
        people.add_column(sa.Column("department", sa.Text(), nullable=True))
        people.add_column(sa.Column("line_manager_id", sa.Text(), nullable=True))
        people.add_column(sa.Column("pattern", sa.Text(), nullable=True))
        people.add_column(sa.Column("term_time_only", sa.Boolean(), nullable=True))
        people.add_column(sa.Column("starts_on", sa.Date(), nullable=True))
        people.add_column(sa.Column("ends_on", sa.Date(), nullable=True))
        people.create_unique_constraint("uq_people_staff_id", ["staff_id"])
        people.create_foreign_key(
            "fk_people_line_manager_id_people", "people", ["line_manager_id"], ["id"], ondelete="SET NULL"
        )
    op.execute(
        "UPDATE people SET department = '', pattern = 'MTWTF', term_time_only = FALSE,"  # noqa: S608 - our own constants
        f" starts_on = '{ALWAYS}', ends_on = '{NEVER}'"
    )
    with op.batch_alter_table("people") as people:
        for column in ("department", "pattern"):
            people.alter_column(column, existing_type=sa.Text(), nullable=False)
        people.alter_column("term_time_only", existing_type=sa.Boolean(), nullable=False)
        for column in ("starts_on", "ends_on"):
            people.alter_column(column, existing_type=sa.Date(), nullable=False)


def _narrow_people() -> None:
    with op.batch_alter_table("people") as people:
        people.add_column(sa.Column("setting_id", sa.Text(), nullable=True))
    op.execute(
        "UPDATE people SET email = coalesce(email, id || '@left.invalid'), setting_id ="
        " (SELECT setting_id FROM person_settings WHERE person_id = people.id AND is_main)"
    )
    with op.batch_alter_table("people") as people:
        people.drop_constraint("fk_people_line_manager_id_people", type_="foreignkey")
        people.drop_constraint("uq_people_staff_id", type_="unique")
        people.alter_column("email", existing_type=sa.Text(), nullable=False)
        people.alter_column("setting_id", existing_type=sa.Text(), nullable=False)
        people.create_foreign_key("fk_people_setting_id_settings", "settings", ["setting_id"], ["id"])
        for column in (
            "staff_id",
            "department",
            "line_manager_id",
            "pattern",
            "term_time_only",
            "starts_on",
            "ends_on",
        ):
            people.drop_column(column)


def _widen_settings() -> None:
    with op.batch_alter_table("settings") as settings:
        settings.add_column(sa.Column("final_approver_id", sa.Text(), nullable=True))
        settings.add_column(sa.Column("slt_role", sa.Text(), nullable=True))
        settings.add_column(sa.Column("consent_list", sa.Text(), nullable=True))
        settings.create_foreign_key(
            "fk_settings_final_approver_id_people", "people", ["final_approver_id"], ["id"], ondelete="SET NULL"
        )
    op.execute("UPDATE settings SET slt_role = 'slt', consent_list = ''")
    with op.batch_alter_table("settings") as settings:
        for column in ("slt_role", "consent_list"):
            settings.alter_column(column, existing_type=sa.Text(), nullable=False)


def _date_role_holdings() -> None:
    op.drop_index("uq_role_holdings_trust_wide", "role_holdings")
    with op.batch_alter_table("role_holdings") as holdings:
        holdings.drop_constraint(KEY, type_="unique")
        holdings.add_column(sa.Column("starts_on", sa.Date(), nullable=True))
        holdings.add_column(sa.Column("ends_on", sa.Date(), nullable=True))
    op.execute(f"UPDATE role_holdings SET starts_on = '{ALWAYS}', ends_on = '{NEVER}'")  # noqa: S608 - our own constants
    with op.batch_alter_table("role_holdings") as holdings:
        for column in ("starts_on", "ends_on"):
            holdings.alter_column(column, existing_type=sa.Date(), nullable=False)
        holdings.create_unique_constraint(f"{KEY}_starts_on", ["person_id", "role", "setting_id", "starts_on"])
    op.create_index("ix_role_holdings_role", "role_holdings", ["role"])
    _trust_wide("role_holdings", "person_id", "role", "starts_on")


def _narrow_role_holdings() -> None:
    op.drop_index("uq_role_holdings_trust_wide", "role_holdings")
    op.drop_index("ix_role_holdings_role", "role_holdings")
    op.execute(
        "DELETE FROM role_holdings WHERE id NOT IN"
        " (SELECT min(id) FROM role_holdings GROUP BY person_id, role, setting_id)"
    )
    with op.batch_alter_table("role_holdings") as holdings:
        holdings.drop_constraint(f"{KEY}_starts_on", type_="unique")
        holdings.drop_column("starts_on")
        holdings.drop_column("ends_on")
        holdings.create_unique_constraint(KEY, ["person_id", "role", "setting_id"])
    _trust_wide("role_holdings", "person_id", "role")


def _make_calendars() -> None:
    op.create_table(
        "dsl_cards",
        sa.Column("setting_id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name", "phone", "deputy_name", "deputy_phone")),
        sa.Column("out_of_hours", sa.Text(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("setting_id", name="pk_dsl_cards"),
        sa.ForeignKeyConstraint(["setting_id"], ["settings.id"], name="fk_dsl_cards_setting_id_settings"),
    )
    op.create_table(
        "calendar_days",
        sa.Column("setting_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("setting_id", "kind", "starts_on", name="pk_calendar_days"),
        sa.ForeignKeyConstraint(["setting_id"], ["settings.id"], name="fk_calendar_days_setting_id_settings"),
    )
    op.create_table(
        "bank_holiday_changes",
        sa.Column("setting_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("added", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("setting_id", "day", name="pk_bank_holiday_changes"),
        sa.ForeignKeyConstraint(["setting_id"], ["settings.id"], name="fk_bank_holiday_changes_setting_id_settings"),
    )


def _make_powers() -> None:
    op.create_table(
        "bot_roles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("setting_id", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_bot_roles"),
        sa.UniqueConstraint("person_id", "role", "setting_id", name="uq_bot_roles_person_id_role_setting_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_bot_roles_person_id_people"),
        sa.ForeignKeyConstraint(["setting_id"], ["settings.id"], name="fk_bot_roles_setting_id_settings"),
    )
    _trust_wide("bot_roles", "person_id", "role")
    op.create_table(
        "delegations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("setting_id", sa.Text(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("from_id", "to_id")),
        *(sa.Column(name, sa.Date(), nullable=False) for name in ("starts_on", "ends_on")),
        sa.Column("set_by_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_delegations"),
        sa.ForeignKeyConstraint(["setting_id"], ["settings.id"], name="fk_delegations_setting_id_settings"),
        *(
            sa.ForeignKeyConstraint([column], ["people.id"], name=f"fk_delegations_{column}_people")
            for column in ("from_id", "to_id", "set_by_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_delegations_role", "delegations", ["role", "setting_id"])


def _make_chat_addresses() -> None:
    op.create_table(
        "chat_addresses",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "channel", "tenant", name="pk_chat_addresses"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_chat_addresses_person_id_people"),
    )


def _trust_wide(table: str, *columns: str) -> None:
    op.create_index(
        f"uq_{table}_trust_wide",
        table,
        list(columns),
        unique=True,
        sqlite_where=TRUST_WIDE,
        postgresql_where=TRUST_WIDE,
    )
