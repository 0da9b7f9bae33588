"""Whoever answers for a site gives its slots to people; whoever had one before is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.cover import free
from handlers.cover.about import GONE, SLOTS_FIELD, days_about, read_gap, read_number, read_person, read_slot
from handlers.cover.handing import hand_over, news
from handlers.cover.seen import held_slot, parts, reaches_of, site_of
from policy_kb.bot_words import SayKind
from policy_kb.rules.reach import hindrance
from policy_kb.rules.swapping import NotOfTheSite, check_can_be_given, check_may_give, check_not_over, serves
from policy_kb.site_words import SlotHow, SlotId
from storage.says import SayFacts

if TYPE_CHECKING:
    from handlers.acting import Acting
    from handlers.inbound import ButtonPressed
    from policy_kb.rules.site import Site, Slot
    from policy_kb.words import PersonId

MOST_AT_ONCE = 70  # slots of a gap: a rota of 13 weeks has 65 weekdays


def assign(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    Give a slot, or those of a gap that are ticked, to somebody; without a name, show the form for it.

    Raises:
        NotTheirsToGive, SlotOver, NotOfTheSite, CannotBeGiven: nothing was given.

    Policy: A.1.5, A.5.4
    """
    to = read_person(event.values)
    if to is None:
        return (_form(event, act),)
    return _give(_meant(event), to, act)


def _form(event: ButtonPressed, act: Acting) -> SayFacts:
    about = read_gap(event.about, event.values)
    if about and about.days:
        _check(act, about_site=act.uow.sites.get(about.site))
        form = f"{about.site}:gap:{days_about(*about.days)}"
        return SayFacts(kind=SayKind.COVER_FORM, about=form)
    slot_id = read_slot(event.about, event.values)
    slot = act.uow.rota.get(slot_id) if slot_id else None
    site = site_of(slot, act.uow) if slot else None
    if slot is None or site is None:
        return GONE
    _check(act, about_site=site)
    check_not_over(slot, today=act.today)
    return SayFacts(kind=SayKind.COVER_FORM, about=f"{slot.id}:assign")


def _check(act: Acting, *, about_site: Site | None) -> None:
    if about_site:
        check_may_give(parts(act.person, about_site, act.uow, act.today))


def _meant(event: ButtonPressed) -> tuple[SlotId, ...]:
    """Return the slots that are ticked, or else the one the button is about."""
    ticked = event.values.get(SLOTS_FIELD, ())[:MOST_AT_ONCE]
    numbers = [read_number(one) for one in dict.fromkeys(ticked)]
    if ticked:
        return tuple(SlotId(one) for one in sorted(filter(None, numbers)))
    one = read_slot(event.about, event.values)
    return (one,) if one else ()


def _give(slot_ids: tuple[SlotId, ...], to: PersonId, act: Acting) -> tuple[SayFacts, ...]:
    known = (act.uow.rota.get(one) for one in slot_ids)
    act.uow.sites.hold_all({one.site for one in known if one})  # in their order, before any slot of theirs
    found = [one for slot_id in slot_ids if (one := held_slot(slot_id, act.uow))]
    if not found or act.person is None:
        return (GONE,)
    for slot, site in found:
        _check_one(slot, site, to, act)
    asked_by = {slot.id: made.by for slot, _ in found if (made := act.uow.offers.open_for(slot.id))}
    given = [slot for slot, _ in found if slot.person != to and hand_over(slot, to, SlotHow.ASSIGNED, act)]
    for slot in given:
        asked = asked_by.get(slot.id)
        if asked and asked not in {to, act.person}:
            act.tell((asked,), news("covered", slot.id, f"{to}:{act.person}"))
        if slot.person and slot.person != asked:
            act.tell((slot.person,), news("lost", slot.id, act.person))
    if given:
        act.tell((to,), news("assigned", given[0].id, f"{act.person}:{len(given)}"))
    last = found[0][0]
    return (SayFacts(kind=SayKind.COVER_NEWS, about=f"gave:{last.id}:{to}:{len(found)}", replaces=True),)


def _check_one(slot: Slot, site: Site, to: PersonId, act: Acting) -> None:
    check_may_give(parts(act.person, site, act.uow, act.today))
    check_not_over(slot, today=act.today)
    if not serves(to, site, act.today):
        raise NotOfTheSite
    in_the_way = hindrance(slot, reaches_of((to,), act.uow, act.today)[to], today=act.today)
    others = set(free.free_for(slot, site, act.uow, act.today)) - {to} if in_the_way else set()
    check_can_be_given(in_the_way, anybody_free=bool(others))
