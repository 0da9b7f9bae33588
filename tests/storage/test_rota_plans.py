"""What is asked for every minute or with every card is found through an index, however much the years leave behind."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING

from sqlalchemy import event

from policy_kb.bot_words import DueKind
from policy_kb.site_words import OfferKind, SlotId
from storage.engine import SQLITE
from tests.storage.builders import ENTRY, NOW, a_person, fill
from tests.storage.site_builders import DAY, MONDAY, WEEK, a_member, a_site, a_slot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    from policy_kb.words import PersonId
    from storage.database import Database
    from storage.unit_of_work import UnitOfWork

PEOPLE = tuple(a_person(f"Person{number}") for number in range(30))
SITES, YEARS = 30, 5
TODAY, QUARTER = MONDAY + 4 * 52 * WEEK, 13 * WEEK  # four of the years are over
GROWING = ("rota_slots", "absences", "due", "cover_offers", "cover_offer_asks", "intended_gaps", "moderation_log")


@dataclass
class Asked:
    """What was sent to the database, and how it would be looked up."""

    connection: Connection
    sent: list[tuple[str, object]] = field(default_factory=list)

    def note(self, _connection: object, _cursor: object, statement: str, values: object, *_: object) -> None:
        if not statement.startswith("EXPLAIN"):
            self.sent.append((statement, values))

    def read_whole(self) -> set[str]:
        """Return the tables that grow and would be read from end to end."""
        is_sqlite = self.connection.dialect.name == SQLITE
        word, scan = ("EXPLAIN QUERY PLAN", "SCAN") if is_sqlite else ("EXPLAIN", "Seq Scan on")
        sent, self.sent = self.sent, []
        plans = (self.connection.exec_driver_sql(f"{word} {sql}", values).all() for sql, values in sent)  # type: ignore[arg-type]  # as the driver had them
        lines = [str(row[-1]) for row in chain.from_iterable(plans)]
        assert lines
        return {table for table in GROWING for line in lines if f"{scan} {table}" in line and "USING" not in line}


@contextmanager
def asked(connection: Connection) -> Iterator[Asked]:
    found = Asked(connection)
    event.listen(connection, "before_cursor_execute", found.note)
    yield found
    event.remove(connection, "before_cursor_execute", found.note)


def grow(work: UnitOfWork) -> tuple[PersonId, ...]:
    """Let a trust go through five years of rotas, with what each leaves behind."""
    fill(work, *PEOPLE)
    people = tuple(person.id for person in PEOPLE)
    weeks = [MONDAY + number * WEEK for number in range(52 * YEARS)]
    for number in range(SITES):
        site = work.sites.open(a_site(f"Site {number}", a_member(people[number]), author=people[number]), entry=ENTRY)
        work.rota.lay_out(
            a_slot(site, week, person=people[(number + turn) % len(people)]) for turn, week in enumerate(weeks)
        )
    duties = [(DueKind.REMINDER, f"my_slot:{number}", NOW + number * timedelta(hours=1)) for number in range(8000)]
    work.due.add_all(duties)
    work.due.take(NOW + timedelta(hours=100))  # most is still to come, as in a year that is planned
    work.audit.connection.exec_driver_sql(
        "INSERT INTO absences (person_id, starts_on, ends_on, set_by_id, at)"
        " SELECT person_id, starts_on, ends_on, person_id, CURRENT_TIMESTAMP FROM rota_slots"
    )
    for slot in range(1, 1500):
        offer = work.offers.make(SlotId(slot), OfferKind.COVER, people[0], now=NOW)
        assert offer is not None
        work.offers.ask(offer, people[:3])
    work.audit.connection.exec_driver_sql("ANALYZE")
    return people


LOOKS: dict[str, Callable[[UnitOfWork, PersonId], object]] = {
    "a site's quarter": lambda work, _: work.rota.slots(TODAY, TODAY + QUARTER, sites=(work.sites.listed()[0].id,)),
    "somebody's quarter": lambda work, who: work.rota.slots(TODAY, TODAY + QUARTER, person=who),
    "everybody's week": lambda work, _: work.rota.slots(TODAY, TODAY + WEEK),
    "one slot": lambda work, _: work.rota.hold(SlotId(7)),
    "what each served this year": lambda work, _: work.rota.served(work.sites.listed()[0].id, TODAY, TODAY + WEEK),
    "slots to come that are dropped": lambda work, _: work.rota.drop(work.sites.listed()[0].id, start=TODAY + QUARTER),
    "slots too old to keep": lambda work, _: work.rota.forget_slots_before(MONDAY + WEEK),
    "who of some is away": lambda work, who: work.rota.absences(TODAY, TODAY + WEEK, people=(who,)),
    "who of all is away": lambda work, _: work.rota.absences(TODAY, TODAY + WEEK),
    "absences too old to keep": lambda work, _: work.rota.forget_absences_before(MONDAY + WEEK),
    "what is due": lambda work, _: work.due.take(NOW + timedelta(hours=105)),
    "what is due of one kind": lambda work, _: work.due.take(NOW + timedelta(hours=110), (DueKind.REMINDER,)),
    "what was done too long ago": lambda work, _: work.due.forget_before(NOW + DAY),
    "the offer of a slot": lambda work, _: work.offers.open_for(SlotId(7)),
}


def test_nothing_that_grows_is_read_from_end_to_end_and_what_is_would_be_noticed(database: Database) -> None:
    with database.begin() as work:
        somebody, *_ = grow(work)

    with database.begin() as work, asked(work.audit.connection) as seen:
        whole = {}
        for what, look in LOOKS.items():
            look(work, somebody)
            whole[what] = seen.read_whole()

        work.audit.connection.exec_driver_sql("SELECT * FROM rota_slots WHERE weight = 2")
        noticed = seen.read_whole()

    assert {what: tables for what, tables in whole.items() if tables} == {}
    assert noticed == {"rota_slots"}
