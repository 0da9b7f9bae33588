"""A part in looking after a site: accepted, refused, ended, and said again to have a login of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.sites.leaving_tasks import hand_out, login_is_theirs
from handlers.sites.looking_after_about import ALL, part_about, read_part
from handlers.sites.looking_after_naming import GONE
from handlers.sites.looking_after_slots import free_slots
from handlers.sites.looking_after_watch import answer_for, watch, who_acts
from handlers.sites.rights import parts_of
from policy_kb.bot_words import SayKind
from policy_kb.rules.periods import DAY
from policy_kb.rules.site_people import check_may_end
from policy_kb.site_words import TaskKind
from policy_kb.words import PersonId, Role, Verb
from storage.audit import Someone, Subject
from storage.says import SayFacts

if TYPE_CHECKING:
    from handlers.acting import Acting
    from handlers.inbound import ButtonPressed
    from handlers.sites.looking_after_about import PartAbout
    from policy_kb.rules.site import Site
    from storage.audit import Fact

PART = "part"
NO = ":no"


def accept(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    Keep that somebody accepts, and has a login of their own; twice is the same as once.

    Policy: A.3.2, A.5.4
    """
    about = read_part(event.about)
    site = act.uow.sites.hold(about.site) if about else None
    if about is None or site is None or act.person is None:
        return (GONE,)
    for role in _own_roles(site, about, act):
        if act.uow.sites.accept(site.id, act.person, role, entry=act.entry(Verb.ACCEPTED, "A.3.2")):
            login_is_theirs(site, act.person, act)
    return (_asked(about),)


def refuse(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    End the part of somebody who does not want it, and tell the author; twice is the same as once.

    Policy: A.5.4
    """
    about = read_part(event.about)
    site = act.uow.sites.hold(about.site) if about else None
    if about is None or site is None or act.person is None:
        return (GONE,)
    roles = _own_roles(site, about, act)
    says = tuple(say for role in roles for say in end_part(site, act.person, role, act))
    if roles:
        _tell_of(site, act.person, roles, act)
    return (_asked(about), *says)


def end(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    End somebody's part, once it was asked whether it is meant; whoever had it is told.

    Raises:
        NotYoursToEnd: nothing was changed.

    Policy: A.5.4
    """
    about = read_part(event.about)
    chosen = next(iter(event.values.get(PART, ())), "")
    if about and chosen and about.role is None:
        about = read_part(f"{about.site}:{chosen}")
    site = act.uow.sites.hold(about.site) if about else None
    if about is None or site is None or act.person is None:
        return (GONE,)
    check_may_end(parts_of(act.person, site, act.uow, act.today), own=about.person == act.person)
    if about.role is None or about.person is None:
        return (SayFacts(kind=SayKind.SITE_PEOPLE, about=f"{site.id}:end"),)
    if not about.surely:
        which = part_about(site.id, about.role, about.person).replace(":", ":end:", 1)
        return (SayFacts(kind=SayKind.SITE_PEOPLE, about=which, replaces=True),)
    is_own = about.person == act.person
    is_there = about.person in site.people_on(act.today, about.role)
    says = end_part(site, about.person, about.role, act) if is_there else ()
    if is_there and is_own:
        _tell_of(site, about.person, (about.role,), act)
    elif is_there:
        ended = f"ended:{part_about(site.id, about.role, about.person)}"
        act.tell((about.person,), SayFacts(kind=SayKind.PEOPLE_NEWS, about=ended))
        watch(site.id, act)
    people = SayFacts(kind=SayKind.SITE_PEOPLE, about=str(site.id), replaces=True)
    return (_asked(about) if is_own else people, *says)


def attest(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    Keep that somebody's login to a site is still their own; where it is not, tell its administrators.

    Policy: A.3.2
    """
    about = read_part(event.about.removesuffix(NO))
    site = act.uow.sites.hold(about.site) if about else None
    if about is None or site is None or act.person is None:
        return (GONE,)
    own = [one.role for one in site.members_on(act.today) if one.person == act.person]
    if own and event.about.endswith(NO):
        news = f"login:{part_about(site.id, own[0], act.person)}"
        _tell_of_login(site, act.person, news, act)
        return (SayFacts(kind=SayKind.PEOPLE_NEWS, about=f"my_{news}", replaces=True),)
    if own:
        act.uow.sites.attest(site.id, act.person, on=act.today, entry=act.entry(Verb.ATTESTED, "A.3.2"))
    return (SayFacts(kind=SayKind.PART_ASKED, about=str(site.id), replaces=True),)


def end_part(site: Site, person: PersonId, role: Role, act: Acting) -> tuple[SayFacts, ...]:
    """
    End a part: slots to come fall open, and a login that was theirs is to be taken away.

    Return what is said of that to whoever acts, where it is theirs to do.
    """
    act.uow.sites.end_member(site.id, person, role, until=act.today, entry=act.entry(Verb.REMOVED, "A.5.4"))
    now = act.uow.sites.get(site.id) or site
    is_left = person in now.people_on(act.today)
    if role is Role.SITE_MODERATOR or not is_left:
        free_slots(person, act, sites=(site.id,))
    had_login = any(one.accepted_at for one in site.members_on(act.today) if one.person == person)
    return hand_out(now, TaskKind.REMOVE_ACCESS, person, act) if had_login and not is_left else ()


def _own_roles(site: Site, about: PartAbout, act: Acting) -> tuple[Role, ...]:
    """Return the roles that a press of one's own is about: the one it names, or all that wait for an answer."""
    own = [one for one in site.members_on(act.today, about.role) if one.person == act.person]
    return tuple(one.role for one in own if about.role or one.accepted_at is None)


def _tell_of_login(site: Site, person: PersonId, news: str, act: Acting) -> None:
    """Tell whoever acts on a site that a login is not somebody's own any more; once a day, however often they say."""
    if act.uow.reminded.is_put_off(person, news, act.today):
        return
    act.uow.reminded.put_off(person, news, act.today + DAY)
    facts: dict[str, Fact] = {"person": Someone(person), "own_login": False}
    act.uow.audit.write(Subject.of_site(site.id), replace(act.entry(Verb.ATTESTED, "A.3.2"), facts=facts))
    act.tell(who_acts(site, act.uow, act.today, but=person), SayFacts(kind=SayKind.PEOPLE_NEWS, about=news))


def _tell_of(site: Site, person: PersonId, roles: tuple[Role, ...], act: Acting) -> None:
    """Tell whoever answers for a site that somebody does not look after it; in one message with what it then lacks."""
    role = roles[0] if len(roles) == 1 else None
    if not watch(site.id, act, f"refused:{role or ALL}:{person}"):
        news = f"refused:{part_about(site.id, role, person)}"
        act.tell(answer_for(site, act.uow, act.today), SayFacts(kind=SayKind.PEOPLE_NEWS, about=news))


def _asked(about: PartAbout) -> SayFacts:
    return SayFacts(kind=SayKind.PART_ASKED, about=part_about(about.site, about.role), replaces=True)
