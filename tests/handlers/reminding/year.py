"""A whole school year of the sample trust, played through the real looks: who is told what, when and why."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from handlers.rehearsing import rehearse
from policy_kb.rules.london import london_date
from policy_kb.rules.reminding import Reminder
from policy_kb.site_words import SlotId
from policy_kb.words import Verb
from storage.audit import AuditEntry
from storage.database import Database
from tests.stage import sample_trust_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from handlers.desk import Desk
    from handlers.rehearsing import Told
    from policy_kb.rules.site import Site, Slot
    from policy_kb.site_words import SiteId
    from policy_kb.words import PersonId
    from storage.person import Person
    from storage.unit_of_work import UnitOfWork

BEGINS = date(2026, 12, 1)
ENDS = date(2027, 12, 1)  # the first day after it
EVENING_BEFORE = datetime(2026, 11, 30, 23, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """What came of a year: everything anybody was told, and whose every slot was."""

    told: tuple[Told, ...]
    slots: tuple[Slot, ...]
    sites: Mapping[SiteId, Site]
    people: Mapping[PersonId, Person]


@cache
def the_year(desk: Desk) -> Year:
    """
    Play 1 December 2026 to 30 November 2027; worked out once, in some minutes.

    Whoever is nudged about a slot of theirs presses "I've got it"; nobody presses anything else.
    """
    with _copy_of_the_sample() as copy:
        told = tuple(_answered(rehearse(copy, desk, BEGINS, ENDS, now=EVENING_BEFORE), copy, got_it))
        with copy.begin() as uow:
            return Year(
                told=told,
                slots=uow.rota.slots(BEGINS, ENDS),
                sites={one.id: one for one in uow.sites.listed()},
                people={one.id: one for one in uow.people.everyone()},
            )


def got_it(told: Told, uow: UnitOfWork) -> None:
    """Press "I've got it" for every slot that somebody is nudged about."""
    for subject in told.subjects:
        slot = uow.rota.get(SlotId(int(subject.about))) if subject.reminder is Reminder.MY_SLOT else None
        if slot and slot.person == told.person:
            uow.rota.accept(slot, entry=AuditEntry(actor=told.person, verb=Verb.ACCEPTED, clause="A.5.3", at=told.at))
            uow.sites.touch(slot.site, london_date(told.at))


@contextmanager
def _copy_of_the_sample() -> Iterator[Database]:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "year.db"
        file.write_bytes(sample_trust_database())
        database = Database(f"sqlite:///{file}")
        copy = database.copy_into_memory()
        database.close()
        try:
            yield copy
        finally:
            copy.close()


def _answered(told: Iterable[Told], copy: Database, answer: Callable[[Told, UnitOfWork], None]) -> Iterator[Told]:
    for one in told:
        with copy.begin() as uow:
            answer(one, uow)
        yield one


def of_person(told: Iterable[Told], person: str) -> list[Told]:
    """Return what one person is told, in order."""
    return [one for one in told if one.person == person]
