"""Whose sites and slots somebody may see and act on, and what is known of somebody's days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.calendars import calendar_of
from handlers.sites.rights import heads_of, office_of, parts_of
from policy_kb.rules.periods import DAY
from policy_kb.rules.reach import Reach
from policy_kb.rules.site import IN_USE, STARTING
from policy_kb.rules.swapping import LONGEST_AWAY
from policy_kb.words import BotRole, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from policy_kb.rules.school_calendar import SchoolCalendar
    from policy_kb.rules.site import Absence, Site, Slot
    from policy_kb.rules.site_life import Doer
    from policy_kb.site_words import SiteId, SlotId
    from policy_kb.words import PersonId, SettingId
    from storage.person import Person
    from storage.unit_of_work import UnitOfWork

COVERED = IN_USE | STARTING
"""In which states a site has a rota to act on."""


def sites_of(person: PersonId, uow: UnitOfWork, on: date) -> tuple[Site, ...]:
    """Return the sites with a rota that somebody looks after, wrote the form for or answers for, by name."""
    found = {one.id: one for one in uow.sites.of_person(person, on) if one.state in COVERED}
    for setting_id in _may_answer_for(person, uow, on):
        if person in heads_of(setting_id, uow, on) or person in office_of(setting_id, uow, on):
            found |= {one.id: one for one in uow.sites.listed(setting=setting_id, states=COVERED)}
    return tuple(sorted(found.values(), key=lambda one: (one.name.casefold(), one.id)))


def own_sites(person: PersonId, uow: UnitOfWork, on: date) -> tuple[Site, ...]:
    """Return the sites with a rota that somebody administers or moderates, by name."""
    return tuple(one for one in uow.sites.of_person(person, on) if one.state in COVERED and person in one.people_on(on))


def site_of(slot: Slot, uow: UnitOfWork) -> Site | None:
    """Return the site of a slot; None where it has no rota any more."""
    return with_rota(slot.site, uow)


def with_rota(site_id: SiteId, uow: UnitOfWork) -> Site | None:
    """Return a site that has a rota; None where there is none."""
    site = uow.sites.get(site_id)
    return site if site and site.state in COVERED else None


def slots_of(person: PersonId, start: date, end: date, uow: UnitOfWork) -> tuple[Slot, ...]:
    """
    Return the slots that somebody has on the London days [start, end), the earliest first.

    Only of sites that have a rota: one that was suspended keeps its slots, and nobody serves them until it is resumed.
    """
    theirs = uow.rota.slots(start, end, person=person)
    sites = {one for one in {slot.site for slot in theirs} if with_rota(one, uow)}
    return tuple(slot for slot in theirs if slot.site in sites)


def parts(person: PersonId | None, site: Site, uow: UnitOfWork, on: date) -> frozenset[Doer]:
    """Return in which parts somebody acts on a site; none for somebody nobody knows."""
    return parts_of(person, site, uow, on) if person else frozenset()


def administrators_of(site: Site, on: date) -> tuple[PersonId, ...]:
    """Return who administers a site on a London day."""
    return site.people_on(on, Role.SITE_ADMINISTRATOR)


def held_slot(slot_id: SlotId | None, uow: UnitOfWork) -> tuple[Slot, Site] | None:
    """
    Let nobody else change a slot meanwhile, and return it with its site; None where it is not there.

    The site is held before its slot, as by everybody who changes a site: else two would wait for each other for good.
    """
    known = uow.rota.get(slot_id) if slot_id else None
    if known is None:
        return None
    site = uow.sites.hold(known.site)
    slot = uow.rota.hold(known.id)
    return (slot, site) if slot and site and site.state in COVERED else None


def reaches_of(people: Iterable[PersonId], uow: UnitOfWork, on: date) -> Mapping[PersonId, Reach]:
    """Return what is known of some people's days from a London day on; who is in no staff list is never there."""
    wanted = tuple(dict.fromkeys(people))
    away: dict[PersonId, list[Absence]] = {}
    for absence in uow.rota.absences(on, on + 2 * LONGEST_AWAY * DAY, people=wanted):
        away.setdefault(absence.person, []).append(absence)
    known = {one.id: one for one in uow.people.among(wanted)}
    terms = _term_times(known.values(), uow)
    return {one: _reach(known.get(one), tuple(away.get(one, ())), terms, on) for one in wanted}


def _may_answer_for(person_id: PersonId, uow: UnitOfWork, on: date) -> tuple[SettingId, ...]:
    """Return the few settings to look at more closely: this is asked of everybody at every word they type."""
    person = uow.people.get(person_id)
    if person is None:
        return ()
    looks_after = {one.setting_id for one in person.bot_roles if one.role is BotRole.SETTING_ADMINISTRATOR}
    everywhere = None in looks_after or any(
        one.to_id == person_id and one.starts_on <= on < one.ends_on for one in uow.delegations.everything()
    )
    return tuple(
        one.id
        for one in uow.settings.listed()
        if everywhere or one.id in looks_after or one.final_approver_id == person_id
    )


def _term_times(people: Iterable[Person], uow: UnitOfWork) -> Mapping[SettingId, SchoolCalendar]:
    """Return the calendars of the settings of those who work in term time only."""
    settings = {one.setting.id: one.setting for one in people if one.term_time_only}
    return {number: calendar_of(setting, uow) for number, setting in settings.items()}


def _reach(
    person: Person | None, absences: tuple[Absence, ...], terms: Mapping[SettingId, SchoolCalendar], on: date
) -> Reach:
    if person is None:
        return Reach(in_post_until=on)
    return Reach(
        in_post_from=person.starts_on,
        in_post_until=person.ends_on,
        pattern=person.pattern,
        term_time=terms.get(person.setting.id) if person.term_time_only else None,
        absences=absences,
    )
