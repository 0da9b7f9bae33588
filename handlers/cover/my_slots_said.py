"""The slots somebody has, what they asked others for, and the days on which they are away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.cover import away
from handlers.cover.about import SLOT_FIELD
from handlers.cover.asked import offers_to
from handlers.cover.asked_said import is_heard, names
from handlers.cover.seen import slots_of
from handlers.cover.slot_said import gone
from handlers.cover.slots_said import days, site_name, slot_line, when
from handlers.message import Fact, Facts, Field, InputKind, Message, Option, Paragraph
from handlers.requests.in_words import button, short
from policy_kb.bot_words import Action
from policy_kb.rules.periods import DAY
from policy_kb.site_words import OfferKind

if TYPE_CHECKING:
    from handlers.message import Button
    from handlers.scene import SayScene
    from policy_kb.rules.site import Slot
    from policy_kb.site_words import SiteId
    from storage.offers import Offer

AHEAD = 13 * 7  # calendar days
MOST_SLOTS = 12
OPTION = 75  # characters of an option


def compose_my_slots(about: str, scene: SayScene) -> Message:
    """Return what the reader has in the next weeks, the earliest first, with what can be done about it."""
    del about
    if scene.person is None:
        return gone()
    theirs = slots_of(scene.person.id, scene.today, scene.today + AHEAD * DAY, scene.uow)
    if not theirs:
        return Message(
            title="You have no slots in the next 13 weeks.",
            blocks=_blocks(theirs, scene),
            buttons=(button("Who is on", Action.ON_DUTY, ""), *_back(scene)),
        )
    return Message(
        title=f"You are on next: {slot_line(theirs[0], scene)}.",
        blocks=_blocks(theirs, scene),
        fields=(slot_field(theirs, scene, label="Which slot"),) if len(theirs) > 1 else (),
        buttons=(
            button("Find cover", Action.FIND_COVER, "" if len(theirs) > 1 else str(theirs[0].id)),
            button("Swap", Action.SWAP, "" if len(theirs) > 1 else str(theirs[0].id)),
            button("Who is on", Action.ON_DUTY, ""),
            button("Calendar link", Action.CALENDAR, ""),
            *_back(scene),
        ),
    )


def slot_field(slots: tuple[Slot, ...], scene: SayScene, *, label: str) -> Field:
    """Return the field in which one of some slots is chosen; the first is, unless another is."""
    options = tuple(Option(value=str(one.id), label=short(slot_line(one, scene), OPTION)) for one in slots[:100])
    filled = (options[0].value,)
    return Field(name=SLOT_FIELD, label=label, kind=InputKind.ONE, options=options, filled=filled, needed=True)


def _blocks(theirs: tuple[Slot, ...], scene: SayScene) -> tuple[Facts | Paragraph, ...]:
    by_site: dict[SiteId, list[str]] = {}
    for one in theirs[:MOST_SLOTS]:
        by_site.setdefault(one.site, []).append(_said(one, scene))
    rows = tuple(Fact(label=site_name(site, scene), value="; ".join(said)) for site, said in by_site.items())
    more = len(theirs) - MOST_SLOTS
    absences = away.absences_of(scene.person.id, scene.uow, scene.today) if scene.person else ()
    gone_then = "; ".join(days(one.starts_on, one.ends_on, scene.today) for one in absences)
    return (
        *((Facts(rows=rows),) if rows else ()),
        *((Paragraph(text=f"And {more} more: your calendar link has them all."),) if more > 0 else ()),
        *_asked(scene),
        *((Paragraph(text=f"You are away: {gone_then}."),) if gone_then else ()),
        *(() if gone_then else (Paragraph(text="Away for some days? Say so: “I'm off 14 to 18 December”."),)),
    )


def _said(slot: Slot, scene: SayScene) -> str:
    made = scene.uow.offers.open_for(slot.id)
    notes = [*([_offered(made, scene)] if made else []), *(["you've got it"] if slot.accepted_at else [])]
    return when(slot, scene.today) + (f" ({', '.join(notes)})" if notes else "")


def _offered(made: Offer, scene: SayScene) -> str:
    if made.kind is OfferKind.SWAP:
        return f"a swap with {names(made.asked, scene)} waits for their answer"
    return "I am asking others" if is_heard(made, scene) else "I have nobody left to ask"


def _asked(scene: SayScene) -> tuple[Paragraph, ...]:
    """Return what others ask the reader about; whoever meets the bot late finds it here."""
    found = offers_to(scene.person.id, scene.uow, scene.today) if scene.person else ()
    lines = "; ".join(slot_line(slot, scene) for _, slot in found[:MOST_SLOTS])
    return (Paragraph(text=f"Others wait for your answer about: {lines}."),) if lines else ()


def _back(scene: SayScene) -> tuple[Button, ...]:
    absences = away.absences_of(scene.person.id, scene.uow, scene.today) if scene.person else ()
    return tuple(button("I am not away after all", Action.BACK_AGAIN, str(one.id)) for one in absences[:1])
