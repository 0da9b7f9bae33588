"""The tables of cover: slots and whose they are, absences, gaps that are intended, and offers to take a slot."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, text

from policy_kb.site_words import GapKind, OfferKind, OfferState, SlotHow, SlotPart
from storage.columns import UTCDateTime, Word
from storage.tables import metadata

slots = Table(
    "rota_slots",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("site_id", Integer, ForeignKey("sites.id"), nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),  # the first day after
    Column("part", Word(SlotPart), nullable=False),
    Column("weight", Integer, nullable=False),
    Column("person_id", Text, ForeignKey("people.id"), nullable=True),  # empty: a gap
    Column("reserve_id", Text, ForeignKey("people.id"), nullable=True),
    Column("how", Word(SlotHow), nullable=True),
    Column("accepted_at", UTCDateTime, nullable=True),
    UniqueConstraint("site_id", "starts_on", "part"),
    sqlite_autoincrement=True,  # a calendar knows a slot by its number for good
)
# By their ends: what is asked for is mostly now or to come, and the past grows every year.
Index("ix_rota_slots_ends_on", slots.c.ends_on)
Index("ix_rota_slots_person_id", slots.c.person_id, slots.c.ends_on)

absences = Table(
    "absences",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),  # the first day after
    Column("set_by_id", Text, ForeignKey("people.id"), nullable=False),
    Column("at", UTCDateTime, nullable=False),
    sqlite_autoincrement=True,
)
Index("ix_absences_person_id", absences.c.person_id, absences.c.ends_on)
Index("ix_absences_ends_on", absences.c.ends_on)

gaps = Table(
    "intended_gaps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("site_id", Integer, ForeignKey("sites.id"), nullable=False),
    Column("kind", Word(GapKind), nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),  # the first day after
    Column("by_id", Text, ForeignKey("people.id"), nullable=False),
    Column("at", UTCDateTime, nullable=False),
    sqlite_autoincrement=True,
)
Index("ix_intended_gaps_site_id", gaps.c.site_id, gaps.c.ends_on)

offers = Table(
    "cover_offers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slot_id", Integer, ForeignKey("rota_slots.id", ondelete="CASCADE"), nullable=False),
    Column("kind", Word(OfferKind), nullable=False),
    Column("by_id", Text, ForeignKey("people.id"), nullable=False),
    Column("for_slot_id", Integer, ForeignKey("rota_slots.id", ondelete="CASCADE"), nullable=True),  # of a swap
    Column("state", Word(OfferState), nullable=False),
    Column("at", UTCDateTime, nullable=False),
    Column("closed_at", UTCDateTime, nullable=True),
    sqlite_autoincrement=True,
)
# Whatever becomes of the code: a slot is offered once at a time.
_OPEN = text("state = 'open'")
Index(
    "uq_cover_offers_open",
    offers.c.slot_id,
    unique=True,
    sqlite_where=_OPEN,
    postgresql_where=_OPEN,
)
# A slot that goes takes its offers with it.
Index("ix_cover_offers_slot_id", offers.c.slot_id)
Index("ix_cover_offers_for_slot_id", offers.c.for_slot_id)

offer_asks = Table(
    "cover_offer_asks",
    metadata,
    Column("offer_id", Integer, ForeignKey("cover_offers.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True),
    Column("not_free_at", UTCDateTime, nullable=True),  # said that they cannot
)
