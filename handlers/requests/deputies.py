"""Who is asked to chase a decision that takes long; to chase, never to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.requests.asked import who_puts_it_right
from policy_kb.rules.form import FINAL_APPROVER
from policy_kb.words import Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from policy_kb.rules.form import Step
    from policy_kb.rules.request import RequestFacts, StepStanding
    from policy_kb.words import PersonId
    from storage.unit_of_work import UnitOfWork

OF_EACH_OTHER = {Role.DPO: Role.DEPUTY_DPO, Role.DEPUTY_DPO: Role.DPO}


def deputies_of(
    step: Step, standing: StepStanding, request: RequestFacts, uow: UnitOfWork, on: date
) -> tuple[PersonId, ...]:
    """
    Return who stands nearest to those who are asked for a step, and is not asked for it.

    Of a final approver those are the members of the SLT who report to them; the Data Protection Officer and the
    Deputy are each other's; of anybody else it is their line manager. Where there is none, or the whole SLT is
    asked, it is whoever looks after the setting. Whoever asks for the request is left out.
    """
    asked = {one.person for one in standing.asked}
    found = dict.fromkeys(_nearest(step, standing, request, uow, on))
    others = tuple(one for one in found if one not in asked and not request.is_theirs(one))
    fallback = who_puts_it_right(request.setting, uow, on=on)
    return others or tuple(one for one in fallback if one not in asked and not request.is_theirs(one))


def _nearest(
    step: Step, standing: StepStanding, request: RequestFacts, uow: UnitOfWork, on: date
) -> Iterator[PersonId]:
    for one in standing.asked:
        if step.by in (FINAL_APPROVER, Role.HEAD):
            yield from _reporting(one.person, request, uow, on)
        elif one.role in OF_EACH_OTHER:
            yield from (holder.id for holder in uow.people.holders(OF_EACH_OTHER[one.role], request.setting, on))
        elif one.role is not Role.SLT:
            person = uow.people.get(one.person)
            manager = uow.people.get(person.line_manager_id) if person and person.line_manager_id else None
            if manager and manager.is_in_post(on):
                yield manager.id


def _reporting(person: PersonId, request: RequestFacts, uow: UnitOfWork, on: date) -> Iterator[PersonId]:
    setting = uow.settings.get(request.setting)
    slt = setting.slt_role if setting else Role.SLT
    yield from (one.id for one in uow.people.holders(slt, request.setting, on) if one.line_manager_id == person)
