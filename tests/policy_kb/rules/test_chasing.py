from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from policy_kb.edition_files import EDITION
from policy_kb.request_words import Outcome, RequestId, RequestState
from policy_kb.rules.chasing import (
    Nudge,
    draft_ends_on,
    draft_nudges_on,
    draft_warned_on,
    is_working_day,
    nudges_on,
    working_day_number,
)
from policy_kb.rules.london import LONDON
from policy_kb.rules.timers import Timer, Whom, load_timers
from tests.policy_kb.rules.calendars import CENTRAL, ELM_PARK, HARBOUR
from tests.policy_kb.rules.requests import (
    BRAND,
    DEPUTY_DPO,
    DPIA,
    DPIA_REFERENCE,
    DPO_CONSULTED,
    HEAD,
    LEADER,
    LINE_MANAGER,
    MANAGER,
    OFFICER,
    THE_HEAD,
    a_request,
    answers,
    said,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    from policy_kb.request_words import StepKey
    from policy_kb.rules.request import RequestFacts
    from policy_kb.rules.school_calendar import SchoolCalendar
    from policy_kb.words import PersonId

TIMERS = load_timers(EDITION / "timers.toml")
ASKED = date(2026, 11, 24)  # a Tuesday; the line manager is asked
EVERYBODY = (said(LINE_MANAGER), said(DPO_CONSULTED), said(DEPUTY_DPO), said(THE_HEAD))


def told(
    request: RequestFacts,
    timer: Timer,
    to: Whom,
    calendar: SchoolCalendar = ELM_PARK,
    *,
    until: date = date(2027, 2, 1),
) -> list[str]:
    """List the days of the months after asking on which some people are reminded of something."""
    days = (date(2026, 11, 1) + timedelta(days=count) for count in range((until - date(2026, 11, 1)).days))
    return [
        f"{day:%a %d %b}"
        for day in days
        if any((one.timer, one.to) == (timer, to) for one in nudges_on(day, request, timers=TIMERS, calendar=calendar))
    ]


def a_consultation(dpia: str, reference: str = "") -> RequestFacts:
    facts = {DPIA: (dpia,), DPIA_REFERENCE: (reference,) if reference else ()}
    return a_request(said(LINE_MANAGER), said(DPO_CONSULTED, facts=facts))


def test_whoever_is_asked_is_reminded_on_the_second_and_fifth_working_day_and_then_weekly() -> None:
    days = told(a_request(), Timer.APPROVAL_PENDING, Whom.APPROVERS)

    assert days == [
        "Thu 26 Nov",
        "Tue 01 Dec",
        "Tue 08 Dec",
        "Tue 15 Dec",
        "Tue 05 Jan",
        "Tue 12 Jan",
        "Tue 19 Jan",
        "Tue 26 Jan",
    ]


def test_the_requester_hears_on_the_fifth_day_and_the_roles_deputy_is_asked_to_chase_on_the_eighth() -> None:
    assert told(a_request(), Timer.APPROVAL_PENDING, Whom.REQUESTER) == ["Tue 01 Dec"]
    assert told(a_request(), Timer.APPROVAL_PENDING, Whom.DEPUTY) == ["Fri 04 Dec"]


def test_days_that_nobody_works_are_not_counted() -> None:
    over_half_term = replace(
        a_request().steps[0], asked_at=datetime(2026, 10, 22, 16, 0, tzinfo=LONDON)
    )  # a Thursday, and half-term starts on Monday
    request = replace(a_request(), steps=(over_half_term,))

    days = [
        day
        for count in range(14)
        if nudges_on(day := date(2026, 10, 22) + timedelta(days=count), request, timers=TIMERS, calendar=ELM_PARK)
    ]

    assert days == [date(2026, 11, 2)]


def test_an_evening_in_summer_time_belongs_to_its_london_day() -> None:
    late = replace(a_request().steps[0], asked_at=datetime(2026, 9, 8, 23, 30, tzinfo=LONDON))
    request = replace(a_request(), steps=(late,))

    assert nudges_on(date(2026, 9, 10), request, timers=TIMERS, calendar=ELM_PARK)
    assert not nudges_on(date(2026, 9, 11), request, timers=TIMERS, calendar=ELM_PARK)


def test_only_those_whose_turn_it_is_are_reminded() -> None:
    request = a_request(said(LINE_MANAGER), given=answers(logo="yes"))

    nudges = nudges_on(date(2026, 11, 26), request, timers=TIMERS, calendar=ELM_PARK)

    assert {(one.step, one.people) for one in nudges} == {
        (DPO_CONSULTED, (OFFICER,)),
        (DEPUTY_DPO, (OFFICER,)),
        (BRAND, (LEADER,)),
    }


def test_whoever_said_that_it_is_not_for_them_is_not_reminded() -> None:
    request = a_request(said(LINE_MANAGER, Outcome.NOT_ME))

    assert told(request, Timer.APPROVAL_PENDING, Whom.APPROVERS) == []
    assert told(request, Timer.APPROVAL_PENDING, Whom.DEPUTY) == ["Fri 04 Dec"]


def test_whoever_is_asked_again_after_passing_it_on_is_reminded() -> None:
    passed_on = said(LINE_MANAGER, Outcome.NOT_ME)
    request = a_request(replace(passed_on, at=passed_on.at - timedelta(days=1)))

    assert told(request, Timer.APPROVAL_PENDING, Whom.APPROVERS, until=date(2026, 11, 30)) == ["Thu 26 Nov"]


def test_a_reminder_that_was_put_off_comes_when_it_was_put_off_to_even_after_a_weekend() -> None:
    until = date(2026, 11, 28)  # a Saturday

    def snoozed(person: PersonId, on: date) -> Collection[tuple[RequestId, StepKey]]:
        return {(RequestId(12), LINE_MANAGER)} if person == MANAGER and on < until else set()

    days = [
        day
        for count in range(9)
        if nudges_on(
            day := ASKED + timedelta(days=count), a_request(), timers=TIMERS, calendar=ELM_PARK, snoozed=snoozed
        )
    ]

    assert days == [date(2026, 11, 30), date(2026, 12, 1)]


def test_the_requester_is_reminded_of_changes_twice_and_then_left_alone() -> None:
    request = a_request(said(LINE_MANAGER, Outcome.CHANGES_ASKED))

    assert told(request, Timer.CHANGES_ASKED, Whom.REQUESTER) == ["Fri 27 Nov", "Tue 08 Dec"]
    assert told(request, Timer.APPROVAL_PENDING, Whom.APPROVERS) == []


def test_before_going_live_the_requester_hears_that_it_is_not_approved_yet() -> None:
    request = a_request(go_live=date(2027, 1, 11))

    days = told(request, Timer.NOT_APPROVED, Whom.REQUESTER)

    assert days == ["Mon 14 Dec", "Mon 04 Jan", "Fri 08 Jan"]


def test_what_is_approved_needs_no_such_warning_but_a_question_five_working_days_after_its_day() -> None:
    request = a_request(*EVERYBODY, go_live=date(2027, 1, 11))

    assert told(request, Timer.NOT_APPROVED, Whom.REQUESTER) == []
    assert told(request, Timer.NOT_LIVE, Whom.REQUESTER) == ["Mon 18 Jan"]


def test_what_is_approved_after_its_day_is_asked_about_five_working_days_after_that() -> None:
    request = a_request(*EVERYBODY, go_live=date(2026, 11, 2))  # approved on the 24th

    assert told(request, Timer.NOT_LIVE, Whom.REQUESTER) == ["Tue 01 Dec"]


@pytest.mark.parametrize("dpia", ["yes", "later"])
def test_an_outstanding_assessment_is_asked_about_weekly(dpia: str) -> None:
    days = told(a_consultation(dpia), Timer.DPIA_OUTSTANDING, Whom.DPO, until=date(2026, 12, 19))

    assert days == ["Tue 01 Dec", "Tue 08 Dec", "Tue 15 Dec"]


def test_an_assessment_that_is_done_or_not_needed_is_not_asked_about() -> None:
    assert told(a_consultation("no"), Timer.DPIA_OUTSTANDING, Whom.DPO) == []
    assert told(a_consultation("yes", "DPIA-17"), Timer.DPIA_OUTSTANDING, Whom.DPO) == []


@pytest.mark.parametrize(
    "state", [RequestState.DRAFT, RequestState.DECLINED, RequestState.WITHDRAWN, RequestState.CANCELLED]
)
def test_nobody_is_reminded_of_what_is_closed(state: RequestState) -> None:
    request = replace(a_consultation("yes"), state=state, go_live=date(2027, 1, 11))
    days = (ASKED + timedelta(days=count) for count in range(60))

    assert not any(nudges_on(day, request, timers=TIMERS, calendar=ELM_PARK) for day in days)


def test_no_reminder_falls_on_a_day_on_which_nobody_works() -> None:
    request = replace(a_consultation("yes"), go_live=date(2027, 1, 11))
    days = [ASKED + timedelta(days=count) for count in range(400)]

    reminded = [day for day in days if nudges_on(day, request, timers=TIMERS, calendar=ELM_PARK)]

    assert len(reminded) > 20
    assert all(is_working_day(day, ELM_PARK) for day in reminded)


def test_where_no_dates_were_imported_every_weekday_counts_that_is_no_bank_holiday() -> None:
    assert not HARBOUR.is_covered(date(2027, 8, 27))

    assert is_working_day(date(2027, 8, 27), HARBOUR)
    assert not is_working_day(date(2027, 8, 28), HARBOUR)  # a Saturday
    assert not is_working_day(date(2027, 8, 30), HARBOUR)  # the bank holiday
    assert working_day_number(date(2027, 8, 27), date(2027, 8, 31), HARBOUR) == 1


@pytest.mark.parametrize(
    ("start", "day", "number"),
    [
        ("2026-11-27", "2026-11-27", 0),
        ("2026-11-27", "2026-11-30", 1),  # over a weekend
        ("2026-11-30", "2026-11-27", -1),
        ("2026-11-28", "2026-11-27", -1),  # a Saturday, seen from the Friday
        ("2026-12-18", "2027-01-05", 2),  # the INSET day after Christmas counts
    ],
)
def test_working_days_are_counted_from_a_day_and_towards_it(start: str, day: str, number: int) -> None:
    assert working_day_number(date.fromisoformat(start), date.fromisoformat(day), ELM_PARK) == number


def test_somebody_who_left_a_form_lying_hears_on_the_third_and_tenth_working_day() -> None:
    idle = Nudge(timer=Timer.DRAFT_IDLE, to=Whom.REQUESTER)
    days = [
        day
        for count in range(40)
        if idle in draft_nudges_on(day := ASKED + timedelta(days=count), ASKED, timers=TIMERS, calendar=ELM_PARK)
    ]

    assert days == [date(2026, 11, 27), date(2026, 12, 8)]


def test_a_form_is_deleted_sixty_days_later_and_its_owner_is_warned_a_week_before() -> None:
    warned, ends = date(2027, 1, 18), date(2027, 1, 25)  # 55 and 62 days: the 53rd is a Saturday

    assert draft_warned_on(ASKED, timers=TIMERS, calendar=ELM_PARK) == warned
    assert draft_ends_on(ASKED, timers=TIMERS, calendar=ELM_PARK) == ends
    assert draft_nudges_on(warned, ASKED, timers=TIMERS, calendar=ELM_PARK) == (
        Nudge(timer=Timer.DRAFT_ENDS, to=Whom.REQUESTER),
    )


def test_on_a_working_day_the_two_are_fifty_three_and_sixty_calendar_days_later() -> None:
    touched = date(2026, 11, 26)

    assert draft_warned_on(touched, timers=TIMERS, calendar=CENTRAL) == touched + timedelta(days=53)
    assert draft_ends_on(touched, timers=TIMERS, calendar=CENTRAL) == touched + timedelta(days=60)


def test_a_form_is_not_deleted_over_the_summer_before_its_owner_was_warned() -> None:
    touched = date(2027, 6, 24)

    warned = draft_warned_on(touched, timers=TIMERS, calendar=ELM_PARK)

    assert warned == date(2027, 9, 2)  # the first day of term
    assert draft_ends_on(touched, timers=TIMERS, calendar=ELM_PARK) == date(2027, 9, 9)


def test_a_form_that_lies_idle_is_not_looked_at_on_a_weekend() -> None:
    assert draft_nudges_on(date(2026, 11, 28), date(2026, 11, 25), timers=TIMERS, calendar=ELM_PARK) == ()


def test_time_alone_decides_nothing() -> None:
    request = replace(a_request(said(LINE_MANAGER)), go_live=date(2026, 12, 1))
    years = (ASKED + timedelta(days=count) for count in range(0, 1000, 7))

    nudges = [one for day in years for one in nudges_on(day, request, timers=TIMERS, calendar=CENTRAL)]

    assert nudges
    assert all(isinstance(one, Nudge) and HEAD not in one.people for one in nudges)
