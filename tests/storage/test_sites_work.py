"""What is done for a site: checks, how far it came, and what is left to do when somebody goes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from policy_kb.site_words import CheckAnswer, CheckKey, Round, SiteId, TaskKind
from policy_kb.words import Verb
from storage.audit import Subject
from storage.errors import ChangeRefused
from storage.site_work import Check, Evaluation
from tests.storage.at_once import at_once
from tests.storage.builders import NOW
from tests.storage.site_builders import (
    BY_PRIYA,
    BY_TOM,
    MONDAY,
    NEVER_MADE,
    NOBODY,
    PRIYA,
    TOM,
    WEEK,
    ZOE,
    a_site,
    opened,
)

if TYPE_CHECKING:
    from policy_kb.words import PersonId
    from storage.database import Database

LATER = NOW + timedelta(hours=1)
WORDS = "Most families read it every week"


def a_check(
    key: str = "house_rules",
    answer: CheckAnswer = CheckAnswer.YES,
    *,
    on: date = MONDAY,
    round_: Round = Round.HEALTH,
    by: PersonId = PRIYA,
) -> Check:
    return Check(round=round_, round_on=on, key=CheckKey(key), answer=answer, by=by, at=NOW)


def an_evaluation(reached: str = "fully", by: PersonId = PRIYA) -> Evaluation:
    return Evaluation(reached=reached, words=WORDS, by=by, at=NOW)


def test_the_latest_answer_of_a_run_counts_and_every_answer_is_in_the_chain(database: Database) -> None:
    mind_changed = replace(a_check(answer=CheckAnswer.NO, by=TOM), at=LATER)
    with database.begin() as work:
        number = opened(work)
        for check in (a_check(), a_check("logins"), mind_changed):
            work.sites.answer_check(number, check, entry=BY_TOM)

        assert work.sites.checks(number, Round.HEALTH) == (mind_changed, a_check("logins"))
        rows = [row for row in work.audit.chain(Subject.of_site(number)) if row.verb == Verb.CHECKED]
    answers = [(json.loads(row.facts)["key"], json.loads(row.facts)["answer"]) for row in rows]
    assert answers == [("house_rules", "yes"), ("logins", "yes"), ("house_rules", "no")]


def test_each_run_each_checklist_and_each_site_keeps_answers_of_its_own(database: Database) -> None:
    next_week, pre_live = a_check(on=MONDAY + WEEK, answer=CheckAnswer.NO), a_check(round_=Round.PRE_LIVE)
    with database.begin() as work:
        number, other = opened(work), opened(work, a_site("Other"))
        for check in (next_week, pre_live, a_check()):
            work.sites.answer_check(number, check, entry=BY_TOM)

        assert work.sites.checks(number, Round.HEALTH) == (a_check(), next_week)
        assert work.sites.checks(number, Round.PRE_LIVE) == (pre_live,)
        assert work.sites.checks(number, Round.CLOSING) == work.sites.checks(other, Round.HEALTH) == ()


def test_how_far_a_site_came_is_kept_in_words_here_and_without_them_in_the_audit(database: Database) -> None:
    with database.begin() as work:
        number = opened(work)
        for evaluation in (an_evaluation("partly"), an_evaluation("fully", by=TOM)):
            work.sites.evaluate(number, evaluation, entry=BY_PRIYA)

        assert work.sites.evaluations(number) == (an_evaluation("partly"), an_evaluation("fully", by=TOM))
        rows = work.audit.chain(Subject.of_site(number))
    assert [json.loads(row.facts) for row in rows[-2:]] == [{"reached": "partly"}, {"reached": "fully"}]


def test_what_is_left_to_do_is_written_down_once_until_it_is_done(database: Database) -> None:
    kinds = (TaskKind.REMOVE_ACCESS, TaskKind.REMOVE_ACCESS, TaskKind.NEW_AUTHOR)
    with database.begin() as work:
        number, other = opened(work), opened(work, a_site("Other"))
        told = [work.sites.open_task(number, kind, ZOE, entry=BY_PRIYA) for kind in kinds]
        told.append(work.sites.open_task(other, TaskKind.REMOVE_ACCESS, ZOE, entry=BY_PRIYA))

        here, everywhere = work.sites.open_tasks(number), work.sites.open_tasks()

    assert told == [True, False, True, True]
    assert [task.kind for task in here] == [TaskKind.REMOVE_ACCESS, TaskKind.NEW_AUTHOR]
    assert [task.site for task in everywhere] == [number, number, other]
    assert {(task.about, task.opened_at, task.done_by, task.done_at) for task in everywhere} == {(ZOE, NOW, None, None)}


def test_a_task_is_done_once_by_whoever_does_it_and_may_come_again(database: Database) -> None:
    done = replace(BY_TOM, at=LATER)
    with database.begin() as work:
        number = opened(work)
        work.sites.open_task(number, TaskKind.REMOVE_ACCESS, ZOE, entry=BY_PRIYA)
        (task,) = work.sites.open_tasks(number)

        first, second = work.sites.end_task(task.id, entry=done), work.sites.end_task(task.id, entry=BY_PRIYA)
        left = work.sites.open_tasks(number)
        again = work.sites.open_task(number, TaskKind.REMOVE_ACCESS, ZOE, entry=BY_PRIYA)
        verbs = [row.verb for row in work.audit.chain(Subject.of_site(number))]

    assert first == replace(task, done_by=TOM, done_at=LATER)
    assert (second, left, again) == (None, (), True)
    assert verbs == [Verb.OPENED, Verb.ASKED, Verb.REMOVED, Verb.ASKED]


@pytest.mark.parametrize("kind", TaskKind)
def test_every_kind_of_task_can_be_done_and_that_is_told(database: Database, kind: TaskKind) -> None:
    with database.begin() as work:
        number = opened(work)
        work.sites.open_task(number, kind, ZOE, entry=BY_PRIYA)
        (task,) = work.sites.open_tasks(number)

        assert work.sites.end_task(task.id, entry=BY_TOM) is not None
        row = work.audit.chain(Subject.of_site(number))[-1]
        assert json.loads(row.facts) == {"task": kind.value, "person": f"person:{work.audit.reference(ZOE)}"}


def test_of_many_who_open_one_task_and_of_many_who_do_it_one_has(database: Database) -> None:
    with database.begin() as work:
        number = opened(work)

    opens = at_once(
        database, *[lambda work: work.sites.open_task(number, TaskKind.NEW_AUTHOR, ZOE, entry=BY_PRIYA)] * 8
    )
    with database.begin() as work:
        (task,) = work.sites.open_tasks()
    does = at_once(database, *[lambda work: work.sites.end_task(task.id, entry=BY_TOM)] * 8)

    assert opens.count(True) == 1
    assert does.count(None) == 7
    with database.begin() as work:
        assert len(work.audit.chain(Subject.of_site(number))) == 3


def test_work_on_a_site_or_by_a_person_that_is_not_there_is_refused(database: Database) -> None:
    with database.begin() as work:
        number = opened(work)
    nowhere = SiteId(NEVER_MADE)

    for site, who in ((number, NOBODY), (nowhere, PRIYA)):
        with pytest.raises(ChangeRefused), database.begin() as work:
            work.sites.answer_check(site, a_check(by=who), entry=BY_TOM)
        with pytest.raises(ChangeRefused), database.begin() as work:
            work.sites.evaluate(site, an_evaluation(by=who), entry=BY_TOM)
        with pytest.raises(ChangeRefused), database.begin() as work:
            work.sites.open_task(site, TaskKind.NEW_AUTHOR, who, entry=BY_TOM)

    with database.begin() as work:
        assert work.sites.end_task(NEVER_MADE, entry=BY_TOM) is None
        assert (work.sites.checks(number, Round.HEALTH), work.sites.evaluations(number)) == ((), ())
        assert work.sites.open_tasks() == ()
