"""A decision is made once, on what was shown, and stays as it was said."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert

from policy_kb.request_words import Outcome, QuestionKey, RequestState, StepState
from policy_kb.rules.request import Approver
from policy_kb.words import Role, Verb
from storage import request_rows, request_tables
from storage.audit import Subject
from storage.errors import ChangeRefused
from storage.request import Reassignment
from tests.storage.builders import NOW
from tests.storage.request_builders import (
    ASKS,
    HEAD,
    MANAGER,
    PRIYA,
    PURPOSE,
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
    from policy_kb.request_words import RequestId
    from policy_kb.rules.request import RequestFacts
    from storage.database import Database
    from storage.unit_of_work import UnitOfWork

LATER = NOW + timedelta(hours=1)
TODAY = NOW.date()


def facts(work: UnitOfWork, request_id: RequestId) -> RequestFacts:
    found = work.requests.facts(request_id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.APPROVED, StepState.DONE),
        (Outcome.RECORDED, StepState.DONE),
        (Outcome.CONFIRMED, StepState.DONE),
        (Outcome.CHANGES_ASKED, StepState.CHANGES_ASKED),
        (Outcome.DECLINED, StepState.DECLINED),
    ],
)
def test_a_decision_closes_its_step_and_is_kept_whole(database: Database, outcome: Outcome, state: StepState) -> None:
    decision = replace(
        said(outcome), acting_for=ZOE, comment="Please see to it.", facts={QuestionKey("dpia"): ("yes",)}
    )
    with database.begin() as work:
        staff(work)
        request_id = sent(work)
        number = work.requests.decide(request_id, decision, entry=TOM_SAYS)

    with database.begin() as work:
        found = facts(work, request_id)
        assert number is not None
        assert work.requests.decision(number) == decision
    assert found.decisions == (decision,)
    assert found.step(MANAGER).state is state
    assert found.state is RequestState.SUBMITTED


def test_whoever_comes_second_is_told_and_nothing_changes(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        request_id = sent(work)
        work.requests.decide(request_id, said(), entry=TOM_SAYS)

        second = work.requests.decide(request_id, said(Outcome.DECLINED, by=ZOE), entry=TOM_SAYS)

        assert second is None
        assert facts(work, request_id).decisions == (said(),)
        verbs = [row.verb for row in work.audit.chain(Subject.of_request(request_id))]
    assert verbs.count(Verb.DECIDED) == 1


def test_nobody_decides_on_a_version_they_were_not_shown(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        request_id = sent(work)
        work.requests.send(request_id, from_version=1, go_live=None, entry=ASKS)

        for version in (0, 1, 3):
            assert work.requests.decide(request_id, said(version=version), entry=TOM_SAYS) is None

        assert work.requests.decide(request_id, said(version=2), entry=TOM_SAYS)


@pytest.mark.parametrize(
    "state", [RequestState.WITHDRAWN, RequestState.DECLINED, RequestState.APPROVED, RequestState.CHANGES_ASKED]
)
def test_nobody_decides_on_what_is_not_with_those_who_decide(database: Database, state: RequestState) -> None:
    with database.begin() as work:
        staff(work)
        request_id = sent(work)
        work.requests.change_state(request_id, RequestState.SUBMITTED, state, now=NOW, entry=ASKS)

        assert work.requests.decide(request_id, said(), entry=TOM_SAYS) is None


def test_nobody_decides_on_a_step_that_waits_or_that_the_route_does_not_have(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        request_id = sent(work)

        assert work.requests.decide(request_id, said(step=HEAD), entry=TOM_SAYS) is None
        assert work.requests.decide(request_id, said(step=MANAGER[:-1]), entry=TOM_SAYS) is None  # type: ignore[arg-type]  # part of a key is no key
        assert facts(work, request_id).decisions == ()


def test_whoever_says_that_it_is_not_theirs_leaves_the_step_open_for_others(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        request_id = sent(work)

        for person in (TOM, ZOE, TOM):
            assert work.requests.decide(request_id, said(Outcome.NOT_ME, by=person), entry=TOM_SAYS)

        assert facts(work, request_id).step(MANAGER).state is StepState.OPEN
        assert work.requests.decide(request_id, said(by=ZOE), entry=TOM_SAYS)
        assert facts(work, request_id).counting() == (said(by=ZOE),)


def test_a_step_that_is_asked_again_can_be_decided_again_at_the_same_version(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        request_id = sent(work)
        work.requests.decide(request_id, said(), entry=TOM_SAYS)
        work.requests.ask_again(request_id, (MANAGER, HEAD), entry=ASKS)
        work.requests.put_steps(request_id, (asked(ZOE), waiting()), entry=ASKS)

        assert work.requests.decide(request_id, said(by=ZOE), entry=TOM_SAYS)

        found = facts(work, request_id)
    assert found.decisions == (replace(said(), asked_again=True), said(by=ZOE))
    assert found.counting() == (said(by=ZOE),)


def test_asking_again_where_nothing_was_decided_leaves_no_trace(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        request_id = sent(work)
        work.requests.decide(request_id, said(Outcome.NOT_ME), entry=TOM_SAYS)
        before = work.audit.chain(Subject.of_request(request_id))

        work.requests.ask_again(request_id, (MANAGER,), entry=ASKS)

        assert work.audit.chain(Subject.of_request(request_id)) == before
        assert facts(work, request_id).decisions == (said(Outcome.NOT_ME),)


def test_the_database_itself_keeps_a_second_decision_out(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        request_id = sent(work)
        work.requests.decide(request_id, said(), entry=TOM_SAYS)

    row = request_rows.decision_row(request_id, said(by=ZOE))
    with pytest.raises(ChangeRefused), database.begin() as work:
        work.requests.connection.execute(insert(request_tables.decisions).values(row))


def test_the_route_stands_as_it_was_put_last(database: Database) -> None:
    acting = Approver(person=ZOE, role=Role.HEAD, acting_for=TOM)
    head = replace(waiting(), state=StepState.OPEN, asked=(acting,), asked_at=LATER)
    with database.begin() as work:
        staff(work)
        request_id = sent(work)
        done = asked(TOM, state=StepState.DONE)

        work.requests.put_steps(request_id, (head, done), entry=ASKS)
        turned = facts(work, request_id).steps
        work.requests.put_steps(request_id, (head,), entry=ASKS)

        assert turned == (head, done)
        assert facts(work, request_id).steps == (head,)


def test_putting_the_route_as_it_stands_writes_nothing(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        request_id = sent(work)
        before = work.audit.chain(Subject.of_request(request_id))

        work.requests.put_steps(request_id, facts(work, request_id).steps, entry=ASKS)

        assert work.audit.chain(Subject.of_request(request_id)) == before


def test_everybody_finds_what_waits_for_them_the_longest_waiting_first(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        first, second, taken, draft = sent(work), sent(work), sent(work), begun(work)
        work.requests.put_steps(first, (replace(asked(TOM), asked_at=LATER),), entry=ASKS)
        work.requests.change_state(taken, RequestState.SUBMITTED, RequestState.WITHDRAWN, now=NOW, entry=ASKS)
        work.requests.put_steps(draft, (asked(TOM),), entry=ASKS)

        assert work.requests.asked_of(TOM) == ((second, MANAGER), (first, MANAGER))
        assert work.requests.asked_of(ZOE) == ((second, MANAGER),)
        assert work.requests.asked_of(PRIYA) == ()
        work.requests.decide(second, said(), entry=TOM_SAYS)
        assert work.requests.asked_of(TOM) == ((first, MANAGER),)


def test_whoever_takes_a_step_over_is_asked_and_whoever_had_it_is_not(database: Database) -> None:
    passed_on = Reassignment(
        step=MANAGER, from_id=TOM, to_id=PRIYA, role=Role.LINE_MANAGER, by_id=ZOE, reason="Tom is away", at=LATER
    )
    with database.begin() as work:
        staff(work)
        request_id = sent(work)

        work.requests.reassign(request_id, passed_on, entry=ASKS)

        step = facts(work, request_id).step(MANAGER)
        assert [one.person for one in step.asked] == [ZOE, PRIYA]
        assert work.requests.reassignments(request_id) == (passed_on,)
        last = work.audit.chain(Subject.of_request(request_id))[-1]
    assert last.verb == Verb.REASSIGNED
    assert "away" not in last.facts


def test_a_step_that_nobody_was_asked_for_can_be_given_to_somebody(database: Database) -> None:
    given = Reassignment(step=HEAD, from_id=None, to_id=ZOE, role=Role.HEAD, by_id=TOM, reason="No head yet", at=NOW)
    with database.begin() as work:
        staff(work)
        request_id = sent(work)

        work.requests.reassign(request_id, given, entry=ASKS)

        assert facts(work, request_id).step(HEAD).asked == (Approver(person=ZOE, role=Role.HEAD),)
        assert work.requests.reassignments(request_id) == (given,)


def test_a_reminder_is_put_off_until_a_day_and_for_one_person_only(database: Database) -> None:
    day = timedelta(days=1)
    with database.begin() as work:
        staff(work)
        request_id = sent(work)
        work.requests.snooze(request_id, MANAGER, TOM, TODAY)
        work.requests.snooze(request_id, MANAGER, TOM, TODAY + 2 * day)

        assert work.requests.snoozed(TOM, TODAY + day) == {(request_id, MANAGER)}
        assert work.requests.snoozed(TOM, TODAY + 2 * day) == frozenset()
        assert work.requests.snoozed(ZOE, TODAY) == frozenset()


def test_answers_of_one_request_are_not_anothers(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        one, other = sent(work), sent(work)
        work.requests.answer(one, PURPOSE, ("Recipes",), by=PRIYA, now=NOW)
        work.requests.keep(one, PURPOSE, now=NOW)
        work.requests.decide(one, said(), entry=TOM_SAYS)

        assert facts(work, other).decisions == ()
        assert facts(work, other).steps == (asked(TOM, ZOE), waiting())
        untouched = work.requests.get(other)
    assert untouched is not None
    assert (untouched.answers, untouched.kept) == ({PURPOSE: ("To show what we cook",)}, frozenset())
