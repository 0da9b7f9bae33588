"""From rows of the tables of cover to what they hold, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policy_kb.rules.site import Absence, IntendedGap, Slot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    AnyRow = Row[tuple[object, ...]]


def slot_row(slot: Slot) -> dict[str, object]:
    """Return what the table holds of a slot, its number left out."""
    return {
        "site_id": slot.site,
        "starts_on": slot.starts_on,
        "ends_on": slot.ends_on,
        "part": slot.part,
        "weight": slot.weight,
        "person_id": slot.person,
        "reserve_id": slot.reserve,
        "how": slot.how,
        "accepted_at": slot.accepted_at,
    }


def read_slot(row: Sequence[Any]) -> Slot:
    """Return one slot; by the order of its columns: thousands are read at a time, and names take twice as long."""
    number, site, starts_on, ends_on, part, weight, person, reserve, how, accepted_at = row
    return Slot(
        id=number,
        site=site,
        starts_on=starts_on,
        ends_on=ends_on,
        part=part,
        weight=weight,
        person=person,
        reserve=reserve,
        how=how,
        accepted_at=accepted_at,
    )


def read_absence(row: AnyRow) -> Absence:
    """Return one absence."""
    return Absence(id=row.id, person=row.person_id, starts_on=row.starts_on, ends_on=row.ends_on)


def read_gap(row: AnyRow) -> IntendedGap:
    """Return one decision that nobody covers."""
    return IntendedGap(
        id=row.id,
        site=row.site_id,
        kind=row.kind,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        by=row.by_id,
        at=row.at,
    )
