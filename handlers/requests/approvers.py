"""Who is asked for a step: by an answer, by a role, by the setting; whoever acts for them beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_kb.request_words import QuestionKey
from policy_kb.rules import deciding
from policy_kb.rules.form import FINAL_APPROVER, THE_AUTHOR, THE_LINE_MANAGER
from policy_kb.rules.request import Approver
from policy_kb.words import PersonId, Role, SettingType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from policy_kb.rules.form import Step
    from policy_kb.rules.request import RequestFacts
    from storage.delegations import Delegation
    from storage.person import Person
    from storage.settings import Setting
    from storage.unit_of_work import UnitOfWork

LINE_MANAGER = QuestionKey("line_manager")
HIGHEST = 20  # managers above managers; a longer chain is a circle

# The roles in which somebody may be stood in for as final approver, by what they are called there.
FINAL_ROLES = {
    SettingType.ACADEMY: (Role.HEAD,),
    SettingType.NURSERY: (Role.HEAD,),
    SettingType.CENTRAL_SERVICE: (Role.SERVICE_MANAGER, Role.HEAD_OF_SERVICE, Role.HEAD),
}


def approvers_for(step: Step, request: RequestFacts, uow: UnitOfWork, on: date) -> tuple[Approver, ...]:
    """
    Return who may say something to a step on a London day, the holders before those who act for them.

    All are in post; nobody asks for it themselves, acts for somebody who does, or acts because somebody who asks
    wrote it down. Nobody: the step has to wait.

    Policy: 2.2, 4.3, A.1.8, A.3.3, A.3.5, A.3.6
    """
    if step.by == THE_AUTHOR:
        author = uow.people.get(request.author)
        here = author is not None and author.is_in_post(on)
        return (Approver(person=request.author, role=Role.SITE_AUTHOR),) if here else ()
    rights = (right for by in (step.by, *step.or_by) for right in _by_right(by, request, uow, on))
    return once(deciding.independent(rights, request))


def line_manager_asked(request: RequestFacts, uow: UnitOfWork, on: date) -> Person | None:
    """
    Return the line manager that the form names, or the first above them who can say something.

    Somebody who has left, or who asks for this themselves, is passed over.
    """
    named = next(iter(request.answers.get(LINE_MANAGER, ())), None)
    person = uow.people.get(PersonId(named)) if named else None
    for _ in range(HIGHEST):
        if person is None or (person.is_in_post(on) and not request.is_theirs(person.id)):
            return person
        person = uow.people.get(person.line_manager_id) if person.line_manager_id else None
    return None


def is_the_final_approvers_own(request: RequestFacts, setting: Setting) -> bool:
    """Tell whether the setting's final approver asks for this, so that somebody else has to decide."""
    return setting.final_approver_id is not None and request.is_theirs(setting.final_approver_id)


def own_role(person: Person, on: date) -> Role:
    """Return in which role somebody who stands in signs: their own, the trust's before a setting's."""
    held = sorted(person.held_on(on), key=lambda one: one.setting_id is not None)
    return held[0].role if held else Role.HEAD


def once(found: Iterable[Approver]) -> tuple[Approver, ...]:
    """Return each person once, by the first right they have."""
    first: dict[PersonId, Approver] = {}
    for approver in found:
        first.setdefault(approver.person, approver)
    return tuple(first.values())


def _by_right(by: Role | str, request: RequestFacts, uow: UnitOfWork, on: date) -> Iterator[Approver]:
    if isinstance(by, Role):
        yield from _by_role(by, request, uow, on)
    elif by == THE_LINE_MANAGER:
        manager = line_manager_asked(request, uow, on)
        yield from _with_delegates(manager, (Role.LINE_MANAGER,), request, uow, on)
    elif by == FINAL_APPROVER:
        yield from _final(request, uow, on)


def _by_role(role: Role, request: RequestFacts, uow: UnitOfWork, on: date) -> Iterator[Approver]:
    setting = uow.settings.get(request.setting)
    sought = setting.slt_role if setting and role is Role.SLT else role
    for holder in uow.people.holders(sought, request.setting, on):
        yield Approver(person=holder.id, role=role)
    for made in _in_force(sought, request, uow, on):
        if _holds(made, uow, on):
            yield Approver(person=made.to_id, role=role, acting_for=made.from_id, given_by=made.set_by_id)


def _final(request: RequestFacts, uow: UnitOfWork, on: date) -> Iterator[Approver]:
    setting = uow.settings.get(request.setting)
    if setting is None or setting.final_approver_id is None:
        return
    if is_the_final_approvers_own(request, setting):
        stands_in = uow.people.get(setting.stands_in_id) if setting.stands_in_id else None
        if stands_in:
            yield from _with_delegates(stands_in, (own_role(stands_in, on),), request, uow, on)
        return
    yield from _with_delegates(uow.people.get(setting.final_approver_id), FINAL_ROLES[setting.type], request, uow, on)


def _with_delegates(
    holder: Person | None, roles: tuple[Role, ...], request: RequestFacts, uow: UnitOfWork, on: date
) -> Iterator[Approver]:
    """Yield one person in the first of some roles, and whoever acts for this very person in any of them."""
    if holder is None:
        return
    if holder.is_in_post(on):
        yield Approver(person=holder.id, role=roles[0])
    for role in roles:
        for made in _in_force(role, request, uow, on):
            if made.from_id == holder.id:
                yield Approver(person=made.to_id, role=roles[0], acting_for=holder.id, given_by=made.set_by_id)


def _in_force(role: Role, request: RequestFacts, uow: UnitOfWork, on: date) -> Iterator[Delegation]:
    """Yield who acts in a role at the request's setting, whoever is in post."""
    for place in (request.setting, None):
        for made in uow.delegations.in_force(role, place, on):
            acting = uow.people.get(made.to_id)
            if acting and acting.is_in_post(on):
                yield made


def _holds(made: Delegation, uow: UnitOfWork, on: date) -> bool:
    """Tell whether a role was theirs to hand on: one who acts in it hands nothing on."""
    absent = uow.people.get(made.from_id)
    return absent is not None and any(one.role is made.role for one in absent.held_on(on))
