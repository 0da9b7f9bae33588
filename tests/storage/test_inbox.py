from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from policy_kb.bot_words import SayKind
from policy_kb.words import Channel
from storage.database import Database
from storage.says import SayFacts
from tests.storage.builders import NOW, a_say

PEOPLE_AT_ONCE = 20


def test_a_repeat_is_told_from_the_first_delivery_and_gets_the_same_replies(database: Database) -> None:
    says = (a_say("first"), SayFacts(kind=SayKind.CLAUSE, about="5.4", audience="everyone", replaces=True))
    with database.begin() as work:
        assert work.inbox.take(Channel.SLACK, "T1", "E1", NOW)
        work.inbox.record_replies(Channel.SLACK, "T1", "E1", says)

    with database.begin() as work:
        assert not work.inbox.take(Channel.SLACK, "T1", "E1", NOW)
        assert work.inbox.replies_to(Channel.SLACK, "T1", "E1") == says


def test_an_event_never_taken_has_no_replies_and_a_silent_one_has_none_to_give(database: Database) -> None:
    with database.begin() as work:
        work.inbox.take(Channel.SLACK, "T1", "E1", NOW)

    with database.begin() as work:
        assert work.inbox.replies_to(Channel.SLACK, "T1", "E1") == ()
        assert work.inbox.replies_to(Channel.SLACK, "T1", "E2") is None


def test_the_same_event_id_in_another_workspace_or_platform_is_another_event(database: Database) -> None:
    with database.begin() as work:
        work.inbox.take(Channel.SLACK, "T1", "E1", NOW)

        assert work.inbox.take(Channel.SLACK, "T2", "E1", NOW)
        assert work.inbox.take(Channel.TEAMS, "T1", "E1", NOW)


def test_an_event_whose_turn_failed_can_be_taken_again(database: Database) -> None:
    with pytest.raises(InterruptedError):
        _take_and_be_interrupted(database)

    with database.begin() as work:
        assert work.inbox.take(Channel.SLACK, "T1", "E1", NOW)


def test_of_twenty_deliveries_at_once_one_is_taken_and_the_rest_get_its_reply(
    database: Database, url: str, subtests: pytest.Subtests
) -> None:
    replicas = (database, *(Database(url) for _ in range(3)))
    start = Barrier(PEOPLE_AT_ONCE)

    def deliver(number: int) -> tuple[bool, tuple[SayFacts, ...] | None]:
        start.wait()
        with replicas[number % len(replicas)].begin() as work:
            taken = work.inbox.take(Channel.SLACK, "T1", "E1", NOW)
            if taken:
                work.inbox.record_replies(Channel.SLACK, "T1", "E1", (a_say(f"by {number}"),))
            return taken, work.inbox.replies_to(Channel.SLACK, "T1", "E1")

    with ThreadPoolExecutor(PEOPLE_AT_ONCE) as pool:
        outcomes = list(pool.map(deliver, range(PEOPLE_AT_ONCE)))

    with subtests.test("one was taken"):
        assert [taken for taken, _ in outcomes].count(True) == 1
    with subtests.test("everybody got the same reply"):
        assert len({replies for _, replies in outcomes}) == 1
        assert outcomes[0][1]
    for replica in replicas[1:]:
        replica.close()


def _take_and_be_interrupted(database: Database) -> None:
    with database.begin() as work:
        work.inbox.take(Channel.SLACK, "T1", "E1", NOW)
        raise InterruptedError
