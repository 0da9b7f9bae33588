"""
Measure the outbox: how much a second on each database, and what kill -9 can do to it.

Each worker is a process of its own that runs the real outbox; the platform is a file on which a message counts as
arrived once its line is written, and which answers ten milliseconds later.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from storage.database import Database
from tests.storage.killing import Plan, send_and_kill
from tests.storage.postgresql_server import NoServer, own_server, running_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.storage.killing import Account
    from tests.storage.postgresql_server import PostgresqlServer

IN_PEACE = Plan(notices=2_000, kills=0, workers=1, seconds=120, seed=1)
IN_PEACE_TOGETHER = Plan(notices=2_000, kills=0, workers=4, seconds=120, seed=1)
UNDER_FIRE = Plan(notices=10_000, kills=200, workers=4, seconds=280, seed=1)


def main() -> None:
    """Print the figures of both databases."""
    with tempfile.TemporaryDirectory() as folder:
        _measure_each("SQLite", [f"sqlite:///{folder}/{number}.db" for number in range(3)])
    try:
        with contextmanager(_postgresql)() as server:
            _measure_each("PostgreSQL", [server.new_database() for _ in range(3)])
    except NoServer as reason:
        print(f"PostgreSQL: not measured. {reason}")


def _measure_each(name: str, urls: list[str]) -> None:
    for plan, url in zip((IN_PEACE, IN_PEACE_TOGETHER, UNDER_FIRE), urls, strict=True):
        print(f"{name}, {plan.workers} workers, {plan.notices} notices: {_told(_measured(url, plan))}")


def _measured(url: str, plan: Plan) -> Account:
    database = Database(url)
    database.upgrade()
    try:
        with tempfile.TemporaryDirectory() as folder:
            return send_and_kill(database, url, Path(folder) / "record", plan)
    finally:
        database.close()


def _told(account: Account) -> str:
    speed = f"{account.sends / account.seconds:.0f} sends a second"
    if account.kills == 0:
        return f"{speed}; lost {account.lost}, doubled {account.doubled}"
    return (
        f"{speed} with {account.kills} kills in {account.seconds:.0f} s; "
        f"lost {account.lost}, still waiting {account.open}, out of order {account.out_of_order}; "
        f"doubled {account.doubled}: {account.after_a_kill} by a kill, "
        f"{account.after_a_lease} by a lease that ended, {account.unexplained} unexplained"
    )


def _postgresql() -> Iterator[PostgresqlServer]:
    """Yield a server that waits for the disk at each commit, as the tests' own need not."""
    given = os.environ.get("ASKFIRST_TEST_POSTGRES_URL")
    yield from own_server(durable=True) if given is None else running_server(given)


if __name__ == "__main__":
    main()
