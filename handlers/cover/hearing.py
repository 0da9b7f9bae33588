"""Words about cover: who is on, who is away, swaps, who takes a slot."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.cover import away, offering
from handlers.cover.about import days_about
from handlers.cover.pressing import my_slots, on_duty
from handlers.cover.seen import own_sites, parts, sites_of, slots_of
from handlers.cover.sentences import Sentence
from handlers.cover.words_heard import BARE, heard, is_a_holiday, names_days, span_of
from handlers.heard.people_named import OF_ONESELF, read_people
from policy_kb.bot_words import SayKind
from policy_kb.rules.periods import DAY, days_between
from policy_kb.rules.reach import SATURDAY
from policy_kb.rules.swapping import MANAGE, NotOfTheSite, check_days_away
from policy_kb.site_words import OfferKind, SlotId
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from handlers.acting import Acting
    from handlers.cover.words_heard import Heard
    from handlers.inbound import TextSent
    from policy_kb.rules.site import Site, Slot
    from policy_kb.words import PersonId
    from storage.person import Person

IN_SHARED = frozenset({Sentence.WHO_IS_ON})
"""What may be asked where others read it; only who asks sees the answer."""

MOST_SLOTS = 20  # offered in one form
MOST_FORMS = 3  # where words may mean several slots


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
    span = (act.today, act.today + DAY) if found.days == "now" else span_of(found.days, today=act.today)
    if found.days and span is None:
        return ()
    if not sites and (found.site or found.sentence is Sentence.ROTA or not found.days):
        return ()
    if span is None or found.days == "this week":
        return on_duty(act, found.site)
    alone = ":day" if span[1] - span[0] == DAY else ""
    about = f"{span[0].isoformat()}{alone}{f':{found.site.id}' if found.site else ''}"
    return (SayFacts(kind=SayKind.ON_DUTY, about=about),)


def _my_slots(found: Heard, sites: tuple[Site, ...], person: PersonId, act: Acting) -> tuple[SayFacts, ...]:
    del sites, person
    if found.days and span_of(found.days, today=act.today) is None:
        return ()
    return my_slots(act)


def _away(found: Heard, sites: tuple[Site, ...], person: PersonId, act: Acting) -> tuple[SayFacts, ...]:
    """Ask back whether these are the days; which they are, where none was named or it is not certain which."""
    del sites
    if found.days and not is_a_holiday(found.days):
        if span := span_of(found.days, today=act.today):
            about = days_about(*check_days_away(*span, today=act.today))
            return (SayFacts(kind=SayKind.OFF_ASKED, about=about),)
        if not names_days(found.days):
            return ()
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
    """
    Ask for one's slot of a day; where it is not certain that others are to be asked, and for which, show what may be.

    Whoever names a day of a week that is theirs has not said that they give up the week.
    """
    theirs = _own_slots(found.days, found.site, person, act)
    if theirs is None or not (sites or theirs):
        return ()
    only = theirs[0] if len(theirs) == 1 else None
    is_told_to_ask = only and not found.words.startswith("who ") and _names_all_of(only, found.days, act.today)
    if only and (is_told_to_ask or act.uow.offers.open_for(only.id)):
        return offering.ask_for(only.id, act)
    if not theirs:
        return (SayFacts(kind=SayKind.MY_SLOTS),)
    return (SayFacts(kind=SayKind.COVER_FORM, about=f"{_numbers(theirs)}:find"),)


def _swap(found: Heard, sites: tuple[Site, ...], person: PersonId, act: Acting) -> tuple[SayFacts, ...]:
    """Show the form for a swap, filled in as far as the words go; whoever is named is asked by a press alone."""
    theirs = _own_slots(found.days, found.site, person, act)
    if theirs is None or not own_sites(person, act.uow, act.today):
        return ()
    wanted = _in_exchange(found, theirs, sites, person, act) if found.name else ""
    if wanted is None:
        return ()
    meant = _of_their_sites(theirs, wanted, act) if found.days and wanted else theirs
    if not meant or (len(meant) > 1 and not found.days) or not (found.days or found.name):
        return (SayFacts(kind=SayKind.MY_SLOTS),)
    return tuple(SayFacts(kind=SayKind.COVER_FORM, about=f"{one.id}:swap{wanted}") for one in meant[:MOST_FORMS])


def _of_their_sites(theirs: tuple[Slot, ...], wanted: str, act: Acting) -> tuple[Slot, ...]:
    """Return which of one's slots can be meant for what is wanted: those of its site, or of sites of that person."""
    how, which = wanted.split(":")[1:3]
    slot = act.uow.rota.get(SlotId(int(which))) if how == "to" else None
    if slot:
        return tuple(one for one in theirs if one.site == slot.site)
    sites = {one.site: act.uow.sites.get(one.site) for one in theirs}
    of_both = {number for number, site in sites.items() if site and which in site.people_on(act.today)}
    return tuple(one for one in theirs if one.site in of_both) or theirs


def _in_exchange(
    found: Heard, theirs: tuple[Slot, ...], sites: tuple[Site, ...], person: PersonId, act: Acting
) -> str | None:
    """Return what is wanted for a slot, as the form has it: one of somebody's or any; None where it is not certain."""
    named = _named(found.name, sites, person, act) or _of_the_trust(found.name, person, act)
    span = span_of(found.theirs, today=act.today)
    if len(named) != 1 or (found.theirs and span is None):
        return None
    if span is None:
        return f":with:{named[0]}"
    those = act.uow.rota.slots(*span, sites=[one.site for one in theirs], person=named[0])
    if len(those) == 1:
        return f":to:{those[0].id}"
    return f":with:{named[0]}" if those else f":with:{named[0]}:{days_about(*span)}"


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
    if not manages and found.name in OF_ONESELF:
        return _take(found, sites, person, act)
    named = _named(found.name, tuple(manages), person, act)
    if span and manages and not named and _of_the_trust(found.name, person, act):
        raise NotOfTheSite
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
    ids = dict.fromkeys(one for site in sites for one in site.people_on(act.today))
    return _among((found for one in ids if (found := act.uow.people.get(one))), name, person, act)


def _of_the_trust(name: str, person: PersonId, act: Acting) -> tuple[PersonId, ...]:
    """Return whom words name among all who work for the trust: they are understood, though they have no part."""
    return _among(act.uow.people.in_post(act.today), name, person, act)


def _among(those: Iterable[Person], name: str, person: PersonId, act: Acting) -> tuple[PersonId, ...]:
    people = tuple(those)
    asker = act.uow.people.get(person)
    if asker is None or not people:
        return ()
    read = read_people(name, people, setting=asker.setting.id, asker=asker)
    return tuple(one.id for one in read.found) if not read.unsure else ()


def _names_all_of(slot: Slot, days: str, today: date) -> bool:
    """Tell whether words name every day from Monday to Friday that is left of a slot."""
    span = span_of(days, today=today)
    left = days_between(max(slot.starts_on, today), slot.ends_on)
    return span is not None and all(span[0] <= day < span[1] for day in left if day.weekday() < SATURDAY)


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
