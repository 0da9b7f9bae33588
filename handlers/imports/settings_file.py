"""The settings of the trust as a TOML file: which keys it has, and what it says of each setting."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handlers.imports import cells
from handlers.imports.cells import DAY, LOCAL, NOBODY_S
from handlers.imports.problem import Problem
from handlers.imports.toml_reader import Reader
from policy_kb.rules.periods import IMPORTED
from policy_kb.words import DayKind, Role, SettingId, SettingType
from storage.settings import BankHolidayChange, CalendarPeriod, DslCard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

SETTING_KEYS = (
    "name",
    "type",
    "region",
    "final_approver",
    "stands_in",
    "may_delegate",
    "slt_role",
    "consent_list",
    "dsl",
    "calendar",
    "bank_holidays",
    "delegations",
)
DSL_KEYS = ("name", "phone", "deputy_name", "deputy_phone", "out_of_hours", "checked_on")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationEntry:
    """Somebody who acts for somebody, by their addresses."""

    path: str  # where it stands in the file
    role: Role
    from_email: str
    to_email: str
    set_by_email: str
    starts_on: date
    ends_on: date  # the day after the last


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingEntry:
    """What the file says of one setting; None is what it says nothing of, and what then stays as it is."""

    id: SettingId
    name: str
    type: SettingType
    region: str
    final_approver: str | None = None  # an address; "" takes whoever was named away
    stands_in: str | None = None  # an address; "" takes whoever was named away
    may_delegate: tuple[str, ...] | None = None  # addresses
    slt_role: Role | None = None
    consent_list: str | None = None
    has_dsl: bool = False
    dsl: DslCard | None = None
    periods: tuple[CalendarPeriod, ...] | None = None
    bank_holidays: tuple[BankHolidayChange, ...] | None = None
    delegations: tuple[DelegationEntry, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsFile:
    """A settings file, as far as it could be read."""

    settings: tuple[SettingEntry, ...] = ()
    delegations: tuple[DelegationEntry, ...] | None = None  # for the whole trust
    problems: tuple[Problem, ...] = ()


def read_settings_file(data: bytes) -> SettingsFile:
    """Read a settings file; what is wrong comes back as problems, in the order of the file."""
    parsed = _parsed(data)
    if isinstance(parsed, Problem):
        return SettingsFile(problems=(parsed,))
    top = Reader(table=parsed)
    top.check_keys("settings", "bank_holidays", "delegations")
    everywhere = _bank_holidays(top)
    under = top.inside("settings")
    if not under.table:
        top.note("", "There is no setting in this file. Each begins with a line such as [settings.elm-academy].")
    settings = tuple(entry for slug in under.table if (entry := _setting(slug, under.inside(slug), everywhere)))
    delegations = _delegations(top) if top.has("delegations") else None
    return SettingsFile(settings=settings, delegations=delegations, problems=tuple(top.problems))


def _parsed(data: bytes) -> dict[str, Any] | Problem:
    try:
        return tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as fault:
        row = data[: fault.start].count(b"\n") + 1
        return Problem(says=f"Line {row} has letters that are not UTF-8: save the file as UTF-8.")
    except tomllib.TOMLDecodeError as fault:
        return Problem(says=f"The file is not TOML: {fault}. docs/people.md shows how it must look.")


def _setting(slug: str, reader: Reader, everywhere: tuple[BankHolidayChange, ...] | None) -> SettingEntry | None:
    before = len(reader.problems)
    reader.check_keys(*SETTING_KEYS)
    if not _SLUG.fullmatch(slug):
        reader.note("", "A setting's id is made of small letters, digits and dashes, such as elm-academy.")
    own = _bank_holidays(reader)
    entry = SettingEntry(
        id=SettingId(slug),
        name=reader.text("name", str, needed=True) or "",
        type=reader.text("type", _word(SettingType, "type of setting"), needed=True) or SettingType.ACADEMY,
        region=reader.text("region", str, needed=True) or "",
        final_approver=_kept(reader, "final_approver", cells.read_email),
        stands_in=_kept(reader, "stands_in", cells.read_email),
        may_delegate=reader.texts("may_delegate", cells.read_email) if reader.has("may_delegate") else None,
        slt_role=reader.text("slt_role", _slt_role),
        consent_list=_kept(reader, "consent_list", str),
        has_dsl=reader.has("dsl"),
        dsl=_dsl_card(reader.inside("dsl")) if reader.table.get("dsl") else None,
        periods=tuple(_periods(reader)) if reader.has("calendar") else None,
        bank_holidays=None if own is None and everywhere is None else _merged(everywhere or (), own or ()),
        delegations=_delegations(reader) if reader.has("delegations") else None,
    )
    return entry if len(reader.problems) == before else None


def _kept(reader: Reader, key: str, read: Callable[[str], str]) -> str | None:
    """Return what a key says, "" where it is there and empty, None where it is not there."""
    return (reader.text(key, read) or "") if reader.has(key) else None


def _slt_role(text: str) -> Role:
    role = cells.read_word(text, Role, what="role")
    if role not in (Role.SLT, Role.HEAD, Role.HEAD_OF_SERVICE, Role.SERVICE_MANAGER):
        raise cells.CellRefused("The SLT is whoever holds slt, head, head_of_service or service_manager here.")
    return role


def _dsl_card(reader: Reader) -> DslCard | None:
    reader.check_keys(*DSL_KEYS)
    texts = {key: reader.text(key, str, needed=True) or "" for key in DSL_KEYS[:4]}
    out_of_hours = reader.text("out_of_hours", str) or ""
    checked_on = reader.day("checked_on")
    return None if checked_on is None else DslCard(**texts, out_of_hours=out_of_hours, checked_on=checked_on)


def _periods(reader: Reader) -> Iterator[CalendarPeriod]:
    for entry in reader.each("calendar"):
        entry.check_keys("kind", "name", "first_day", "last_day")
        kind = entry.text("kind", _word(DayKind, "kind of day"), needed=True)
        if kind and kind not in IMPORTED:
            entry.note("kind", f"Days of the kind {kind} are worked out: give {', '.join(sorted(IMPORTED))} only.")
        days = _first_and_last(entry)
        if kind and days:
            name = entry.text("name", str) or ""
            yield CalendarPeriod(kind=kind, starts_on=days[0], ends_on=days[1] + DAY, name=name)


def _bank_holidays(reader: Reader) -> tuple[BankHolidayChange, ...] | None:
    if not reader.has("bank_holidays"):
        return None
    inside = reader.inside("bank_holidays")
    inside.check_keys("added", "removed")
    added, removed = inside.days("added"), inside.days("removed")
    for day in set(added) & set(removed):
        inside.note("", f"{day} is both added and removed: keep one of the two.")
    return tuple(BankHolidayChange(day=day, added=day in added) for day in sorted({*added, *removed}))


def _merged(
    everywhere: tuple[BankHolidayChange, ...], own: tuple[BankHolidayChange, ...]
) -> tuple[BankHolidayChange, ...]:
    """Return what holds for one setting: its own word on a day counts before the trust's."""
    by_day = {change.day: change for change in (*everywhere, *own)}
    return tuple(by_day[day] for day in sorted(by_day))


def _delegations(reader: Reader) -> tuple[DelegationEntry, ...]:
    return tuple(
        found for entry in reader.each("delegations") if (found := _delegation(entry, trust_wide=not reader.path))
    )


def _delegation(entry: Reader, *, trust_wide: bool) -> DelegationEntry | None:
    entry.check_keys("role", "from", "to", "set_by", "first_day", "last_day")
    role = entry.text("role", _word(Role, "role"), needed=True)
    if role in NOBODY_S or (trust_wide and role in LOCAL):
        entry.note("role", "Nobody holds this role for the whole trust: write the delegation under its setting.")
    people = [entry.text(key, cells.read_email, needed=True) for key in ("from", "to", "set_by")]
    days = _first_and_last(entry)
    if people[0] and people[0] == people[1]:
        entry.note("to", "Nobody can act for themselves: name somebody else.")
    if role is None or days is None or not all(people):
        return None
    from_email, to_email, set_by_email = (one or "" for one in people)
    return DelegationEntry(
        path=entry.path,
        role=role,
        from_email=from_email,
        to_email=to_email,
        set_by_email=set_by_email,
        starts_on=days[0],
        ends_on=days[1] + DAY,
    )


def _first_and_last(entry: Reader) -> tuple[date, date] | None:
    first, last = entry.day("first_day"), entry.day("last_day")
    if first is None or last is None:
        return None
    if last < first:
        entry.note("last_day", "The last day lies before the first: correct one of them.")
        return None
    return first, last


def _word(words: type[cells.Closed], what: str) -> Callable[[str], cells.Closed]:
    return lambda text: cells.read_word(text, words, what=what)
