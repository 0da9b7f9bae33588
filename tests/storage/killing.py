"""Several sending processes, killed without warning at random moments, and an account of what arrived."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from multiprocessing import get_context
from typing import TYPE_CHECKING

from policy_kb.bot_words import SayKind
from storage.says import SayFacts
from tests.storage.builders import NOW
from tests.storage.sending_worker import LINE_LENGTH, PLATFORM, QuickClock, send_until_killed

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerProcess
    from pathlib import Path

    from storage.database import Database

TIMES = 30  # how much faster the workers' clock runs: a lease of a minute takes two seconds
SECOND = 10**9  # nanoseconds
LEASE = 60 * SECOND // TIMES
KILLED_LAST_AT = 0.97  # of the notices: the end of the queue is left to be sent in peace
ADDRESSES = 40  # for each hundred notices


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How much is sent, by how many, and how often one of them is killed."""

    notices: int
    kills: int
    workers: int
    seconds: float  # at most
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One message on the platform's record."""

    row: int
    process: int
    at: int  # nanoseconds
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What became of the notices."""

    sends: int
    seconds: float  # from the first arrival to the last
    kills: int
    lost: int
    open: int  # still waiting in the end
    doubled: int  # sends beyond the first
    after_a_kill: int  # of those: the one who sent it first was killed in between
    after_a_lease: int  # of those: the one who sent it first was alive, but its lease had ended
    unexplained: int
    out_of_order: int


class Crew:
    """The workers at any one time; each kill is noted, and a new worker takes the dead one's place."""

    def __init__(self, url: str, record: Path) -> None:
        self._context = get_context("forkserver")
        self._context.set_forkserver_preload(["tests.storage.sending_worker"])
        self._arguments = (url, record, QuickClock(began=time.monotonic(), times=TIMES))
        self._alive: list[ForkServerProcess] = []
        self.killed: dict[int, int] = {}  # process -> the nanosecond by which it was dead

    def hire(self) -> None:
        worker = self._context.Process(target=send_until_killed, args=self._arguments, daemon=True)
        worker.start()
        self._alive.append(worker)

    def kill_one(self, chance: random.Random) -> None:
        self._kill(self._alive.pop(chance.randrange(len(self._alive))))

    def dismiss(self) -> None:
        while self._alive:
            self._kill(self._alive.pop())

    def _kill(self, worker: ForkServerProcess) -> None:
        process = worker.pid
        assert process is not None
        worker.kill()
        worker.join()
        self.killed[process] = time.monotonic_ns()
        worker.close()


def send_and_kill(database: Database, url: str, record: Path, plan: Plan) -> Account:
    """Put the notices in, let the workers send them, kill as planned, and account for every notice."""
    _fill(database, plan.notices)
    record.touch()
    crew, chance = Crew(url, record), random.Random(plan.seed)  # noqa: S311 - the moments of the kills, repeatable
    ends_at = time.monotonic() + plan.seconds
    moments = sorted(chance.randrange(int(plan.notices * KILLED_LAST_AT)) for _ in range(plan.kills))
    kills = 0
    try:
        for _ in range(plan.workers):
            crew.hire()
        for moment in moments:
            while record.stat().st_size < moment * LINE_LENGTH and time.monotonic() < ends_at:
                time.sleep(0.001)
            time.sleep(chance.uniform(0, 0.02))
            crew.kill_one(chance)
            kills += 1
            crew.hire()
        while _open(database) and time.monotonic() < ends_at:
            time.sleep(0.05)
    finally:
        crew.dismiss()
    return account_for(_arrivals(record), crew.killed, plan.notices, kills, _open(database))


def account_for(arrivals: list[Arrival], killed: dict[int, int], notices: int, kills: int, left: int) -> Account:
    """Say of every notice what became of it, from the platform's record and the times of the kills."""
    by_row: dict[int, list[Arrival]] = defaultdict(list)
    by_address: dict[str, list[int]] = defaultdict(list)
    for arrival in arrivals:
        by_row[arrival.row].append(arrival)
        by_address[arrival.address].append(arrival.row)
    repeats = [_why(first, second, killed) for came in by_row.values() for first, second in pairwise(came)]
    return Account(
        sends=len(arrivals),
        seconds=(arrivals[-1].at - arrivals[0].at) / SECOND if arrivals else 0.0,
        kills=kills,
        lost=notices - len(by_row),
        open=left,
        doubled=len(repeats),
        after_a_kill=repeats.count("kill"),
        after_a_lease=repeats.count("lease"),
        unexplained=repeats.count("nothing"),
        out_of_order=sum(later < earlier for rows in by_address.values() for earlier, later in pairwise(rows)),
    )


def _fill(database: Database, notices: int) -> None:
    """Queue the notices, several for each address, as so many turns would have done."""
    addresses = max(1, notices * ADDRESSES // 100)
    with database.begin() as work:
        for number in range(notices):
            address = f"D{number % addresses}"
            work.outbox.put(SayFacts(kind=SayKind.HELP), PLATFORM, address, to=None, due_at=NOW, now=NOW)


def _open(database: Database) -> int:
    with database.begin() as work:
        return work.outbox.stuck(NOW, timedelta(0))


def _arrivals(record: Path) -> list[Arrival]:
    fields = (line.split() for line in record.read_text(encoding="ascii").splitlines())
    found = [Arrival(row=int(row), process=int(who), at=int(at), address=to) for row, who, at, to in fields]
    return sorted(found, key=lambda arrival: arrival.at)


def _why(first: Arrival, second: Arrival, killed: dict[int, int]) -> str:
    """Return what explains that a message came a second time."""
    if first.at <= killed.get(first.process, 0) <= second.at:
        return "kill"
    # The lease began a moment before the first send, and ended before the second.
    return "lease" if second.at - first.at > LEASE * 3 // 4 else "nothing"
