"""How many people a site needs, and the words of its moderation log, as data a trust may change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_kb.site_words import LogAction, LogCategory
from policy_kb.toml_entries import EditionError, read_entries

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum
    from pathlib import Path
    from typing import TypeVar

    Choice = TypeVar("Choice", bound=StrEnum)

TABLES = ("people", "act", "category", "step")
POLICY_MINIMUM = 2
"""Administrators, and moderators, that a site needs at least (A.5.4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do at once: a sentence, or somebody to tell."""

    says: str = ""
    contact: str = ""  # a key of contacts.toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Moderating:
    """
    How many people look after a site at least, and what moderators choose from.

    Policy: A.5.4, A.5.6
    """

    minimum: int  # accepted people in each role
    distinct: int  # different people over both roles; fewer is said
    acts: Mapping[LogAction, str]  # labels, in the order in which they are shown
    categories: Mapping[LogCategory, str]
    extreme: tuple[Step, ...]  # what to do at once, first things first


def load_moderating(file: Path) -> Moderating:
    """
    Read how sites are looked after and moderated.

    Raises:
        EditionError: the file has a slip; the error names the line.
    """
    minimum, distinct = _people(file)
    return Moderating(
        minimum=minimum,
        distinct=distinct,
        acts=_labels(file, "act", LogAction),
        categories=_labels(file, "category", LogCategory),
        extreme=_steps(file),
    )


def _people(file: Path) -> tuple[int, int]:
    entries = tuple(read_entries(file, "people", beside=TABLES))
    if len(entries) != 1:
        raise EditionError(file, 1, "there has to be exactly one [[people]]: how many look after a site at least.")
    (entry,) = entries
    entry.check_only("minimum", "distinct")
    minimum, distinct = entry.number("minimum"), entry.number("distinct")
    if minimum < POLICY_MINIMUM:
        raise entry.wrong(f"A.5.4 asks for {POLICY_MINIMUM} at least, so 'minimum' is {POLICY_MINIMUM} or more.")
    if distinct < minimum:
        raise entry.wrong("'distinct' counts the people of both roles, so it is no less than 'minimum'.")
    return minimum, distinct


def _labels(file: Path, table: str, choices: type[Choice]) -> Mapping[Choice, str]:
    found: dict[Choice, str] = {}
    for entry in read_entries(file, table, beside=TABLES):
        entry.check_only("key", "label")
        key = entry.one_of("key", choices)
        if key in found:
            raise entry.wrong(f"'{key}' stands twice among [[{table}]]; keep one.")
        found[key] = entry.text("label")
    missing = [choice.value for choice in choices if choice not in found]
    if missing:
        raise EditionError(file, 1, f"[[{table}]] has no '{missing[0]}': write its label.")
    return found


def _steps(file: Path) -> tuple[Step, ...]:
    steps: list[Step] = []
    for entry in read_entries(file, "step", beside=TABLES):
        entry.check_only("says", "contact")
        says, contact = entry.text("says", default=""), entry.text("contact", default="")
        if bool(says) == bool(contact):
            raise entry.wrong("a step has either 'says' or 'contact', and not both.")
        steps.append(Step(says=says, contact=contact))
    if not steps:
        raise EditionError(file, 1, "there is no [[step]]: what shall somebody do about extreme offence?")
    return tuple(steps)
