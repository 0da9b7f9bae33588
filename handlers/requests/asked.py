"""Who is asked for a step at this moment: whoever has the right to it, as it was passed on from hand to hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.requests.approvers import FINAL_ROLES, approvers_for, line_manager_asked, once, own_role
from policy_kb.request_words import Outcome
from policy_kb.rules import deciding
from policy_kb.rules.form import FINAL_APPROVER, STANDS_IN, THE_LINE_MANAGER
from policy_kb.rules.request import Approver
from policy_kb.words import BotRole, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from policy_kb.rules.form import Step
    from policy_kb.rules.request import RequestFacts
    from policy_kb.words import PersonId, SettingId
    from storage.unit_of_work import UnitOfWork


def asked_now(step: Step, request: RequestFacts, uow: UnitOfWork, on: date) -> tuple[Approver, ...]:
    """
    Return who is asked for a step on a London day.

    Those are its approvers without whoever passed it on, and those it was passed on to who could still be asked.
    A role that has ended, or a delegation, lets nobody decide on a card they still hold.
    """
    hands = _hands(step, request, uow)
    gone = {person for person, right in hands.items() if right is None}
    by_right = (
        one for one in approvers_for(step, request, uow, on) if one.person not in gone and one.acting_for not in gone
    )
    passed_on = deciding.independent((right for right in hands.values() if right), request)
    fitting = {one.person for one in _who_could_be(step, request, uow, on)} if passed_on else set()
    return once((*by_right, *(one for one in passed_on if one.person in fitting)))


def candidates(step: Step, request: RequestFacts, uow: UnitOfWork, on: date) -> tuple[Approver, ...]:
    """
    Return who might be asked for a step instead of those who are.

    Those hold the same role; for a line manager, any line manager of the setting; for the final approver,
    whoever holds the post there, and whoever the setting names to stand in. Where nobody is asked, those whom the
    step names otherwise can be chosen as well: they sign in their own role.

    Policy: 2.2, A.1.3, A.1.8, A.3.3, A.4.2
    """
    asked = {one.person for one in asked_now(step, request, uow, on)}
    found = tuple(_with_the_same_right(step, request, uow, on)) if asked else _who_could_be(step, request, uow, on)
    return tuple(one for one in once(deciding.independent(found, request)) if one.person not in asked)


def who_puts_it_right(setting_id: SettingId, uow: UnitOfWork, *, on: date) -> tuple[PersonId, ...]:
    """Return who is told when nobody can decide: the setting's administrators, else the policy owner."""
    administrators = uow.people.bot_role_holders(BotRole.SETTING_ADMINISTRATOR, setting_id, on)
    return tuple(one.id for one in administrators or uow.people.bot_role_holders(BotRole.POLICY_OWNER, None, on))


def may_reassign(person_id: PersonId, setting_id: SettingId, uow: UnitOfWork, *, on: date) -> bool:
    """Tell whether somebody may have another person asked: who looks after the setting, or after the policy."""
    roles = (BotRole.SETTING_ADMINISTRATOR, BotRole.POLICY_OWNER)
    return any(one.id == person_id for role in roles for one in uow.people.bot_role_holders(role, setting_id, on))


def _hands(step: Step, request: RequestFacts, uow: UnitOfWork) -> Mapping[PersonId, Approver | None]:
    """Return everybody a step was passed on by (nothing) or to (their right), by what happened last."""
    happened: list[tuple[datetime, PersonId, Approver | None]] = [
        (said.at, said.by, None)
        for said in request.decisions
        if said.step == step.key and said.outcome is Outcome.NOT_ME
    ]
    for one in uow.requests.reassignments(request.id):
        if one.step == step.key:
            happened += [(one.at, one.from_id, None)] if one.from_id else []
            happened.append((one.at, one.to_id, Approver(person=one.to_id, role=one.role, given_by=one.by_id)))
    return {person: right for _, person, right in sorted(happened, key=lambda event: event[0])}


def _who_could_be(step: Step, request: RequestFacts, uow: UnitOfWork, on: date) -> tuple[Approver, ...]:
    """Return who holds the right to a step, and whom it names otherwise; all of them in post."""
    otherwise = (one for by in step.otherwise for one in _otherwise(by, request, uow, on))
    return (*_with_the_same_right(step, request, uow, on), *otherwise)


def _otherwise(by: Role | str, request: RequestFacts, uow: UnitOfWork, on: date) -> Iterator[Approver]:
    if isinstance(by, Role):
        yield from _holders((by,), request, uow, on)
    elif by == STANDS_IN:
        yield from _stand_in(request, uow, on)
    elif by == FINAL_APPROVER:
        setting = uow.settings.get(request.setting)
        if setting and setting.final_approver_id and _is_in_post(setting.final_approver_id, uow, on):
            yield Approver(person=setting.final_approver_id, role=FINAL_ROLES[setting.type][0])


def _with_the_same_right(step: Step, request: RequestFacts, uow: UnitOfWork, on: date) -> Iterator[Approver]:
    for by in (step.by, *step.or_by):
        if isinstance(by, Role):
            yield from _holders((by,), request, uow, on)
        elif by == THE_LINE_MANAGER:
            yield from _holders((Role.LINE_MANAGER,), request, uow, on)
            manager = line_manager_asked(request, uow, on)
            if manager and manager.line_manager_id and _is_in_post(manager.line_manager_id, uow, on):
                yield Approver(person=manager.line_manager_id, role=Role.LINE_MANAGER)
        elif by == FINAL_APPROVER:
            yield from _holders(FINAL_ROLES[request.setting_type], request, uow, on)
            yield from _stand_in(request, uow, on)


def _holders(roles: tuple[Role, ...], request: RequestFacts, uow: UnitOfWork, on: date) -> Iterator[Approver]:
    setting = uow.settings.get(request.setting)
    for role in roles:
        sought = setting.slt_role if setting and role is Role.SLT else role
        for holder in uow.people.holders(sought, request.setting, on):
            yield Approver(person=holder.id, role=role)


def _stand_in(request: RequestFacts, uow: UnitOfWork, on: date) -> Iterator[Approver]:
    setting = uow.settings.get(request.setting)
    person = uow.people.get(setting.stands_in_id) if setting and setting.stands_in_id else None
    if person and person.is_in_post(on):
        yield Approver(person=person.id, role=own_role(person, on))


def _is_in_post(person_id: PersonId, uow: UnitOfWork, on: date) -> bool:
    person = uow.people.get(person_id)
    return person is not None and person.is_in_post(on)
