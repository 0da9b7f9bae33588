"""Who acts in somebody's role for a time, written down by a third person or the holder."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from policy_kb.words import Verb
from storage import people_tables as tables
from storage.audit import Someone, Subject

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import ColumnElement, Connection

    from policy_kb.words import PersonId, Role, SettingId
    from storage.audit import Audit, AuditEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """One person acts in a role of another from a London day until the day before `ends_on`."""

    role: Role
    setting_id: SettingId | None = None  # None: for the whole trust
    from_id: PersonId
    to_id: PersonId
    starts_on: date
    ends_on: date
    set_by_id: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegations:
    """Every delegation ever written down; written to the chain of whoever acts."""

    connection: Connection
    audit: Audit

    def everything(self) -> tuple[Delegation, ...]:
        """Return all delegations, past and to come, earliest first."""
        return self._found()

    def in_force(self, role: Role, setting_id: SettingId | None, on: date) -> tuple[Delegation, ...]:
        """Return who acts in a role at a setting on a day, earliest first, in post or not."""
        made = tables.delegations
        return self._found(
            made.c.role == role,
            made.c.setting_id.is_(None) if setting_id is None else made.c.setting_id == setting_id,
            made.c.starts_on <= on,
            made.c.ends_on > on,
        )

    def add(self, delegation: Delegation, *, entry: AuditEntry) -> None:
        """
        Write a delegation down.

        Raises:
            ChangeRefused: somebody in it is nobody in the directory, or the setting is missing.
        """
        self.connection.execute(
            insert(tables.delegations).values(
                role=delegation.role,
                setting_id=delegation.setting_id,
                from_id=delegation.from_id,
                to_id=delegation.to_id,
                starts_on=delegation.starts_on,
                ends_on=delegation.ends_on,
                set_by_id=delegation.set_by_id,
            )
        )
        self._write(delegation, entry, Verb.DELEGATED)

    def end(self, delegation: Delegation, on: date, *, entry: AuditEntry) -> None:
        """Let a delegation end on a day before its time: from that day on nobody acts by it."""
        made = tables.delegations
        same = (made.c[name] == getattr(delegation, name) for name in ("role", "from_id", "to_id", "starts_on"))
        where = made.c.setting_id == delegation.setting_id if delegation.setting_id else made.c.setting_id.is_(None)
        self.connection.execute(update(made).where(*same, where).values(ends_on=on))
        self._write(replace(delegation, ends_on=on), entry, Verb.DELEGATION_ENDED)

    def _found(self, *which: ColumnElement[bool]) -> tuple[Delegation, ...]:
        made = tables.delegations
        rows = self.connection.execute(select(made).where(*which).order_by(made.c.starts_on, made.c.id))
        return tuple(
            Delegation(
                role=row.role,
                setting_id=row.setting_id,
                from_id=row.from_id,
                to_id=row.to_id,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                set_by_id=row.set_by_id,
            )
            for row in rows
        )

    def _write(self, delegation: Delegation, entry: AuditEntry, verb: Verb) -> None:
        facts = {
            "role": delegation.role.value,
            "setting": delegation.setting_id,
            "for": Someone(delegation.from_id),
            "set_by": Someone(delegation.set_by_id),
            "from": delegation.starts_on.isoformat(),
            "until": delegation.ends_on.isoformat(),
        }
        self.audit.write(Subject.of_person(delegation.to_id), replace(entry, verb=verb, facts=facts))
