"""An offer of a slot, as whoever asks, whoever is asked and whoever answers for the site see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.cover.about import read_offer
from handlers.cover.asked import out_of_reach, waiting
from handlers.cover.asked_said import ask_yourself, is_heard, names
from handlers.cover.seen import parts, site_of
from handlers.cover.slot_said import gone
from handlers.cover.slots_said import on_when, slot_line, upper, when, whose
from handlers.message import Fact, Facts, Message, Note, Paragraph, Tone
from handlers.people_and_days import name_of
from handlers.requests.in_words import button
from policy_kb.bot_words import Action
from policy_kb.rules.swapping import MANAGE
from policy_kb.site_words import OfferKind, OfferState

if TYPE_CHECKING:
    from handlers.message import Block, Button
    from handlers.scene import SayScene
    from policy_kb.rules.site import Site, Slot
    from storage.offers import Offer


FIRST_COME = "I asked everybody who is free. Whoever takes it first has it."
SINCE_THEN = "So it stood then. Somebody else has a slot of these by now: “who is on?” says who."


def compose_offer(about: str, scene: SayScene) -> Message:
    """Return an offer as it stands; to nobody but those it concerns."""
    number = read_offer(about)
    offer = scene.uow.offers.get(number) if number else None
    slot = scene.uow.rota.get(offer.slot) if offer else None
    site = site_of(slot, scene.uow) if slot else None
    if offer is None or slot is None or site is None or scene.person is None:
        return gone()
    reader = scene.person.id
    if reader not in {offer.by, *offer.asked} and not parts(reader, site, scene.uow, scene.today):
        return gone()
    if offer.kind is OfferKind.SWAP:
        return _swap(offer, slot, site, scene)
    if not offer.is_open or slot.ends_on <= scene.today:
        return _ended(offer, slot, scene)
    return _asked(offer, slot, site, scene) if reader in offer.asked else _waiting(offer, slot, site, scene)


def _asked(offer: Offer, slot: Slot, site: Site, scene: SayScene) -> Message:
    reader = scene.person.id if scene.person else None
    said_no = reader in offer.not_free
    where = f"{site.name} {on_when(slot, scene.today)}"
    blocks: tuple[Block, ...] = (Facts(rows=(Fact(label="Asked by", value=name_of(offer.by, scene.uow)),)),)
    if reader == slot.reserve:
        blocks = (*blocks, Note(text="You are the reserve for it."))
    return Message(
        title=f"You said that you can't take {where}." if said_no else f"Can you take {where}?",
        tone=Tone.PLAIN if said_no else Tone.ASK,
        blocks=blocks if said_no else (*blocks, Note(text=FIRST_COME)),
        buttons=(
            button("I can after all" if said_no else "I'll take it", Action.TAKE_SLOT, str(slot.id), is_main=True),
            *(() if said_no else (button("I'm not free", Action.NOT_FREE, str(offer.id)),)),
            button("My slots", Action.MY_SLOTS, ""),
        ),
        card=f"offer:{offer.id}",
    )


def _waiting(offer: Offer, slot: Slot, site: Site, scene: SayScene) -> Message:
    reader = scene.person.id if scene.person else None
    may_end = reader == offer.by or MANAGE & parts(reader, site, scene.uow, scene.today)
    lost = out_of_reach(offer, scene.uow)
    named = {"Asked": [one for one in waiting(offer) if one not in lost], "Not free": sorted(offer.not_free)}
    rows = tuple(Fact(label=label, value=names(people, scene)) for label, people in named.items() if people)
    stays = f"Until somebody takes it, it stays with {whose(slot.person, scene)} (A.5.4)." if slot.person else ""
    return Message(
        title=_how_far(offer, slot, scene),
        tone=Tone.ASK if is_heard(offer, scene) else Tone.CARE,
        blocks=(
            *((Facts(rows=rows),) if rows else ()),
            *(Paragraph(text=text) for text in (ask_yourself(offer, scene), stays) if text),
        ),
        buttons=(
            *((button("Ask nobody any more", Action.TAKE_BACK_OFFER, str(offer.id)),) if may_end else ()),
            *_give(slot, site, scene),
            button("My slots", Action.MY_SLOTS, ""),
        ),
        card=f"offer:{offer.id}",
    )


def _how_far(offer: Offer, slot: Slot, scene: SayScene) -> str:
    """Return how far the asking has come."""
    if is_heard(offer, scene):
        told = len(offer.asked) - len(out_of_reach(offer, scene.uow))
        return f"I have asked {_people(told)} for {slot_line(slot, scene)}. Nobody has taken it yet."
    if waiting(offer):
        return f"I could ask nobody for {slot_line(slot, scene)}."
    return f"Nobody who was asked is free for {slot_line(slot, scene)}."


def _ended(offer: Offer, slot: Slot, scene: SayScene) -> Message:
    reader = scene.person.id if scene.person else None
    if slot.person == reader:
        title, tone = f"You have it: {slot_line(slot, scene)}. Thank you.", Tone.YES
    elif offer.state is OfferState.TAKEN:
        title, tone = f"Taken by {whose(slot.person, scene)}: {slot_line(slot, scene)}.", Tone.PLAIN
    else:
        title, tone = f"Nobody is asked any more: {slot_line(slot, scene)}.", Tone.PLAIN
    if slot.person == reader and reader == offer.by:
        title = f"You keep it: {slot_line(slot, scene)}."
    return Message(title=title, tone=tone, buttons=(button("My slots", Action.MY_SLOTS, ""),), card=f"offer:{offer.id}")


def _swap(offer: Offer, slot: Slot, site: Site, scene: SayScene) -> Message:
    other = scene.uow.rota.get(offer.for_slot) if offer.for_slot else None
    if other is None:
        return gone()
    card = f"offer:{offer.id}"
    if not offer.is_open:
        return _swap_ended(offer, slot, other, scene)
    asks, asked = name_of(offer.by, scene.uow), names(offer.asked, scene)
    if scene.person and scene.person.id in offer.asked:
        return Message(
            title=f"{asks} asks whether you swap slots of {site.name}.",
            tone=Tone.ASK,
            blocks=(
                Facts(
                    rows=(
                        Fact(label="You would take", value=when(slot, scene.today)),
                        Fact(label="You would give", value=when(other, scene.today)),
                    )
                ),
            ),
            buttons=(
                button("Yes, swap", Action.AGREE_SWAP, str(offer.id), is_main=True),
                button("No, I keep mine", Action.REFUSE_SWAP, str(offer.id)),
                button("My slots", Action.MY_SLOTS, ""),
            ),
            card=card,
        )
    what = f"to swap {when(other, scene.today)} for {when(slot, scene.today)} ({site.name})"
    stays = "Until they say yes, each of you keeps the slot you have."
    is_lost = not is_heard(offer, scene)
    return Message(
        title=f"I could not reach {asked} and ask them {what}." if is_lost else f"I have asked {asked} {what}.",
        tone=Tone.CARE if is_lost else Tone.ASK,
        blocks=(Paragraph(text=f"Please ask them yourself. {stays}" if is_lost else stays),),
        buttons=(
            button("Take it back", Action.TAKE_BACK_OFFER, str(offer.id)),
            button("My slots", Action.MY_SLOTS, ""),
        ),
        card=card,
    )


def _swap_ended(offer: Offer, slot: Slot, other: Slot, scene: SayScene) -> Message:
    """Return what became of a swap: who had which slot then, whoever has them since."""
    titles = {
        OfferState.TAKEN: "Swapped",
        OfferState.TURNED_DOWN: "Not swapped: everybody kept the slot they had",
        OfferState.CLOSED: "This swap is off, because something has changed or it was taken back",
    }
    is_done = offer.state is OfferState.TAKEN
    asked = next(iter(offer.asked), None)
    held = ((asked, slot), (offer.by, other)) if is_done else ((offer.by, slot), (asked, other))
    rows = tuple(Fact(label=upper(whose(person, scene)), value=slot_line(one, scene)) for person, one in held)
    is_old = any(one.person != person for person, one in held)
    return Message(
        title=f"{titles.get(offer.state, titles[OfferState.CLOSED])}.",
        tone=Tone.YES if is_done else Tone.PLAIN,
        blocks=(Facts(rows=rows), *((Note(text=SINCE_THEN),) if is_old else ())),
        buttons=(button("My slots", Action.MY_SLOTS, ""),),
        card=f"offer:{offer.id}",
    )


def _give(slot: Slot, site: Site, scene: SayScene) -> tuple[Button, ...]:
    theirs = parts(scene.person.id if scene.person else None, site, scene.uow, scene.today)
    return (button("Give it to somebody", Action.ASSIGN, str(slot.id)),) if MANAGE & theirs else ()


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"
