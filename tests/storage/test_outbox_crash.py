"""Senders that are killed in mid-send: nothing is lost, and whatever comes twice has a kill to explain it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.outgoing import BATCH
from tests.storage.killing import LEASE, Account, Arrival, Plan, account_for, send_and_kill

if TYPE_CHECKING:
    from pathlib import Path

    from storage.database import Database

PLAN = Plan(notices=300, kills=5, workers=2, seconds=30, seed=7)


def test_senders_killed_in_mid_send_lose_nothing_and_double_only_what_they_had_in_hand(
    database: Database, url: str, tmp_path: Path
) -> None:
    account = send_and_kill(database, url, tmp_path / "record", PLAN)

    assert (account.lost, account.open, account.out_of_order) == (0, 0, 0)
    assert account.kills == PLAN.kills
    assert account.unexplained == 0
    assert account.after_a_kill <= PLAN.kills * BATCH
    assert database.check() == ()


def test_the_account_tells_a_notice_that_came_twice_after_a_kill_from_one_that_simply_came_twice() -> None:
    killed = {1: 5}

    account = counted([(1, 1, 4), (1, 2, 9), (2, 2, 10), (2, 2, 11), (3, 2, 12), (3, 1, 12 + LEASE)], killed)

    assert (account.doubled, account.after_a_kill, account.after_a_lease, account.unexplained) == (3, 1, 1, 1)


def test_the_account_finds_what_never_came_and_what_came_too_early() -> None:
    account = counted([(1, 1, 1), (3, 1, 2), (2, 1, 3)], {}, notices=5)

    assert (account.sends, account.lost, account.out_of_order) == (3, 2, 1)


def counted(arrivals: list[tuple[int, int, int]], killed: dict[int, int], *, notices: int = 3) -> Account:
    """Account for arrivals at one address, each given as a row, a process and a nanosecond."""
    came = [Arrival(row=row, process=who, at=at, address="D1") for row, who, at in arrivals]
    return account_for(came, killed, notices, kills=len(killed), left=0)
