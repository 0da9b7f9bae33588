"""Words about cover: who is on, who is away, swaps, who takes a slot."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.cover import away, offering
from handlers.cover.about import days_about
from handlers.cover.pressing import week_to_show
from handlers.cover.seen import own_sites, parts, sites_of, slots_of
from handlers.cover.sentences import Sentence
from handlers.cover.words_heard import BARE, heard, is_a_holiday, span_of
from handlers.heard.people_named import read_people
from policy_kb.bot_words import SayKind
from policy_kb.rules.periods import DAY
from policy_kb.rules.swapping import MANAGE, check_days_away
from policy_kb.site_words import OfferKind
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from handlers.acting import Acting
    from handlers.cover.words_heard import Heard
    from handlers.inbound import TextSent
    from policy_kb.rules.site import Site, Slot
    from policy_kb.words import PersonId

IN_SHARED = frozenset({Sentence.WHO_IS_ON})
"""What may be asked where others read it; only who asks sees the answer."""

MOST_SLOTS = 20  # offered in one form


def hear(event: TextSent, act: Acting) -> tuple[SayFacts, ...]:
    """
    Take typed words about cover, where they say nothing else; nothing where they do, or ask about the policy.

    Raises:
        Refusal: they are understood, and cannot be.
    """
    if act.person is None:
        return ()
    sites = sites_of(act.person, act.uow, act.today)
    typing = replace(act, channel=None)  # what answers typed words changes no card, so that every card is shown anew
    for found in heard(event.text, sites):
        if not event.conversation.private and found.sentence not in IN_SHARED:
            continue
        if found.words in BARE and _fills_in_a_form(event, act.person, act):
            continue
        if says := DOES[found.sentence](found, sites, act.person, typing):
            return tuple(replace(say, replaces=False) for say in says)
    return ()


def _fills_in_a_form(event: TextSent, person: PersonId, act: Acting) -> bool:
    where = event.conversation
    return bool(act.uow.form_talks.of(where.channel, where.tenant, where.id, person))


def _who_is_on(found: Heard, sites: tuple[Site, ...], person: PersonId, act: Acting) -> tuple[SayFacts, ...]:
    """Show a week or a day; somebody who has no part in any site asks about the policy."""
    del person
    day, alone = week_to_show(act.today), ":day" if found.days == "now" else ""
    if found.days not in {"", "now", "this week"}:
        span = span_of(found.days, today=act.today)
        if span is None:
            return ()
        day, alone = span[0], ":day" if span[1] - span[0] == DAY else ""
    if not sites and (found.site or found.sentence is Sentence.ROTA or not found.days):
        return ()
    if found.days == "now":
        day = act.today
    about = f"{day.isoformat()}{alone}{f':{found.site.id}' if found.site else ''}"
    return (SayFacts(kind=SayKind.ON_DUTY, about=about),)


def _my_slots(found: Heard, sites: tuple[Site, ...], person: PersonId, act: Acting) -> tuple[SayFacts, ...]:
    del sites, person
    if found.days and span_of(found.days, today=act.today) is None:
        return ()
    return (SayFacts(kind=SayKind.MY_SLOTS),)


def _away(found: Heard, sites: tuple[Site, ...], person: PersonId, act: Acting) -> tuple[SayFacts, ...]:
    """Ask back whether these are the days; which they are, where only a holiday or none was named."""
    del sites
    if found.days and not is_a_holiday(found.days):
        span = span_of(found.days, today=act.today)
        if span is None:
            return ()
        about = days_about(*check_days_away(*span, today=act.today))
        return (SayFacts(kind=SayKind.OFF_ASKED, about=about),)
    if not own_sites(person, act.uow, act.today):
        return ()
    return (SayFacts(kind=SayKind.OFF_ASKED),)


def _ill(found: Heard, sites: tuple[Site, ...], person: PersonId, act: Acting) -> tuple[SayFacts, ...]:
    """Take illness for today, where no other day is said; nobody is asked what it is, and nothing of it is kept."""
    if found.days:
        return _away(found, sites, person, act)
    if not own_sites(person, act.uow, act.today):
        return ()
    return (SayFacts(kind=SayKind.OFF_ASKED, about=days_about(act.today, act.today + DAY)),)


def _back(found: Heard, sites: tuple[Site, ...], person: PersonId, act: Acting) -> tuple[SayFacts, ...]:
    del sites
    if found.sentence is Sentence.BACK and not away.absences_of(person, act.uow, act.today):
        return ()
    if found.days and span_of(found.days, today=act.today) is None:
        return ()
    return (SayFacts(kind=SayKind.OFF_ASKED, about="back"),)


def _find(found: Heard, sites: tuple[Site, ...], person: PersonId, act: Acting) -> tuple[SayFacts, ...]:
    """Ask for one's slot of a day; where it is not certain which is meant, show those that may be."""
    theirs = _own_slots(found.days, found.site, person, act)
    if theirs is None or not (sites or theirs):
        return ()
    if len(theirs) == 1 and found.days:
        return offering.ask_for(theirs[0].id, act)
    if not theirs:
        return (SayFacts(kind=SayKind.MY_SLOTS),)
    return (SayFacts(kind=SayKind.COVER_FORM, about=f"{_numbers(theirs)}:find"),)


def _swap(found: Heard, sites: tuple[Site, ...], person: PersonId, act: Acting) -> tuple[SayFacts, ...]:
    """Show the form for a swap, filled in as far as the words go; whoever is named is asked by a press alone."""
    theirs = _own_slots(found.days, found.site, person, act)
    if theirs is None or not own_sites(person, act.uow, act.today):
        return ()
    wanted = ""
    if found.name:
        named = _named(found.name, sites, person, act)
        if len(named) != 1:
            return ()
        wanted = f":with:{named[0]}"
        if found.theirs:
            span = span_of(found.theirs, today=act.today)
            if span is None:
                return ()
            in_exchange = act.uow.rota.slots(*span, sites=[one.id for one in sites], person=named[0])
            wanted = f":to:{in_exchange[0].id}" if in_exchange else wanted
    if len(theirs) != 1 or (found.sentence is Sentence.SWAP and not (found.days or found.name)):
        return (SayFacts(kind=SayKind.MY_SLOTS),)
    return (SayFacts(kind=SayKind.COVER_FORM, about=f"{theirs[0].id}:swap{wanted}"),)


def _take(found: Heard, sites: tuple[Site, ...], person: PersonId, act: Acting) -> tuple[SayFacts, ...]:
    """Take the one slot of a day for which somebody is looked for; show who is on, where there is none or several."""
    span = span_of(found.days, today=act.today)
    theirs = own_sites(person, act.uow, act.today)
    mine = [one.id for one in theirs if found.site is None or one.id == found.site.id]
    if span is None or not theirs:
        return ()
    looked_for = [
        one for one in act.uow.rota.slots(*span, sites=mine) if one.ends_on > act.today and _is_open(one, act)
    ]
    if len(looked_for) == 1:
        return offering.take_slot(looked_for[0].id, act)
    if looked_for:
        return tuple(SayFacts(kind=SayKind.SLOT, about=str(one.id)) for one in looked_for[:3])
    del sites
    beside = f":{found.site.id}" if found.site else ""
    return (SayFacts(kind=SayKind.ON_DUTY, about=f"{span[0].isoformat()}:day{beside}"),)


def _assign(found: Heard, sites: tuple[Site, ...], person: PersonId, act: Acting) -> tuple[SayFacts, ...]:
    """Show the form that gives somebody a slot, for whoever may do that, filled in as far as the words go."""
    span = span_of(found.days, today=act.today)
    manages = [one for one in sites if MANAGE & parts(person, one, act.uow, act.today)]
    named = _named(found.name, tuple(manages), person, act)
    if span is None or len(named) != 1:
        return ()
    meant = [one.id for one in manages if found.site is None or one.id == found.site.id]
    those = [one.id for one in manages if one.id in meant and named[0] in one.people_on(act.today)]
    slots = [one for one in act.uow.rota.slots(*span, sites=those) if one.ends_on > act.today]
    if not slots:
        return (SayFacts(kind=SayKind.ON_DUTY, about=span[0].isoformat()),)
    return (SayFacts(kind=SayKind.COVER_FORM, about=f"{_numbers(slots)}:assign:with:{named[0]}"),)


def _gaps(found: Heard, sites: tuple[Site, ...], person: PersonId, act: Acting) -> tuple[SayFacts, ...]:
    del person, act
    if not sites and found.words != "gaps":  # whose words could mean something else
        return ()
    only = found.site or (sites[0] if len(sites) == 1 else None)
    return (SayFacts(kind=SayKind.GAPS, about=str(only.id) if only else ""),)


def _own_slots(days: str, site: Site | None, person: PersonId, act: Acting) -> tuple[Slot, ...] | None:
    """Return somebody's slots of some days, or all that come; None where words name no days."""
    span: tuple[date, date] | None = (act.today, act.today + 13 * 7 * DAY)
    if days:
        span = span_of(days, today=act.today)
    if span is None:
        return None
    slots = (one for one in slots_of(person, *span, act.uow) if site is None or one.site == site.id)
    return tuple(one for one in slots if one.ends_on > act.today)[:MOST_SLOTS]


def _named(name: str, sites: tuple[Site, ...], person: PersonId, act: Acting) -> tuple[PersonId, ...]:
    """Return whom words name among those who look after some sites."""
    asker = act.uow.people.get(person)
    ids = dict.fromkeys(one for site in sites for one in site.people_on(act.today))
    people = [found for one in ids if (found := act.uow.people.get(one))]
    if asker is None or not people:
        return ()
    read = read_people(name, people, setting=asker.setting.id, asker=asker)
    return tuple(one.id for one in read.found) if not read.unsure else ()


def _is_open(slot: Slot, act: Acting) -> bool:
    made = act.uow.offers.open_for(slot.id)
    return slot.person is None or (made is not None and made.kind is OfferKind.COVER and slot.person != act.person)


def _numbers(slots: tuple[Slot, ...] | list[Slot]) -> str:
    return ",".join(str(one.id) for one in slots[:MOST_SLOTS])


DOES: dict[Sentence, Callable[[Heard, tuple[Site, ...], PersonId, Acting], tuple[SayFacts, ...]]] = {
    Sentence.WHO_IS_ON: _who_is_on,
    Sentence.ROTA: _who_is_on,
    Sentence.MY_SLOTS: _my_slots,
    Sentence.AWAY: _away,
    Sentence.ILL: _ill,
    Sentence.BACK: _back,
    Sentence.NOT_AWAY: _back,
    Sentence.SWAP: _swap,
    Sentence.FIND: _find,
    Sentence.TAKE: _take,
    Sentence.ASSIGN: _assign,
    Sentence.GAPS: _gaps,
}
