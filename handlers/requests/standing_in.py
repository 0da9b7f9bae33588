"""Somebody acts for somebody else for a few days: said in a sentence, confirmed by a press, ended by another."""

from __future__ import annotations

import re
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from handlers.calendars import calendar_of
from handlers.requests.approvers import FINAL_ROLES
from handlers.requests.moving import move_on
from handlers.requests.standing_in_words import ACTS, read_delegation
from policy_kb.bot_words import SayKind
from policy_kb.rules.delegation import (
    HANDED_ON,
    NothingToHandOn,
    NotTheirsToDelegate,
    StandIn,
    check_may_write_down,
    check_stand_in,
)
from policy_kb.rules.london import london_date
from policy_kb.words import PersonId, Role, Verb
from storage.delegations import Delegation
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from handlers.desk import Reading
    from handlers.requests.act import Act
    from policy_kb.words import SettingId
    from storage.person import Person
    from storage.unit_of_work import UnitOfWork

MOST_MEANT = 4  # pairs offered where a name may mean several people
ABOUT = re.compile(r"([^:|]{1,40}):([^:|]{1,40}):(\d{4}-\d\d-\d\d):(\d{4}-\d\d-\d\d)(:end)?")


def hear(text: str, person: Person, reading: Reading, uow: UnitOfWork, *, now: datetime) -> tuple[SayFacts, ...]:
    """
    Take a sentence that says who acts for whom on which days; nothing where it says less, or asks something.

    Somebody at risk comes before everything (A.2.3).

    Raises:
        Refusal: it cannot be so, or it is not theirs to say.
    """
    if ACTS.search(text) is None or reading.answerer.reply(text).urgent:
        return ()
    today = london_date(now)
    people, calendar = uow.people.in_post(today), calendar_of(person.setting, uow)
    said = read_delegation(text, asker=person, people=people, today=today, calendar=calendar)
    if said is None:
        return ()
    meant = tuple(
        StandIn(acting=acting.id, absent=absent.id, starts_on=said.starts_on, ends_on=said.ends_on)
        for acting, absent in product(said.acting, said.absent)
    )
    if len(meant) == 1:
        check(meant[0], person.id, uow, on=today)
    return (SayFacts(kind=SayKind.DELEGATION_ASKED, about="|".join(map(about_of, meant[:MOST_MEANT]))),)


def press(about: str, person: PersonId, act: Act) -> tuple[SayFacts, ...]:
    """
    Write down who acts for whom, or end it before its time; both are told, and open steps are asked anew.

    Raises:
        Refusal: it cannot be so, or it is not theirs to say; nothing was changed.
    """
    found = ABOUT.fullmatch(about)
    wanted = read_about(about.removesuffix(":end"))
    if found is None or wanted is None:
        return (SayFacts(kind=SayKind.GONE),)
    if found[5]:
        return _end(wanted, person, act)
    if not written_down(wanted, act.uow):
        parts = check(wanted, person, act.uow, on=act.today)
        for role, setting_id in parts:
            made = _made(wanted, role, setting_id, by=person)
            act.uow.delegations.add(made, entry=act.entry(Verb.DELEGATED))
        act.tell((wanted.acting, wanted.absent), SayFacts(kind=SayKind.DELEGATED, about=about))
        _ask_anew(wanted.absent, act)
    return (SayFacts(kind=SayKind.DELEGATED, about=about, replaces=True),)


def check(wanted: StandIn, by: PersonId, uow: UnitOfWork, *, on: date) -> tuple[tuple[Role, SettingId | None], ...]:
    """Return the roles that somebody may hand on, each with its setting; raises Refusal where it cannot be."""
    theirs = roles_by(wanted, by, uow, on=on)
    check_may_write_down(wanted, by=by, may={*_above_all(uow, on), *((by,) if theirs else ())})
    made = tuple(_stand_in(one) for one in uow.delegations.everything())
    check_stand_in(wanted, today=on, in_post=_are_in_post(wanted, uow), made=made)
    if not theirs:
        raise NothingToHandOn
    return theirs


def roles_by(wanted: StandIn, by: PersonId, uow: UnitOfWork, *, on: date) -> tuple[tuple[Role, SettingId | None], ...]:
    """Return the roles that somebody may hand on: all of their own, or those at the settings that name them for it."""
    roles = roles_of(wanted, uow, on=on)
    if by == wanted.absent or by in _above_all(uow, on):
        return roles
    named = {setting.id for setting in uow.settings.listed() if by in setting.delegation_by}
    return tuple((role, place) for role, place in roles if place in named)


def may_end(made: Delegation, person: PersonId, uow: UnitOfWork, *, on: date) -> bool:
    """Tell whether somebody may end a delegation: the absent person, whoever wrote it down, the Deputy CEO."""
    return person in {made.from_id, made.set_by_id, *_above_all(uow, on)}


def roles_of(wanted: StandIn, uow: UnitOfWork, *, on: date) -> tuple[tuple[Role, SettingId | None], ...]:
    """
    Return in which roles, and where, the absent person is asked for something on the first or last of the days.

    A final approver is one in the role their setting has for it, whatever they hold; whoever manages people
    is asked as their line manager at every setting in which those work.

    Policy: 2.2, A.3.3, A.1.8
    """
    absent = uow.people.get(wanted.absent)
    if absent is None:
        return ()
    days = (wanted.starts_on, wanted.last_day)
    held = [
        (one.role, one.setting_id)
        for one in absent.held
        if one.role in HANDED_ON and any(one.is_held_on(day) for day in days)
    ]
    return tuple(dict.fromkeys((*held, *_as_final_approver(absent, held, uow), *_as_line_manager(absent, uow, on))))


def written_down(wanted: StandIn, uow: UnitOfWork) -> tuple[Delegation, ...]:
    """Return what was written down of a delegation that begins on its first day, ended early or not."""
    return tuple(
        one
        for one in uow.delegations.everything()
        if (one.from_id, one.to_id, one.starts_on) == (wanted.absent, wanted.acting, wanted.starts_on)
        and one.ends_on > one.starts_on
    )


def about_of(one: StandIn) -> str:
    """Return how a delegation is named on a button: ``priya-sample:grace-sample:2026-10-14:2026-10-19``."""
    return f"{one.acting}:{one.absent}:{one.starts_on.isoformat()}:{one.ends_on.isoformat()}"


def read_about(about: str) -> StandIn | None:
    """Return the delegation that is named; None where none can be."""
    found = ABOUT.fullmatch(about)
    if found is None:
        return None
    try:
        starts_on, ends_on = date.fromisoformat(found[3]), date.fromisoformat(found[4])
    except ValueError:
        return None
    return StandIn(acting=PersonId(found[1]), absent=PersonId(found[2]), starts_on=starts_on, ends_on=ends_on)


def _as_final_approver(
    absent: Person, held: list[tuple[Role, SettingId | None]], uow: UnitOfWork
) -> Iterator[tuple[Role, SettingId | None]]:
    for setting in uow.settings.listed():
        roles = FINAL_ROLES[setting.type]
        covered = any(role in roles and place in (setting.id, None) for role, place in held)
        if setting.final_approver_id == absent.id and not covered:
            yield roles[0], setting.id


def _as_line_manager(absent: Person, uow: UnitOfWork, on: date) -> Iterator[tuple[Role, SettingId | None]]:
    for person in uow.people.in_post(on):
        if person.line_manager_id == absent.id:
            yield from ((Role.LINE_MANAGER, setting.id) for setting in person.settings)


def _end(wanted: StandIn, person: PersonId, act: Act) -> tuple[SayFacts, ...]:
    about = about_of(wanted)
    open_ones = [one for one in written_down(wanted, act.uow) if one.ends_on > act.today]
    for one in open_ones:
        if not may_end(one, person, act.uow, on=act.today):
            raise NotTheirsToDelegate
        act.uow.delegations.end(one, max(act.today, one.starts_on), entry=act.entry(Verb.DELEGATION_ENDED))
    if open_ones:
        act.tell((wanted.acting, wanted.absent), SayFacts(kind=SayKind.DELEGATED, about=about))
        _ask_anew(wanted.acting, act)
    return (SayFacts(kind=SayKind.DELEGATED, about=about, replaces=True),)


def _ask_anew(person: PersonId, act: Act) -> None:
    """Ask whoever has the right today for the steps that wait for somebody; what begins later, its morning asks."""
    for request_id in sorted({request_id for request_id, _ in act.uow.requests.asked_of(person)}):
        matter = act.hold(request_id)
        if matter:
            move_on(matter, act)


def _above_all(uow: UnitOfWork, on: date) -> tuple[PersonId, ...]:
    return tuple(one.id for one in uow.people.holders(Role.DEPUTY_CEO, None, on))


def _are_in_post(wanted: StandIn, uow: UnitOfWork) -> bool:
    both = (uow.people.get(wanted.acting), uow.people.get(wanted.absent))
    return all(one and one.is_in_post(wanted.starts_on) and one.is_in_post(wanted.last_day) for one in both)


def _stand_in(one: Delegation) -> StandIn:
    return StandIn(acting=one.to_id, absent=one.from_id, starts_on=one.starts_on, ends_on=one.ends_on)


def _made(wanted: StandIn, role: Role, setting_id: SettingId | None, *, by: PersonId) -> Delegation:
    return Delegation(
        role=role,
        setting_id=setting_id,
        from_id=wanted.absent,
        to_id=wanted.acting,
        starts_on=wanted.starts_on,
        ends_on=wanted.ends_on,
        set_by_id=by,
    )
