"""What a staff list would change, or has changed, in lines for whoever runs the command."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from policy_kb.rules.periods import DAY, in_words
from policy_kb.words import Verb
from storage.person_changes import changes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.imports.people_plan import PeoplePlan, Planned
    from storage.person import Person
    from storage.person_changes import Change

FIELDS = {
    "name": "name",
    "email": "e-mail address",
    "directory_id": "directory id",
    "staff_id": "staff number",
    "line_manager_id": "line manager",
    "term_time_only": "term time only",
    "starts_on": "first day",
    "ends_on": "has no last day any more",
}


def people_lines(plan: PeoplePlan) -> Iterator[str]:
    """Yield a line for each person who is new, different or missing, then the sum of it all."""
    changed = plan.changed
    yield from (_line(one) for one in changed)
    ending = {one.after.id for one in changed if not one.row}
    for person in plan.missing:
        if person.id not in ending:
            yield f"Missing: {_described(person)}. Nothing is changed about them."
    new = sum(one.before is None for one in changed)
    same = sum(one.row != 0 for one in plan.planned) - sum(one.row != 0 for one in changed)
    yield f"{new} new, {len(changed) - new} changed, {same} as they were, {len(plan.missing)} missing from the file."


def _line(one: Planned) -> str:
    if one.before is None:
        return "; ".join((f"New (row {one.row}): {_described(one.after)}", *_roles(one)))
    where = f"row {one.row}" if one.row else "missing"
    return f"Changed ({where}): {one.after.name}: {'; '.join(_words(change, one.after) for change in _changes(one))}"


def _described(person: Person) -> str:
    return ", ".join(part for part in (person.name, person.post, person.setting.name) if part)


def _roles(one: Planned) -> Iterator[str]:
    return (_words(change, one.after) for change in _changes(one) if change.verb is Verb.ROLE_GIVEN)


def _changes(one: Planned) -> tuple[Change, ...]:
    return changes(one.before, one.after)


def _words(change: Change, after: Person) -> str:
    if change.verb is Verb.MOVED:
        return f"works at {' and '.join(setting.name for setting in after.settings)}"
    if change.verb is Verb.LEFT:
        return f"last day {in_words(after.ends_on - DAY)}" if after.ends_on else ""
    if change.verb in (Verb.ROLE_GIVEN, Verb.ROLE_ENDED):
        place = f"@{change.facts['setting']}" if change.facts["setting"] else ""
        first, end = change.facts.get("from"), change.facts.get("until")
        since = f" from {first}" if first else ""
        until = f" to {date.fromisoformat(end) - DAY}" if isinstance(end, str) else ""
        verb = "becomes" if change.verb is Verb.ROLE_GIVEN else "is no longer"
        return f"{verb} {change.facts['role']}{place}{since}{until}"
    names = change.facts["changed"]
    return ", ".join(FIELDS.get(name, name) for name in names) if isinstance(names, tuple) else ""
