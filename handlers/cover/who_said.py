"""Whom a slot can be given to, as a form lists them: the freest first, each with what is in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.cover import free
from handlers.cover.seen import reaches_of
from handlers.message import Message, Option, Paragraph, Tone
from handlers.people_and_days import name_of
from handlers.requests.in_words import button, short
from policy_kb.bot_words import Action
from policy_kb.rules.reach import Hindrance, hindrance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.scene import SayScene
    from policy_kb.rules.reach import Reach
    from policy_kb.rules.site import Site, Slot
    from policy_kb.words import PersonId

OPTION = 75  # characters
MOST_OPTIONS = 100


def who_could(slots: tuple[Slot, ...], site: Site, scene: SayScene) -> tuple[Option, ...]:
    """Return who could have some slots of a site, the freest first, each with what is in the way."""
    people = tuple(dict.fromkeys(one.person for one in site.members_on(scene.today) if one.accepted_at))
    reaches = reaches_of(people, scene.uow, scene.today)
    first = free.free_for(slots[0], site, scene.uow, scene.today)
    order = {one: place for place, one in enumerate(first)}
    may = [one for one in people if any(slot.person != one for slot in slots)]
    may.sort(key=lambda one: (-_free(one, slots, reaches, scene), order.get(one, len(order)), one))
    return tuple(
        Option(value=one, label=short(f"{name_of(one, scene.uow)}{_note(one, slots, reaches, scene)}", OPTION))
        for one in may[:MOST_OPTIONS]
    )


def everybody(found: list[tuple[Slot, Site]], scene: SayScene) -> tuple[Option, ...]:
    """Return who could have a slot of one of several sites, whoever is there for most of them first."""
    theirs: dict[PersonId, list[Slot]] = {}
    for slot, site in found:
        for person in dict.fromkeys(one.person for one in site.members_on(scene.today) if one.accepted_at):
            theirs.setdefault(person, []).append(slot)
    reaches = reaches_of(theirs, scene.uow, scene.today)
    free_for = {one: _free(one, tuple(slots), reaches, scene) for one, slots in theirs.items()}
    return tuple(
        Option(value=one, label=short(f"{name_of(one, scene.uow)}{_count(count, len(found))}", OPTION))
        for one, count in sorted(free_for.items(), key=lambda one: -one[1])[:MOST_OPTIONS]
    )


def is_there_for(person: PersonId, slots: tuple[Slot, ...], scene: SayScene) -> bool:
    """Tell whether nothing keeps somebody from any of some slots."""
    return _free(person, slots, reaches_of((person,), scene.uow, scene.today), scene) == len(slots)


def nobody_to_give(site: Site) -> Message:
    """Return that a site has nobody else who could have its slots."""
    return Message(
        title=f"Nobody can be given a slot of {site.name}: nobody else has accepted a part in it.",
        tone=Tone.CARE,
        blocks=(Paragraph(text="Name people for it first (A.5.4)."),),
        buttons=(button("Show the site", Action.SITE, str(site.id)),),
    )


def _free(person: PersonId, slots: tuple[Slot, ...], reaches: Mapping[PersonId, Reach], scene: SayScene) -> int:
    return sum(hindrance(slot, reaches[person], today=scene.today) is None for slot in slots)


def _note(person: PersonId, slots: tuple[Slot, ...], reaches: Mapping[PersonId, Reach], scene: SayScene) -> str:
    count = _free(person, slots, reaches, scene)
    if len(slots) > 1 or count == len(slots):
        return _count(count, len(slots))
    notes = {
        Hindrance.NOT_IN_POST: "has left by then",
        Hindrance.AWAY: "away",
        Hindrance.DAY_OFF: f"does not work {slots[0].starts_on:%A}s",
        Hindrance.HOLIDAY: "works in term time only",
    }
    in_the_way = hindrance(slots[0], reaches[person], today=scene.today)
    return f" ({notes[in_the_way]})" if in_the_way else ""


def _count(count: int, of: int) -> str:
    return "" if count == of else f" (there for {count} of {of})"
