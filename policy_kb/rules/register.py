"""What the register shows of a site: what it is marked with, and how each of its weeks is covered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from policy_kb.rules.cover import cover_of
from policy_kb.rules.periods import DAY, WEEK, monday_of
from policy_kb.rules.reach import SATURDAY
from policy_kb.rules.site import STARTING
from policy_kb.rules.site_life import OVER
from policy_kb.rules.site_people import to_be_told
from policy_kb.rules.swapping import next_monday
from policy_kb.rules.uncovered import NoCalendar
from policy_kb.site_words import SiteState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from policy_kb.rules.cover import Cover
    from policy_kb.rules.school_calendar import SchoolCalendar
    from policy_kb.rules.site import IntendedGap, Site, Slot

WEEKS = 13
DUE_WITHIN = timedelta(days=28)  # calendar days before a review or an evaluation
ENDS_WITHIN = timedelta(days=60)  # calendar days before the closure date
IDLE_DAYS = 20  # working days of the setting without anything recorded
IDLE_WITHOUT_CALENDAR = timedelta(days=28)


class Mark(StrEnum):
    """What a site of the register is found by."""

    IN_USE = "in_use"
    DUE = "due"
    BELOW_TWO = "below_two"
    UNCOVERED = "uncovered"  # this week
    AHEAD = "ahead"  # not covered later in the weeks that are shown
    CLOSING = "closing"
    LEGACY = "legacy"
    NEGLECTED = "neglected"
    PRE_LIVE = "pre_live"
    SUSPENDED = "suspended"
    CLOSED = "closed"  # or declined or withdrawn before it went live


class WeekState(StrEnum):
    """How a week of a site is covered; the weightiest of what is in it."""

    COVERED = "covered"
    GAP = "gap"
    INTENDED = "intended"
    EMPTY = "empty"  # no slot is laid out


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """
    One week of a site, from a Monday on; the first one begins with whatever is left of the week before.

    Policy: A.5.4
    """

    starts_on: date
    state: WeekState
    slots: int
    open: int  # slots that nobody has and nobody meant to leave
    decided: tuple[IntendedGap, ...]  # the decisions that touch it


_BY_STATE = {
    SiteState.CLOSING: Mark.CLOSING,
    SiteState.LEGACY: Mark.LEGACY,
    SiteState.SUSPENDED: Mark.SUSPENDED,
    **dict.fromkeys(STARTING, Mark.PRE_LIVE),
    **dict.fromkeys(OVER, Mark.CLOSED),
}


def first_monday(today: date) -> date:
    """Return the Monday of the week that is shown first: at a weekend, of the week that comes."""
    return next_monday(today) if today.weekday() >= SATURDAY else monday_of(today)


def present_week(today: date) -> tuple[date, date]:
    """
    Return the London days [start, end) that count as this week.

    At a weekend they are what is left of it with the week that comes: most rotas have no slot on the days that are
    left, and whoever looks wants to know of Monday.
    """
    monday = first_monday(today)
    return min(monday, today), monday + WEEK


def stretch_shown(today: date) -> tuple[date, date]:
    """Return the London days [start, end) that are shown of a site: the present week, and those that come after it."""
    return present_week(today)[0], first_monday(today) + WEEKS * WEEK


def weeks_of(cover: Cover, first: date, count: int = WEEKS) -> tuple[Week, ...]:
    """
    Return how so many weeks are covered, the first of which begins on a Monday.

    `cover` has to reach over them; what it has from before the first of them counts with that one.
    """
    starts = tuple(first + number * WEEK for number in range(count))
    slots = _by_week(cover.slots, starts)
    open_ones = _by_week((slot for gap in cover.gaps for slot in gap.slots), starts)
    decided = _decided(cover.intended, starts)
    return tuple(_week(start, slots[start], len(open_ones[start]), decided[start]) for start in starts)


def present_of(cover: Cover, today: date) -> Cover:
    """Return the part of a site's cover that is of the present week."""
    start, end = present_week(today)
    return cover_of((slot for slot in cover.slots if slot.starts_on < end and slot.ends_on > start), cover.intended)


def still_open(cover: Cover, today: date) -> int:
    """Return how many slots of a stretch nobody has, of those that are not over."""
    return sum(slot.ends_on > today for gap in cover.gaps for slot in gap.slots)


def marks_of(site: Site, cover: Cover, *, today: date, idle_since: date, minimum: int) -> frozenset[Mark]:
    """
    Return what a site is found by.

    `cover` is that of the days that are shown, see `stretch_shown`. `idle_since` is the day from which on something
    has to be recorded of a site that is looked after, see `idle_limit`. `minimum` is how many administrators and
    moderators it needs.

    Policy: A.1.6, A.1.7, A.3.3, A.5.4
    """
    found = {_BY_STATE[site.state]} if site.state in _BY_STATE else set()
    if site.state not in OVER and is_due(site, today):
        found.add(Mark.DUE)
    if to_be_told(site, today, minimum):
        found.add(Mark.BELOW_TWO)
    if site.is_in_use:
        found.add(Mark.IN_USE)
        week, later = present_of(cover, today), present_week(today)[1]
        if still_open(week, today) or not week.slots:
            found.add(Mark.UNCOVERED)
        if any(slot.starts_on >= later for gap in cover.gaps for slot in gap.slots):
            found.add(Mark.AHEAD)
        if last_active(site) < idle_since:
            found.add(Mark.NEGLECTED)
    return frozenset(found)


def is_due(site: Site, today: date) -> bool:
    """
    Tell whether a review, an evaluation or the closure is near or waits.

    Policy: A.1.6, A.1.7
    """
    soon = today + DUE_WITHIN
    dates = (site.review_on, site.evaluate_on)
    near = any(day is not None and day <= soon for day in dates)
    ends = site.closure is not None and site.closure <= today + ENDS_WITHIN
    return site.state is SiteState.REVIEW_DUE or near or ends


def last_active(site: Site) -> date:
    """Return the last day anything is known of a site."""
    return site.active_on or site.live_on or site.state_since


def idle_limit(calendar: SchoolCalendar, today: date) -> date:
    """
    Return the day since which something has to be recorded of a site: `IDLE_DAYS` working days ago.

    Where the calendar does not reach back so far, it is `IDLE_WITHOUT_CALENDAR` ago.

    Policy: A.1.6
    """
    try:
        return calendar.working_days_before(today, IDLE_DAYS)
    except NoCalendar:
        return today - IDLE_WITHOUT_CALENDAR


def _by_week(slots: Iterable[Slot], starts: tuple[date, ...]) -> Mapping[date, list[Slot]]:
    """Return the slots of each week; one that reaches from one week into another is in both."""
    found: dict[date, list[Slot]] = {start: [] for start in starts}
    for slot in slots:
        monday, last = (max(monday_of(day), starts[0]) for day in (slot.starts_on, slot.ends_on - DAY))
        while monday <= last:
            found.get(monday, []).append(slot)
            monday += WEEK
    return found


def _decided(intended: Iterable[IntendedGap], starts: tuple[date, ...]) -> Mapping[date, tuple[IntendedGap, ...]]:
    """Return the decisions that touch each week; one of before the first week is of that one."""
    ends = [(one.starts_on, max(one.ends_on, starts[0] + DAY), one) for one in intended]
    return {start: tuple(one for begins, end, one in ends if begins < start + WEEK and end > start) for start in starts}


def _week(start: date, slots: list[Slot], open_ones: int, decided: tuple[IntendedGap, ...]) -> Week:
    return Week(starts_on=start, state=_state(slots, open_ones), slots=len(slots), open=open_ones, decided=decided)


def _state(slots: list[Slot], open_ones: int) -> WeekState:
    if not slots:
        return WeekState.EMPTY
    if open_ones:
        return WeekState.GAP
    return WeekState.COVERED if all(slot.person is not None for slot in slots) else WeekState.INTENDED
