"""The register in words, for the page and the table alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.cover.slots_said import count_of
from handlers.people_and_days import day_in_words
from policy_kb.rules.london import london_date
from policy_kb.rules.register import Mark, Week, WeekState, first_monday, last_active, present_week, still_open
from policy_kb.rules.site import IN_USE, LOOKS_AFTER, STARTING
from policy_kb.site_words import GapKind, SiteState
from policy_kb.words import Role

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from handlers.register.reading import Line
    from policy_kb.rules.site import IntendedGap, Member, Site
    from policy_kb.words import PersonId

MARKS = {
    Mark.IN_USE: "In use",
    Mark.UNCOVERED: "Not covered this week",
    Mark.BELOW_TWO: "Below two people",
    Mark.DUE: "Due soon",
    Mark.AHEAD: "Gaps ahead",
    Mark.NEGLECTED: "Neglected",
    Mark.LEGACY: "Legacy",
    Mark.CLOSING: "Closing",
    Mark.PRE_LIVE: "Not live yet",
    Mark.SUSPENDED: "Suspended",
    Mark.CLOSED: "Closed",
}
"""What people choose from, in the order it is shown."""

EXPLAINED = {
    Mark.IN_USE: "people can see it",
    Mark.UNCOVERED: "somebody is missing in the rota of this week (A.5.4)",
    Mark.BELOW_TWO: "fewer than two administrators or two moderators have accepted (A.5.4)",
    Mark.DUE: "a review or an evaluation within 28 days, or the closure within 60",
    Mark.AHEAD: "somebody is missing in the rota after this week, in the 13 weeks that are shown (A.5.4)",
    Mark.NEGLECTED: "nothing recorded for 20 working days (A.1.6)",
    Mark.LEGACY: "in use with no approval on paper (A.3.3)",
}
STATES = {
    SiteState.APPROVED: "Approved, not live yet",
    SiteState.PRE_LIVE: "Checks before going live",
    SiteState.LIVE: "Live",
    SiteState.REVIEW_DUE: "Live, something due",
    SiteState.CLOSING: "Closing",
    SiteState.CLOSED: "Closed",
    SiteState.SUSPENDED: "Suspended",
    SiteState.LEGACY: "Legacy, no approval on paper",
    SiteState.DRAFT: "Draft",
    SiteState.SUBMITTED: "Submitted",
    SiteState.DECLINED: "Declined",
    SiteState.WITHDRAWN: "Withdrawn",
}
WEEKS = {
    WeekState.COVERED: "Covered",
    WeekState.GAP: "Gap",
    WeekState.INTENDED: "Left uncovered on purpose",
    WeekState.EMPTY: "No rota",
}
SIGNS = {WeekState.COVERED: "✓", WeekState.GAP: "!", WeekState.INTENDED: "–", WeekState.EMPTY: "?"}
"""What stands in the strip; colour only repeats it."""

KINDS = {GapKind.COMMENTS_OFF: "comments off", GapKind.PAUSED: "paused"}
ROLES = {Role.SITE_ADMINISTRATOR: "Administrator", Role.SITE_MODERATOR: "Moderator"}


def state_in_words(site: Site, today: date) -> str:
    """Return where a site is in its life, and since when: of one that is in use, the day it came into use, if known."""
    if site.state not in {SiteState.LIVE, SiteState.LEGACY}:
        return f"{STATES[site.state]} since {short_day(site.state_since, today)}"
    since = f" since {short_day(site.live_on, today)}" if site.live_on else ""
    return f"Live{since}" if site.state is SiteState.LIVE else f"Legacy: in use{since}, no approval on paper"


def host_in_words(site: Site) -> str:
    """Return where a site is: Instagram; Hosted by the academy."""
    return site.host_name or ("Hosted by the academy" if site.host == "academy" else "Hosted by a third party")


def people_in_words(site: Site, today: date) -> str:
    """Return how many look after a site: ``2 administrators, 1 moderator (1 has not accepted)``."""
    counted = ", ".join(count_of(len(site.people_on(today, role)), ROLES[role].lower()) for role in LOOKS_AFTER)
    waits = len({one.person for one in site.members_on(today) if one.accepted_at is None})
    return f"{counted} ({waits} not accepted yet)" if waits else counted


def accepted(site: Site, role: Role, today: date) -> int:
    """Return how many in a role have accepted."""
    return len({one.person for one in site.members_on(today, role) if one.accepted_at})


def week_in_words(line: Line, names: Mapping[PersonId, str], today: date) -> str:
    """Return this week's cover: who is on, and how much is not covered."""
    if line.site.state not in IN_USE | STARTING:
        return "Owes no cover"
    if not line.week.slots:
        return "Nobody: no rota is laid out"
    people = list(dict.fromkeys(names[slot.person] for slot in line.week.slots if slot.person))
    open_ones = still_open(line.week, today)
    who = ", ".join(people) or ("Nobody" if line.week.gaps else "Nobody, on purpose")
    return f"{who}; {count_of(open_ones, 'slot')} not covered" if open_ones else who


def present_in_words(today: date) -> str:
    """Return what the column of the present week is called."""
    return "This weekend and the week that comes" if _is_weekend(today) else "This week"


def strip_in_words(week: Week, names: Mapping[PersonId, str], today: date) -> str:
    """Return one week of the strip: ``Week of 21 December: gap, 2 of 5 slots; comments off, decided by …``."""
    said = WEEKS[week.state].lower()
    if week.state is WeekState.GAP:
        said = f"gap, {week.open} of {count_of(week.slots, 'slot')} not covered"
    decisions = "".join(f"; {decision_in_words(one, names, today)}" for one in week.decided)
    begins = "This weekend, and week of" if _is_weekend(today) and week.starts_on == first_monday(today) else "Week of"
    return f"{begins} {short_day(week.starts_on, today)}: {said}{decisions}"


def decision_in_words(one: IntendedGap, names: Mapping[PersonId, str], today: date) -> str:
    """Return who decided to leave days uncovered, and when."""
    by = names.get(one.by, "somebody")
    return f"{KINDS[one.kind]}, decided by {by} on {short_day(london_date(one.at), today)}"


def dates_in_words(site: Site, today: date) -> tuple[tuple[str, str], ...]:
    """Return the dates that come, each with what it is, the nearest first; those that have passed are said to wait."""
    dates = [("Review", site.review_on), ("Evaluation", site.evaluate_on), ("Closes", site.closure)]
    dates += [("Goes live", site.go_live)] if site.state in STARTING else []
    known = sorted((day, what) for what, day in dates if day)
    return tuple((what, f"{short_day(day, today)}{' (waits)' if day < today else ''}") for day, what in known)


def activity_in_words(site: Site, today: date) -> str:
    """Return when something was last recorded of a site."""
    return short_day(last_active(site), today)


def member_in_words(member: Member) -> str:
    """Return whether somebody has accepted, and when they said so again."""
    if member.accepted_at is None:
        return "Asked, has not accepted yet"
    said = f"Accepted on {day_in_words(london_date(member.accepted_at))}"
    return f"{said}; login confirmed on {day_in_words(member.attested_on)}" if member.attested_on else said


def short_day(day: date, today: date) -> str:
    """Return a day, with its year where that is another than today's: 4 December; 4 January 2027."""
    return f"{day.day} {day:%B}" if day.year == today.year else day_in_words(day)


def _is_weekend(today: date) -> bool:
    return present_week(today)[0] < first_monday(today)
