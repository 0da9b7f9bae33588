"""What somebody hears of a slot, a decision or a rota, in a sentence that holds when it is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.cover.about import NewsAbout, read_day, read_news
from handlers.cover.asked_said import ask_yourself, asking, is_heard, reserve_cannot
from handlers.cover.seen import parts, site_of, with_rota
from handlers.cover.settled_said import ABOUT_DECISIONS
from handlers.cover.slot_said import compose_slot, gone
from handlers.cover.slots_said import on_when, slot_line, upper, weekday, whose
from handlers.message import Fact, Facts, Message, Paragraph, Tone
from handlers.people_and_days import name_of
from handlers.requests.in_words import button
from policy_kb.bot_words import Action
from policy_kb.rules.swapping import MANAGE
from policy_kb.site_words import OfferKind, SiteId, SlotId
from policy_kb.words import PersonId

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.message import Button
    from handlers.scene import SayScene
    from policy_kb.rules.site import Site, Slot

MY_SLOTS = button("My slots", Action.MY_SLOTS, "")


def compose_news(about: str, scene: SayScene) -> Message:
    """Return what the reader hears; to nobody who has no part in the site it is about."""
    news = read_news(about)
    if news is None or scene.person is None:
        return gone()
    if news.key in ABOUT_DECISIONS:
        return ABOUT_DECISIONS[news.key](news, scene)
    if news.key == "cut":
        return _cut(news, scene)
    slot = scene.uow.rota.get(SlotId(news.number))
    site = site_of(slot, scene.uow) if slot else None
    if slot is None or site is None or news.key not in ABOUT_SLOTS:
        return gone()
    if slot.person != scene.person.id and not parts(scene.person.id, site, scene.uow, scene.today):
        return gone()
    return ABOUT_SLOTS[news.key](news, slot, site, scene)


def _given(news: NewsAbout, slot: Slot, site: Site, scene: SayScene) -> Message:
    """Return the card of a slot that the rota gave to somebody; ``given:123:4``, where it was four that come soon."""
    del site
    card = compose_slot(str(news.number), scene)
    if not _is_the_readers(slot, scene):
        return card
    return replace(card, title=f"The rota has a slot for you: {slot_line(slot, scene)}{_and_more(news.beside)}.")


def _assigned(news: NewsAbout, slot: Slot, site: Site, scene: SayScene) -> Message:
    """Return the card of a slot that somebody gave; ``assigned:123:denise-sample:4``, where it was four at once."""
    del site
    by, _, count = news.beside.partition(":")
    card = compose_slot(str(news.number), scene)
    if not _is_the_readers(slot, scene):
        return card
    title = f"{name_of(PersonId(by), scene.uow)} gave you a slot: {slot_line(slot, scene)}{_and_more(count)}."
    return replace(card, title=title)


def _and_more(count: str) -> str:
    return f" and {int(count) - 1} more" if count.isdecimal() and int(count) > 1 else ""


def _gave(news: NewsAbout, slot: Slot, site: Site, scene: SayScene) -> Message:
    to, _, count = news.beside.partition(":")
    name = name_of(PersonId(to), scene.uow)
    several = count.isdecimal() and int(count) > 1
    what = f"{count} slots of {site.name}" if several else slot_line(slot, scene)
    return Message(
        title=f"{name} has {what}." if slot.person == to else f"{slot_line(slot, scene)} is with somebody else by now.",
        tone=Tone.YES if slot.person == to else Tone.PLAIN,
        blocks=(Paragraph(text="They are told, and so is whoever had it before."),) if slot.person == to else (),
        buttons=(
            button("Who is on", Action.ON_DUTY, f"{slot.starts_on.isoformat()}:{site.id}"),
            button("What is not covered", Action.GAPS, str(site.id)),
        ),
    )


def _taken(news: NewsAbout, slot: Slot, site: Site, scene: SayScene) -> Message:
    del site
    title = f"{_name(slot, scene)} has your slot: {slot_line(slot, scene)}."
    if _is_the_readers(slot, scene):
        title = f"You have it: {slot_line(slot, scene)}."
    elif news.beside and slot.person != news.beside:
        title = f"{_name(slot, scene)} has it by now: {slot_line(slot, scene)}."
    return Message(title=title, tone=Tone.YES if slot.person else Tone.CARE, buttons=(MY_SLOTS,))


def _covered(news: NewsAbout, slot: Slot, site: Site, scene: SayScene) -> Message:
    """Return that somebody was given a slot for which the reader had asked others: ``covered:123:tom-example:…``."""
    to, _, by = news.beside.partition(":")
    taken = _taken(NewsAbout(key="taken", number=news.number, beside=to), slot, site, scene)
    if slot.person != to or not by:
        return taken
    return replace(taken, blocks=(Paragraph(text=f"{name_of(PersonId(by), scene.uow)} gave it to them."),))


def _swapped(news: NewsAbout, slot: Slot, site: Site, scene: SayScene) -> Message:
    other = scene.uow.rota.get(SlotId(int(news.beside))) if news.beside.isdecimal() else None
    both = [one for one in (slot, other) if one]
    rows = tuple(Fact(label=upper(whose(one.person, scene)), value=slot_line(one, scene)) for one in both)
    return Message(
        title=f"Swapped: your slots of {site.name} have changed hands.",
        tone=Tone.YES,
        blocks=(Facts(rows=rows),),
        buttons=(MY_SLOTS,),
    )


def _lost(news: NewsAbout, slot: Slot, site: Site, scene: SayScene) -> Message:
    if _is_the_readers(slot, scene):
        return compose_slot(str(slot.id), scene)
    del site
    by = name_of(PersonId(news.beside), scene.uow)
    return Message(
        title=f"You are not on any more: {_name(slot, scene)} has {slot_line(slot, scene)}.",
        blocks=(Paragraph(text=f"{by} decided that, and can tell you why."),),
        buttons=(MY_SLOTS,),
    )


def _nobody(news: NewsAbout, slot: Slot, site: Site, scene: SayScene) -> Message:
    """Return that nobody is free for a slot, for whoever asked and the administrators."""
    if slot.person is not None and slot.person != news.beside and not _is_the_readers(slot, scene):
        return compose_slot(str(slot.id), scene)
    stays = f"It stays with {whose(slot.person, scene)}" if slot.person else "Nobody has it"
    return Message(
        title=f"Nobody is free for {slot_line(slot, scene)}.",
        tone=Tone.CARE,
        blocks=(Paragraph(text=f"{stays} until somebody takes it or it is given to somebody (A.5.4)."),),
        buttons=(*_give(slot, site, scene), *_swap(slot, scene), MY_SLOTS),
    )


def _needs(news: NewsAbout, slot: Slot, site: Site, scene: SayScene) -> Message:
    """Return that somebody cannot be there today, for administrators; nobody hears why."""
    if slot.person not in {None, news.beside}:
        return compose_slot(str(slot.id), scene)
    who = name_of(PersonId(news.beside), scene.uow) if news.beside else "Somebody"
    return Message(
        title=f"{site.name} needs somebody {on_when(slot, scene.today)}: {who} cannot.",
        tone=Tone.CARE,
        blocks=(Paragraph(text=_asking_first(slot, scene)),),
        buttons=(
            *((button("I'll take it", Action.TAKE_SLOT, str(slot.id)),) if slot.person != _reader(scene) else ()),
            *_give(slot, site, scene),
        ),
    )


def _asking_first(slot: Slot, scene: SayScene) -> str:
    made = scene.uow.offers.open_for(slot.id)
    if made and not is_heard(made, scene):
        return asking(made, scene)
    lost = f" {ask_yourself(made, scene)}" if made else ""
    return f"I am asking whoever is free, the reserve first.{lost}".rstrip()


def _no_swap(news: NewsAbout, slot: Slot, site: Site, scene: SayScene) -> Message:
    if not _is_the_readers(slot, scene):
        return compose_slot(str(slot.id), scene)
    del site
    return Message(
        title=f"{name_of(PersonId(news.beside), scene.uow)} keeps their slot. Yours stays: {slot_line(slot, scene)}.",
        buttons=(button("Find cover", Action.FIND_COVER, str(slot.id)), *_swap(slot, scene), MY_SLOTS),
    )


def _kept(news: NewsAbout, slot: Slot, site: Site, scene: SayScene) -> Message:
    """Return that a slot stays: nobody has taken it as it begins, or the swap could not happen any more."""
    del news, site
    if not _is_the_readers(slot, scene):
        return compose_slot(str(slot.id), scene)
    made = scene.uow.offers.open_for(slot.id)
    if made and made.kind is OfferKind.COVER:
        return Message(
            title=f"Nobody has taken it yet, so it is still yours: {slot_line(slot, scene)}.",
            tone=Tone.CARE,
            blocks=(Paragraph(text=f"{asking(made, scene)} Until somebody takes it, you look after it (A.5.4)."),),
            buttons=(button("Ask nobody else", Action.TAKE_BACK_OFFER, str(made.id)), MY_SLOTS),
        )
    return Message(
        title=f"Nobody took it over, so it stays yours: {slot_line(slot, scene)}.",
        tone=Tone.CARE,
        blocks=(Paragraph(text="Whoever has a slot looks after it until somebody else has it (A.5.4)."),),
        buttons=(button("Find cover", Action.FIND_COVER, str(slot.id)), *_swap(slot, scene), MY_SLOTS),
    )


def _cut(news: NewsAbout, scene: SayScene) -> Message:
    site = with_rota(SiteId(news.number), scene.uow)
    monday = read_day(news.beside)
    if site is None or monday is None:
        return gone()
    if not parts(scene.person.id if scene.person else None, site, scene.uow, scene.today):
        return gone()
    soon = scene.uow.rota.slots(monday, monday + timedelta(weeks=2), sites=(site.id,), person=_reader(scene))
    yours = "; ".join(slot_line(one, scene) for one in soon) or "none"
    return Message(
        title=f"The rota of {site.name} is laid out anew from {weekday(monday, scene.today)} on.",
        blocks=(Facts(rows=(Fact(label="Your slots in the first two weeks", value=yours),)),),
        buttons=(button("Who is on", Action.ON_DUTY, f"{monday.isoformat()}:{site.id}"), MY_SLOTS),
    )


def _give(slot: Slot, site: Site, scene: SayScene) -> tuple[Button, ...]:
    theirs = parts(_reader(scene), site, scene.uow, scene.today)
    return (button("Give it to somebody", Action.ASSIGN, str(slot.id)),) if MANAGE & theirs else ()


def _swap(slot: Slot, scene: SayScene) -> tuple[Button, ...]:
    return (button("Swap", Action.SWAP, str(slot.id)),) if _is_the_readers(slot, scene) else ()


def _is_the_readers(slot: Slot, scene: SayScene) -> bool:
    return slot.person is not None and slot.person == _reader(scene)


def _reader(scene: SayScene) -> PersonId | None:
    return scene.person.id if scene.person else None


def _name(slot: Slot, scene: SayScene) -> str:
    return upper(whose(slot.person, scene))


ABOUT_SLOTS: dict[str, Callable[[NewsAbout, Slot, Site, SayScene], Message]] = {
    "given": _given,
    "assigned": _assigned,
    "gave": _gave,
    "taken": _taken,
    "covered": _covered,
    "swapped": _swapped,
    "lost": _lost,
    "nobody": _nobody,
    "needs": _needs,
    "reserve_cannot": reserve_cannot,
    "no_swap": _no_swap,
    "kept": _kept,
    "back": _kept,
}
