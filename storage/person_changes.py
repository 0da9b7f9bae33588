"""What is different about a person, in the words of the audit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from policy_kb.words import Verb
from storage.person import BotRoleHolding, RoleHolding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from storage.audit import Fact
    from storage.person import Person

Held: TypeAlias = RoleHolding | BotRoleHolding

PLAIN_FIELDS = (
    "name",
    "email",
    "directory_id",
    "staff_id",
    "post",
    "department",
    "line_manager_id",
    "pattern",
    "term_time_only",
    "starts_on",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that is different, without a name or an address in it."""

    verb: Verb
    facts: Mapping[str, Fact]


def changes(before: Person | None, after: Person) -> tuple[Change, ...]:
    """Return what is different about a person; nothing where they are as they were."""
    if before is None:
        return (Change(verb=Verb.ADDED, facts={"setting": after.setting.id}), *_roles((), _all_held(after)))
    return (
        *_moves(before, after),
        *_fields(before, after),
        *_leaving(before, after),
        *_roles(_all_held(before), _all_held(after)),
    )


def _moves(before: Person, after: Person) -> Iterator[Change]:
    was, now = (tuple(setting.id for setting in person.settings) for person in (before, after))
    if was != now:
        yield Change(verb=Verb.MOVED, facts={"from": was, "to": now})


def _fields(before: Person, after: Person) -> Iterator[Change]:
    changed = tuple(name for name in PLAIN_FIELDS if getattr(before, name) != getattr(after, name))
    if before.ends_on is not None and after.ends_on is None:  # back, or not leaving after all
        changed = (*changed, "ends_on")
    if changed:
        yield Change(verb=Verb.CHANGED, facts={"changed": changed})


def _leaving(before: Person, after: Person) -> Iterator[Change]:
    if before.ends_on != after.ends_on and after.ends_on is not None:
        yield Change(verb=Verb.LEFT, facts={"on": after.ends_on.isoformat()})


def _roles(before: tuple[Held, ...], after: tuple[Held, ...]) -> Iterator[Change]:
    for held in before:
        if held not in after:
            yield Change(verb=Verb.ROLE_ENDED, facts=_facts(held))
    for held in after:
        if held not in before:
            yield Change(verb=Verb.ROLE_GIVEN, facts=_facts(held))


def _all_held(person: Person) -> tuple[Held, ...]:
    return (*person.held, *person.bot_roles)


def _facts(held: Held) -> dict[str, Fact]:
    facts: dict[str, Fact] = {"role": held.role.value, "setting": held.setting_id}
    if isinstance(held, RoleHolding):
        facts["from"] = held.starts_on.isoformat() if held.starts_on else None
        facts["until"] = held.ends_on.isoformat() if held.ends_on else None
    return facts
