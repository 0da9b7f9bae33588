"""Many press at the same moment: one of them has done it, and every other is told so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_kb.request_words import Outcome, RequestState, StepKey, StepState
from policy_kb.words import Verb
from storage.audit import Subject
from storage.audit_check import verify
from tests.storage.at_once import at_once
from tests.storage.builders import a_person, fill
from tests.storage.request_builders import (
    ASKS,
    HEAD,
    MANAGER,
    PRIYA,
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
    from collections.abc import Callable

    from policy_kb.request_words import RequestId
    from policy_kb.rules.request import Decision, StepStanding
    from storage.database import Database
    from storage.unit_of_work import UnitOfWork

pytestmark = pytest.mark.usefixtures("no_hurry")

MANY = 50
CONSULTED = StepKey("slt_consulted")
OUTCOMES = (Outcome.APPROVED, Outcome.DECLINED, Outcome.CHANGES_ASKED)


def decided(database: Database, request_id: RequestId) -> int:
    """Return how many decisions the audit has, after looking whether it is whole."""
    with database.begin() as work:
        assert verify(tuple(work.audit.everything()), {}).findings == ()
        return [row.verb for row in work.audit.chain(Subject.of_request(request_id))].count(Verb.DECIDED)


@pytest.mark.parametrize("people", [(TOM,), (TOM, ZOE)], ids=["the same person", "several people"])
def test_of_fifty_clicks_on_one_decision_one_decides(database: Database, people: tuple[str, ...]) -> None:
    with database.begin() as work:
        staff(work)
        request_id = sent(work)

    def click(number: int) -> Callable[[UnitOfWork], object]:
        decision = said(OUTCOMES[number % 3], by=(TOM, ZOE)[number % len(people)])
        return _decides(request_id, decision)

    told = at_once(database, *(click(number) for number in range(MANY)))

    assert told.count(None) == MANY - 1
    with database.begin() as work:
        facts = work.requests.facts(request_id)
    assert facts is not None
    assert len(facts.decisions) == 1
    assert facts.step(MANAGER).state is not StepState.OPEN
    assert decided(database, request_id) == 1


def test_of_fifty_who_send_one_form_one_has_sent_it(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        request_id = begun(work)

    told = at_once(
        database,
        *[_sends(request_id, from_version=0)] * MANY,
    )

    assert (told.count(True), told.count(False)) == (1, MANY - 1)
    with database.begin() as work:
        assert [one.version for one in work.requests.sendings(request_id)] == [1]


def test_a_form_is_never_sent_anew_under_the_hand_of_whoever_decides(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        request_ids = [sent(work) for _ in range(10)]

    for request_id in request_ids:
        sends, *decides = at_once(
            database,
            _sends(request_id, from_version=1),
            *[_decides(request_id, said())] * 4,
        )

        with database.begin() as work:
            facts = work.requests.facts(request_id)
        assert facts is not None
        assert (sends, facts.version) == (True, 2)
        assert len(facts.decisions) == len([one for one in decides if one is not None]) <= 1


def test_withdrawing_and_deciding_at_the_same_moment_never_leaves_a_decision_on_what_is_gone(
    database: Database,
) -> None:
    with database.begin() as work:
        staff(work)
        request_ids = [sent(work) for _ in range(10)]

    for request_id in request_ids:
        withdrawn, number = at_once(database, _withdraws(request_id), _decides(request_id, said()))

        with database.begin() as work:
            verbs = [row.verb for row in work.audit.chain(Subject.of_request(request_id))]
        assert withdrawn
        assert verbs[3:] == ([Verb.WITHDRAWN] if number is None else [Verb.DECIDED, Verb.WITHDRAWN])


def test_two_who_decide_on_two_steps_at_once_both_count_and_the_last_step_opens(database: Database) -> None:
    with database.begin() as work:
        fill(work, *(a_person(name) for name in ("Priya", "Tom", "Zoe")))
        request_ids = [sent(work) for _ in range(10)]
        for request_id in request_ids:
            work.requests.put_steps(request_id, (asked(TOM), asked(ZOE, key=CONSULTED), waiting()), entry=ASKS)

    for request_id in request_ids:
        at_once(database, *(_decides_and_moves_on(request_id, step) for step in (MANAGER, CONSULTED)))

        with database.begin() as work:
            facts = work.requests.facts(request_id)
        assert facts is not None
        states = [step.state for step in facts.steps]
        assert states == [StepState.DONE, StepState.DONE, StepState.OPEN]
        assert len(facts.decisions) == 2


def _sends(request_id: RequestId, *, from_version: int) -> Callable[[UnitOfWork], object]:
    return lambda work: work.requests.send(request_id, from_version=from_version, go_live=None, entry=ASKS)


def _decides(request_id: RequestId, decision: Decision) -> Callable[[UnitOfWork], object]:
    return lambda work: work.requests.decide(request_id, decision, entry=TOM_SAYS)


def _withdraws(request_id: RequestId) -> Callable[[UnitOfWork], object]:
    gone = (RequestState.SUBMITTED, RequestState.WITHDRAWN)
    return lambda work: work.requests.change_state(request_id, *gone, now=ASKS.at, entry=ASKS)


def _decides_and_moves_on(request_id: RequestId, step: StepKey) -> Callable[[UnitOfWork], object]:
    def act(work: UnitOfWork) -> None:
        assert work.requests.decide(request_id, said(step=step), entry=TOM_SAYS)
        facts = work.requests.facts(request_id)
        assert facts is not None
        done = [one.key for one in facts.steps if one.state is StepState.DONE]
        work.requests.put_steps(request_id, _moved_on(facts.steps, opens=len(done) == 2), entry=TOM_SAYS)

    return act


def _moved_on(steps: tuple[StepStanding, ...], *, opens: bool) -> tuple[StepStanding, ...]:
    return (*steps[:-1], asked(PRIYA, key=HEAD)) if opens else steps
