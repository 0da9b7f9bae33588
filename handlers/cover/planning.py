"""The rota of a site is laid out and filled: rows, from which cards, pages and calendars all read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from handlers import telling
from handlers.calendars import calendar_of
from handlers.cover.elsewhere import Elsewhere
from handlers.cover.free import COUNTED
from handlers.cover.handing import end_offer, news, show_slot
from handlers.cover.seen import COVERED, own_sites, reaches_of
from handlers.sites.leaving import FIRST
from policy_kb.rules.cover import is_intended
from policy_kb.rules.london import london_date, london_instant
from policy_kb.rules.periods import DAY
from policy_kb.rules.rota_cut import slots_owed, to_lay_out
from policy_kb.rules.rota_turns import Turns, assign, pool_of
from policy_kb.site_words import OfferState
from policy_kb.words import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from handlers.acting import Acting
    from policy_kb.rules.site import IntendedGap, RotaShape, Site, Slot
    from policy_kb.site_words import SiteId, SlotId
    from policy_kb.words import PersonId, SettingId
    from storage.says import SayFacts

    Tell = Callable[[PersonId, SayFacts], object]

AT_ONCE = 100  # sites whose slots of a year are in memory together


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """A slot that the planner gives to somebody, or to nobody."""

    before: Slot
    after: Slot
    is_new: bool  # laid out in the same breath, so that nobody has seen it yet


def plan_site(site: Site, act: Acting) -> None:
    """
    Lay out a site's rota from today on, as far as rotas are laid out, and give the slots that want somebody.

    What is there stays, so that doing it again changes nothing. Whoever is given a slot soon is told, once for all
    of them; slots that somebody is asked about, and days left uncovered on purpose, are let alone.

    Policy: A.5.3, A.5.4
    """
    _plan((site.id,), act, _by_day(act))


def plan_setting(setting_id: SettingId, act: Acting, *, tell: Tell | None = None) -> None:
    """
    Lay out and fill the rotas of every site of a setting, as `plan_site` does; `tell` is how people hear of it.

    Policy: A.5.3, A.5.4
    """
    _plan(act.uow.sites.numbers(setting=setting_id, states=COVERED), act, tell or _by_day(act))


def replan(person_id: PersonId, act: Acting) -> None:
    """
    Fill the rotas of the sites that somebody moderates anew, because their days have changed.

    Policy: A.5.4
    """
    theirs = own_sites(person_id, act.uow, act.today)
    _plan([one.id for one in theirs if person_id in one.people_on(act.today, Role.SITE_MODERATOR)], act, _by_day(act))


def _plan(site_ids: Sequence[SiteId], act: Acting, tell: Tell) -> None:
    ordered = sorted(site_ids)
    changes: list[_Change] = []
    for start in range(0, len(ordered), AT_ONCE):
        changes += _plan_some(ordered[start : start + AT_ONCE], act)
    _tell(changes, act, tell)


def _plan_some(site_ids: Sequence[SiteId], act: Acting) -> list[_Change]:
    """Lay out and fill some sites' rotas; they are held, so that nobody cuts one anew meanwhile."""
    sites = sorted((one for one in act.uow.sites.hold_all(site_ids) if one.state in COVERED), key=lambda one: one.id)
    known = act.uow.rota.slots(act.today - COUNTED, date.max, sites=[one.id for one in sites])
    new = _lay_out(sites, _by_site(known), act)
    rows = _by_site((*known, *new))
    people = {one.person for site in sites for one in site.members_on(act.today, Role.SITE_MODERATOR)}
    reaches = reaches_of(people, act.uow, act.today - COUNTED)
    elsewhere = Elsewhere(people, act.uow)
    _end_offers(rows, act)
    alone = _left_alone(rows, act)
    fresh = {one.id for one in new}
    changes: list[_Change] = []
    for site in sites:
        turns = Turns(
            pool=pool_of(site, reaches, today=act.today),
            today=act.today,
            settled_until=act.today + act.view.rota_hours.settled,
            left_alone=alone,
            elsewhere=elsewhere.of(site.id),
        )
        slots = {one.id: one for one in rows[site.id]}
        found = assign(slots.values(), turns)
        act.uow.rota.plan(found)
        elsewhere.change([(slots[one.id], one) for one in found])
        changes += [_Change(before=slots[one.id], after=one, is_new=one.id in fresh) for one in found]
    return changes


def _lay_out(sites: Sequence[Site], known: Mapping[SiteId, Sequence[Slot]], act: Acting) -> tuple[Slot, ...]:
    """Lay out the slots that are missing, and return them."""
    start, end = act.today, act.today + act.view.rota_hours.ahead
    settings = {site.setting for site in sites}
    calendars = {one.id: calendar_of(one, act.uow) for one in act.uow.settings.listed() if one.id in settings}
    owed: dict[tuple[SettingId, RotaShape], tuple[Slot, ...]] = {}
    missing: list[Slot] = []
    for site in sites:
        cut = (site.setting, site.rota)
        if cut not in owed:
            owed[cut] = slots_owed(site.id, site.rota, start, end, calendars[site.setting])
        there = (one for one in known[site.id] if one.starts_on < end and one.ends_on > start)
        missing += [replace(one, site=site.id) for one in to_lay_out(owed[cut], there)]
    if not missing:
        return ()
    act.uow.rota.lay_out(missing)
    first, after = min(one.starts_on for one in missing), max(one.ends_on for one in missing)
    before = {one.id for slots in known.values() for one in slots}
    found = act.uow.rota.slots(first, after, sites=[one.id for one in sites])
    return tuple(one for one in found if one.id not in before)


def _end_offers(rows: Mapping[SiteId, list[Slot]], act: Acting) -> None:
    """
    Ask nobody any more about slots that are over.

    Nor about one that nobody has, once a day of it has passed with others being asked: the rota gives what is left.
    """
    known = {one.id: one for slots in rows.values() for one in slots}
    for made in act.uow.offers.open_all():
        slot = known.get(made.slot)
        if slot is None:
            continue
        is_passed_on = slot.person is None and max(slot.starts_on, london_date(made.at)) < act.today
        if slot.ends_on <= act.today or is_passed_on:
            end_offer(made, OfferState.CLOSED, act)


def _left_alone(rows: Mapping[SiteId, list[Slot]], act: Acting) -> frozenset[SlotId]:
    """Return the slots that somebody is asked about, that nobody is wanted for, or whose hours are over."""
    asked = {number for one in act.uow.offers.open_all() for number in (one.slot, one.for_slot) if number}
    decided: dict[SiteId, list[IntendedGap]] = defaultdict(list)
    for one in act.uow.rota.intended_gaps(act.today, date.max, sites=list(rows)):
        decided[one.site].append(one)
    hours, today = act.view.rota_hours, act.today
    for site_id, slots in rows.items():
        gaps = tuple(decided.get(site_id, ()))
        asked |= {
            one.id
            for one in slots
            if (one.person is None and gaps and one.ends_on > today and is_intended(one, gaps))
            or (one.ends_on == today + DAY and hours.ends_at(one) <= act.now)
        }
    return frozenset(asked)


def _by_site(slots: Iterable[Slot]) -> Mapping[SiteId, list[Slot]]:
    found: dict[SiteId, list[Slot]] = defaultdict(list)
    for slot in slots:
        found[slot.site].append(slot)
    return found


def _tell(changes: Iterable[_Change], act: Acting, tell: Tell) -> None:
    """Tell whoever has a slot soon that they had not, once for all of them, and whoever has it no longer."""
    settled = act.today + act.view.rota_hours.settled
    given: dict[PersonId, list[Slot]] = defaultdict(list)
    for one in changes:
        before, after = one.before, one.after
        if after.starts_on >= settled or before.person == after.person:
            continue
        if not one.is_new:
            show_slot(after.id, act)
        if after.person is not None:
            given[after.person].append(after)
            if before.person is not None:
                tell(before.person, news("taken", before.id, after.person))
    for person, slots in given.items():
        first = min(slots, key=lambda slot: (slot.starts_on, slot.id))
        tell(person, news("given", first.id, str(len(slots))))


def _by_day(act: Acting) -> Tell:
    """Return what tells somebody at once, or when the morning comes; whoever acts knows of it."""

    def tell(person: PersonId, say: SayFacts) -> None:
        if person != act.person:
            telling.tell(person, say, act.uow, now=act.now, not_before=london_instant(act.today, FIRST))

    return tell
