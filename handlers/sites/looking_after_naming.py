"""Naming people for a site, and whom one could ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.heard.people_named import read_people
from handlers.sites.looking_after_about import part_about, read_part
from handlers.sites.looking_after_watch import ask
from handlers.sites.rights import parts_of
from policy_kb.bot_words import SayKind
from policy_kb.rules.periods import DAY
from policy_kb.rules.site import OWES_PEOPLE, Member
from policy_kb.rules.site_people import (
    Candidate,
    HasThePart,
    NobodyNamed,
    NotOfTheStaff,
    check_may_name,
    suggested,
)
from policy_kb.words import PersonId, Role, Verb
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from handlers.acting import Acting
    from handlers.inbound import ButtonPressed
    from policy_kb.rules.site import Site
    from storage.unit_of_work import UnitOfWork

WHO = "who"
BY_NAME = "by_name"
SOMEBODY_ELSE = "somebody_else"  # an option beside people, whose name is typed
GONE = SayFacts(kind=SayKind.PEOPLE_NEWS, about="gone")
"""What is said where nothing is there any more that a press could be about."""


def name_somebody(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    Name somebody for a part, and ask them; without a name the form is shown, without a part who has which.

    Raises:
        NotYoursToName, NeedsNobody, NotOfTheStaff, NobodyNamed, HasThePart: nothing was changed.

    Policy: A.5.4, A.3.1, A.3.2
    """
    about = read_part(event.about)
    site = act.uow.sites.hold(about.site) if about else None
    if about is None or site is None or act.person is None:
        return (GONE,)
    if about.role is None:
        return (SayFacts(kind=SayKind.SITE_PEOPLE, about=str(site.id)),)
    check_may_name(parts_of(act.person, site, act.uow, act.today), site)
    if about.person is None and not {WHO, BY_NAME} & event.values.keys():
        return (SayFacts(kind=SayKind.SITE_PEOPLE, about=f"{site.id}:name:{about.role}"),)
    _add(site, about.role, about.person or named_in(event.values, site, act), act)
    people = SayFacts(kind=SayKind.SITE_PEOPLE, about=str(site.id), replaces=True)
    return (people, *_own(site, about.role, act))


def named_in(values: Mapping[str, tuple[str, ...]], site: Site, act: Acting) -> PersonId:
    """
    Return whom a form names: the one who was chosen, or else the one whose name was typed.

    Raises:
        NobodyNamed, NotOfTheStaff: as their names say.
    """
    chosen = next(iter(values.get(WHO, ())), "")
    if chosen not in {"", SOMEBODY_ELSE}:
        return PersonId(chosen)
    typed = next(iter(values.get(BY_NAME, ())), "").strip()
    asker = act.uow.people.get(act.person) if act.person else None
    if not typed or asker is None:
        raise NobodyNamed
    named = read_people(typed, act.uow.people.in_post(act.today), setting=site.setting, asker=asker)
    if named.unsure or len(named.found) != 1:
        raise NotOfTheStaff
    return named.found[0].id


def candidates(site: Site, role: Role | None, uow: UnitOfWork, on: date) -> tuple[Candidate, ...]:
    """
    Return who of the site's setting could be asked for a part, whoever has it already left out, best first.

    Without a part, whom one could ask for anything else, whatever they are of the site.

    Policy: A.3.1, A.5.4
    """
    author = uow.people.get(site.author)
    department = author.department if author else ""
    there = [one for one in uow.sites.listed(setting=site.setting, states=OWES_PEOPLE) if one.id != site.id]
    away = {one.person for one in uow.rota.absences(on, on + DAY)}
    taken = set(site.people_on(on, role)) if role else set()
    return suggested(
        (
            Candidate(
                person=one.id,
                name=one.name,
                sites=sum(one.id in other.people_on(on) for other in there),
                moderates=any(one.id in other.people_on(on, Role.SITE_MODERATOR) for other in there),
                same_department=bool(department) and one.department == department,
                is_away=one.id in away,
                ends_on=one.ends_on,
            )
            for one in uow.people.in_post(on, site.setting)
            if one.id not in taken
        ),
        on,
    )


def _add(site: Site, role: Role, person_id: PersonId, act: Acting) -> None:
    person = act.uow.people.get(person_id)
    if person is None or not person.is_in_post(act.today):
        raise NotOfTheStaff
    made = next((one for one in site.members_on(act.today, role) if one.person == person_id), None)
    if made and made.accepted_at:
        raise HasThePart
    about = part_about(site.id, role)
    member = Member(person=person_id, role=role, since=act.today)
    is_new = made is None and act.uow.sites.add_member(site.id, member, entry=act.entry(Verb.ADDED, "A.5.4"))
    # Whoever was asked before is asked again, once a day.
    subject = f"part_asked:{about}"
    again = not is_new and not act.uow.reminded.is_put_off(person_id, subject, act.today)
    if person_id != act.person and (is_new or again):
        act.uow.reminded.put_off(person_id, subject, act.today + DAY)
        ask(site.id, person_id, act, about=about)


def _own(site: Site, role: Role, act: Acting) -> tuple[SayFacts, ...]:
    """Return the question whether one accepts, where somebody named themselves."""
    now = act.uow.sites.get(site.id)
    waits = [one for one in now.members_on(act.today, role) if one.accepted_at is None] if now else []
    if act.person not in {one.person for one in waits}:
        return ()
    return (SayFacts(kind=SayKind.PART_ASKED, about=part_about(site.id, role)),)
