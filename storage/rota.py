"""Whose slot is when: rows computed once, from which cards, digests, pages and calendars all read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, case, delete, exists, func, null, or_, select, update

from policy_kb.site_words import SlotHow
from policy_kb.words import Verb
from storage import rota_tables as tables
from storage.audit import Someone, Subject
from storage.conflict import insert_all_unless_there
from storage.not_covered import NotCovered
from storage.rota_rows import read_slot, slot_row

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from sqlalchemy import Connection, Executable, Select

    from policy_kb.rules.site import Slot
    from policy_kb.site_words import SiteId, SlotId
    from policy_kb.words import PersonId
    from storage.audit import Audit, AuditEntry, Fact

_PLANNED = and_(tables.slots.c.how == SlotHow.PLANNED, tables.slots.c.accepted_at.is_(None))
_ONE_SLOT = select(tables.slots).where(tables.slots.c.id == bindparam("slot"))
_ONE_SLOT_HELD = _ONE_SLOT.with_for_update()
_ACCEPTED = (
    update(tables.slots)
    .where(
        tables.slots.c.id == bindparam("slot"),
        tables.slots.c.person_id == bindparam("who"),
        tables.slots.c.accepted_at.is_(None),
    )
    .values(accepted_at=bindparam("at", type_=tables.slots.c.accepted_at.type))
)
_GIVEN = {"person_id": "who", "reserve_id": "other", "how": "way"}  # a column, and what a statement calls its value
_KEPT = (
    update(tables.slots)
    .where(
        tables.slots.c.id == bindparam("slot"),
        or_(tables.slots.c.person_id.is_(None), tables.slots.c.person_id == bindparam("who"), _PLANNED),
    )
    .values({name: bindparam(new, type_=tables.slots.c[name].type) for name, new in _GIVEN.items()})
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rota(NotCovered):
    """
    The slots of every site, absences, and gaps that are intended.

    What the planner lays out is not written to the audit; what a person does is, to the chain of the site.
    """

    connection: Connection
    audit: Audit

    def slots(
        self,
        start: date,
        end: date,
        *,
        sites: Collection[SiteId] | None = None,
        person: PersonId | None = None,
        people: Collection[PersonId] | None = None,
    ) -> tuple[Slot, ...]:
        """Return the slots that have a London day in [start, end), of some sites or people; the earliest first."""
        given = {"sites": sites, "person": person, "people": people}
        values = {name: value for name, value in given.items() if value is not None}
        rows = self.connection.execute(_slots_by(*values), {"start": start, "end": end, **values})
        return tuple(map(read_slot, rows))

    def get(self, slot_id: SlotId) -> Slot | None:
        """Return one slot."""
        return self._one(_ONE_SLOT, slot_id)

    def hold(self, slot_id: SlotId) -> Slot | None:
        """Let nobody else change a slot until this transaction ends, and return it; None where it is not there."""
        return self._one(_ONE_SLOT_HELD, slot_id)

    def lay_out(self, slots: Iterable[Slot]) -> int:
        """
        Add the slots that are not there yet, by site, first day and part; return how many were added.

        Raises:
            ChangeRefused: a site or a person is unknown.
        """
        ordered = sorted(slots, key=lambda slot: (slot.site, slot.starts_on, slot.part))
        return insert_all_unless_there(self.connection, tables.slots, [slot_row(slot) for slot in ordered])

    def plan(self, slots: Iterable[Slot]) -> None:
        """
        Keep whom the planner gave slots to, and who their reserves are; nothing else of them changes.

        A slot that somebody took, was given or said they have since it was read is theirs: it stays as it is.
        """
        rows = [
            {"slot": slot.id, "who": slot.person, "other": slot.reserve, "way": slot.how}
            for slot in sorted(slots, key=lambda slot: slot.id)
        ]
        if rows:
            self.connection.execute(_KEPT, rows)

    def give(self, slot: Slot, to: PersonId, how: SlotHow, *, entry: AuditEntry) -> bool:
        """
        Give a slot to somebody; False, and nothing changes, where it is no longer as it was read.

        Whoever has a slot is no longer its reserve.

        Raises:
            ChangeRefused: they are unknown.
        """
        made = tables.slots
        reserve = case((made.c.reserve_id == to, null()), else_=made.c.reserve_id)
        if not self._changed(slot, {"person_id": to, "reserve_id": reserve, "how": how, "accepted_at": None}):
            return False
        facts: dict[str, Fact] = {"slot": slot.id, "to": Someone(to), "how": how.value}
        facts |= {"from": Someone(slot.person)} if slot.person else {}
        self._write(Subject.of_site(slot.site), entry, Verb.SLOT_GIVEN, facts)
        return True

    def open(self, slot: Slot, *, entry: AuditEntry) -> bool:
        """Take a slot from whoever has it, so that it is a gap; False where somebody else has it by now."""
        if slot.person is None or not self._changed(slot, {"person_id": None, "how": None, "accepted_at": None}):
            return False
        facts: dict[str, Fact] = {"slot": slot.id, "from": Someone(slot.person)}
        self._write(Subject.of_site(slot.site), entry, Verb.SLOT_OPENED, facts)
        return True

    def set_reserve(self, slot_id: SlotId, reserve: PersonId | None) -> None:
        """
        Name whoever is asked where the person of a slot does not answer.

        Raises:
            ChangeRefused: they are unknown.
        """
        self.connection.execute(update(tables.slots).where(tables.slots.c.id == slot_id).values(reserve_id=reserve))

    def accept(self, slot: Slot, *, entry: AuditEntry) -> bool:
        """Keep that whoever has a slot has seen it; False where they have it no longer, and once is enough."""
        if slot.person is None:
            return False
        seen = self.connection.execute(_ACCEPTED, {"slot": slot.id, "who": slot.person, "at": entry.at})
        if seen.rowcount == 1:
            facts: dict[str, Fact] = {"slot": slot.id, "person": Someone(slot.person)}
            self._write(Subject.of_site(slot.site), entry, Verb.ACCEPTED, facts)
            return True
        made = tables.slots
        still = exists().where(made.c.id == slot.id, made.c.person_id == slot.person)
        return self.connection.execute(select(still)).scalar_one()

    def drop(self, site_id: SiteId, *, start: date) -> int:
        """Remove the slots of a site that begin on a London day or later, with their offers; return how many slots."""
        made = tables.slots
        gone = delete(made).where(made.c.site_id == site_id, made.c.starts_on >= start)
        return self.connection.execute(gone).rowcount

    def forget_slots_before(self, day: date) -> int:
        """Remove slots that were over by a London day, with their offers; return how many slots."""
        return self.connection.execute(delete(tables.slots).where(tables.slots.c.ends_on <= day)).rowcount

    def served(self, site_id: SiteId, start: date, end: date) -> Mapping[PersonId, int]:
        """Return the weight of the slots each person has that begin in [start, end)."""
        made = tables.slots
        theirs = (made.c.site_id == site_id, made.c.person_id.is_not(None))
        counted = select(made.c.person_id, func.sum(made.c.weight)).where(
            *theirs, made.c.starts_on >= start, made.c.starts_on < end
        )
        rows = self.connection.execute(counted.group_by(made.c.person_id))
        return {person: int(weight) for person, weight in rows}

    def _changed(self, slot: Slot, values: Mapping[str, object]) -> bool:
        """Change a slot where whoever had it as it was read still has it, and tell whether they did."""
        made = tables.slots
        as_read = made.c.person_id.is_(None) if slot.person is None else made.c.person_id == slot.person
        changed = update(made).where(made.c.id == slot.id, as_read).values(values)
        return self.connection.execute(changed).rowcount == 1

    def _one(self, statement: Executable, slot_id: SlotId) -> Slot | None:
        row = self.connection.execute(statement, {"slot": slot_id}).one_or_none()
        return read_slot(row) if row else None


@cache
def _slots_by(*given: str) -> Select[tuple[Any, ...]]:
    """Return what reads the slots of some days, and of the sites or people that are given; built once for each way."""
    made = tables.slots
    ways = {
        "sites": made.c.site_id.in_(bindparam("sites", expanding=True)),
        "person": made.c.person_id == bindparam("person"),
        "people": made.c.person_id.in_(bindparam("people", expanding=True)),
    }
    days = (made.c.starts_on < bindparam("end"), made.c.ends_on > bindparam("start"))
    ordered = (made.c.starts_on, made.c.site_id, made.c.id)
    return select(made).where(*days, *(ways[name] for name in given)).order_by(*ordered)
