"""What is to be said, as facts: the sentence is chosen at the moment of sending."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policy_kb.bot_words import SayKind

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class SayFacts:
    """One thing the bot says: its kind, its subject and who reads it; never a typed word of anybody's."""

    kind: SayKind
    about: str = ""
    audience: str = "actor"
    replaces: bool = False  # it takes the place of the message whose button was pressed


def says_to_json(says: tuple[SayFacts, ...]) -> list[dict[str, str | bool]]:
    """Turn facts into what a JSON column holds, in order."""
    return [
        {"kind": say.kind.value, "about": say.about, "audience": say.audience, "replaces": say.replaces} for say in says
    ]


def says_from_json(rows: list[Mapping[str, Any]]) -> tuple[SayFacts, ...]:
    """Read facts back from a JSON column, in order."""
    return tuple(
        SayFacts(kind=SayKind(row["kind"]), about=row["about"], audience=row["audience"], replaces=row["replaces"])
        for row in rows
    )
