"""What falls due of a site, and when: its half-termly check, its evaluation, whether it is needed, its end."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from policy_kb.rules.periods import DAY, of_kind
from policy_kb.rules.refusal import ProductRule, Refusal
from policy_kb.rules.uncovered import NoCalendar
from policy_kb.site_words import CheckAnswer, Round, SiteState
from policy_kb.words import DayKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from policy_kb.rules.school_calendar import SchoolCalendar
    from policy_kb.rules.site import Site
    from policy_kb.site_words import CheckKey

EVERY = timedelta(weeks=6)  # where no half-terms are known; half a term is about as long
COUNTS_FOR_NEXT = timedelta(days=14)  # a check so shortly before a half-term begins is that half-term's
RUN_LASTS = timedelta(days=28)  # a run through a checklist that nobody finished is begun anew after this
JUDGED_BEFORE = timedelta(days=60)  # so shortly before it closes, an evaluation is the closing one
LONGEST_EXTENSION = 3  # years
LONGEST_ADDRESS = 300  # characters
HOST = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}"
ADDRESS = re.compile(rf"https://{HOST}(?::\d{{2,5}})?(?:[/?#][!-~]*)?", re.IGNORECASE)


class NotADay(Refusal):
    """What was given as a day is none that can be meant."""

    key = "not_a_day"
    says = "I do not understand that day. Write it as 21 July 2027, and press again."
    because = ProductRule.REASONS_ARE_GIVEN


class NotLater(Refusal):
    """A site is extended to a day that has come already."""

    key = "not_later"
    says = "A site is extended to a day that is still to come. Choose a later one."
    because = "A.1.6"


class TooFar(Refusal):
    """A site is extended for longer than anybody plans."""

    key = "too_far"
    says = "A site is extended by three years at most, so that it is not forgotten. Choose an earlier day."
    because = "A.1.6"


class NotAnAddress(Refusal):
    """What was given as a site's address is none."""

    key = "not_an_address"
    says = "That is no address I can keep. It begins with https:// and has no spaces: copy it from the browser."
    because = "6.2"


class EvaluationIncomplete(Refusal):
    """It was not said how far the aims were reached, or not in words."""

    key = "evaluation_incomplete"
    says = "Choose how far it reached its aims, and say in a sentence how you know; then press again."
    because = "A.1.7"


class Due(StrEnum):
    """What waits to be done for a site that is in use."""

    HEALTH = "health"
    EVALUATION = "evaluation"
    STILL_NEEDED = "still_needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An answer to a line of a checklist."""

    round_on: date  # the London day on which the run began
    key: CheckKey
    answer: CheckAnswer
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run through a checklist."""

    round_on: date
    answers: Mapping[CheckKey, CheckAnswer]
    last_on: date  # the day of its last answer

    def is_complete(self, keys: Collection[CheckKey]) -> bool:
        """Tell whether every line was answered, with yes or no."""
        return set(keys) <= self.answers.keys()


def runs(said: Iterable[Said]) -> tuple[Run, ...]:
    """Return the runs through a checklist, the earliest first; the latest answer to a line counts."""
    by_day: dict[date, list[Said]] = defaultdict(list)
    for one in said:
        by_day[one.round_on].append(one)
    return tuple(
        Run(
            round_on=day,
            answers={one.key: one.answer for one in answers},
            last_on=max(one.on for one in answers),
        )
        for day, answers in sorted(by_day.items())
    )


def run_under_way(
    round_: Round, site: Site, made: tuple[Run, ...], keys: Collection[CheckKey], today: date, *, is_due: bool
) -> Run:
    """
    Return the run that an answer of today belongs to; one without answers begins today.

    The checks before going live are one run from the first answer on, and another once the site is approved anew.
    Those before closing begin anew each time a site is to close. A half-termly run goes on until it is whole, or too
    old; once whole it can be corrected, until the next is due.
    """
    last = made[-1] if made else None
    goes_on = (
        last is not None
        and {
            Round.PRE_LIVE: site.state is not SiteState.APPROVED,
            Round.CLOSING: last.round_on >= site.state_since,
            Round.HEALTH: today < last.round_on + RUN_LASTS and not (is_due and last.is_complete(keys)),
        }[round_]
    )
    return last if last and goes_on else Run(round_on=today, answers={}, last_on=today)


def health_done_on(made: Iterable[Run], keys: Collection[CheckKey]) -> date | None:
    """Return the day on which the half-termly check was last finished; None where it never was."""
    return max((one.last_on for one in made if one.is_complete(keys)), default=None)


def health_due_on(site: Site, done_on: date | None, today: date, calendar: SchoolCalendar) -> date:
    """
    Return the day on which the half-termly check is due, or was.

    That is the first working day of each half-term, where the setting's calendar has half-terms around today, and
    else `EVERY` after the last one. A site counts as checked on the day it went live.

    Policy: 6.2
    """
    since = done_on or site.live_on or site.state_since
    starts = half_terms(calendar, today)
    if starts and starts[0] <= today:
        return next((day for day in starts if since < day - COUNTS_FOR_NEXT), max(starts[-1] + DAY, since + EVERY))
    return since + EVERY


def half_terms(calendar: SchoolCalendar, today: date) -> tuple[date, ...]:
    """
    Return the first working days of half-terms, the earliest first; none where today's is not known.

    A half-term begins with a term, or after the break in its middle.
    """
    if calendar.is_open_all_year or not calendar.is_covered(today):
        return ()
    terms, breaks = of_kind(calendar.periods, DayKind.TERM), of_kind(calendar.periods, DayKind.HALF_TERM)
    found = set()
    for begins in (*(one.starts_on for one in terms), *(one.ends_on for one in breaks)):
        try:
            found.add(calendar.working_day_on_or_after(begins))
        except NoCalendar:
            continue  # a break at the end of what was imported
    return tuple(sorted(found))


def evaluation_due_on(site: Site, judged_on: date | None) -> date | None:
    """
    Return when a site is to be judged by its aims: on the day of its plan, else a year after it last was, or began.

    None where it closes before that: it is judged then.

    Policy: A.1.7
    """
    since = judged_on or site.live_on
    day = site.evaluate_on or (a_year_after(since) if since else None)
    return None if day and site.closure and site.closure <= day else day


def dues(site: Site, *, health: date, judged_on: date | None, today: date) -> frozenset[Due]:
    """
    Return what waits to be done for a site; `health` is when its half-termly check is due.

    Nothing of a site that is not in use, or about to close: its checklist says the rest.

    Policy: 6.2, A.1.6, A.1.7
    """
    if site.state not in {SiteState.LIVE, SiteState.REVIEW_DUE, SiteState.LEGACY}:
        return frozenset()
    evaluation = evaluation_due_on(site, judged_on)
    waits = {
        Due.HEALTH: health <= today,
        Due.EVALUATION: evaluation is not None and evaluation <= today,
        Due.STILL_NEEDED: site.review_on is not None and site.review_on <= today,
    }
    return frozenset(one for one, is_due in waits.items() if is_due)


def state_by_clock(site: Site, waits: Collection[Due], today: date) -> SiteState:
    """
    Return in which state a site is once a London day has come, if nobody has pressed anything.

    A suspended site stays so, and one that closes owes its cover until it is closed.

    Policy: A.1.6, 6.2
    """
    running = {SiteState.LIVE, SiteState.REVIEW_DUE, SiteState.LEGACY}
    if site.state in running and site.closure and site.closure <= today:
        return SiteState.CLOSING
    return SiteState.REVIEW_DUE if site.state is SiteState.LIVE and waits else site.state


def next_evaluation(site: Site, today: date) -> date | None:
    """Return when a site that was judged today is judged again; None where it closes before."""
    day = a_year_after(today)
    closes = site.state is SiteState.CLOSING or (site.closure is not None and site.closure <= day)
    return None if closes else day


def was_judged_for_closing(site: Site, judged_on: date | None) -> bool:
    """Tell whether a closing site was judged by its aims as it closes, or shortly before (A.1.7)."""
    return judged_on is not None and judged_on >= site.state_since - JUDGED_BEFORE


def check_extension(day: date | None, today: date) -> date:
    """
    Return the day until which a site may go on.

    Raises:
        NotADay, NotLater, TooFar: as their names say.

    Policy: A.1.6
    """
    if day is None:
        raise NotADay
    if day <= today:
        raise NotLater
    if day > a_year_after(today, LONGEST_EXTENSION):
        raise TooFar
    return day


def address_of(typed: str) -> str:
    """
    Return an address as it is kept; one without its beginning gets https.

    Raises:
        NotAnAddress: it is something else, too long, or not safe.

    Policy: 6.2
    """
    text = typed.strip()
    address = text if "://" in text else f"https://{text}"
    if len(address) > LONGEST_ADDRESS or ADDRESS.fullmatch(address) is None:
        raise NotAnAddress
    return address


def a_year_after(day: date, years: int = 1) -> date:
    """Return the same day some years later; 28 February for a 29th that is not there."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
