"""What is said of who was asked to take a slot, and of whom the bot could not reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.cover.asked import out_of_reach, waiting
from handlers.people_and_days import name_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from handlers.scene import SayScene
    from policy_kb.words import PersonId
    from storage.offers import Offer

MOST_NAMES = 8


def asking(offer: Offer, scene: SayScene) -> str:
    """Return what is done so that somebody takes a slot, and whom whoever offers it has to ask themselves."""
    says = ("I am asking whoever is free." if is_heard(offer, scene) else "", ask_yourself(offer, scene))
    return " ".join(filter(None, says)) or "Nobody who was asked is free."


def ask_yourself(offer: Offer, scene: SayScene) -> str:
    """Return whom the bot could not reach; "" where it reached everybody who has not said no."""
    lost = out_of_reach(offer, scene.uow)
    if not lost:
        return ""
    if is_heard(offer, scene):
        return f"I could not reach {names(lost, scene)}, so please ask them yourself."
    none = "the one person" if len(lost) == 1 else f"any of the {len(lost)} people"
    return f"I could not reach {none} who could take it, so please ask them yourself: {names(lost, scene)}."


def is_heard(offer: Offer, scene: SayScene) -> bool:
    """Tell whether anybody whose answer is waited for could be told of an offer."""
    return len(out_of_reach(offer, scene.uow)) < len(waiting(offer))


def names(people: Collection[PersonId], scene: SayScene) -> str:
    """Return people by name, the first few of them."""
    found = sorted(name_of(one, scene.uow) for one in people)
    more = len(found) - MOST_NAMES
    return ", ".join(found[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")
