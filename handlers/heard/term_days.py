"""Days that only a setting's calendar knows: the start of next term, after half-term, back after Christmas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_kb.rules.periods import DAY, of_kind
from policy_kb.rules.uncovered import NoCalendar
from policy_kb.words import DayKind

if TYPE_CHECKING:
    from datetime import date

    from policy_kb.rules.periods import Period
    from policy_kb.rules.school_calendar import SchoolCalendar

EDGE_OF_TERM = re.compile(
    r"(start|beginning|first day|end|last day) of (?:the )?(next |this )?(?:(autumn|spring|summer) )?term"
)
NEXT_TERM = re.compile(r"(?:in )?(?:the )?next term")
AFTER_A_HOLIDAY = re.compile(
    r"(?:back |straight |right )?after (?:the )?(?:next )?(half[ -]term|christmas|easter|summer)"
    r"(?: (?:holidays?|break))?"
)
ENDS = {"end", "last day"}
# The month in which a term starts, by the holiday before it.
STARTS_AFTER = {"christmas": {1}, "easter": {3, 4, 5}, "summer": {8, 9}}


def term_day(text: str, *, today: date, calendar: SchoolCalendar) -> date | None:
    """
    Return the day that words about terms and holidays mean; None where they do not, or nobody imported it.

    A term starts on its first day with pupils in school.
    """
    try:
        return _edge_of_a_term(text, today, calendar) or _after_a_holiday(text, today, calendar)
    except NoCalendar:
        return None


def _edge_of_a_term(text: str, today: date, calendar: SchoolCalendar) -> date | None:
    found = EDGE_OF_TERM.fullmatch(text)
    if found is None and NEXT_TERM.fullmatch(text) is None:
        return None
    edge, which, season = found.groups() if found else ("start", "next ", None)
    named = [term for term in _terms(calendar) if not season or term.name.casefold().startswith(season)]
    coming = [term for term in named if term.starts_on > today]
    if edge not in ENDS:
        return calendar.school_day_on_or_after(coming[0].starts_on) if coming else None
    asked = coming if which == "next " else [term for term in named if term.ends_on > today]
    return asked[0].ends_on - DAY if asked else None


def _after_a_holiday(text: str, today: date, calendar: SchoolCalendar) -> date | None:
    found = AFTER_A_HOLIDAY.fullmatch(text)
    if found is None:
        return None
    if found[1].startswith("half"):
        back = [one.ends_on for one in of_kind(calendar.periods, DayKind.HALF_TERM) if one.ends_on > today]
    else:
        months = STARTS_AFTER[found[1]]
        back = [one.starts_on for one in _terms(calendar) if one.starts_on > today and one.starts_on.month in months]
    return calendar.school_day_on_or_after(back[0]) if back else None


def _terms(calendar: SchoolCalendar) -> tuple[Period, ...]:
    return of_kind(calendar.periods, DayKind.TERM)
