"""What the staff directory lacks, found before staff are stuck: posts nobody holds, leavers, gaps in the calendars."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from handlers.calendars import school_calendar
from policy_kb.request_words import RequestState, StepState
from policy_kb.rules.london import london_instant
from policy_kb.rules.periods import CalendarError, days_between, in_words
from policy_kb.words import PersonId, Role, SettingType

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from storage.person import Person
    from storage.settings import Setting
    from storage.unit_of_work import UnitOfWork

AHEAD = timedelta(weeks=13)  # as far as a rota is forecast

# Whom the policy sends people to: in a school or nursery, in a central service, and for the whole trust.
IN_A_SCHOOL = (Role.HEAD, Role.SLT_LINE_MANAGER)
IN_A_SERVICE = (Role.SERVICE_MANAGER,)
TRUST_WIDE = (Role.DPO, Role.DEPUTY_DPO, Role.DEPUTY_CEO, Role.BRAND_TEAM)
CALLED = {
    Role.HEAD: "Headteacher/Principal",
    Role.SLT: "SLT",
    Role.SLT_LINE_MANAGER: "SLT line manager",
    Role.SERVICE_MANAGER: "Service Manager",
    Role.HEAD_OF_SERVICE: "Head of Service",
    Role.DPO: "Data Protection Officer",
    Role.DEPUTY_DPO: "Deputy Data Protection Officer",
    Role.DEPUTY_CEO: "Deputy CEO",
    Role.BRAND_TEAM: "brand team",
}
ALSO_HELD = {
    Role.LINE_MANAGER: "line manager",
    Role.SITE_ADMINISTRATOR: "site administrator",
    Role.SITE_MODERATOR: "site moderator",
    Role.SITE_AUTHOR: "author of a site",
}
"""Roles of the staff list that are no posts: whoever holds one is asked by name."""


def blocked_for_requests(setting: Setting, uow: UnitOfWork, *, on: date) -> tuple[str, ...]:
    """
    Return why nobody can ask for anything at a setting, one sentence each; nothing where it is open.

    Policy: A.3.3, A.2.3
    """
    approver = uow.people.get(setting.final_approver_id) if setting.final_approver_id else None
    reasons = []
    if approver is None:
        reasons.append(f"{setting.name} has no final approver: name one in the settings file.")
    elif not approver.is_in_post(on):
        reasons.append(f"{setting.name}: the final approver, {approver.name}, is not in post. Name another.")
    if uow.settings.dsl_card(setting.id) is None:
        reasons.append(f"{setting.name} has no DSL card: add one to the settings file.")
    return tuple(reasons)


def directory_findings(uow: UnitOfWork, *, on: date) -> tuple[str, ...]:
    """Return everything somebody should put right about people and settings, a sentence each, the gravest first."""
    settings = uow.settings.listed()
    return (
        *(reason for setting in settings for reason in blocked_for_requests(setting, uow, on=on)),
        *_vacant(settings, uow, on),
        *_leavers(uow, on),
        *(gap for setting in settings for gap in _calendar_gaps(setting, uow, on)),
    )


def owner_findings(uow: UnitOfWork, *, on: date) -> tuple[str, ...]:
    """
    Return what the policy owner is told in the morning.

    That is the directory's findings, messages nobody got, and requests that nobody can decide on.
    """
    lost = uow.outbox.given_up_since(london_instant(on - timedelta(days=1), time(0, 0)))
    unread = f"{lost} message(s) could not be delivered since yesterday: the log says why (“cannot be delivered”)."
    return (*((unread,) if lost else ()), *_stuck(uow), *directory_findings(uow, on=on))


def _stuck(uow: UnitOfWork) -> Iterator[str]:
    """Yield the requests that wait for somebody, and nobody can be asked."""
    for request_id in uow.requests.in_states({RequestState.SUBMITTED}):
        facts = uow.requests.facts(request_id)
        if facts and any(step.state is StepState.OPEN and not step.asked for step in facts.steps):
            setting = uow.settings.get(facts.setting)
            where = setting.name if setting else facts.setting
            yield f"R-{request_id} at {where} is stuck: nobody can be asked to decide on it. Its notice says why."


def _vacant(settings: tuple[Setting, ...], uow: UnitOfWork, on: date) -> Iterator[str]:
    """
    Yield the posts that the policy sends people to and that nobody holds.

    Policy: 4.9, A.1.8, A.2.7, A.3.3, A.3.6
    """
    for setting in settings:
        here = IN_A_SERVICE if setting.type is SettingType.CENTRAL_SERVICE else (*IN_A_SCHOOL, setting.slt_role)
        for role in dict.fromkeys(here):
            if not uow.people.holders(role, setting.id, on):
                yield f"Nobody is the {CALLED[role]} at {setting.name}."
    for role in TRUST_WIDE if settings else ():
        if not any(uow.people.holders(role, place, on) for place in (None, *(one.id for one in settings))):
            yield f"Nobody is the {CALLED[role]} of the trust."


def _leavers(uow: UnitOfWork, on: date) -> Iterator[str]:
    titles = CALLED | ALSO_HELD
    for person in uow.people.leavers_with_roles(on):
        roles = ", ".join(dict.fromkeys(titles[holding.role] for holding in person.held_on(on)))
        yield f"{person.name} has left and still is in the staff list as {roles}: name somebody else there."
    in_post = uow.people.in_post(on)
    here = {person.id for person in in_post}
    for gone, count in _lost_managers(in_post, here).items():
        manager = uow.people.get(gone)
        if manager:
            yield f"{manager.name} is not in post and is still the line manager of {count} people."


def _lost_managers(in_post: tuple[Person, ...], here: set[PersonId]) -> dict[PersonId, int]:
    lost: dict[PersonId, int] = {}
    for person in in_post:
        if person.line_manager_id and person.line_manager_id not in here:
            lost[person.line_manager_id] = lost.get(person.line_manager_id, 0) + 1
    return lost


def _calendar_gaps(setting: Setting, uow: UnitOfWork, on: date) -> Iterator[str]:
    try:
        calendar = school_calendar(setting, uow.settings.calendar(setting.id))
    except CalendarError as fault:
        yield f"The calendar of {setting.name} contradicts itself. {fault}"
        return
    first_gap = next((day for day in days_between(on, on + AHEAD) if not calendar.is_covered(day)), None)
    if first_gap:
        yield f"{setting.name} has no calendar for {in_words(first_gap)}, which is within the next 13 weeks: import it."
