"""A staff list taken in: shown first, then done whole, in one transaction, with every change in the audit."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from handlers.imports.people_file import read_people_file
from handlers.imports.people_plan import Terms, plan_people
from policy_kb.rules.london import london_date
from policy_kb.words import PersonId, Verb
from storage.audit import THE_TRUST, AuditEntry, Fact

if TYPE_CHECKING:
    from datetime import date, datetime

    from handlers.imports.people_file import PersonRow
    from handlers.imports.people_plan import PeoplePlan
    from storage.unit_of_work import UnitOfWork

DAY = timedelta(days=1)


def import_people(
    data: bytes, uow: UnitOfWork, *, apply: bool, last_day_of_leavers: date | None = None, now: datetime
) -> PeoplePlan:
    """
    Work out what a staff list changes, and do it where `apply` says so and nothing is wrong with it.

    Nobody is ever removed: whoever is missing stays, or ends after `last_day_of_leavers`.
    """
    settings = {setting.id: setting for setting in uow.settings.listed()}
    directory = uow.people.everyone()
    taken = {person.id for person in directory}

    def new_id(row: PersonRow) -> PersonId:
        wanted = PersonId(row.staff_id)
        return wanted if wanted and wanted not in taken else PersonId(uuid4().hex)

    terms = Terms(
        settings=settings,
        leavers_end=last_day_of_leavers + DAY if last_day_of_leavers else None,
        today=london_date(now),
        new_id=new_id,
    )
    plan = plan_people(read_people_file(data, settings), directory, terms)
    if apply and plan.changed and not plan.problems:
        _apply(plan, data, uow, now=now)
    return plan


def _apply(plan: PeoplePlan, data: bytes, uow: UnitOfWork, *, now: datetime) -> None:
    entry = AuditEntry(actor=None, verb=Verb.IMPORTED, at=now)
    uow.people.put([one.after for one in plan.changed], entry=entry)
    moved_on = [one.after.id for one in plan.changed if one.has_new_address]
    uow.chat_addresses.forget(moved_on)
    uow.identities.look_up_again(moved_on)
    facts: dict[str, Fact] = {
        "what": "people",
        "sha256": hashlib.sha256(data).hexdigest(),
        "new": sum(one.before is None for one in plan.changed),
        "changed": sum(one.before is not None for one in plan.changed),
        "missing": len(plan.missing),
    }
    uow.audit.write(THE_TRUST, AuditEntry(actor=None, verb=Verb.IMPORTED, at=now, facts=facts))
