"""The parts of a site's people, as sentences say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.message import Message, Paragraph
from policy_kb.words import Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PART = {Role.SITE_ADMINISTRATOR: "administrator", Role.SITE_MODERATOR: "moderator"}
A_PART = {Role.SITE_ADMINISTRATOR: "an administrator", Role.SITE_MODERATOR: "a moderator"}
PARTS = {Role.SITE_ADMINISTRATOR: "administrators", Role.SITE_MODERATOR: "moderators"}
DOES = {Role.SITE_ADMINISTRATOR: "administer", Role.SITE_MODERATOR: "moderate"}


def joined(parts: Sequence[str]) -> str:
    """Return words as a sentence lists them: ``a, b and c``."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def does(role: Role | None) -> str:
    """Return what somebody does in one part, or in all: ``moderate``, ``look after``."""
    return DOES[role] if role else "look after"


def how_many(missing: Mapping[Role, int], minimum: int) -> str:
    """Return how many there are of those that are missing: ``1 of 2 administrators and no moderator``."""
    return joined([_of(role, minimum - number, minimum) for role, number in missing.items()])


def gone() -> Message:
    """Return what is said of a site that is not there, or not for this person."""
    return Message(
        title="I cannot show you that.",
        blocks=(
            Paragraph(
                text="The site or the part is not there any more, or is for others to see. Say “my sites” for yours."
            ),
        ),
    )


def _of(role: Role, there: int, minimum: int) -> str:
    return f"{there} of {minimum} {PARTS[role]}" if there else f"no {PART[role]}"
