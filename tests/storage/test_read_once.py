"""Whatever one transaction has read already is not read again, and what it changes or waits for is read anew."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import event
from sqlalchemy.engine import Engine

from policy_kb.request_words import Outcome, RequestState
from policy_kb.words import Role, SettingType
from storage.database import Database
from storage.request import Reassignment
from tests.storage.builders import ELM, ENTRY, NOW, OAK, a_person
from tests.storage.request_builders import (
    ASKS,
    HEAD,
    MANAGER,
    PRIYA,
    PURPOSE,
    SITE,
    TOM,
    TOM_SAYS,
    ZOE,
    asked,
    begun,
    said,
    sent,
    staff,
    waiting,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from policy_kb.request_words import RequestId
    from storage.unit_of_work import UnitOfWork
    from tests.storage.postgresql_server import PostgresqlServer

LATER = NOW + timedelta(days=1)
AFTER = RequestState.APPROVED


def seen(work: UnitOfWork, request_id: RequestId) -> tuple[object, ...]:
    """Return all that is kept once it was read: a request as it stands, and who asks for it where."""
    read = work.requests
    people = (work.people.get(PRIYA), work.people.get(TOM), work.settings.listed())
    return (read.get(request_id), read.facts(request_id), read.reassignments(request_id), *people)


def handed_on() -> Reassignment:
    return Reassignment(
        step=MANAGER, from_id=ZOE, to_id=PRIYA, role=Role.LINE_MANAGER, by_id=TOM, reason="Away", at=NOW
    )


CHANGES: dict[str, Callable[[UnitOfWork, RequestId], object]] = {
    "answer": lambda work, one: work.requests.answer(one, PURPOSE, ("Another",), by=PRIYA, now=LATER),
    "keep": lambda work, one: work.requests.keep(one, PURPOSE, now=LATER),
    "stand_at": lambda work, one: work.requests.stand_at(one, None, now=LATER),
    "set_author": lambda work, one: work.requests.set_author(one, ZOE, now=LATER),
    "set_setting": lambda work, one: work.requests.set_setting(one, OAK.id, now=LATER),
    "send": lambda work, one: work.requests.send(one, from_version=0, go_live=None, entry=ASKS),
    "put_steps": lambda work, one: work.requests.put_steps(one, (asked(TOM, ZOE), waiting()), entry=ASKS),
    "reassign": lambda work, one: work.requests.reassign(one, handed_on(), entry=TOM_SAYS),
    "decide": lambda work, one: work.requests.decide(one, said(Outcome.RECORDED), entry=TOM_SAYS),
    "record_more": lambda work, one: work.requests.record_more(one, said(Outcome.RECORDED), entry=TOM_SAYS),
    "ask_again": lambda work, one: work.requests.ask_again(one, (MANAGER,), entry=ASKS),
    "add": lambda work, one: work.requests.add(one, said(Outcome.DECLINED, step=HEAD), entry=TOM_SAYS),
    "change_state": lambda work, one: work.requests.change_state(
        one, RequestState.SUBMITTED, AFTER, now=NOW, entry=ASKS
    ),
    "a setting": lambda work, _: work.settings.put(replace(OAK, type=SettingType.NURSERY), entry=ENTRY),
    "a person": lambda work, _: work.people.put((replace(a_person("Tom"), post="Cook"),), entry=ENTRY),
    "erasing": lambda work, _: work.erasing.erase(TOM, entry=ENTRY),
}
"""Everything that changes what is kept, in an order in which each finds something to change."""


def test_whatever_a_transaction_changes_it_reads_anew(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        request_id = begun(work)

    for name, change in CHANGES.items():
        with database.begin() as work:
            before = seen(work, request_id)
            change(work, request_id)
            after = seen(work, request_id)
        with database.begin() as work:
            assert after == seen(work, request_id) != before, name


def test_a_request_begun_or_tidied_away_is_seen_to_be(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        first = begun(work)
    following = type(first)(first + 1)

    with database.begin() as work:
        assert (work.requests.facts(following), work.requests.get(following)) == (None, None)
        assert work.requests.start(SITE, ELM.id, PRIYA, at=PURPOSE, now=NOW, entry=ASKS) == following
        assert work.requests.facts(following) is not None
        work.requests.change_state(following, RequestState.DRAFT, RequestState.CANCELLED, now=NOW, entry=ASKS)
        assert work.requests.get(following) is not None
        work.requests.forget_drafts_before(LATER)
        assert (work.requests.facts(following), work.requests.get(following)) == (None, None)


def test_what_was_read_once_is_not_read_again(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        request_id = sent(work)

    with database.begin() as work, statements() as executed:
        first = seen(work, request_id)
        once = len(executed)
        assert seen(work, request_id) == first
        assert len(executed) == once
        work.people.meet((PRIYA, TOM))
        assert len(executed) == once
        work.people.meet((PRIYA, ZOE, ZOE))
        met = len(executed)
        assert work.people.get(ZOE) is not None
        assert (met, len(executed)) == (once + 2, met)


def test_what_was_read_before_a_request_was_held_is_read_anew_once_it_is(
    postgresql_server: PostgresqlServer, postgresql_tables: str
) -> None:
    database = Database(postgresql_server.new_database(like=postgresql_tables))
    with database.begin() as work:
        staff(work)
        request_id = sent(work)

    with database.begin() as work:
        before = seen(work, request_id)
        with database.begin() as faster:
            assert faster.requests.decide(request_id, said(), entry=TOM_SAYS)
            faster.people.put((replace(a_person("Tom"), post="Cook"),), entry=ENTRY)
            faster.settings.put(replace(ELM, region="East"), entry=ENTRY)
        assert seen(work, request_id) == before
        work.requests.hold(request_id)
        held = seen(work, request_id)
        assert work.requests.decide(request_id, said(), entry=TOM_SAYS) is None

    with database.begin() as work:
        now = seen(work, request_id)
    database.close()
    assert all(one != other for one, other in zip(before[1:2] + before[4:], now[1:2] + now[4:], strict=True))
    assert held == now


def test_a_request_is_held_once(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        request_id = sent(work)

    with database.begin() as work, statements() as executed:
        work.requests.hold(request_id)
        assert len(executed) == 1
        work.requests.hold(request_id)
        assert len(executed) == 1
        work.requests.hold(type(request_id)(request_id + 1))
        assert len(executed) == 2


@contextmanager
def statements() -> Iterator[list[str]]:
    """Write down every statement that is executed meanwhile."""
    executed: list[str] = []

    def note(*given: object) -> None:
        executed.append(str(given[2]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield executed
    finally:
        event.remove(Engine, "before_cursor_execute", note)
