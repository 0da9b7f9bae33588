"""What a list of sites would change, or has changed, in lines for whoever runs the command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_kb.site_words import SiteState
from policy_kb.words import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from handlers.imports.sites_plan import Part, PlannedSite, SitesPlan
    from policy_kb.rules.site import Site
    from policy_kb.words import PersonId, SettingId

FIELDS = {
    "state": "approved on paper",
    "host_name": "host",
    "live_on": "live since",
    "closure": "closing date",
    "review_on": "review date",
    "evaluate_on": "evaluation date",
    "active_on": "last active",
    "exit_plan": "exit plan",
    "intervention_plan": "intervention plan",
    "success": "how success is judged",
    "uses_logo": "logo",
    "paper": "paper form",
}
ROLES = {Role.SITE_ADMINISTRATOR: "administrator", Role.SITE_MODERATOR: "moderator"}


def sites_lines(plan: SitesPlan, people: Mapping[PersonId, str], settings: Mapping[SettingId, str]) -> Iterator[str]:
    """Yield a line for each site that is new, different or missing, then the sum of it all."""
    changed = plan.changed
    yield from (_line(one, people, settings) for one in changed)
    yield from (f"Missing: {_described(site, settings)}. Nothing is changed about it." for site in plan.missing)
    for one in plan.planned:
        if one.before and one.before.state is SiteState.CLOSED:
            yield f"Closed (row {one.row}): {_described(one.before, settings)}. Nothing is changed about it."
    new = sum(one.before is None for one in changed)
    same = len(plan.planned) - len(changed)
    yield f"{new} new, {len(changed) - new} changed, {same} as they were, {len(plan.missing)} missing from the file."


def _line(one: PlannedSite, people: Mapping[PersonId, str], settings: Mapping[SettingId, str]) -> str:
    where = f"(row {one.row}): {_described(one.after, settings)}"
    if one.before is None:
        return (
            f"New {where}; {_count(one.joining, Role.SITE_ADMINISTRATOR)}, {_count(one.joining, Role.SITE_MODERATOR)}"
        )
    names = dict.fromkeys(FIELDS.get(name, name) for name in one.changed_fields)
    return f"Changed {where}: {'; '.join((*names, *_people(one, people)))}"


def _described(site: Site, settings: Mapping[SettingId, str]) -> str:
    legacy = ("legacy",) if site.state is SiteState.LEGACY else ()
    return ", ".join((site.name, settings[site.setting], *legacy))


def _count(parts: Iterable[Part], role: Role) -> str:
    number = sum(part.role is role for part in parts)
    return f"{number or 'no'} {ROLES[role]}{'' if number == 1 else 's'}"


def _people(one: PlannedSite, people: Mapping[PersonId, str]) -> Iterator[str]:
    told = (
        (one.joining, "becomes"),
        (one.leaving, "is no longer"),
        (one.accepting, "has accepted as"),
    )
    return (f"{people[part.person]} {says} {ROLES[part.role]}" for parts, says in told for part in parts)
