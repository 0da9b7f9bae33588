"""The morning of the requests: who is asked now, who is reminded of what, and drafts that nobody goes on with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from handlers.calendars import calendar_of
from handlers.requests.about import OF_A_REQUEST, read_step
from handlers.requests.act import Act
from handlers.requests.deputies import deputies_of
from handlers.requests.matter import matter_of
from handlers.requests.moving import move_on
from policy_kb.bot_words import SayKind
from policy_kb.request_words import RequestState, StepState
from policy_kb.rules.chasing import draft_ends_on, draft_nudges_on, is_working_day, nudges_on
from policy_kb.rules.deciding import NotAsked
from policy_kb.rules.london import london_date
from policy_kb.rules.timers import Whom
from policy_kb.words import Verb
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from handlers.acting import Acting
    from handlers.requests.matter import Matter
    from policy_kb.request_words import RequestId
    from policy_kb.rules.chasing import Nudge
    from policy_kb.rules.school_calendar import SchoolCalendar
    from policy_kb.words import PersonId, SettingId
    from storage.request import Draft
    from storage.unit_of_work import UnitOfWork

LOOKED_AT = frozenset(
    {
        RequestState.DRAFT,
        RequestState.SUBMITTED,
        RequestState.CHANGES_ASKED,
        RequestState.APPROVED,
        RequestState.LIVE,
    }
)
SNOOZES = (1, 3)  # days a reminder is put off


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """One setting's morning: the days whose reminders are due, one for most, more after the bot was down."""

    days: tuple[date, ...]
    calendar: SchoolCalendar


@dataclass(slots=True)
class _Reminded:
    """Whom the reminders are for, and of which requests."""

    act: Act
    people: dict[PersonId, dict[RequestId, None]] = field(default_factory=dict)

    def of(self, request_id: RequestId, people: Iterable[PersonId]) -> None:
        for person in people:
            self.people.setdefault(person, {})[request_id] = None


def chase(mornings: Mapping[SettingId, Morning], act: Acting) -> Mapping[PersonId, tuple[RequestId, ...]]:
    """
    Do the morning of some settings, and return who is to be reminded of which requests, in their order.

    Every request asks whoever has the right to it today; where somebody has left, or begins to act for another,
    others are asked. Drafts that nobody goes on with are given up after a warning.

    Policy: A.3.3, A.1.8
    """
    act = Act(person=None, view=act.view, uow=act.uow, now=act.now)
    reminded = _Reminded(act)
    for request_id in act.uow.requests.in_states(LOOKED_AT) if mornings else ():
        draft = act.uow.requests.get(request_id)
        if draft is None:
            continue
        if draft.state is RequestState.DRAFT:
            if morning := mornings.get(draft.setting_id):
                _look_at_draft(draft, morning, reminded)
        else:
            _look_at(request_id, mornings, reminded)
    return {person: tuple(sorted(requests)) for person, requests in reminded.people.items()}


def morning_of(setting_id: SettingId, days: tuple[date, ...], uow: UnitOfWork) -> Morning | None:
    """Return the morning of a setting; None where it is not there any more."""
    setting = uow.settings.get(setting_id)
    return Morning(days=days, calendar=calendar_of(setting, uow)) if setting else None


def snooze(about: str, person: PersonId, act: Act) -> tuple[SayFacts, ...]:
    """
    Put somebody's reminders of a step off: ``12:head:3`` is for three days.

    Raises:
        NotAsked: they are not among those who were asked.
    """
    named = read_step(about)
    matter = matter_of(named.request, act.view, act.uow) if named else None
    if named is None or matter is None:
        return (SayFacts(kind=SayKind.GONE, about=OF_A_REQUEST),)
    standing = matter.standing(named.step)
    if standing is None or person not in {one.person for one in standing.asked}:
        raise NotAsked(named.card)
    until = act.today + timedelta(days=named.version if named.version in SNOOZES else SNOOZES[0])
    act.uow.requests.snooze(named.request, named.step, person, until)
    return (SayFacts(kind=SayKind.TODAY, about=f"put_off:request:{named.request}:{until.isoformat()}"),)


def _look_at_draft(draft: Draft, morning: Morning, reminded: _Reminded) -> None:
    act, touched_on, timers = reminded.act, london_date(draft.touched_at), reminded.act.view.timers
    if act.today >= draft_ends_on(touched_on, timers=timers, calendar=morning.calendar):
        _give_up(draft, act)
        reminded.of(draft.id, (draft.requester_id,))
        return
    for day in morning.days:
        if draft_nudges_on(day, touched_on, timers=timers, calendar=morning.calendar):
            reminded.of(draft.id, (draft.requester_id,))


def _give_up(draft: Draft, act: Act) -> None:
    entry = act.entry(Verb.CANCELLED)
    act.uow.requests.change_state(draft.id, draft.state, RequestState.CANCELLED, now=act.now, entry=entry)
    act.uow.form_talks.end_all(draft.id)


def _look_at(request_id: RequestId, mornings: Mapping[SettingId, Morning], reminded: _Reminded) -> None:
    act = reminded.act
    matter = matter_of(request_id, act.view, act.uow)
    morning = mornings.get(matter.facts.setting) if matter else None
    if matter is None or morning is None:
        return
    if matter.facts.state is RequestState.SUBMITTED and (held := act.hold(request_id)):
        move_on(held, act)
        matter = act.matter(request_id)
    for day in morning.days:
        for nudge in nudges_on(
            day,
            matter.facts,
            timers=act.view.timers,
            calendar=morning.calendar,
            snoozed=act.uow.requests.snoozed,
        ):
            reminded.of(request_id, _whom(nudge, matter, act))


def _whom(nudge: Nudge, matter: Matter, act: Act) -> tuple[PersonId, ...]:
    match nudge.to:
        case Whom.APPROVERS | Whom.DPO:
            return nudge.people
        case Whom.REQUESTER:
            return (matter.facts.requester,)
        case Whom.DEPUTY:
            step = matter.step(nudge.step) if nudge.step else None
            standing = matter.standing(nudge.step) if nudge.step else None
            if step is None or standing is None or standing.state is not StepState.OPEN:
                return ()
            return deputies_of(step, standing, matter.facts, act.uow, act.today)
        case _:
            assert_never(nudge.to)


def next_working_day(day: date, calendar: SchoolCalendar) -> date:
    """Return the first day after one on which a setting works, as far as anybody knows."""
    day += timedelta(days=1)
    while not is_working_day(day, calendar):
        day += timedelta(days=1)
    return day
