"""Many people who do their part at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from storage.database import Database
    from storage.unit_of_work import UnitOfWork


def at_once(database: Database, *acts: Callable[[UnitOfWork], object]) -> list[object]:
    """Let everybody do their part at the same moment, each in a transaction of their own; return what each is told."""
    return of_replicas((database,), *acts)


def of_replicas(replicas: Sequence[Database], *acts: Callable[[UnitOfWork], object]) -> list[object]:
    """Let everybody do their part at the same moment, as `at_once`, the replicas taking turns to be asked."""
    start = Barrier(len(acts))

    def do(number: int) -> object:
        start.wait()
        with replicas[number % len(replicas)].begin() as work:
            return acts[number](work)

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, range(len(acts))))
