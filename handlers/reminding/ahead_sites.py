"""What sites will remind people of: their checks, their end, their people, their logs, and days that nobody covers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from handlers.covers import covers_of
from handlers.sites.living_checklist import health_due, judged_on
from policy_kb.rules.register import last_active
from policy_kb.rules.reminding import Reminder
from policy_kb.rules.reminding_days import term_around, term_ends
from policy_kb.rules.site import OWES_PEOPLE
from policy_kb.rules.site_dues import Due, dues, evaluation_due_on
from policy_kb.rules.site_people import attestation_due, to_be_told
from policy_kb.rules.uncovered import NoCalendar
from policy_kb.site_words import SiteState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handlers.reminding.ahead import Duty, Stretch
    from policy_kb.rules.cover import Gap
    from policy_kb.rules.site import Site
    from storage.settings import Setting

FORECAST = timedelta(weeks=13)
LONGEST_GAP = timedelta(weeks=10)  # looked back at; no holiday is longer
MONDAY = date(2024, 1, 1)  # any one: what comes weekly comes on Mondays
STAYS = frozenset({SiteState.LIVE, SiteState.REVIEW_DUE, SiteState.LEGACY})


def of_sites(setting: Setting, stretch: Stretch) -> Iterator[Duty]:
    """
    Yield what the sites of a setting remind of in the days that are worked out.

    Policy: 6.2, A.1.6, A.1.7, A.3.2, A.5.3, A.5.4
    """
    act = stretch.act
    sites = act.uow.sites.listed(setting=setting.id, states=OWES_PEOPLE)
    term = term_around(stretch.calendar.periods, act.today)
    for site in sites:
        yield from _of_life(site, stretch)
        if to_be_told(site, act.today, act.view.moderating.minimum):
            yield from stretch.reminders(Reminder.BELOW_TWO, site.id, MONDAY, since=act.today)
        if term and any(attestation_due(one, act.today, term[0]) for one in site.members_on(act.today)):
            yield from stretch.reminders(Reminder.ATTEST, site.id, term[0], until=term[1])
    yield from _of_gaps([one for one in sites if one.is_in_use], stretch)
    yield from _of_terms(sites, stretch)


def _of_life(site: Site, stretch: Stretch) -> Iterator[Duty]:
    act = stretch.act
    health, judged = health_due(site, act.view, act.uow, act.today), judged_on(site, act.uow)
    waits = dues(site, health=health, judged_on=judged, today=act.today)
    since = [health] if Due.HEALTH in waits else []
    since += [site.review_on] if Due.STILL_NEEDED in waits and site.review_on else []
    if since:  # both are told of in one
        yield from stretch.reminders(Reminder.CHECK, site.id, min(since))
    if Due.EVALUATION in waits and (planned := evaluation_due_on(site, judged)):
        yield from stretch.reminders(Reminder.EVALUATION, site.id, planned)
    if site.closure and site.is_in_use:
        yield from stretch.reminders(Reminder.CLOSURE, site.id, site.closure)
    if site.state in STAYS:
        yield from stretch.reminders(Reminder.STILL_NEEDED, site.id, last_active(site))


def _of_gaps(sites: list[Site], stretch: Stretch) -> Iterator[Duty]:
    """Yield what is told of days that nobody covers, and of rotas that are empty."""
    today = stretch.today
    until, uow = today + FORECAST, stretch.act.uow
    covers = covers_of((one.id for one in sites), today, until, uow)
    # From before today: of a gap that has begun, its first day counts, and not each day anew.
    begun = [site for site, cover in covers.items() if cover.gaps and cover.gaps[0].slots[0] == cover.slots[0]]
    longer = covers_of(begun, today - LONGEST_GAP, until, uow) if begun else {}
    for site, cover in {**covers, **longer}.items():
        is_filled = any(slot.person for slot in cover.slots if slot.ends_on > today)
        if not is_filled and not any(one.ends_on > today for one in cover.intended):
            yield from stretch.reminders(Reminder.GAP, site, MONDAY)  # the loudest: what was due before, at once
            continue
        for found in cover.gaps:
            yield from _of_gap(found, stretch) if found.ends_on > today else ()


def _of_terms(sites: Iterable[Site], stretch: Stretch) -> Iterator[Duty]:
    """Yield that what was moderated in a term is told of on its last working day."""
    ends = term_ends(stretch.calendar.periods, stretch.today)
    last_days = [stretch.days.on_or_before(one) for one in ends]
    for site in sites:
        for day in last_days:
            yield from stretch.reminders(Reminder.PATTERNS, f"{site.id}:{day.isoformat()}", day)


def _of_gap(gap: Gap, stretch: Stretch) -> Iterator[Duty]:
    """Yield what is told of one gap before it begins, and then weekly until it is over."""
    reminder = Reminder.HOLIDAY_GAP if _is_in_a_holiday(gap, stretch) else Reminder.GAP
    if gap.starts_on >= stretch.today:
        yield from stretch.reminders(reminder, gap.site, gap.starts_on, until=gap.starts_on)
    begun = max(gap.starts_on, stretch.today)
    yield from stretch.reminders(Reminder.GAP, gap.site, MONDAY, since=begun, until=gap.ends_on)


def _is_in_a_holiday(gap: Gap, stretch: Stretch) -> bool:
    try:
        return bool(stretch.calendar.holidays_between(gap.starts_on, gap.ends_on))
    except NoCalendar:
        return False
