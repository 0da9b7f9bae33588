"""What a settings file would change: worked out whole, so that it can be shown, and then done all or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handlers.calendars import school_calendar
from handlers.imports.problem import Problem
from policy_kb.rules.periods import CalendarError
from policy_kb.words import Role
from storage.delegations import Delegation
from storage.settings import Calendar, CalendarPeriod, DslCard, Setting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from handlers.imports.settings_file import DelegationEntry, SettingEntry, SettingsFile
    from policy_kb.words import DayKind, PersonId, SettingId
    from storage.person import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingState:
    """A setting with all that belongs to it."""

    setting: Setting
    dsl: DslCard | None = None
    calendar: Calendar = field(default_factory=Calendar)


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingChange:
    """What becomes of one setting."""

    before: SettingState | None  # None: new
    after: SettingState


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsPlan:
    """Everything a settings file would do; nothing may be done while there are problems."""

    settings: tuple[SettingChange, ...] = ()
    starting: tuple[Delegation, ...] = ()
    stopping: tuple[Delegation, ...] = ()
    untouched: tuple[Setting, ...] = ()  # settings the file does not name
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def changes_something(self) -> bool:
        """Whether anything would be different."""
        return bool(self.starting or self.stopping or any(one.before != one.after for one in self.settings))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What a settings file is read against."""

    settings: Mapping[SettingId, SettingState]
    people: Sequence[Person]  # whoever has not left
    delegations: Sequence[Delegation]  # whichever are not over
    today: date

    def person(self, email: str) -> Person | None:
        """Return whoever has an address."""
        return next((person for person in self.people if person.email == email), None)

    def has_people(self, setting_id: SettingId | None) -> bool:
        """Tell whether anybody works at a setting yet; with no setting, anywhere."""
        return any(setting_id is None or setting_id in (one.id for one in person.settings) for person in self.people)


def plan_settings(file: SettingsFile, trust: Trust) -> SettingsPlan:
    """Compare a settings file with the trust."""
    planner = _Planner(trust)
    changes = tuple(planner.setting(entry) for entry in file.settings)
    for entry in file.settings:
        if entry.delegations is not None:
            planner.delegations(entry.id, entry.delegations)
    if file.delegations is not None:
        planner.delegations(None, file.delegations)
    named = {entry.id for entry in file.settings}
    return SettingsPlan(
        settings=changes,
        starting=tuple(planner.starting),
        stopping=tuple(planner.stopping),
        untouched=tuple(state.setting for slug, state in trust.settings.items() if slug not in named),
        problems=(*file.problems, *planner.problems),
        notes=tuple(planner.notes),
    )


class _Planner:
    """Goes through a file once and keeps what it finds."""

    def __init__(self, trust: Trust) -> None:
        self.trust = trust
        self.starting: list[Delegation] = []
        self.stopping: list[Delegation] = []
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.may_delegate: dict[SettingId | None, tuple[PersonId, ...]] = {}

    def setting(self, entry: SettingEntry) -> SettingChange:
        """Return what becomes of one setting."""
        before = self.trust.settings.get(entry.id)
        was = before.setting if before else None
        setting = Setting(
            id=entry.id,
            name=entry.name,
            type=entry.type,
            region=entry.region,
            final_approver_id=self._one(entry, "final_approver", was.final_approver_id if was else None),
            stands_in_id=self._one(entry, "stands_in", was.stands_in_id if was else None),
            delegation_by=self._delegators(entry, was.delegation_by if was else ()),
            slt_role=entry.slt_role or (was.slt_role if was else Role.SLT),
            consent_list=(was.consent_list if was else "") if entry.consent_list is None else entry.consent_list,
        )
        known = before.calendar if before else Calendar()
        calendar = Calendar(
            periods=known.periods if entry.periods is None else tuple(sorted(entry.periods, key=_in_time)),
            bank_holidays=known.bank_holidays if entry.bank_holidays is None else entry.bank_holidays,
        )
        self.may_delegate[entry.id] = setting.delegation_by
        self._check_calendar(setting, calendar)
        self._check_stand_in(setting)
        self._check_dsl(entry)
        dsl = entry.dsl if entry.has_dsl else (before.dsl if before else None)
        return SettingChange(before=before, after=SettingState(setting=setting, dsl=dsl, calendar=calendar))

    def delegations(self, setting_id: SettingId | None, entries: Sequence[DelegationEntry]) -> None:
        """Find which delegations are new and which are no longer wanted."""
        wanted = [made for entry in entries if (made := self._delegation(setting_id, entry))]
        standing = [one for one in self.trust.delegations if one.setting_id == setting_id]
        over = [one for one in wanted if one.ends_on <= self.trust.today]
        self.starting.extend(one for one in wanted if one not in standing and one not in over)
        self.stopping.extend(one for one in standing if one not in wanted)

    def _one(self, entry: SettingEntry, key: str, was: PersonId | None) -> PersonId | None:
        """Return whom a key names by an address: nobody where it is empty, and as before where it is not there."""
        email: str | None = getattr(entry, key)
        if email is None:
            return was
        return self._named(email, entry.id, f"settings.{entry.id}.{key}") if email else None

    def _delegators(self, entry: SettingEntry, were: tuple[PersonId, ...]) -> tuple[PersonId, ...]:
        if entry.may_delegate is None:
            return were
        path = f"settings.{entry.id}.may_delegate"
        named = {person for email in entry.may_delegate if (person := self._named(email, entry.id, path))}
        return tuple(sorted(named))

    def _named(self, email: str, setting_id: SettingId | None, path: str) -> PersonId | None:
        """Return whoever has an address; before a setting has any people, that may wait for the staff list."""
        if person := self.trust.person(email):
            return person.id
        if self.trust.has_people(setting_id):
            self.problems.append(Problem(column=path, says=f"Nobody in post has the address {email}: correct it."))
        else:
            self.notes.append(f"{path}: {email} is not known yet. Import the staff list, then this file once more.")
        return None

    def _delegation(self, setting_id: SettingId | None, entry: DelegationEntry) -> Delegation | None:
        path = f"{entry.path}.{{}}"
        giver = self._named(entry.from_email, setting_id, path.format("from"))
        taker = self._named(entry.to_email, setting_id, path.format("to"))
        setter = self._named(entry.set_by_email, setting_id, path.format("set_by"))
        if not (giver and taker and setter):
            return None
        made = Delegation(
            role=entry.role,
            setting_id=setting_id,
            from_id=giver,
            to_id=taker,
            starts_on=entry.starts_on,
            ends_on=entry.ends_on,
            set_by_id=setter,
        )
        if made not in self.trust.delegations and made.ends_on > self.trust.today:
            self.problems.extend(self._delegation_problems(made, entry))
        return made

    def _delegation_problems(self, made: Delegation, entry: DelegationEntry) -> Iterator[Problem]:
        by_id = {person.id: person for person in self.trust.people}
        held = by_id[made.from_id].held_on(made.starts_on)
        if not any((one.role, one.setting_id) == (made.role, made.setting_id) for one in held):
            says = f"{by_id[made.from_id].name} does not hold {made.role.value} on that day: correct one."
            yield Problem(column=f"{entry.path}.from", says=says)
        if not by_id[made.to_id].is_in_post(made.starts_on):
            says = f"{by_id[made.to_id].name} is not in post on that day: name somebody else."
            yield Problem(column=f"{entry.path}.to", says=says)
        leads = Role.DEPUTY_CEO in (one.role for one in by_id[made.set_by_id].held_on(self.trust.today))
        may = made.set_by_id == made.from_id or made.set_by_id in self.may_delegate.get(made.setting_id, ())
        if not (may or leads):
            says = "Only whoever holds the role or the Deputy CEO can set this, or whom may_delegate names: name one."
            yield Problem(column=f"{entry.path}.set_by", says=says)

    def _check_calendar(self, setting: Setting, calendar: Calendar) -> None:
        try:
            school_calendar(setting, calendar)
        except CalendarError as fault:
            self.problems.append(Problem(column=f"settings.{setting.id}.calendar", says=str(fault)))

    def _check_stand_in(self, setting: Setting) -> None:
        if setting.stands_in_id and setting.stands_in_id == setting.final_approver_id:
            says = "Nobody can stand in for themselves: name somebody else."
            self.problems.append(Problem(column=f"settings.{setting.id}.stands_in", says=says))

    def _check_dsl(self, entry: SettingEntry) -> None:
        if entry.dsl and entry.dsl.checked_on > self.trust.today:
            says = "Nobody has checked the card on a day still to come: correct it."
            self.problems.append(Problem(column=f"settings.{entry.id}.dsl.checked_on", says=says))


def _in_time(period: CalendarPeriod) -> tuple[date, DayKind]:
    return period.starts_on, period.kind
