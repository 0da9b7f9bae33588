"""Somebody who is in every place of sites, cover and reminders in which a person can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from policy_kb.bot_words import DueKind
from policy_kb.site_words import (
    CheckAnswer,
    CheckKey,
    GapKind,
    LogAction,
    LogCategory,
    OfferKind,
    Round,
    SiteId,
    SlotHow,
    TaskKind,
)
from storage.moderation import LogLine
from storage.site_work import Check, Evaluation
from tests.storage.builders import ENTRY, NOW
from tests.storage.site_builders import (
    ADMINISTERS,
    DAY,
    MODERATES,
    MONDAY,
    TOM,
    WEEK,
    a_member,
    a_site,
    a_slot,
    laid_out,
)

if TYPE_CHECKING:
    from policy_kb.words import PersonId
    from storage.unit_of_work import UnitOfWork


def look_after_a_site(work: UnitOfWork, person: PersonId, name: str = "PE Instagram") -> SiteId:
    """
    Let somebody do for a site all that can be done, beside Tom; both are in the directory already.

    The rota has last week, this one and the next; this week is Tom's, and the person is its reserve.
    """
    acts = replace(ENTRY, actor=person)
    people = (a_member(person), a_member(person, ADMINISTERS), a_member(TOM))
    site = work.sites.open(a_site(name, *people, author=person), entry=acts)
    work.sites.accept(site, person, MODERATES, entry=acts)
    check = Check(
        round=Round.HEALTH, round_on=MONDAY, key=CheckKey("logins"), answer=CheckAnswer.YES, by=person, at=NOW
    )
    work.sites.answer_check(site, check, entry=acts)
    work.sites.evaluate(site, Evaluation(reached="fully", words="It did", by=person, at=NOW), entry=acts)
    work.sites.open_task(site, TaskKind.REMOVE_ACCESS, person, entry=acts)
    work.sites.open_task(site, TaskKind.REMOVE_ACCESS, TOM, entry=acts)
    work.sites.end_task(work.sites.open_tasks(site)[1].id, entry=acts)
    line = LogLine(site=site, action=LogAction.HIDDEN, category=LogCategory.SPAM, link="", by=person, at=NOW)
    work.moderation.write(line, entry=acts)
    _cover(work, site, person)
    _be_reminded(work, site, person)
    return site


def _cover(work: UnitOfWork, site: SiteId, person: PersonId) -> None:
    acts = replace(ENTRY, actor=person)
    owners = (person, TOM, person)
    slots = (a_slot(site, MONDAY + (number - 1) * WEEK, person=who) for number, who in enumerate(owners))
    laid_out(work, *slots)
    _, toms, coming = work.rota.slots(MONDAY - WEEK, MONDAY + 2 * WEEK, sites=(site,))
    work.rota.give(coming, person, SlotHow.TAKEN, entry=acts)
    work.rota.set_reserve(toms.id, person)
    work.rota.add_absence(person, MONDAY, MONDAY + DAY, set_by=person, entry=acts)
    work.rota.add_absence(TOM, MONDAY, MONDAY + DAY, set_by=person, entry=acts)
    work.rota.settle_gap(site, GapKind.PAUSED, MONDAY, MONDAY + DAY, by=person, entry=acts)
    work.offers.make(coming.id, OfferKind.COVER, person, now=NOW)
    swap = work.offers.make(toms.id, OfferKind.SWAP, TOM, now=NOW, for_slot=coming.id)
    assert swap is not None
    work.offers.ask(swap, (person,))


def _be_reminded(work: UnitOfWork, site: SiteId, person: PersonId) -> None:
    later = NOW + timedelta(hours=1)
    work.secret_addresses.make_link(person, expires_at=later)
    work.secret_addresses.begin_session(person, expires_at=later)
    work.secret_addresses.new_feed(person, None, now=NOW)
    work.secret_addresses.new_feed(person, site, now=NOW)
    work.reminded.tell(person, MONDAY)
    work.reminded.put_off(person, f"still_needed:{site}", None)
    work.due.add(DueKind.REMINDER, f"below_two:{site};{person}", later)
