"""Rotas that are planned, looked at from outside."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from handlers.acting import Acting
from handlers.cover import planning
from policy_kb.rules.periods import DAY
from policy_kb.rules.site import Member, Slot
from policy_kb.site_words import SlotHow, SlotId
from policy_kb.words import Role
from tests.handlers.cover.rota_office import (
    CALLUM,
    EWA,
    MONDAY,
    PRIYA,
    SUNDAY,
    TOM,
    WEEK,
    Rota,
)

if TYPE_CHECKING:
    from policy_kb.rules.site import Site
    from policy_kb.site_words import SiteId
    from policy_kb.words import PersonId
    from storage.unit_of_work import UnitOfWork

END = SUNDAY.date() + 13 * WEEK
FOUR = (PRIYA, CALLUM, EWA, TOM)
FULL_TIME = (PRIYA, CALLUM, TOM)


def acting(rota: Rota, uow: UnitOfWork) -> Acting:
    """Return the bot, acting by itself."""
    return Acting(person=None, view=rota.desk.reading(uow).view, uow=uow, now=rota.clock())


def plan(rota: Rota) -> None:
    """Plan the site by itself."""
    with rota.database.begin() as uow:
        site = uow.sites.get(rota.site)
        assert site is not None
        planning.plan_site(site, acting(rota, uow))


def slots(rota: Rota, start: date = MONDAY, end: date = END, site: SiteId | None = None) -> tuple[Slot, ...]:
    with rota.database.begin() as uow:
        return uow.rota.slots(start, end, sites=(site or rota.site,))


def weights(rota: Rota) -> Counter[str]:
    names = {rota.person(one).id: one for one in FOUR}
    return Counter(names[slot.person] for slot in slots(rota) if slot.person)


def empty(rota: Rota) -> None:
    """Take the whole rota away."""
    with rota.database.begin() as uow:
        uow.rota.drop(rota.site, start=date(2026, 1, 1))


def works_all_year(rota: Rota, email: str) -> None:
    """Let somebody of the sample who works in term time only work in the holidays too."""
    with rota.database.begin() as uow:
        person = uow.people.find_by_email(email)
        assert person is not None
        uow.people.put([replace(person, term_time_only=False)], entry=rota.entry())


def join(rota: Rota, email: str, *, accepted: datetime | None) -> None:
    member = Member(person=rota.person(email).id, role=Role.SITE_MODERATOR, since=MONDAY, accepted_at=accepted)
    with rota.database.begin() as uow:
        uow.sites.add_member(rota.site, member, entry=rota.entry())


def a_second_site(rota: Rota, *emails: str, accepted: datetime = SUNDAY) -> SiteId:
    """Open another site of the setting, which some people moderate."""
    with rota.database.begin() as uow:
        first = uow.sites.get(rota.site)
        assert first is not None
        people = [uow.people.find_by_email(one) for one in emails]
        members = tuple(
            Member(person=one.id, role=Role.SITE_MODERATOR, since=date(2025, 9, 1), accepted_at=accepted)
            for one in people
            if one
        )
        site: Site = replace(first, name="Hockey Instagram", address="", members=members)
        return uow.sites.open(site, entry=rota.entry())


def a_day(site: SiteId, day: date, person: PersonId) -> Slot:
    return Slot(id=SlotId(0), site=site, starts_on=day, ends_on=day + DAY, person=person, how=SlotHow.PLANNED)
