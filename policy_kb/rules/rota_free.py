"""Who could take one slot, whoever has it now, and in which order they are thought of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_kb.rules.reach import hindrance
from policy_kb.site_words import SlotPart
from policy_kb.words import Role

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from policy_kb.rules.reach import Reach
    from policy_kb.rules.site import Site, Slot
    from policy_kb.words import PersonId


def who_is_free(
    slot: Slot,
    site: Site,
    reaches: Mapping[PersonId, Reach],
    *,
    served: Mapping[PersonId, int],
    busy: Collection[PersonId],
    today: date,
) -> tuple[PersonId, ...]:
    """
    Return who could take a slot, best first: its reserve, then moderators, then administrators, each by what they have.

    Only people who have accepted and can be there, and not whoever has it. Administrators are never planned, and may
    step in. Whoever is busy, because they have a slot of another site then, comes after all who are not.

    Args:
        slot: as it stands now.
        site: whose slot it is.
        reaches: what is known of the days of its people; whoever is not in it is left out.
        served: the weight of the slots each has on this site.
        busy: who has another slot at the same time, see `clash`.
        today: the London day.

    Policy: A.3.2, A.5.4
    """
    moderators = {one.person for one in site.members_on(today, Role.SITE_MODERATOR) if one.accepted_at}
    accepted = {one.person for one in site.members_on(today) if one.accepted_at} - {slot.person}
    free = [one for one in accepted if one in reaches and hindrance(slot, reaches[one], today=today) is None]
    return tuple(
        sorted(
            free,
            key=lambda one: (one in busy, one != slot.reserve, one not in moderators, served.get(one, 0), one),
        )
    )


def clash(slot: Slot, other: Slot) -> bool:
    """Tell whether two different slots share a part of a day."""
    shares_days = slot.starts_on < other.ends_on and other.starts_on < slot.ends_on
    shares_parts = slot.part is other.part or SlotPart.WHOLE in {slot.part, other.part}
    return slot.id != other.id and shares_days and shares_parts
