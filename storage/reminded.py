"""Who has been reminded on which day, and what they have put off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, select

from storage.conflict import insert_or_change, insert_unless_there
from storage.due_tables import days_told, put_off
from storage.portions import in_portions

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from sqlalchemy import Connection

    from policy_kb.words import PersonId

_TOLD = select(days_told.c.day).where(days_told.c.person_id == bindparam("person"), days_told.c.day == bindparam("on"))
_PUT_OFF = select(put_off.c.until).where(
    put_off.c.person_id == bindparam("person"), put_off.c.subject == bindparam("about")
)
_ALL_PUT_OFF = select(put_off).where(put_off.c.person_id.in_(bindparam("people", expanding=True)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """Sees to it that one person gets one message of reminders a day."""

    connection: Connection

    def tell(self, person: PersonId, day: date) -> bool:
        """Write down that somebody is sent their reminders of a London day; False where they were already."""
        return insert_unless_there(self.connection, days_told, {"person_id": person, "day": day})

    def is_told(self, person: PersonId, day: date) -> bool:
        """Tell whether somebody was sent their reminders of a London day."""
        return self.connection.execute(_TOLD, {"person": person, "on": day}).first() is not None

    def put_off(self, person: PersonId, subject: str, until: date | None) -> None:
        """Do not remind somebody of something before a London day; None: never again."""
        insert_or_change(self.connection, put_off, [{"person_id": person, "subject": subject, "until": until}])

    def is_put_off(self, person: PersonId, subject: str, day: date) -> bool:
        """Tell whether somebody is not to be reminded of something on a London day."""
        row = self.connection.execute(_PUT_OFF, {"person": person, "about": subject}).one_or_none()
        return row is not None and (row.until is None or day < row.until)

    def all_put_off(self, people: Collection[PersonId], day: date) -> Mapping[PersonId, Collection[str]]:
        """Return what each of some people is not to be reminded of on a London day; for most that is nothing."""
        found: dict[PersonId, set[str]] = {one: set() for one in people}
        for some in in_portions(tuple(people)):
            for row in self.connection.execute(_ALL_PUT_OFF, {"people": some}):
                if row.until is None or day < row.until:
                    found[row.person_id].add(row.subject)
        return found

    def forget_before(self, day: date) -> int:
        """Forget who was reminded before a London day, and what was put off no longer than that; return how many."""
        told = self.connection.execute(delete(days_told).where(days_told.c.day < day)).rowcount
        return told + self.connection.execute(delete(put_off).where(put_off.c.until < day)).rowcount
