from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from policy_kb.words import Channel
from storage.errors import ChangeRefused
from tests.storage.builders import NOW, a_say, an_answer

if TYPE_CHECKING:
    from datetime import datetime

    from storage.answers import Json, StoredAnswer
    from storage.database import Database
    from storage.unit_of_work import UnitOfWork


def test_an_answer_comes_back_to_whoever_asked(database: Database) -> None:
    facts: dict[str, Json] = {
        "items": ["5.4", "A.3.3"],
        "sure": True,
        "score": 0.75,
        "none": None,
        "who": {"Şahin": "naïve – ‘x’"},
    }
    answer = an_answer(facts=facts)

    with database.begin() as work:
        work.answers.add(answer)
    with database.begin() as work:
        found = work.answers.get(answer.id, channel=Channel.SLACK, tenant="T1", actor="U1")

    assert found == answer


def test_nobody_else_gets_at_an_answer_by_its_number(database: Database) -> None:
    answer = an_answer()
    with database.begin() as work:
        work.answers.add(answer)

    with database.begin() as work:
        assert work.answers.get(answer.id, channel=Channel.SLACK, tenant="T1", actor="U2") is None
        assert work.answers.get(answer.id, channel=Channel.SLACK, tenant="T2", actor="U1") is None
        assert work.answers.get(answer.id, channel=Channel.TEAMS, tenant="T1", actor="U1") is None


def test_the_bot_itself_can_read_an_answer_it_has_to_send_and_count_what_it_keeps(database: Database) -> None:
    answer = an_answer()
    with database.begin() as work:
        work.answers.add(answer)

    with database.begin() as work:
        assert work.answers.kept(answer.id) == answer
        assert work.answers.kept(an_answer(2).id) is None
        assert work.answers.count() == 1


def test_a_number_is_given_to_one_answer_only(database: Database) -> None:
    with database.begin() as work:
        work.answers.add(an_answer(1))

    with pytest.raises(ChangeRefused), database.begin() as work:
        work.answers.add(an_answer(1))


def test_a_follow_up_goes_with_the_newest_answer_of_the_same_person_in_the_same_place(
    database: Database,
) -> None:
    newest = an_answer(2, at=NOW - timedelta(minutes=5))
    with database.begin() as work:
        work.answers.add(an_answer(1, at=NOW - timedelta(minutes=9)))
        work.answers.add(newest)
        work.answers.add(an_answer(3, actor="U2"))
        work.answers.add(an_answer(4, thread="other"))

    with database.begin() as work:
        found = _latest(work, since=NOW - timedelta(minutes=10))

    assert found == newest


def test_an_answer_from_too_long_ago_is_not_followed_up(database: Database) -> None:
    with database.begin() as work:
        work.answers.add(an_answer(at=NOW - timedelta(minutes=10)))

    with database.begin() as work:
        assert _latest(work, since=NOW - timedelta(minutes=10)) is not None
        assert _latest(work, since=NOW - timedelta(minutes=9)) is None


def test_the_last_word_on_whether_an_answer_helped_counts(database: Database) -> None:
    answer = an_answer()
    with database.begin() as work:
        work.answers.add(answer)
        work.answers.set_helpful(answer.id, helpful=True)
        work.answers.set_helpful(answer.id, helpful=False)

    with database.begin() as work:
        found = work.answers.get(answer.id, channel=Channel.SLACK, tenant="T1", actor="U1")

    assert found is not None
    assert found.helpful is False


def test_an_answer_its_event_and_its_notice_are_kept_together_or_not_at_all(database: Database) -> None:
    with pytest.raises(InterruptedError):
        _answer_and_be_interrupted(database)

    with database.begin() as work:
        assert work.inbox.replies_to(Channel.SLACK, "T1", "E1") is None
        assert _latest(work, since=NOW) is None
        assert work.outbox.claim(NOW, timedelta(minutes=1), 10) == ()


def _answer_and_be_interrupted(database: Database) -> None:
    with database.begin() as work:
        work.inbox.take(Channel.SLACK, "T1", "E1", NOW)
        work.answers.add(an_answer())
        work.outbox.put(a_say(), Channel.SLACK, "D1", to=None, due_at=NOW, now=NOW)
        raise InterruptedError


def _latest(work: UnitOfWork, *, since: datetime) -> StoredAnswer | None:
    return work.answers.latest(
        channel=Channel.SLACK, tenant="T1", conversation_id="D1", thread="", actor="U1", since=since
    )
