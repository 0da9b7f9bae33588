"""Who could take a slot, best first."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from handlers.cover.seen import reaches_of
from policy_kb.rules.rota_free import clash, who_is_free

if TYPE_CHECKING:
    from policy_kb.rules.site import Site, Slot
    from policy_kb.words import PersonId
    from storage.unit_of_work import UnitOfWork

COUNTED = timedelta(days=365)  # what somebody served longer ago does not count any more


def free_for(slot: Slot, site: Site, uow: UnitOfWork, today: date) -> tuple[PersonId, ...]:
    """
    Return who could take a slot, best first: the reserve, moderators who have served least, administrators.

    Whoever has a slot elsewhere at the same time comes last; whoever is away, has left or does not work on its day
    is left out, and so is whoever has it.

    Policy: A.5.4
    """
    people = site.people_on(today)
    others = uow.rota.slots(slot.starts_on, slot.ends_on, people=people)
    return who_is_free(
        slot,
        site,
        reaches_of(people, uow, today),
        served=uow.rota.served(site.id, today - COUNTED, date.max),
        busy={one.person for one in others if one.person and clash(slot, one)},
        today=today,
    )
