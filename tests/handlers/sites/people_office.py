"""What people who look after a site see and do, and how it stands afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from handlers.acting import Acting
from policy_kb.rules.site import Member
from policy_kb.words import Role
from storage.audit import Subject

if TYPE_CHECKING:
    from policy_kb.rules.site import Site, Slot
    from policy_kb.site_words import SiteState
    from storage.site_people import SiteTask
    from storage.unit_of_work import UnitOfWork
    from tests.handlers.cover.rota_office import Rota

ADMINISTRATOR, MODERATOR = Role.SITE_ADMINISTRATOR, Role.SITE_MODERATOR
RUTH = "ruth.sample@elm-academy.example"  # of another department
CHIDI = "chidi.sample@central-service.example"  # works at two schools, and mainly for the trust
NETBALL = "Netball Instagram"


def acting(rota: Rota, uow: UnitOfWork, email: str = "") -> Acting:
    """Return somebody who acts, or the bot by itself."""
    who = rota.person_in(uow, email).id if email else None
    return Acting(person=who, view=rota.desk.reading(uow).view, uow=uow, now=rota.clock())


def the_site(rota: Rota) -> Site:
    with rota.database.begin() as uow:
        found = uow.sites.get(rota.site)
    assert found is not None
    return found


def change(rota: Rota, **changed: object) -> None:
    """Let something about the site be otherwise."""
    with rota.database.begin() as uow:
        site = uow.sites.get(rota.site)
        assert site is not None
        uow.sites.change(replace(site, **changed), entry=rota.entry())  # type: ignore[arg-type]  # fields of a site


def move(rota: Rota, to: SiteState) -> None:
    """Let the site be in another state."""
    site = the_site(rota)
    with rota.database.begin() as uow:
        assert uow.sites.move(site.id, site.state, to, on=rota.clock().date(), entry=rota.entry())


def name_for(rota: Rota, email: str, *roles: Role) -> None:
    """Write somebody down for a part, without asking them."""
    person, today = rota.person(email).id, rota.clock().date()
    with rota.database.begin() as uow:
        for role in roles:
            assert uow.sites.add_member(rota.site, Member(person=person, role=role, since=today), entry=rota.entry())


def parts(rota: Rota, email: str, *, accepted: bool | None = None) -> set[Role]:
    """Return what somebody is of the site today: all of it, or what they accepted, or what they did not."""
    person = rota.person(email).id
    return {
        one.role
        for one in the_site(rota).members_on(rota.clock().date())
        if one.person == person and accepted in (None, one.accepted_at is not None)
    }


def end_parts(rota: Rota, *emails: str) -> None:
    """Let people look after the site no longer; nobody is told."""
    with rota.database.begin() as uow:
        for email in emails:
            person = rota.person_in(uow, email).id
            for role in (ADMINISTRATOR, MODERATOR):
                uow.sites.end_member(rota.site, person, role, until=rota.clock().date(), entry=rota.entry())


def tasks(rota: Rota) -> tuple[SiteTask, ...]:
    with rota.database.begin() as uow:
        return uow.sites.open_tasks(rota.site)


def slots_of(rota: Rota, email: str) -> list[Slot]:
    """Return the slots that somebody still has, from today on."""
    person = rota.person(email).id
    with rota.database.begin() as uow:
        return list(uow.rota.slots(rota.clock().date(), date.max, person=person))


def audited(rota: Rota) -> list[tuple[str, str]]:
    """Return what the audit has of the site: what was done, under which clause."""
    with rota.database.begin() as uow:
        return [(row.verb, row.clause) for row in uow.audit.chain(Subject.of_site(rota.site))]
