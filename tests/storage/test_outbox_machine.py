"""Any number of workers, crashes and late reports against a sheet of paper; on both databases."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import delete, select

from policy_kb.words import Channel
from storage import tables
from storage.database import Database
from storage.engine import POSTGRESQL, run_pragma
from storage.outbox import Outbox
from storage.tables import OutboxState
from tests.stage import database_file
from tests.storage.builders import NOW, a_say
from tests.storage.outbox_faults import FAULTS, choice
from tests.storage.outbox_model import LEASE, Sheet

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from storage.outbox import OutboxRow
    from storage.unit_of_work import UnitOfWork
    from tests.stage import DatabaseFile

__all__ = ["database_file"]

PLACES = [(Channel.SLACK, "D1"), (Channel.SLACK, "D2"), (Channel.TEAMS, "D1")]
OUTCOMES = ["sent", "try again", "not yet", "give up"]
SECONDS = st.integers(-90, 200).map(lambda seconds: max(0, seconds))  # often none at all
LONG = timedelta(days=1)
RUNS = settings(
    deadline=None,
    database=None,
    max_examples=25,
    stateful_step_count=40,
    suppress_health_check=[HealthCheck.too_slow],  # a busy computer is nobody's fault
)


class Interrupted(Exception):  # noqa: N818 - it stands for a crash, not for an error of ours
    """A process died before it could commit."""


class OutboxMachine(RuleBasedStateMachine):
    """The real outbox beside the sheet. Every claim stays in a worker's hands: it may report late, twice or never."""

    database: Database
    made_of: type[Outbox]

    def __init__(self) -> None:
        super().__init__()
        self.sheet = Sheet()
        self.now = NOW
        self.claims: list[OutboxRow] = []
        with self.database.begin() as work:
            work.outbox.connection.execute(delete(tables.outbox))

    @rule(place=st.sampled_from(PLACES), seconds=SECONDS, crashes=st.booleans())
    def something_is_to_be_said(self, place: tuple[Channel, str], seconds: int, crashes: bool) -> None:
        wanted_at = self.now + timedelta(seconds=seconds)
        with suppress(Interrupted):
            with self.database.begin() as work:
                say = a_say(self.sheet.next_name())
                self.outbox(work).put(say, *place, to=None, due_at=wanted_at, now=self.now)
                _perhaps(crashes)
            self.sheet.put(place, wanted_at, self.now)

    @rule(limit=st.integers(1, 4), crashes=st.booleans())
    def a_worker_claims(self, limit: int, crashes: bool) -> None:
        with suppress(Interrupted):
            with self.database.begin() as work:
                rows = self.outbox(work).claim(self.now, LEASE, limit)
                assert _names(rows) == self.sheet.due(self.now, limit)
                _perhaps(crashes)
            self.take(rows)

    @precondition(lambda self: self.database._engine.dialect.name == POSTGRESQL)
    @rule(limits=st.tuples(st.integers(1, 3), st.integers(1, 3)))
    def two_workers_claim_in_the_same_breath(self, limits: tuple[int, int]) -> None:
        first = self.sheet.due(self.now, limits[0])
        second = self.sheet.due(self.now, limits[1], without=first)
        with ExitStack() as both:
            works = [both.enter_context(self.database.begin()) for _ in limits]
            taken = [self.outbox(work).claim(self.now, LEASE, limit) for work, limit in zip(works, limits, strict=True)]
        assert [_names(rows) for rows in taken] == [first, second]
        for rows in taken:
            self.take(rows)

    @precondition(lambda self: self.claims)
    @rule(which=st.integers(0, 7), outcome=st.sampled_from(OUTCOMES), seconds=SECONDS)
    def a_worker_reports(self, which: int, outcome: str, seconds: int) -> None:
        row = self.claims[-1 - which % len(self.claims)]
        until = self.now + timedelta(seconds=seconds)
        with self.database.begin() as work:
            heard = _report(self.outbox(work), row, outcome, until, self.now)
        assert heard is self.sheet.holds(row.say.about, row.lease)
        if heard:
            self.sheet.report(row.say.about, outcome, until)

    @rule(seconds=st.one_of(st.integers(-5, 90), st.just(60)))
    def time_passes_or_the_clock_is_set_right(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(state=st.sampled_from([OutboxState.SENT, OutboxState.GIVEN_UP]), minutes=st.integers(0, 5))
    def what_is_past_its_time_is_tidied_away(self, state: OutboxState, minutes: int) -> None:
        before = self.now - timedelta(minutes=minutes)
        with self.database.begin() as work:
            gone = self.outbox(work).forget_before(before, state=state)
        assert gone == self.sheet.tidy(state, before)

    @invariant()
    def the_table_is_the_sheet(self) -> None:
        with self.database.begin() as work:
            outbox = self.outbox(work)
            kept = _written(outbox.connection)
            counts = (outbox.stuck(self.now, LEASE), outbox.given_up_since(self.now))
        lines = sorted(self.sheet.lines.values(), key=lambda line: line.number)
        assert kept == [(line.about, line.state, line.attempts, line.due_at, line.lease) for line in lines]
        assert counts == (self.sheet.stuck(self.now - LEASE), self.sheet.given_up(self.now))

    def teardown(self) -> None:
        """Send all that is left, as the last worker standing: nothing may be lost."""
        for _ in range(len(self.sheet.lines) + 1):
            self.now += LONG
            self.a_worker_claims(limit=100, crashes=False)
            for which in range(min(len(PLACES), len(self.claims))):
                self.a_worker_reports(which, "sent", 0)
        ended = {line.about: line.state for line in (*self.sheet.lines.values(), *self.sheet.tidied)}
        assert set(ended) == {f"notice {number}" for number in range(self.sheet.put_in)}
        assert set(ended.values()) <= {"sent", "given_up"}

    def outbox(self, work: UnitOfWork) -> Outbox:
        return self.made_of(connection=work.outbox.connection)

    def take(self, rows: tuple[OutboxRow, ...]) -> None:
        """Note what a worker has in its hands now; nobody may be given what a live lease covers."""
        for row in rows:
            line = self.sheet.lines[row.say.about]
            assert line.lease is None or line.due_at <= self.now
            self.sheet.claim(row.say.about, row.lease, self.now)
            assert row.attempts == line.attempts
        self.claims += rows


def test_whatever_the_workers_do_nothing_is_lost_and_nobody_sends_what_another_has_in_hand(database: Database) -> None:
    hurry(database)

    run_state_machine_as_test(_machine(database, Outbox), settings=RUNS)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_planted_on_purpose_is_found(
    fault: str, database_file: DatabaseFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_of, due = FAULTS[fault]
    monkeypatch.setattr("storage.outbox._due", due)
    database = Database(database_file.url)
    hurry(database)
    look = settings(RUNS, max_examples=300, derandomize=True, phases=[Phase.generate], report_multiple_bugs=False)

    with pytest.raises(AssertionError):
        run_state_machine_as_test(_machine(database, made_of), settings=look)

    database.close()


def test_where_no_fault_is_planted_none_is_found(database_file: DatabaseFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.outbox._due", choice())
    database = Database(database_file.url)
    hurry(database)

    run_state_machine_as_test(_machine(database, Outbox), settings=RUNS)

    database.close()


def hurry(database: Database) -> None:
    """Let SQLite not wait for the disk: nothing here is switched off in mid-write."""
    with database._engine.connect() as connection:
        run_pragma(connection, "synchronous=OFF")


def _machine(its_database: Database, its_outbox: type[Outbox]) -> type[OutboxMachine]:
    class Machine(OutboxMachine):
        database = its_database
        made_of = its_outbox

    return Machine


def _perhaps(crashes: bool) -> None:
    if crashes:
        raise Interrupted


def _names(rows: tuple[OutboxRow, ...]) -> list[str]:
    return [row.say.about for row in rows]


def _report(outbox: Outbox, row: OutboxRow, outcome: str, until: datetime, now: datetime) -> bool:
    match outcome:
        case "sent":
            return outbox.sent(row, now)
        case "try again":
            return outbox.try_again(row, until, "busy")
        case "not yet":
            return outbox.not_yet(row, until)
        case _:
            return outbox.give_up(row, "the person left")


def _written(connection: Connection) -> list[tuple[object, ...]]:
    kept = tables.outbox.c
    query = select(kept.about, kept.state, kept.attempts, kept.due_at, kept.lease).order_by(kept.id)
    return [tuple(row) for row in connection.execute(query)]
