"""Cover: slots, absences, gaps and offers; secret addresses; who was reminded when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import op

if TYPE_CHECKING:
    from datetime import date, datetime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

OPEN = sa.text("state = 'open'")
DONE = sa.text("done_at IS NOT NULL")


def upgrade() -> None:
    """Go up."""
    _make_slots()
    _make_absences()
    _make_offers()
    _make_addresses()
    _make_reminded()


def downgrade() -> None:
    """Go back; every rota is gone, and every link and feed opens nothing any more."""
    for table in (
        "reminders_put_off",
        "days_told",
        "calendar_feeds",
        "page_sessions",
        "page_links",
        "cover_offer_asks",
        "cover_offers",
        "intended_gaps",
        "absences",
        "rota_slots",
    ):
        op.drop_table(table)
    op.drop_index("ix_due_done", "due")


def _make_slots() -> None:
    op.create_table(
        "rota_slots",
        *_of_site(),
        *_stretch(),
        *_texts("part"),
        sa.Column("weight", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("person_id", "reserve_id", "how")),
        _instant("accepted_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_rota_slots"),
        *(_to_person("rota_slots", column) for column in ("person_id", "reserve_id")),
        _to_site("rota_slots"),
        sa.UniqueConstraint("site_id", "starts_on", "part", name="uq_rota_slots_site_id_starts_on_part"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_rota_slots_ends_on", "rota_slots", ["ends_on"])
    op.create_index("ix_rota_slots_person_id", "rota_slots", ["person_id", "ends_on"])


def _make_absences() -> None:
    op.create_table(
        "absences",
        sa.Column("id", sa.Integer(), nullable=False),
        *_texts("person_id"),
        *_stretch(),
        *_texts("set_by_id"),
        _instant("at"),
        sa.PrimaryKeyConstraint("id", name="pk_absences"),
        *(_to_person("absences", column) for column in ("person_id", "set_by_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_absences_person_id", "absences", ["person_id", "ends_on"])
    op.create_index("ix_absences_ends_on", "absences", ["ends_on"])
    op.create_table(
        "intended_gaps",
        *_of_site(),
        *_texts("kind"),
        *_stretch(),
        *_texts("by_id"),
        _instant("at"),
        sa.PrimaryKeyConstraint("id", name="pk_intended_gaps"),
        _to_person("intended_gaps", "by_id"),
        _to_site("intended_gaps"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_intended_gaps_site_id", "intended_gaps", ["site_id", "ends_on"])


def _make_offers() -> None:
    op.create_table(
        "cover_offers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        *_texts("kind", "by_id"),
        sa.Column("for_slot_id", sa.Integer(), nullable=True),
        *_texts("state"),
        _instant("at"),
        _instant("closed_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_cover_offers"),
        _to_person("cover_offers", "by_id"),
        *(_goes_with("cover_offers", column, "rota_slots") for column in ("for_slot_id", "slot_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_cover_offers_open", "cover_offers", ["slot_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
    )
    op.create_index("ix_cover_offers_slot_id", "cover_offers", ["slot_id"])
    op.create_index("ix_cover_offers_for_slot_id", "cover_offers", ["for_slot_id"])
    op.create_table(
        "cover_offer_asks",
        sa.Column("offer_id", sa.Integer(), nullable=False),
        *_texts("person_id"),
        _instant("not_free_at", nullable=True),
        sa.PrimaryKeyConstraint("offer_id", "person_id", name="pk_cover_offer_asks"),
        _goes_with("cover_offer_asks", "offer_id", "cover_offers"),
        _to_person("cover_offer_asks", "person_id"),
    )


def _make_addresses() -> None:
    op.create_table(
        "page_links",
        *_texts("secret_sha256", "person_id"),
        _instant("expires_at"),
        _instant("spent_at", nullable=True),
        sa.PrimaryKeyConstraint("secret_sha256", name="pk_page_links"),
        _to_person("page_links", "person_id"),
    )
    op.create_table(
        "page_sessions",
        *_texts("secret_sha256", "person_id"),
        _instant("expires_at"),
        sa.PrimaryKeyConstraint("secret_sha256", name="pk_page_sessions"),
        _to_person("page_sessions", "person_id"),
    )
    op.create_table(
        "calendar_feeds",
        sa.Column("id", sa.Integer(), nullable=False),
        *_texts("secret_sha256", "person_id"),
        sa.Column("site_id", sa.Integer(), nullable=True),
        _instant("made_at"),
        _instant("revoked_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_feeds"),
        _to_person("calendar_feeds", "person_id"),
        _to_site("calendar_feeds"),
        sa.UniqueConstraint("secret_sha256", name="uq_calendar_feeds_secret_sha256"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_calendar_feeds_person_id", "calendar_feeds", ["person_id"])


def _make_reminded() -> None:
    op.create_index("ix_due_done", "due", ["done_at"], sqlite_where=DONE, postgresql_where=DONE)
    op.create_table(
        "days_told",
        *_texts("person_id"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "day", name="pk_days_told"),
        _to_person("days_told", "person_id"),
    )
    op.create_table(
        "reminders_put_off",
        *_texts("person_id", "subject"),
        sa.Column("until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("person_id", "subject", name="pk_reminders_put_off"),
        _to_person("reminders_put_off", "person_id"),
    )


def _texts(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.Text(), nullable=False) for name in names)


def _instant(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _of_site() -> tuple[sa.Column[int], ...]:
    return tuple(sa.Column(name, sa.Integer(), nullable=False) for name in ("id", "site_id"))


def _stretch() -> tuple[sa.Column[date], ...]:
    return tuple(sa.Column(name, sa.Date(), nullable=False) for name in ("starts_on", "ends_on"))


def _to_person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["people.id"], name=f"fk_{table}_{column}_people")


def _to_site(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=f"fk_{table}_site_id_sites")


def _goes_with(table: str, column: str, owner: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{owner}"
    return sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=name, ondelete="CASCADE")
