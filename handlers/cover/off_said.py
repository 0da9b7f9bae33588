"""Days away, as they were understood, and as they are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.cover import away
from handlers.cover.about import days_about, read_days, read_number
from handlers.cover.asked import waiting
from handlers.cover.asked_said import is_heard, names
from handlers.cover.seen import slots_of
from handlers.cover.slot_said import gone
from handlers.cover.slots_said import on_days, slot_line
from handlers.message import Fact, Facts, Field, InputKind, Message, Note, Paragraph, Tone
from handlers.requests.in_words import button
from policy_kb.bot_words import Action
from policy_kb.rules.periods import DAY
from policy_kb.site_words import OfferKind

if TYPE_CHECKING:
    from datetime import date

    from handlers.message import Block
    from handlers.scene import SayScene
    from policy_kb.rules.site import Absence, Slot
    from storage.offers import Offer

BACK = "back"
KEPT = "kept:"
AGAIN = "again:"
MOST_SLOTS = 12
MOST_ABSENCES = 4
NO_REASON = Note(text="I keep the days and no reason. Whole days only: for a single slot, say “find me cover”.")


def compose_off(about: str, scene: SayScene) -> Message:
    """Return the question whether somebody is away on some days, what was kept of it, or the form for the days."""
    if scene.person is None:
        return gone()
    if about == BACK:
        return _absences(scene)
    if about.startswith(KEPT):
        return _kept(about.removeprefix(KEPT), scene)
    if about.startswith(AGAIN):
        return _again(about.removeprefix(AGAIN), scene)
    asked = read_days(about)
    return _asked(asked, scene) if asked else _form()


def _asked(asked: tuple[date, date], scene: SayScene) -> Message:
    person = scene.person.id if scene.person else None
    theirs = slots_of(person, *asked, scene.uow) if person else ()
    touched = away.touched(person, asked, scene.uow, scene.today) if person else ()
    stays = [one for one in theirs if one not in touched and one.ends_on > scene.today]
    blocks: tuple[Block, ...] = (Paragraph(text="None of your slots is touched."),)
    if touched:
        blocks = (
            Facts(rows=(Fact(label="Your slots then", value=_list(touched, scene)),)),
            Paragraph(
                text="If you say yes, I ask whoever is free for those of the next two weeks, and the rota gives the "
                "later ones to others."
            ),
        )
    return Message(
        title=f"Are you away {on_days(*asked, scene.today)}?",
        tone=Tone.ASK,
        blocks=(*blocks, *_rest(stays, scene), NO_REASON),
        buttons=(
            button("Yes, I am away", Action.OFF, days_about(*asked), is_main=True),
            button("No", Action.MY_SLOTS, ""),
        ),
    )


def _kept(number: str, scene: SayScene) -> Message:
    absence = scene.uow.rota.absence(read_number(number) or 0)
    if absence is None or scene.person is None or absence.person != scene.person.id:
        return gone()
    kept = (absence.starts_on, absence.ends_on)
    asking = _asking(absence, scene)
    heard = [slot for offer, slot in asking if is_heard(offer, scene)]
    unheard = [(offer, slot) for offer, slot in asking if waiting(offer) and not is_heard(offer, scene)]
    stays = [one for one in slots_of(scene.person.id, *kept, scene.uow) if one.ends_on > scene.today]
    rows = (Fact(label="I am asking others for", value=_list(heard, scene)),) if heard else ()
    return Message(
        title=f"Written down: you are away {on_days(*kept, scene.today)}.",
        tone=Tone.YES,
        blocks=(*((Facts(rows=rows),) if rows else ()), *_unheard(unheard, scene), *_rest(stays, scene)),
        buttons=(
            *((button("Find cover for the rest", Action.FIND_COVER, str(stays[0].id)),) if stays else ()),
            button("I am back", Action.BACK_AGAIN, str(absence.id)),
            button("My slots", Action.MY_SLOTS, ""),
        ),
    )


def _again(about: str, scene: SayScene) -> Message:
    """Return which days were taken back, and what of them is the reader's; by then somebody may have taken the rest."""
    back = read_days(about)
    if back is None or scene.person is None:
        return gone()
    theirs = slots_of(scene.person.id, *back, scene.uow)
    value = _list(theirs, scene) if theirs else "none, because somebody else has them, or you had none"
    return Message(
        title=f"Taken back: you are there {on_days(*back, scene.today)}.",
        tone=Tone.YES,
        blocks=(
            Facts(rows=(Fact(label="Your slots then", value=value),)),
            Paragraph(text="A slot that somebody took in the meantime stays with them."),
        ),
        buttons=(button("My slots", Action.MY_SLOTS, ""),),
    )


def _asking(absence: Absence, scene: SayScene) -> list[tuple[Offer, Slot]]:
    """Return the slots of an absence that nobody has, each with the offer of it."""
    return [
        (one, slot)
        for one in scene.uow.offers.open_all()
        if one.by == absence.person and one.kind is OfferKind.COVER and (slot := scene.uow.rota.get(one.slot))
        if slot.person is None and slot.starts_on < absence.ends_on and absence.starts_on < slot.ends_on
    ]


def _unheard(asking: list[tuple[Offer, Slot]], scene: SayScene) -> tuple[Paragraph, ...]:
    if not asking:
        return ()
    which = _list([slot for _, slot in asking], scene)
    people = names({one for offer, _ in asking for one in waiting(offer)}, scene)
    return (Paragraph(text=f"I could ask nobody for {which}. Please ask them yourself: {people}."),)


def _absences(scene: SayScene) -> Message:
    found = away.absences_of(scene.person.id, scene.uow, scene.today) if scene.person else ()
    if not found:
        return Message(
            title="I have no days written down on which you are away.",
            buttons=(button("My slots", Action.MY_SLOTS, ""),),
        )
    return Message(
        title="Which days do I take back?",
        tone=Tone.ASK,
        blocks=(Paragraph(text="Slots that somebody has taken in the meantime stay with them."),),
        buttons=tuple(
            button(_short(one.starts_on, one.ends_on), Action.BACK_AGAIN, str(one.id)) for one in found[:MOST_ABSENCES]
        ),
    )


def _form() -> Message:
    return Message(
        title="On which days are you away?",
        tone=Tone.ASK,
        fields=(
            Field(name=away.FIRST_FIELD, label="First day", kind=InputKind.DATE, needed=True),
            Field(name=away.LAST_FIELD, label="Last day", kind=InputKind.DATE, hint="Leave it empty for one day."),
        ),
        blocks=(NO_REASON,),
        buttons=(button("Show me my slots then", Action.OFF, "", is_main=True),),
    )


def _rest(stays: list[Slot], scene: SayScene) -> tuple[Paragraph, ...]:
    if not stays:
        return ()
    which = _list(stays, scene)
    return (Paragraph(text=f"Still yours, because you are there for most of it or have it again: {which}."),)


def _list(slots: tuple[Slot, ...] | list[Slot], scene: SayScene) -> str:
    more = len(slots) - MOST_SLOTS
    return "; ".join(slot_line(one, scene) for one in slots[:MOST_SLOTS]) + (f"; and {more} more" if more > 0 else "")


def _short(start: date, end: date) -> str:
    last = end - DAY
    return f"{start.day} {start:%B}" if last == start else f"{start.day} {start:%b} to {last.day} {last:%b %Y}"
