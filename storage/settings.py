"""The trust's settings: what each needs before staff can ask for anything, and its calendar."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from policy_kb.words import Role, Verb
from storage import people_tables as tables
from storage.audit import Subject
from storage.conflict import insert_or_change

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from sqlalchemy import Connection, Row, Table

    from policy_kb.words import DayKind, PersonId, SettingId, SettingType
    from storage.audit import Audit, AuditEntry, Fact

_DELEGATORS = select(tables.setting_delegators)
_SETTINGS = select(tables.settings).order_by(tables.settings.c.name, tables.settings.c.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """
    A place people work in.

    Policy: 2.2
    """

    id: SettingId
    name: str
    type: SettingType
    region: str
    final_approver_id: PersonId | None = None
    slt_role: Role = Role.SLT  # whoever holds it here is the SLT; in a small nursery that may be the head alone
    consent_list: str = ""  # where the list of image consents is kept
    stands_in_id: PersonId | None = None  # decides where the final approver asks for something themselves
    delegation_by: tuple[PersonId, ...] = ()  # may write down who acts for whom, beside the holder; by id


@dataclass(frozen=True, slots=True, kw_only=True)
class DslCard:
    """Whom to tell at a setting when a child may be at risk; it comes from outside the policy."""

    name: str
    phone: str
    deputy_name: str
    deputy_phone: str
    out_of_hours: str
    checked_on: date  # when somebody last rang the numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPeriod:
    """Days of one kind in a row, as London days; `ends_on` is the first day after them."""

    kind: DayKind
    starts_on: date
    ends_on: date
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BankHolidayChange:
    """A day on which a setting differs from the kept library of bank holidays."""

    day: date
    added: bool  # False: the library has it, and it is an ordinary day here


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Everything imported about the days of one setting, earliest first."""

    periods: tuple[CalendarPeriod, ...] = ()
    bank_holidays: tuple[BankHolidayChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of the trust; every change is written to the setting's own chain of the audit."""

    connection: Connection
    audit: Audit
    known: dict[SettingId, Setting]  # read in this transaction, by name; whatever changes one empties it
    calendars: dict[SettingId, Calendar]  # the same
    change: Callable[[], None]  # people are read with their settings, and all have to be read anew

    def get(self, setting_id: SettingId) -> Setting | None:
        """Return one setting, as it was when this transaction first asked for any."""
        self.listed()
        return self.known.get(setting_id)

    def listed(self) -> tuple[Setting, ...]:
        """Return all settings, by name, as they were when this transaction first asked for any."""
        if not self.known:
            self.known.update((one.id, one) for one in _read(self.connection))
        return tuple(self.known.values())

    def put(self, setting: Setting, *, entry: AuditEntry) -> None:
        """
        Add a setting, or change the one with this id; nothing happens where it is as it was.

        Raises:
            ChangeRefused: the final approver, or somebody else it names, is nobody in the directory.
        """
        self.change()
        setting = replace(setting, delegation_by=tuple(sorted(set(setting.delegation_by))))
        before = self.get(setting.id)
        if before == setting:
            return
        insert_or_change(self.connection, tables.settings, [_setting_row(setting)])
        self.change()
        if setting.delegation_by != (before.delegation_by if before else ()):
            self._put_delegators(setting)
        changed = (one.name for one in fields(Setting) if getattr(before, one.name, None) != getattr(setting, one.name))
        facts = {"changed": tuple(changed)}
        self._write(setting.id, entry, Verb.CHANGED if before else Verb.ADDED, facts if before else {})

    def dsl_card(self, setting_id: SettingId) -> DslCard | None:
        """Return whom to tell at a setting; None where nobody has said."""
        query = select(tables.dsl_cards).where(tables.dsl_cards.c.setting_id == setting_id)
        row = self.connection.execute(query).one_or_none()
        if row is None:
            return None
        return DslCard(
            name=row.name,
            phone=row.phone,
            deputy_name=row.deputy_name,
            deputy_phone=row.deputy_phone,
            out_of_hours=row.out_of_hours,
            checked_on=row.checked_on,
        )

    def put_dsl_card(self, setting_id: SettingId, card: DslCard | None, *, entry: AuditEntry) -> None:
        """Keep a setting's DSL card in place of the one it had; None takes it away."""
        if card == self.dsl_card(setting_id):
            return
        cards = tables.dsl_cards
        self.connection.execute(delete(cards).where(cards.c.setting_id == setting_id))
        if card is not None:
            self.connection.execute(
                insert(cards).values(
                    setting_id=setting_id,
                    name=card.name,
                    phone=card.phone,
                    deputy_name=card.deputy_name,
                    deputy_phone=card.deputy_phone,
                    out_of_hours=card.out_of_hours,
                    checked_on=card.checked_on,
                )
            )
        checked = card.checked_on.isoformat() if card else None
        self._write(setting_id, entry, Verb.CHANGED, {"changed": ("dsl_card",), "checked_on": checked})

    def calendar(self, setting_id: SettingId) -> Calendar:
        """Return what was imported of a setting's calendar, as it was when this transaction first asked; or nothing."""
        if setting_id not in self.calendars:
            self.calendars[setting_id] = self._read_calendar(setting_id)
        return self.calendars[setting_id]

    def put_calendar(self, setting_id: SettingId, calendar: Calendar, *, entry: AuditEntry) -> None:
        """
        Keep a setting's calendar in place of the one it had.

        Raises:
            ChangeRefused: two periods of one kind start on the same day.
        """
        self.change()
        if calendar == self.calendar(setting_id):
            return
        self.change()
        for table in (tables.calendar_days, tables.bank_holiday_changes):
            self.connection.execute(delete(table).where(table.c.setting_id == setting_id))
        self._insert(tables.calendar_days, [_period_row(setting_id, period) for period in calendar.periods])
        changes = [{"setting_id": setting_id, "day": one.day, "added": one.added} for one in calendar.bank_holidays]
        self._insert(tables.bank_holiday_changes, changes)
        facts = {"periods": len(calendar.periods), "bank_holidays": len(calendar.bank_holidays)}
        self._write(setting_id, entry, Verb.CALENDAR_SET, facts)

    def _read_calendar(self, setting_id: SettingId) -> Calendar:
        days, changes = tables.calendar_days, tables.bank_holiday_changes
        periods = select(days).where(days.c.setting_id == setting_id).order_by(days.c.starts_on, days.c.kind)
        differing = select(changes).where(changes.c.setting_id == setting_id).order_by(changes.c.day)
        return Calendar(
            periods=tuple(
                CalendarPeriod(kind=row.kind, starts_on=row.starts_on, ends_on=row.ends_on, name=row.name)
                for row in self.connection.execute(periods)
            ),
            bank_holidays=tuple(
                BankHolidayChange(day=row.day, added=row.added) for row in self.connection.execute(differing)
            ),
        )

    def _put_delegators(self, setting: Setting) -> None:
        may = tables.setting_delegators
        self.connection.execute(delete(may).where(may.c.setting_id == setting.id))
        self._insert(may, [{"setting_id": setting.id, "person_id": one} for one in setting.delegation_by])

    def _insert(self, table: Table, rows: Sequence[dict[str, object]]) -> None:
        if rows:
            self.connection.execute(insert(table), list(rows))

    def _write(self, setting_id: SettingId, entry: AuditEntry, verb: Verb, facts: Mapping[str, Fact]) -> None:
        self.audit.write(Subject.of_setting(setting_id), replace(entry, verb=verb, facts=facts))


def _read(connection: Connection) -> tuple[Setting, ...]:
    delegators = defaultdict(list)
    for row in connection.execute(_DELEGATORS):
        delegators[row.setting_id].append(row.person_id)
    return tuple(_setting(row, delegators[row.id]) for row in connection.execute(_SETTINGS))


def _setting(row: Row[tuple[object, ...]], delegators: Sequence[PersonId]) -> Setting:
    return Setting(
        id=row.id,
        name=row.name,
        type=row.type,
        region=row.region,
        final_approver_id=row.final_approver_id,
        slt_role=row.slt_role,
        consent_list=row.consent_list,
        stands_in_id=row.stands_in_id,
        delegation_by=tuple(sorted(delegators)),  # not in the order of a database, which has its own
    )


def _setting_row(setting: Setting) -> dict[str, str | None]:
    return {
        "id": setting.id,
        "name": setting.name,
        "type": setting.type,
        "region": setting.region,
        "final_approver_id": setting.final_approver_id,
        "slt_role": setting.slt_role,
        "consent_list": setting.consent_list,
        "stands_in_id": setting.stands_in_id,
    }


def _period_row(setting_id: SettingId, period: CalendarPeriod) -> dict[str, object]:
    return {
        "setting_id": setting_id,
        "kind": period.kind,
        "starts_on": period.starts_on,
        "ends_on": period.ends_on,
        "name": period.name,
    }
