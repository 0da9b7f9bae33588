"""What is moderated: who may log it, what a link may be, and what a term's log shows."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from policy_kb.rules.periods import DAY, of_kind
from policy_kb.rules.refusal import ProductRule, Refusal
from policy_kb.rules.site_life import Doer
from policy_kb.words import DayKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from policy_kb.rules.periods import Period
    from policy_kb.site_words import LogAction, LogCategory

MAY_LOG = frozenset({Doer.AUTHOR, Doer.ADMINISTRATOR, Doer.MODERATOR})
MAY_READ_PATTERNS = frozenset({Doer.AUTHOR, Doer.ADMINISTRATOR, Doer.HEAD})
LONGEST_LINK = 300  # characters
LINK = re.compile(r"https?://[A-Za-z0-9.-]+\.[A-Za-z]{2,}(?::\d{1,5})?(?:[/?#][!-~]*)?")
QUOTES = re.compile(r"#:~:.*|(?<=#).*:~:.*")  # how browsers write the words of a page into its link
UNKNOWN_TERM = timedelta(weeks=13)  # what counts as a term where no calendar was imported
TOO_FEW = 5  # lines in both terms together, below which no trend is told


class NotYoursToLog(Refusal):
    """Somebody logs for a site that they do not look after."""

    key = "not_yours_to_log"
    says = "Only whoever looks after a site, or is its author, can log what was done there."
    because = "A.5.3"


class LogIncomplete(Refusal):
    """The act or the category was not chosen."""

    key = "log_incomplete"
    says = "Choose the site, what you did, and what it was; then press again."
    because = ProductRule.REASONS_ARE_GIVEN


class NotALink(Refusal):
    """What stands in the field for a link is something else: perhaps the words that nobody is to keep."""

    key = "not_a_link"
    says = (
        "I keep a link or nothing: one that begins with https:// and has no spaces. "
        "I never keep what was written, and I have kept nothing of this."
    )
    because = ProductRule.NO_CONTENT_IS_KEPT


class Trend(StrEnum):
    """How a term compares with the one before, week by week."""

    MORE = "more"
    FEWER = "fewer"
    AS_BEFORE = "as_before"
    UNCLEAR = "unclear"  # too little to tell


class Logged(NamedTuple):
    """One act of moderation, without who did it or what it was about."""

    action: LogAction
    category: LogCategory
    on: date  # a London day


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A stretch of London days and the one it is compared with; both half-open."""

    starts_on: date
    ends_on: date
    before_starts_on: date
    before_ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """
    What was moderated on a site in a term; nobody's name is in it.

    Policy: A.5.3, A.2.2
    """

    total: int
    before: int  # in the term before
    actions: Mapping[LogAction, int]  # the most frequent first
    categories: Mapping[LogCategory, tuple[int, int]]  # now and before, the most frequent now first
    trend: Trend


def check_may_log(parts: Collection[Doer]) -> None:
    """Refuse whoever does not look after the site; raises NotYoursToLog."""
    if not MAY_LOG & set(parts):
        raise NotYoursToLog


def link_of(typed: str) -> str:
    """
    Return a link as it is kept: without words that a browser has written into it; "" where none was given.

    Raises:
        NotALink: it is something else, or too long for one.
    """
    link = QUOTES.sub("", typed.strip()).rstrip("#")
    if link and (len(link) > LONGEST_LINK or LINK.fullmatch(link) is None):
        raise NotALink
    return link


def term_of(periods: Sequence[Period], today: date) -> Term:
    """
    Return the term that a day is in, or else the last one begun, with the one before it.

    Where no terms are known, or the last ended long ago, the last 13 weeks count, and the 13 before.
    """
    begun = sorted((one for one in of_kind(periods, DayKind.TERM) if one.starts_on <= today), key=_start)
    if not begun or today >= begun[-1].ends_on + UNKNOWN_TERM:
        start = today + DAY - UNKNOWN_TERM
        return Term(starts_on=start, ends_on=today + DAY, before_starts_on=start - UNKNOWN_TERM, before_ends_on=start)
    now = begun[-1]
    # What is logged in the holiday after a term counts with it, so that nothing is left out.
    ends_on = today + DAY
    before = begun[-2].starts_on if len(begun) > 1 else now.starts_on - UNKNOWN_TERM
    return Term(starts_on=now.starts_on, ends_on=ends_on, before_starts_on=before, before_ends_on=now.starts_on)


def pattern_of(lines: Iterable[Logged], term: Term) -> Pattern:
    """
    Return what a log shows of a term against the one before it.

    Policy: A.5.3, A.2.2
    """
    everything = tuple(lines)
    now = [one for one in everything if term.starts_on <= one.on < term.ends_on]
    before = [one for one in everything if term.before_starts_on <= one.on < term.before_ends_on]
    by_category, then = Counter(one.category for one in now), Counter(one.category for one in before)
    every = [*(category for category, _ in by_category.most_common()), *(one for one in then if one not in by_category)]
    return Pattern(
        total=len(now),
        before=len(before),
        actions=dict(Counter(one.action for one in now).most_common()),
        categories={category: (by_category[category], then[category]) for category in every},
        trend=_trend(len(now), len(before), term),
    )


def _trend(now: int, before: int, term: Term) -> Trend:
    """Compare by the week, since terms differ in length and the present one is not over."""
    if now + before < TOO_FEW:
        return Trend.UNCLEAR
    days, days_before = (term.ends_on - term.starts_on).days, (term.before_ends_on - term.before_starts_on).days
    # A third more or fewer is said; less than that is chance.
    weekly, weekly_before = now * days_before, before * days
    if weekly * 3 >= weekly_before * 4:
        return Trend.MORE
    return Trend.FEWER if weekly * 4 <= weekly_before * 3 else Trend.AS_BEFORE


def _start(period: Period) -> date:
    return period.starts_on
