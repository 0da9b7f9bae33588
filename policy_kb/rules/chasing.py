"""Who is reminded of what on a day; a reminder never decides, and never takes a request from anybody."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeAlias, assert_never

from policy_kb.request_words import Outcome, QuestionKey, RequestId, RequestState, StepKey, StepState
from policy_kb.rules.london import london_date
from policy_kb.rules.periods import DAY, days_between
from policy_kb.rules.school_calendar import SATURDAY
from policy_kb.rules.timers import Timer, Whom
from policy_kb.rules.uncovered import NoCalendar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import date

    from policy_kb.rules.request import Decision, RequestFacts, StepStanding
    from policy_kb.rules.school_calendar import SchoolCalendar
    from policy_kb.rules.timers import Rhythm, Timers
    from policy_kb.words import PersonId

Snoozed: TypeAlias = "Callable[[PersonId, date], Collection[tuple[RequestId, StepKey]]]"
"""Which steps somebody does not want to be reminded of on a day."""

DPIA = QuestionKey("dpia")
DPIA_REFERENCE = QuestionKey("dpia_reference")
DPIA_WANTED = frozenset({"yes", "later"})
NOT_APPROVED = frozenset({RequestState.SUBMITTED, RequestState.CHANGES_ASKED})
STILL_WANTED = NOT_APPROVED | {RequestState.APPROVED, RequestState.LIVE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Nudge:
    """One reminder of one kind of people, before those of a person are merged."""

    timer: Timer
    to: Whom
    step: StepKey | None = None
    people: tuple[PersonId, ...] = ()  # of those who were asked; who is a deputy today, the staff list says


@dataclass(frozen=True, slots=True, kw_only=True)
class _SetOff:
    """A timer that runs: since when or until which day, and whom it may remind by name."""

    timer: Timer
    on: date
    step: StepKey | None = None
    asked: tuple[PersonId, ...] = ()


def nobody_snoozes(person: PersonId, on: date) -> Collection[tuple[RequestId, StepKey]]:
    """Return nothing: everybody is reminded."""
    del person, on
    return ()


def nudges_on(
    day: date,
    request: RequestFacts,
    *,
    timers: Timers,
    calendar: SchoolCalendar,
    snoozed: Snoozed = nobody_snoozes,
) -> tuple[Nudge, ...]:
    """
    Return the reminders of one request that was sent, for one London day.

    None falls on a day on which the setting does not work.
    Whoever put a step off is left out until then, and reminded on the first working day after.

    Policy: A.3.3, A.1.8
    """
    if not is_working_day(day, calendar):
        return ()
    awake = partial(_is_awake, request.id, snoozed, (day, _working_day_before(day, calendar)))
    return tuple(
        nudge
        for run in _running(request)
        for rhythm in timers.rhythms
        if rhythm.timer is run.timer
        for nudge in _nudges(run, rhythm, rhythm.falls_on(working_day_number(run.on, day, calendar)), awake)
    )


def draft_nudges_on(day: date, touched_on: date, *, timers: Timers, calendar: SchoolCalendar) -> tuple[Nudge, ...]:
    """Return the reminders of a form that is not sent, for one London day; all are for whoever fills it in."""
    if not is_working_day(day, calendar):
        return ()
    number = working_day_number(touched_on, day, calendar)
    idle = [one for one in timers.rhythms if one.timer is Timer.DRAFT_IDLE and one.falls_on(number)]
    nudges = [Nudge(timer=one.timer, to=one.to) for one in idle]
    if day == draft_warned_on(touched_on, timers=timers, calendar=calendar):
        nudges.append(Nudge(timer=Timer.DRAFT_ENDS, to=Whom.REQUESTER))
    return tuple(nudges)


def draft_warned_on(touched_on: date, *, timers: Timers, calendar: SchoolCalendar) -> date:
    """Return the working day on which somebody hears that a form they do not send will be deleted."""
    day = touched_on + timers.draft_warned_after
    while not is_working_day(day, calendar):
        day += DAY
    return day


def draft_ends_on(touched_on: date, *, timers: Timers, calendar: SchoolCalendar) -> date:
    """
    Return the first day on which a form that is not sent may be deleted.

    Where holidays put the warning off, the deletion is put off with it: the days between the two stay as many.
    """
    return draft_warned_on(touched_on, timers=timers, calendar=calendar) + (
        timers.draft_deleted_after - timers.draft_warned_after
    )


def is_working_day(day: date, calendar: SchoolCalendar) -> bool:
    """
    Tell whether the setting works on a day.

    Where nobody imported its dates, every weekday counts that is no bank holiday:
    better a reminder in a holiday than a request that everybody forgets.
    """
    try:
        return calendar.is_working_day(day)
    except NoCalendar:
        return day.weekday() < SATURDAY and day not in calendar.bank_holidays


def working_day_number(start: date, day: date, calendar: SchoolCalendar) -> int:
    """Return how many working days a day comes after another, which is day 0; negative: before it."""
    if day < start:
        return -sum(is_working_day(one, calendar) for one in days_between(day, start))
    return sum(is_working_day(one, calendar) for one in days_between(start + DAY, day + DAY))


def _running(request: RequestFacts) -> Iterator[_SetOff]:
    yield from _pending(request)
    asked_changes = [one for one in request.counting() if one.outcome is Outcome.CHANGES_ASKED]
    if request.state is RequestState.CHANGES_ASKED and asked_changes:
        latest = asked_changes[-1]
        yield _SetOff(timer=Timer.CHANGES_ASKED, on=london_date(latest.at), step=latest.step)
    if request.go_live and request.state in NOT_APPROVED:
        yield _SetOff(timer=Timer.NOT_APPROVED, on=request.go_live)
    if request.go_live and request.state is RequestState.APPROVED:
        approved_on = max((london_date(one.at) for one in request.counting()), default=request.go_live)
        yield _SetOff(timer=Timer.NOT_LIVE, on=max(request.go_live, approved_on))
    yield from _outstanding(request)


def _pending(request: RequestFacts) -> Iterator[_SetOff]:
    if request.state is RequestState.SUBMITTED:
        for step in request.steps:
            if step.state is StepState.OPEN and step.asked_at:
                on = london_date(step.asked_at)
                yield _SetOff(timer=Timer.APPROVAL_PENDING, on=on, step=step.key, asked=_asked(step, request))


def _asked(step: StepStanding, request: RequestFacts) -> tuple[PersonId, ...]:
    """Return who was asked, once each, less those who said since that it is not for them."""
    passed_on = {
        one.by
        for one in request.decisions
        if one.step == step.key and one.outcome is Outcome.NOT_ME and step.asked_at and one.at >= step.asked_at
    }
    return tuple(person for person in dict.fromkeys(one.person for one in step.asked) if person not in passed_on)


def assessments_outstanding(request: RequestFacts) -> tuple[Decision, ...]:
    """
    Return the consultations that said an assessment is needed, or to be looked at, and have no reference yet.

    Policy: A.1.8, 6.2
    """
    if request.state not in STILL_WANTED:
        return ()
    wanted = (one for one in request.counting() if DPIA_WANTED & set(one.facts.get(DPIA, ())))
    return tuple(one for one in wanted if not any(one.facts.get(DPIA_REFERENCE, ())))


def _outstanding(request: RequestFacts) -> Iterator[_SetOff]:
    for one in assessments_outstanding(request):
        yield _SetOff(timer=Timer.DPIA_OUTSTANDING, on=london_date(one.at), step=one.step, asked=(one.by,))


def _nudges(
    run: _SetOff, rhythm: Rhythm, falls_today: bool, is_awake: Callable[[PersonId, StepKey | None, bool], bool]
) -> Iterator[Nudge]:
    people = tuple(person for person in run.asked if is_awake(person, run.step, falls_today))
    match rhythm.to:
        case Whom.APPROVERS | Whom.DPO:
            if people:
                yield Nudge(timer=run.timer, to=rhythm.to, step=run.step, people=people)
        case Whom.REQUESTER | Whom.DEPUTY:
            if falls_today:
                yield Nudge(timer=run.timer, to=rhythm.to, step=run.step)
        case _:
            assert_never(rhythm.to)


def _is_awake(
    request: RequestId,
    snoozed: Snoozed,
    days: tuple[date, date],
    person: PersonId,
    step: StepKey | None,
    falls_today: bool,
) -> bool:
    """Tell whether somebody is reminded today: it is the day, or the first working day after they put it off."""
    today, before = days
    if step is None or (request, step) in snoozed(person, today):
        return False
    return falls_today or (request, step) in snoozed(person, before)


def _working_day_before(day: date, calendar: SchoolCalendar) -> date:
    day -= DAY
    while not is_working_day(day, calendar):
        day -= DAY
    return day
