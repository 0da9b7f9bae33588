"""Sites to store, with their people and rota; all that does not matter is filled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from policy_kb.rules.site import Member, RotaShape, Site, Slot
from policy_kb.site_words import CoverDays, SiteId, SiteState, SlotHow, SlotId, SlotLength, SlotPart
from policy_kb.words import PersonId, Role, Verb
from tests.storage.builders import ELM, ENTRY, OAK, a_person, fill

if TYPE_CHECKING:
    from storage.settings import Setting
    from storage.unit_of_work import UnitOfWork

PRIYA, TOM, ZOE = PersonId("priya"), PersonId("tom"), PersonId("zoe")
NOBODY = PersonId("nobody")
MODERATES, ADMINISTERS = Role.SITE_MODERATOR, Role.SITE_ADMINISTRATOR
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
MONDAY = date(2026, 9, 7)  # the day of NOW
BY_PRIYA = replace(ENTRY, actor=PRIYA, verb=Verb.CHANGED)
BY_TOM = replace(BY_PRIYA, actor=TOM)
NEVER_MADE = 4711


def a_member(person: PersonId = PRIYA, role: Role = MODERATES, *, since: date = MONDAY) -> Member:
    return Member(person=person, role=role, since=since)


def a_site(name: str = "PE Instagram", *members: Member, setting: Setting = ELM, author: PersonId = PRIYA) -> Site:
    return Site(
        id=SiteId(0),
        request=None,
        setting=setting.id,
        name=name,
        state=SiteState.LIVE,
        state_since=MONDAY,
        author=author,
        host="third_party",
        members=members,
    )


def a_full_site() -> Site:
    """Return a site of which everything is known that can be, each thing different from every other."""
    return replace(
        a_site("Year 6 blog", a_member(PRIYA, ADMINISTERS), a_member(TOM)),
        state=SiteState.CLOSING,
        host="academy",
        host_name="Sample host",
        address="https://blog.example/year6",
        purpose="To show what we read",
        aims="Thirty readers",
        success="Counting them",
        exit_plan="Take it down",
        intervention_plan="Hide, then ask",
        audience=frozenset({"families", "pupils"}),
        contributors=frozenset({"staff"}),
        interaction="comments",
        uses_logo=True,
        paper="P-12",
        go_live=MONDAY + DAY,
        live_on=MONDAY + 2 * DAY,
        closure=MONDAY + 3 * DAY,
        review_on=MONDAY + 4 * DAY,
        evaluate_on=MONDAY + 5 * DAY,
        active_on=MONDAY + 6 * DAY,
        rota=RotaShape(length=SlotLength.HALF_DAY, days=CoverDays.EVERY_DAY, holidays_double=True),
    )


def staff(work: UnitOfWork) -> None:
    """Let Priya, Tom and Zoe work at Elm; Oak is there as well."""
    fill(work, a_person("Priya"), a_person("Tom"), a_person("Zoe"), settings=(ELM, OAK))


def opened(work: UnitOfWork, site: Site | None = None) -> SiteId:
    """Open a site in a trust with its staff."""
    if not work.people.everyone():
        staff(work)
    return work.sites.open(site or a_site(), entry=BY_PRIYA)


def the_site(work: UnitOfWork, site_id: SiteId) -> Site:
    found = work.sites.get(site_id)
    assert found is not None
    return found


def a_slot(
    site: SiteId,
    starts_on: date = MONDAY,
    *,
    days: int = 7,
    part: SlotPart = SlotPart.WHOLE,
    person: PersonId | None = None,
    weight: int = 1,
) -> Slot:
    return Slot(
        id=SlotId(0),
        site=site,
        starts_on=starts_on,
        ends_on=starts_on + days * DAY,
        part=part,
        weight=weight,
        person=person,
        how=SlotHow.PLANNED if person else None,
    )


def laid_out(work: UnitOfWork, *slots: Slot) -> tuple[Slot, ...]:
    """Lay slots out, and return all there are."""
    work.rota.lay_out(slots)
    return work.rota.slots(date.min, date.max)


def the_slot(work: UnitOfWork, slot_id: SlotId) -> Slot:
    found = work.rota.get(slot_id)
    assert found is not None
    return found
