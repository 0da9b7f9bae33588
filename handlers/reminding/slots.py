"""A slot begins: nobody is asked any more to take it over, and where nobody said a word, others are asked at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import telling
from handlers.cover.handing import end_offers, news
from handlers.cover.seen import held_slot
from handlers.reminding.abouts import read_number
from handlers.sites.looking_after_watch import who_acts
from policy_kb.bot_words import SayKind
from policy_kb.site_words import SlotId
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handlers.acting import Acting
    from policy_kb.rules.site import Site, Slot
    from policy_kb.words import PersonId


def begins(subject: str, act: Acting) -> int:
    """
    Close what was asked about a slot that begins, and ask its reserve where nobody said “I've got it”.

    Returns how many people were told.

    Policy: A.5.3, A.5.4
    """
    found = _slot(subject, act)
    if found is None:
        return 0
    slot, _ = found
    told = _close(slot, act)
    if slot.person is None or slot.accepted_at is not None:
        return told
    return told + _tell((slot.reserve,) if slot.reserve else (), slot, act)


def stays_unanswered(subject: str, act: Acting) -> int:
    """
    Ask the administrators of a site where neither the person of a slot nor its reserve has said a word.

    Where that person is the only one, whoever answers for the site is asked.

    Policy: A.5.4
    """
    number = read_number(subject)
    seen = act.uow.rota.get(SlotId(number)) if number else None
    if seen is None or seen.person is None or seen.accepted_at is not None:
        return 0  # as almost always: nobody need wait for it
    found = _slot(subject, act)
    if found is None or found[0].person is None or found[0].accepted_at is not None:
        return 0
    slot, site = found
    return _tell(who_acts(site, act.uow, act.today, but=slot.person), slot, act)


def _slot(subject: str, act: Acting) -> tuple[Slot, Site] | None:
    """Return a slot that goes on still, of a site that people see, and let nobody else change it meanwhile."""
    number = read_number(subject)
    found = held_slot(SlotId(number), act.uow) if number else None
    if found is None:
        return None
    slot, site = found
    if not site.is_in_use or slot.ends_on <= act.today:
        return None
    return slot, site


def _close(slot: Slot, act: Acting) -> int:
    """End what was asked about a slot; whoever asked keeps it, and is told so."""
    made = next((one for one in end_offers(slot.id, act) if one.slot == slot.id), None)
    if made is None or slot.person != made.by:
        return 0
    return int(telling.tell(made.by, news("kept", slot.id), act.uow, now=act.now))


def _tell(people: Iterable[PersonId], slot: Slot, act: Acting) -> int:
    say = SayFacts(kind=SayKind.SLOT, about=str(slot.id))
    found = (act.uow.people.get(one) for one in people)
    there = (one.id for one in found if one and one.is_in_post(act.today))
    return sum(telling.tell(one, say, act.uow, now=act.now) for one in there)
