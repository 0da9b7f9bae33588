"""A settings file taken in: shown first, then done whole, in one transaction, with every change in the audit."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from handlers.imports.settings_file import read_settings_file
from handlers.imports.settings_plan import SettingState, Trust, plan_settings
from policy_kb.rules.london import london_date
from policy_kb.words import Verb
from storage.audit import THE_TRUST, AuditEntry, Fact

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.imports.settings_plan import SettingsPlan
    from storage.unit_of_work import UnitOfWork


def import_settings(data: bytes, uow: UnitOfWork, *, apply: bool, now: datetime) -> SettingsPlan:
    """Work out what a settings file changes, and do it where `apply` says so and nothing is wrong with it."""
    today = london_date(now)
    trust = Trust(
        settings={
            setting.id: SettingState(
                setting=setting,
                dsl=uow.settings.dsl_card(setting.id),
                calendar=uow.settings.calendar(setting.id),
            )
            for setting in uow.settings.listed()
        },
        people=[person for person in uow.people.everyone() if not person.has_left(today)],
        delegations=[one for one in uow.delegations.everything() if one.ends_on > today],
        today=today,
    )
    plan = plan_settings(read_settings_file(data), trust)
    if apply and plan.changes_something and not plan.problems:
        _apply(plan, data, uow, now=now)
    return plan


def _apply(plan: SettingsPlan, data: bytes, uow: UnitOfWork, *, now: datetime) -> None:
    entry = AuditEntry(actor=None, verb=Verb.IMPORTED, at=now)
    for change in plan.settings:
        after = change.after
        uow.settings.put(after.setting, entry=entry)
        uow.settings.put_dsl_card(after.setting.id, after.dsl, entry=entry)
        uow.settings.put_calendar(after.setting.id, after.calendar, entry=entry)
    for delegation in plan.stopping:
        uow.delegations.end(delegation, max(london_date(now), delegation.starts_on), entry=entry)
    for delegation in plan.starting:
        uow.delegations.add(delegation, entry=entry)
    facts: dict[str, Fact] = {
        "what": "settings",
        "sha256": hashlib.sha256(data).hexdigest(),
        "settings": len(plan.settings),
    }
    uow.audit.write(THE_TRUST, AuditEntry(actor=None, verb=Verb.IMPORTED, at=now, facts=facts))
