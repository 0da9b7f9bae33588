"""What moderators did with what stood on a site: the act, a category, a link and the time, and never the content."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from policy_kb.words import Verb
from storage.audit import Subject
from storage.site_tables import moderation as table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from policy_kb.site_words import LogAction, LogCategory, SiteId
    from policy_kb.words import PersonId
    from storage.audit import Audit, AuditEntry, Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """
    One act of moderation.

    Policy: A.5.3, A.5.6
    """

    site: SiteId
    action: LogAction
    category: LogCategory
    link: str  # where it stood; may be empty
    by: PersonId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Moderation:
    """The log of every site."""

    connection: Connection
    audit: Audit

    def write(self, line: LogLine, *, entry: AuditEntry) -> None:
        """
        Add a line; the audit is told the act and the category, and not the link.

        Raises:
            ChangeRefused: the site or the person is unknown.
        """
        row = {"site_id": line.site, "action": line.action, "category": line.category, "link": line.link}
        self.connection.execute(insert(table).values(**row, by_id=line.by, at=line.at))
        self._write(line.site, entry, Verb.LOGGED, {"action": line.action.value, "category": line.category.value})

    def lines(self, sites: Collection[SiteId], start: datetime, end: datetime) -> tuple[LogLine, ...]:
        """Return what was logged of some sites at or after one instant and before another, the earliest first."""
        which = (table.c.site_id.in_(sites), table.c.at >= start, table.c.at < end)
        rows = self.connection.execute(select(table).where(*which).order_by(table.c.at, table.c.id))
        return tuple(
            LogLine(site=row.site_id, action=row.action, category=row.category, link=row.link, by=row.by_id, at=row.at)
            for row in rows
        )

    def _write(self, site_id: SiteId, entry: AuditEntry, verb: Verb, facts: Mapping[str, Fact]) -> None:
        self.audit.write(Subject.of_site(site_id), replace(entry, verb=verb, facts={**entry.facts, **facts}))
