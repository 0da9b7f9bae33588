"""What a settings file would change, or has changed, in lines for whoever runs the command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_kb.rules.periods import DAY, in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.imports.settings_plan import SettingsPlan, SettingState
    from storage.delegations import Delegation


def settings_lines(plan: SettingsPlan) -> Iterator[str]:
    """Yield a line for each setting that is new or different, then for delegations, then for what stays."""
    for change in plan.settings:
        setting = change.after.setting
        if change.before is None:
            kind = setting.type.value.replace("_", " ")
            yield f"New: {setting.name}, {kind}, {setting.region}, {_periods(change.after)}"
        elif different := ", ".join(_differences(change.before, change.after)):
            yield f"Changed: {setting.name}: {different}"
        else:
            yield f"As it was: {setting.name}"
    yield from (f"Starts: {_delegation(one)}" for one in plan.starting)
    yield from (f"Stops: {_delegation(one)}" for one in plan.stopping)
    yield from (f"Not in the file, stays as it is: {setting.name}" for setting in plan.untouched)


def _differences(before: SettingState, after: SettingState) -> Iterator[str]:
    for name, called in (
        ("name", "name"),
        ("type", "type"),
        ("region", "region"),
        ("final_approver_id", "final approver"),
        ("stands_in_id", "who stands in for them"),
        ("delegation_by", "who may write down a delegation"),
        ("slt_role", "SLT"),
        ("consent_list", "consent list"),
    ):
        if getattr(before.setting, name) != getattr(after.setting, name):
            yield called
    if before.dsl != after.dsl:
        yield "DSL card"
    if before.calendar.periods != after.calendar.periods:
        yield _periods(after)
    if before.calendar.bank_holidays != after.calendar.bank_holidays:
        yield "bank holidays"


def _periods(state: SettingState) -> str:
    return f"a calendar of {len(state.calendar.periods)} periods" if state.calendar.periods else "no calendar"


def _delegation(one: Delegation) -> str:
    place = one.setting_id or "the whole trust"
    return f"{one.role.value} at {place}, {in_words(one.starts_on)} to {in_words(one.ends_on - DAY)}"
