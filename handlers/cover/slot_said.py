"""One slot of a rota, as whoever reads it sees it: theirs, their reserve's, or somebody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.cover.about import read_number
from handlers.cover.asked_said import asking
from handlers.cover.seen import parts, site_of
from handlers.cover.slots_said import on_when, slot_line, upper, whose
from handlers.message import Message, Note, Paragraph, Tone
from handlers.requests.in_words import button
from policy_kb.bot_words import Action
from policy_kb.rules.swapping import MANAGE, serves
from policy_kb.site_words import OfferKind, SlotId

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.message import Block, Button
    from handlers.scene import SayScene
    from policy_kb.rules.site import Site, Slot
    from storage.offers import Offer

STAYS = "Until somebody takes it, it stays yours (A.5.4)."


def gone() -> Message:
    """Return what is said of a slot or an offer that is not there, or not for this person to read."""
    return Message(
        title="I cannot show you that any more.",
        blocks=(Paragraph(text="The rota has changed since, or it is between other people."),),
        buttons=(button("My slots", Action.MY_SLOTS, ""),),
    )


def compose_slot(about: str, scene: SayScene) -> Message:
    """Return a slot as it stands, for whoever reads it; to nobody who has no part in its site."""
    number = read_number(about)
    slot = scene.uow.rota.get(SlotId(number)) if number else None
    site = site_of(slot, scene.uow) if slot else None
    if slot is None or site is None or scene.person is None:
        return gone()
    theirs = parts(scene.person.id, site, scene.uow, scene.today)
    if not theirs and slot.person != scene.person.id:
        return gone()
    card = f"slot:{slot.id}"
    if slot.ends_on <= scene.today:
        return Message(title=f"Over: {slot_line(slot, scene)}. {_whose(slot, scene)} had it.", card=card)
    made = scene.uow.offers.open_for(slot.id)
    offered = made if made and made.kind is OfferKind.COVER else None
    say = _say_of(slot, scene)
    return say(slot, site, offered, scene)


def _say_of(slot: Slot, scene: SayScene) -> Callable[[Slot, Site, Offer | None, SayScene], Message]:
    reader = scene.person.id if scene.person else None
    if slot.person == reader:
        return _of_oneself
    is_unanswered = slot.starts_on <= scene.today and slot.accepted_at is None and slot.person is not None
    if is_unanswered and slot.reserve == reader:
        return _of_the_reserve
    return _unanswered if is_unanswered else _of_others


def _of_oneself(slot: Slot, site: Site, offered: Offer | None, scene: SayScene) -> Message:
    where = f"{site.name} {on_when(slot, scene.today)}"
    seen = slot.accepted_at is not None
    blocks: tuple[Block, ...] = (Paragraph(text=f"{asking(offered, scene)} {STAYS}"),) if offered else ()
    if not seen and not offered:
        blocks = (Paragraph(text="Press “I've got it” so that I need not ask anybody else (A.5.3)."),)
    if not seen and slot.reserve:
        blocks = (*blocks, Note(text=f"Your reserve is {whose(slot.reserve, scene)}."))
    ask_others = (
        button("Ask nobody else", Action.TAKE_BACK_OFFER, str(offered.id))
        if offered
        else button("I can't after all" if seen else "I can't", Action.CANNOT, str(slot.id))
    )
    return Message(
        title=f"You've got it: {where}." if seen else f"You are on for {where}.",
        tone=Tone.YES if seen else Tone.ASK,
        blocks=blocks,
        buttons=(
            *(() if seen else (button("I've got it", Action.GOT_IT, str(slot.id), is_main=True),)),
            ask_others,
            *_on_duty(site),
        ),
        card=f"slot:{slot.id}",
    )


def _of_the_reserve(slot: Slot, site: Site, offered: Offer | None, scene: SayScene) -> Message:
    return Message(
        title=f"Can you take {site.name} {on_when(slot, scene.today)}?",
        tone=Tone.ASK,
        blocks=(Paragraph(text=f"You are the reserve, and {whose(slot.person, scene)} {_answer(offered)} (A.5.4)."),),
        buttons=(
            button("I'll take it", Action.TAKE_SLOT, str(slot.id), is_main=True),
            button("I can't", Action.CANNOT, str(slot.id)),
            *_on_duty(site),
        ),
        card=f"slot:{slot.id}",
    )


def _unanswered(slot: Slot, site: Site, offered: Offer | None, scene: SayScene) -> Message:
    reserve = f" The reserve is {whose(slot.reserve, scene)}." if slot.reserve else ""
    says = f"{_answer(offered)}. {asking(offered, scene)}" if offered else "has not answered yet."
    return Message(
        title=f"Nobody has said that they look after {site.name} {on_when(slot, scene.today)}.",
        tone=Tone.CARE,
        blocks=(Paragraph(text=f"{_whose(slot, scene)} is on the rota and {says}{reserve} (A.5.3)"),),
        buttons=(*_for_managers(slot, site, scene), button("Who is on", Action.ON_DUTY, "")),
        card=f"slot:{slot.id}",
    )


def _of_others(slot: Slot, site: Site, offered: Offer | None, scene: SayScene) -> Message:
    reader = scene.person.id if scene.person else None
    has = "has" if slot.person else "is on for"
    may_take = reader is not None and serves(reader, site, scene.today) and (slot.person is None or offered)
    find = offered is None and slot.person is None and _for_managers(slot, site, scene)
    return Message(
        title=f"{_whose(slot, scene)} {has} {site.name} {on_when(slot, scene.today)}.",
        tone=Tone.PLAIN if slot.person else Tone.CARE,
        blocks=(Paragraph(text=asking(offered, scene)),) if offered else (),
        buttons=(
            *((button("I'll take it", Action.TAKE_SLOT, str(slot.id), is_main=True),) if may_take else ()),
            *((button("Ask who is free", Action.FIND_COVER, str(slot.id)),) if find else ()),
            *_for_managers(slot, site, scene),
            button("Who is on", Action.ON_DUTY, ""),
        ),
        card=f"slot:{slot.id}",
    )


def _answer(offered: Offer | None) -> str:
    """Return what whoever has a slot has let be known of it, as a sentence goes on: who offers it has said a word."""
    return "cannot" if offered else "has not answered"


def _for_managers(slot: Slot, site: Site, scene: SayScene) -> tuple[Button, ...]:
    theirs = parts(scene.person.id if scene.person else None, site, scene.uow, scene.today)
    return (button("Give it to somebody", Action.ASSIGN, str(slot.id)),) if MANAGE & theirs else ()


def _on_duty(site: Site) -> tuple[Button, ...]:
    return (
        button("Plan for stepping in", Action.PLAN, str(site.id)),
        button("Log something", Action.LOG, str(site.id)),
    )


def _whose(slot: Slot, scene: SayScene) -> str:
    return upper(whose(slot.person, scene))
