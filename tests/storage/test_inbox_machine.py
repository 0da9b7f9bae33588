"""Any number of deliveries, repeats and crashes against a plain dictionary; on both databases."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete, select, update

from policy_kb.bot_words import SayKind
from policy_kb.words import Channel
from storage import tables
from storage.database import Database
from storage.engine import run_pragma
from storage.inbox import Inbox
from storage.says import SayFacts
from tests.stage import database_file
from tests.storage.builders import NOW

if TYPE_CHECKING:
    from datetime import datetime

    from storage.unit_of_work import UnitOfWork
    from tests.stage import DatabaseFile

__all__ = ["database_file"]

CHANNELS = st.sampled_from([Channel.SLACK, Channel.TEAMS])
TENANTS = st.sampled_from(["T1", "T2"])
EVENTS = st.sampled_from(["E1", "E2", "E3"])
ABOUT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=5)
SAYS = st.builds(
    SayFacts,
    kind=st.sampled_from(SayKind),
    about=ABOUT,
    audience=st.sampled_from(["actor", "everyone"]),
    replaces=st.booleans(),
)
RUNS = settings(
    deadline=None,
    database=None,
    max_examples=25,
    stateful_step_count=40,
    suppress_health_check=[HealthCheck.too_slow],  # a busy computer is nobody's fault
)

Name = tuple[Channel, str, str]


class Interrupted(Exception):  # noqa: N818 - it stands for a crash, not for an error of ours
    """The process died before it could commit."""


@dataclass
class Taken:
    """An event that was taken, and what was said to it."""

    at: datetime
    says: tuple[SayFacts, ...]


class InboxMachine(RuleBasedStateMachine):
    """The real inbox beside a dictionary; each event that is taken changes something else, once."""

    database: Database
    made_of: type[Inbox]

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.kept: dict[Name, Taken] = {}
        self.effects = 0  # what the events changed: stands for answers, decisions and notices
        with self.database.begin() as work:
            for table in (tables.inbox, tables.outbox):
                work.inbox.connection.execute(delete(table))

    @rule(
        name=st.tuples(CHANNELS, TENANTS, EVENTS),
        says=st.lists(SAYS, max_size=2).map(tuple),
        times=st.integers(1, 2),
        crashes=st.booleans(),
    )
    def an_event_is_delivered(self, name: Name, says: tuple[SayFacts, ...], times: int, crashes: bool) -> None:
        with suppress(Interrupted):
            with self.database.begin() as work:
                took = [self.turn(work, name, says) for _ in range(times)]
                assert took == [name not in self.kept, *[False] * (times - 1)]
                if crashes:
                    raise Interrupted
            if name not in self.kept:
                self.kept[name] = Taken(self.now, says)
                self.effects += 1

    @rule(seconds=st.integers(-5, 120))
    def time_passes_or_the_clock_is_set_right(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(seconds=st.integers(0, 120))
    def what_is_past_its_time_is_tidied_away(self, seconds: int) -> None:
        before = self.now - timedelta(seconds=seconds)
        with self.database.begin() as work:
            gone = self.inbox(work).forget_before(before)
        old = [name for name, taken in self.kept.items() if taken.at < before]
        assert gone == len(old)
        for name in old:
            del self.kept[name]

    @invariant()
    def every_event_kept_has_its_own_reply_and_no_other_has_any(self) -> None:
        with self.database.begin() as work:
            for channel in (Channel.SLACK, Channel.TEAMS):
                for tenant, event in (("T1", "E1"), ("T1", "E2"), ("T2", "E1"), ("T2", "E3")):
                    taken = self.kept.get((channel, tenant, event))
                    said = self.inbox(work).replies_to(channel, tenant, event)
                    assert said == (taken.says if taken else None)

    @invariant()
    def what_an_event_changes_is_changed_once(self) -> None:
        with self.database.begin() as work:
            events = work.inbox.connection.execute(select(tables.inbox.c.event_id)).all()
            effects = work.inbox.connection.execute(select(tables.outbox.c.id)).all()
        assert len(events) == len(self.kept)
        assert len(effects) == self.effects

    def turn(self, work: UnitOfWork, name: Name, says: tuple[SayFacts, ...]) -> bool:
        """Take an event as the bot does: first the event, then its effect, then what is said."""
        inbox = self.inbox(work)
        if not inbox.take(*name, self.now):
            return False
        work.outbox.put(SayFacts(kind=SayKind.HELP), name[0], name[1], to=None, due_at=self.now, now=self.now)
        inbox.record_replies(*name, says)
        return True

    def inbox(self, work: UnitOfWork) -> Inbox:
        return self.made_of(connection=work.inbox.connection)


def test_however_often_an_event_comes_and_whatever_crashes_it_counts_once(database: Database) -> None:
    run_state_machine_as_test(_machine(database, Inbox), settings=RUNS)


# PLANTED FAULTS: inboxes that are wrong on purpose, so that the machine can be seen to notice.


class TakesEverything(Inbox):
    def take(self, channel: Channel, tenant: str, event_id: str, now: datetime) -> bool:
        super().take(channel, tenant, event_id, now)
        return True


class KnowsNoTenants(Inbox):
    def take(self, channel: Channel, tenant: str, event_id: str, now: datetime) -> bool:
        query = select(tables.inbox).where(tables.inbox.c.channel == channel, tables.inbox.c.event_id == event_id)
        if self.connection.execute(query).first():
            return False
        return super().take(channel, tenant, event_id, now)


class KeepsTheEventThoughTheTurnFailed(Inbox):
    def take(self, channel: Channel, tenant: str, event_id: str, now: datetime) -> bool:
        took = super().take(channel, tenant, event_id, now)
        self.connection.exec_driver_sql("COMMIT")
        self.connection.exec_driver_sql("BEGIN IMMEDIATE")
        return took


class SaysTheSameToAll(Inbox):
    def record_replies(self, channel: Channel, tenant: str, event_id: str, says: tuple[SayFacts, ...]) -> None:
        super().record_replies(channel, tenant, event_id, says)
        first = select(tables.inbox.c.says).where(tables.inbox.c.event_id == event_id).limit(1).scalar_subquery()
        self.connection.execute(update(tables.inbox).values(says=first))


class SaysNothingAgain(Inbox):
    def record_replies(self, channel: Channel, tenant: str, event_id: str, says: tuple[SayFacts, ...]) -> None:
        super().record_replies(channel, tenant, event_id, says[:1])


class ForgetsTheNewest(Inbox):
    def forget_before(self, instant: datetime) -> int:
        return self.connection.execute(delete(tables.inbox).where(tables.inbox.c.at > instant)).rowcount


@pytest.mark.parametrize(
    "fault",
    [
        TakesEverything,
        KnowsNoTenants,
        KeepsTheEventThoughTheTurnFailed,
        SaysTheSameToAll,
        SaysNothingAgain,
        ForgetsTheNewest,
    ],
)
def test_a_fault_planted_on_purpose_is_found(fault: type[Inbox], database_file: DatabaseFile) -> None:
    database = Database(database_file.url)
    look = settings(RUNS, max_examples=200, derandomize=True, phases=[Phase.generate], report_multiple_bugs=False)

    with pytest.raises(AssertionError):
        run_state_machine_as_test(_machine(database, fault), settings=look)

    database.close()


def _machine(its_database: Database, its_inbox: type[Inbox]) -> type[InboxMachine]:
    with its_database._engine.connect() as connection:
        run_pragma(connection, "synchronous=OFF")  # nothing here is switched off in mid-write

    class Machine(InboxMachine):
        database = its_database
        made_of = its_inbox

    return Machine
