from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from policy_kb.words import Channel
from storage.errors import NaiveInstant
from tests.storage.builders import NOW

if TYPE_CHECKING:
    from storage.database import Database


def test_an_instant_without_a_time_zone_is_refused(database: Database) -> None:
    naive = NOW.replace(tzinfo=None)

    with pytest.raises(NaiveInstant, match="without a time zone"), database.begin() as work:
        work.inbox.take(Channel.SLACK, "T1", "E1", naive)


def test_nothing_is_kept_beside_an_instant_that_was_refused(database: Database) -> None:
    naive = NOW.replace(tzinfo=None)

    with pytest.raises(NaiveInstant):
        _take_two(database, NOW, naive)

    with database.begin() as work:
        assert work.inbox.replies_to(Channel.SLACK, "T1", "E1") is None


@pytest.mark.parametrize("month", [1, 7])
def test_a_london_moment_comes_back_as_the_same_moment_in_winter_and_in_summer(database: Database, month: int) -> None:
    in_london = datetime(2026, month, 5, 9, 15, 0, 123456, tzinfo=ZoneInfo("Europe/London"))

    with database.begin() as work:
        work.identities.remember(Channel.WEB, "local", "tab", None, in_london)
    with database.begin() as work:
        found = work.identities.find(Channel.WEB, "local", "tab")

    assert found is not None
    assert found.met_at == in_london
    assert found.met_at.tzinfo is UTC


def test_the_two_one_o_clocks_of_an_october_night_stay_apart(database: Database) -> None:
    first = datetime(2026, 10, 25, 1, 30, tzinfo=ZoneInfo("Europe/London"))
    second = first.replace(fold=1)

    with database.begin() as work:
        work.identities.remember(Channel.WEB, "local", "first", None, first)
        work.identities.remember(Channel.WEB, "local", "second", None, second)
    with database.begin() as work:
        kept_first = work.identities.find(Channel.WEB, "local", "first")
        kept_second = work.identities.find(Channel.WEB, "local", "second")

    assert kept_first is not None
    assert kept_second is not None
    assert (kept_second.met_at - kept_first.met_at).total_seconds() == 3600


def _take_two(database: Database, first: datetime, second: datetime) -> None:
    with database.begin() as work:
        work.inbox.take(Channel.SLACK, "T1", "E1", first)
        work.inbox.take(Channel.SLACK, "T1", "E2", second)
