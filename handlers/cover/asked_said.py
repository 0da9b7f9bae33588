"""What is said of who was asked to take a slot, and of whom the bot could not reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.cover.asked import left_to_ask, out_of_reach, waiting
from handlers.message import Message, Tone
from handlers.people_and_days import name_of
from handlers.requests.in_words import button
from handlers.telling import can_be_reached
from policy_kb.bot_words import Action

if TYPE_CHECKING:
    from collections.abc import Collection

    from handlers.cover.about import NewsAbout
    from handlers.scene import SayScene
    from policy_kb.rules.site import Site, Slot
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


def reserve_cannot(news: NewsAbout, slot: Slot, site: Site, scene: SayScene) -> Message:
    """Return whom the bot asks now, for a reserve who cannot, and whom it can reach of them."""
    del news
    reader = scene.person.id if scene.person else None
    left = left_to_ask(slot, site, reader, scene.uow, scene.today) if reader else ()
    reached = [one for one in left if can_be_reached(one, scene.uow)]
    asks = f"I am asking {names(reached, scene)}." if reached else "I can reach nobody else: please ring somebody now."
    return Message(
        title=f"Thank you for saying so. {asks}",
        tone=Tone.PLAIN if reached else Tone.CARE,
        buttons=(button("Who is on", Action.ON_DUTY, f"{slot.starts_on.isoformat()}:{site.id}"),),
    )


def names(people: Collection[PersonId], scene: SayScene) -> str:
    """Return people by name, the first few of them."""
    found = sorted(name_of(one, scene.uow) for one in people)
    more = len(found) - MOST_NAMES
    return ", ".join(found[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")
