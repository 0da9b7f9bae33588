"""Why somebody, or nobody, is on duty: people who are away, and stretches that are left uncovered on purpose."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from policy_kb.words import Verb
from storage import rota_tables as tables
from storage.audit import Subject
from storage.rota_rows import read_absence, read_gap

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from sqlalchemy import ColumnElement, Connection

    from policy_kb.rules.site import Absence, IntendedGap
    from policy_kb.site_words import GapKind, SiteId
    from policy_kb.words import PersonId
    from storage.audit import Audit, AuditEntry, Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class NotCovered:
    """What `Rota` knows of absences and of gaps that are intended."""

    connection: Connection
    audit: Audit

    def add_absence(self, person: PersonId, start: date, end: date, *, set_by: PersonId, entry: AuditEntry) -> int:
        """
        Keep that somebody is away on the London days [start, end), and return the number of that.

        Why they are is not asked and not kept.

        Raises:
            ChangeRefused: one of them is unknown.
        """
        row = {"person_id": person, "starts_on": start, "ends_on": end, "set_by_id": set_by, "at": entry.at}
        made = self.connection.execute(insert(tables.absences).values(row).returning(tables.absences.c.id))
        number: int = made.scalar_one()
        days: dict[str, Fact] = {"starts_on": start.isoformat(), "ends_on": end.isoformat()}
        self._write(Subject.of_person(person), entry, Verb.AWAY, {"absence": number, **days})
        return number

    def absence(self, number: int) -> Absence | None:
        """Return one absence."""
        return next(iter(self._absences(tables.absences.c.id == number)), None)

    def end_absence(self, number: int, *, entry: AuditEntry) -> Absence | None:
        """Take an absence back, and return it; None where it was before."""
        gone = delete(tables.absences).where(tables.absences.c.id == number).returning(*tables.absences.c)
        row = self.connection.execute(gone).one_or_none()
        if row is None:
            return None
        found = read_absence(row)
        self._write(Subject.of_person(found.person), entry, Verb.BACK, {"absence": number})
        return found

    def absences(self, start: date, end: date, *, people: Collection[PersonId] | None = None) -> tuple[Absence, ...]:
        """Return who is away on some of the London days [start, end), the earliest first."""
        made = tables.absences
        which = [made.c.starts_on < end, made.c.ends_on > start]
        which += [made.c.person_id.in_(people)] if people is not None else []
        return self._absences(*which)

    def forget_absences_before(self, day: date) -> int:
        """Remove absences that were over by a London day; return how many."""
        return self.connection.execute(delete(tables.absences).where(tables.absences.c.ends_on <= day)).rowcount

    def settle_gap(
        self, site_id: SiteId, kind: GapKind, start: date, end: date, *, by: PersonId, entry: AuditEntry
    ) -> int:
        """
        Keep somebody's decision that nobody covers a site on the London days [start, end); return its number.

        Raises:
            ChangeRefused: the site or the person is unknown.
        """
        row = {"site_id": site_id, "kind": kind, "starts_on": start, "ends_on": end, "by_id": by, "at": entry.at}
        made = self.connection.execute(insert(tables.gaps).values(row).returning(tables.gaps.c.id))
        number: int = made.scalar_one()
        days: dict[str, Fact] = {"starts_on": start.isoformat(), "ends_on": end.isoformat()}
        self._write(Subject.of_site(site_id), entry, Verb.GAP_SETTLED, {"gap": number, "kind": kind.value, **days})
        return number

    def reopen_gap(self, number: int, *, entry: AuditEntry) -> IntendedGap | None:
        """Take such a decision back, and return it; None where it was before."""
        gone = delete(tables.gaps).where(tables.gaps.c.id == number).returning(*tables.gaps.c)
        row = self.connection.execute(gone).one_or_none()
        if row is None:
            return None
        found = read_gap(row)
        self._write(Subject.of_site(found.site), entry, Verb.GAP_REOPENED, {"gap": number})
        return found

    def intended_gaps(
        self, start: date, end: date, *, sites: Collection[SiteId] | None = None
    ) -> tuple[IntendedGap, ...]:
        """Return the decisions that nobody covers some of the London days [start, end), the earliest first."""
        made = tables.gaps
        which = [made.c.starts_on < end, made.c.ends_on > start]
        which += [made.c.site_id.in_(sites)] if sites is not None else []
        rows = self.connection.execute(select(made).where(*which).order_by(made.c.starts_on, made.c.id))
        return tuple(read_gap(row) for row in rows)

    def _absences(self, *which: ColumnElement[bool]) -> tuple[Absence, ...]:
        made = tables.absences
        rows = self.connection.execute(select(made).where(*which).order_by(made.c.starts_on, made.c.id))
        return tuple(read_absence(row) for row in rows)

    def _write(self, subject: Subject, entry: AuditEntry, verb: Verb, facts: Mapping[str, Fact]) -> None:
        self.audit.write(subject, replace(entry, verb=verb, facts={**entry.facts, **facts}))
