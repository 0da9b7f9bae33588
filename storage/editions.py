"""Imported official documents: the trust's own words, which the bot quotes instead of ours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NewType

from sqlalchemy import insert, select, update

from policy_kb.words import SubjectKind, Verb
from storage import tables
from storage.audit import Subject

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Row

    from policy_kb.words import ItemId
    from storage.audit import Audit, AuditEntry, Fact

EditionId = NewType("EditionId", int)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialItem:
    """One item of the document, word for word."""

    id: ItemId
    part: str = ""
    heading: str = ""
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialEdition:
    """An imported document with its items, in the document's order."""

    id: EditionId
    imported_at: datetime
    source_name: str  # the file's name, without its folder
    sha256: str  # of the file, hexadecimal
    items: tuple[OfficialItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Editions:
    """Every document ever imported; one of them is in force."""

    connection: Connection
    audit: Audit

    def import_edition(
        self, *, source_name: str, sha256: str, items: Sequence[OfficialItem], entry: AuditEntry
    ) -> EditionId:
        """
        Keep a document and put it in force at the instant of `entry`; every import is kept, the same file again too.

        The verb and facts of `entry` are written for the document and for the one it takes the place of.

        Raises:
            ChangeRefused: two items have the same number and part.
        """
        kept, before = tables.editions, self.active_id()
        self.connection.execute(update(kept).where(kept.c.active).values(active=False))
        row = {"imported_at": entry.at, "source_name": source_name, "sha256": sha256, "active": True}
        edition_id = EditionId(self.connection.execute(insert(kept).values(row).returning(kept.c.id)).scalar_one())
        self._add_items(edition_id, items)
        facts: dict[str, Fact] = {"sha256": sha256, "items": len(items)}
        self.audit.write(_about(edition_id), replace(entry, verb=Verb.IMPORTED, facts=facts))
        if before is not None:
            replaced: dict[str, Fact] = {"in_force": False, "replaced_by": edition_id}
            self.audit.write(_about(before), replace(entry, verb=Verb.CHANGED, facts=replaced))
        return edition_id

    def active_id(self) -> EditionId | None:
        """Return which document is in force, without its words; None where there is none."""
        found = self.connection.execute(select(tables.editions.c.id).where(tables.editions.c.active))
        return found.scalar_one_or_none()

    def active(self) -> OfficialEdition | None:
        """Return the document in force; None where the shipped edition speaks alone."""
        row = self.connection.execute(select(tables.editions).where(tables.editions.c.active)).one_or_none()
        return self._edition(row) if row else None

    def before(self, edition_id: EditionId) -> OfficialEdition | None:
        """Return the document that was in force before one; None where that was the first."""
        kept = tables.editions
        query = select(kept).where(kept.c.id < edition_id).order_by(kept.c.id.desc()).limit(1)
        row = self.connection.execute(query).one_or_none()
        return self._edition(row) if row else None

    def _edition(self, row: Row[Any]) -> OfficialEdition:
        return OfficialEdition(
            id=row.id,
            imported_at=row.imported_at,
            source_name=row.source_name,
            sha256=row.sha256,
            items=self._items(row.id),
        )

    def _add_items(self, edition_id: int, items: Sequence[OfficialItem]) -> None:
        rows = [
            {
                "edition_id": edition_id,
                "item_id": item.id,
                "part": item.part,
                "position": position,
                "heading": item.heading,
                "words": item.words,
            }
            for position, item in enumerate(items)
        ]
        if rows:
            self.connection.execute(insert(tables.official_items), rows)

    def _items(self, edition_id: int) -> tuple[OfficialItem, ...]:
        kept = tables.official_items
        query = select(kept).where(kept.c.edition_id == edition_id).order_by(kept.c.position)
        return tuple(
            OfficialItem(id=row.item_id, part=row.part, heading=row.heading, words=row.words)
            for row in self.connection.execute(query)
        )


def _about(edition_id: EditionId) -> Subject:
    return Subject(SubjectKind.EDITION, str(edition_id))
