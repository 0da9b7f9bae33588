"""The little forms of cover: whom to swap with, whom to give a slot, how a rota is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.cover.about import SLOTS_FIELD, WHO_FIELD, read_days, read_form
from handlers.cover.my_slots_said import slot_field
from handlers.cover.seen import parts, site_of, with_rota
from handlers.cover.settling import DAYS_FIELD, DOUBLE, DOUBLE_FIELD, LENGTH_FIELD
from handlers.cover.slot_said import gone
from handlers.cover.slots_said import days, on_days, slot_line, weekday, when
from handlers.cover.swapping import FOR_FIELD, slots_to_swap_for
from handlers.cover.who_said import everybody, is_there_for, nobody_to_give, who_could
from handlers.message import Field, InputKind, Message, Option, Paragraph, Tone
from handlers.people_and_days import name_of
from handlers.requests.in_words import button, short
from policy_kb.bot_words import Action
from policy_kb.rules.periods import DAY
from policy_kb.rules.swapping import DECIDE, MANAGE, next_monday
from policy_kb.site_words import CoverDays, SiteId, SlotId, SlotLength
from policy_kb.words import PersonId

if TYPE_CHECKING:
    from handlers.cover.about import FormAbout
    from handlers.scene import SayScene
    from policy_kb.rules.site import Site, Slot

OPTION = 75  # characters
MOST_OPTIONS = 100
LENGTHS = {SlotLength.DAY: "A day", SlotLength.HALF_DAY: "Half a day", SlotLength.WEEK: "A week"}
DAYS = {CoverDays.WEEKDAYS: "Monday to Friday", CoverDays.EVERY_DAY: "Every day, weekends too"}


def compose_form(about: str, scene: SayScene) -> Message:
    """Return the form that is meant, filled in as far as words said it; to nobody who may not send it."""
    asked = read_form(about)
    forms = {"swap": _swap, "assign": _assign, "find": _find, "gap": _gap, "shape": _shape}
    if asked is None or scene.person is None or asked.what not in forms:
        return gone()
    return forms[asked.what](asked, scene)


def _swap(asked: FormAbout, scene: SayScene) -> Message:
    """
    `beside` may say what is wanted in exchange: a slot, ``to:456``, or any of a person, ``with:tom-example``.

    With days behind it, ``with:tom-example:2026-12-08:2026-12-09``, they have none on those that were named.
    """
    found = _slots(asked, scene)
    if len(found) != 1 or scene.person is None or found[0][0].person != scene.person.id:
        return gone()
    slot, site = found[0]
    how, _, rest = asked.beside.partition(":")
    which, _, missed = rest.partition(":")
    others = [
        one
        for one in slots_to_swap_for(slot, site, scene.uow, scene.today)
        if how not in {"to", "with"} or which in {str(one.id), one.person}
    ]
    if not others:
        return _nothing_to_swap(slot, how, which, scene)
    options = tuple(
        Option(value=str(one.id), label=short(f"{when(one, scene.today)}: {name_of(one.person, scene.uow)}", OPTION))
        for one in others[:MOST_OPTIONS]
        if one.person
    )
    filled = (options[0].value,) if how == "to" else ()
    none_then = read_days(missed)
    who = name_of(PersonId(which), scene.uow)
    says = f"{who} has no slot {on_days(*none_then, scene.today)}. " if none_then else ""
    return Message(
        title=f"Swap {slot_line(slot, scene)}: for which slot?",
        tone=Tone.ASK,
        blocks=(Paragraph(text=f"{says}I ask whoever has it. Until they say yes, each of you keeps your own."),),
        fields=(Field(name=FOR_FIELD, label="For", kind=InputKind.ONE, options=options, filled=filled, needed=True),),
        buttons=(
            button("Ask for the swap", Action.SWAP, str(slot.id), is_main=True),
            button("Find cover instead", Action.FIND_COVER, str(slot.id)),
            button("My slots", Action.MY_SLOTS, ""),
        ),
    )


def _nothing_to_swap(slot: Slot, how: str, which: str, scene: SayScene) -> Message:
    says = "Nobody else of this site has a slot in the next 8 weeks that would fit."
    if how == "with":
        says = f"{name_of(PersonId(which), scene.uow)} has no slot of this site in the next 8 weeks that would fit."
    if how == "to":
        says = "The slot you named does not fit: it has begun, or one of you is not there then."
    return Message(
        title=f"There is no slot to swap {slot_line(slot, scene)} for.",
        blocks=(Paragraph(text=says),),
        buttons=(
            button("Find cover instead", Action.FIND_COVER, str(slot.id)),
            button("My slots", Action.MY_SLOTS, ""),
        ),
    )


def _find(asked: FormAbout, scene: SayScene) -> Message:
    theirs = tuple(slot for slot, _ in _slots(asked, scene) if scene.person and slot.person == scene.person.id)
    if not theirs:
        return gone()
    if len(theirs) == 1:
        return _find_for(theirs[0], scene)
    return Message(
        title="For which of your slots shall I find cover?",
        tone=Tone.ASK,
        fields=(slot_field(theirs, scene, label="Which slot"),),
        buttons=(
            button("Find cover", Action.FIND_COVER, "", is_main=True),
            button("Swap", Action.SWAP, ""),
            button("My slots", Action.MY_SLOTS, ""),
        ),
    )


def _find_for(slot: Slot, scene: SayScene) -> Message:
    is_week = slot.ends_on - slot.starts_on > DAY
    whole = "Your slot is the whole week, and somebody else would have all of it. " if is_week else ""
    return Message(
        title=f"Shall I find cover for {slot_line(slot, scene)}?",
        tone=Tone.ASK,
        blocks=(Paragraph(text=f"{whole}I have asked nobody yet."),),
        buttons=(
            button("Find cover", Action.FIND_COVER, str(slot.id), is_main=True),
            button("Swap", Action.SWAP, str(slot.id)),
            button("My slots", Action.MY_SLOTS, ""),
        ),
    )


def _assign(asked: FormAbout, scene: SayScene) -> Message:
    """`beside` may say who is to have it: ``with:tom-example``."""
    found = [(slot, site) for slot, site in _slots(asked, scene) if MANAGE & _parts(site, scene)]
    if not found:
        return gone()
    slots = tuple(slot for slot, _ in found)
    slot, site = found[0]
    named = asked.beside.removeprefix("with:")
    options = who_could(slots, site, scene) if len({one.id for _, one in found}) == 1 else everybody(found, scene)
    if not options:
        return nobody_to_give(site)
    is_meant = named in {one.value for one in options} and is_there_for(PersonId(named), slots, scene)
    filled = (named,) if is_meant else ()
    has = f" {name_of(slot.person, scene.uow)} has it now, and is told." if slot.person and len(slots) == 1 else ""
    return Message(
        title=f"Who takes {slot_line(slot, scene)}?" if len(slots) == 1 else "Which slot, and who takes it?",
        tone=Tone.ASK,
        blocks=(Paragraph(text=f"Whoever you choose is told.{has}"),),
        fields=(
            *((slot_field(slots, scene, label="Which slot"),) if len(slots) > 1 else ()),
            Field(name=WHO_FIELD, label="Who", kind=InputKind.ONE, options=options, filled=filled, needed=True),
        ),
        buttons=(
            button("Give it to them", Action.ASSIGN, str(slot.id) if len(slots) == 1 else "", is_main=True),
            button("Who is on", Action.ON_DUTY, ""),
        ),
    )


def _gap(asked: FormAbout, scene: SayScene) -> Message:
    site = with_rota(SiteId(asked.numbers[0]), scene.uow)
    span = read_days(asked.beside)
    if site is None or span is None or not MANAGE & _parts(site, scene):
        return gone()
    slots = tuple(
        one for one in scene.uow.rota.slots(*span, sites=(site.id,)) if one.person is None and one.ends_on > scene.today
    )[:MOST_OPTIONS]
    options = who_could(slots, site, scene) if slots else ()
    if not options:
        return nobody_to_give(site) if slots else gone()
    ticks = tuple(Option(value=str(one.id), label=short(when(one, scene.today), OPTION)) for one in slots)
    return Message(
        title=f"Who takes {site.name}, {days(*span, scene.today)}?",
        tone=Tone.ASK,
        fields=(
            Field(name=WHO_FIELD, label="Who", kind=InputKind.ONE, options=options, needed=True),
            Field(
                name=SLOTS_FIELD,
                label="Which of the days",
                kind=InputKind.MANY,
                options=ticks,
                filled=tuple(one.value for one in ticks),
            ),
        ),
        buttons=(
            button("Give them these", Action.ASSIGN, str(slots[0].id), is_main=True),
            button("Back to the gaps", Action.GAPS, str(site.id)),
        ),
    )


def _shape(asked: FormAbout, scene: SayScene) -> Message:
    site = with_rota(SiteId(asked.numbers[0]), scene.uow)
    if site is None or not DECIDE & _parts(site, scene):
        return gone()
    doubles = (Option(value=DOUBLE, label="A slot in the holidays counts as two"),)
    return Message(
        title=f"How is the rota of {site.name} cut?",
        tone=Tone.ASK,
        blocks=(
            Paragraph(
                text=f"From {weekday(next_monday(scene.today), scene.today)} on I lay it out anew. Swaps and slots "
                "that were taken from then on are planned again, and whoever has one soon is told."
            ),
        ),
        fields=(
            Field(
                name=LENGTH_FIELD,
                label="A slot is",
                kind=InputKind.ONE,
                options=tuple(Option(value=one, label=label) for one, label in LENGTHS.items()),
                filled=(site.rota.length,),
                needed=True,
            ),
            Field(
                name=DAYS_FIELD,
                label="Cover is owed",
                kind=InputKind.ONE,
                options=tuple(Option(value=one, label=label) for one, label in DAYS.items()),
                filled=(site.rota.days,),
                needed=True,
            ),
            Field(
                name=DOUBLE_FIELD,
                label="Holidays",
                kind=InputKind.MANY,
                options=doubles,
                filled=(DOUBLE,) if site.rota.holidays_double else (),
            ),
        ),
        buttons=(
            button("Lay it out like this", Action.ROTA_SHAPE, str(site.id), is_main=True),
            button("Leave it as it is", Action.GAPS, str(site.id)),
        ),
    )


def _slots(asked: FormAbout, scene: SayScene) -> list[tuple[Slot, Site]]:
    found = []
    for number in asked.numbers:
        slot = scene.uow.rota.get(SlotId(number))
        site = site_of(slot, scene.uow) if slot else None
        if slot and site and slot.ends_on > scene.today:
            found.append((slot, site))
    return found


def _parts(site: Site, scene: SayScene) -> frozenset[object]:
    return frozenset(parts(scene.person.id if scene.person else None, site, scene.uow, scene.today))
