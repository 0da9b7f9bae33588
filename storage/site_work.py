"""What is done for a site: what people checked and judged, and what is left to do when somebody goes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, select, update

from policy_kb.site_words import TaskKind
from policy_kb.words import Verb
from storage import site_tables as tables
from storage.audit import Someone, Subject
from storage.conflict import insert_unless_there

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from sqlalchemy import Connection, Row

    from policy_kb.site_words import CheckAnswer, CheckKey, Round, SiteId
    from policy_kb.words import PersonId
    from storage.audit import Audit, AuditEntry, Fact

_CHECKS = (
    select(tables.checks)
    .where(tables.checks.c.site_id == bindparam("site"), tables.checks.c.round == bindparam("of"))
    .order_by(tables.checks.c.round_on, tables.checks.c.id)
)
_EVALUATIONS = (
    select(tables.evaluations)
    .where(tables.evaluations.c.site_id == bindparam("site"))
    .order_by(tables.evaluations.c.id)
)
_DONE = {TaskKind.REMOVE_ACCESS: Verb.REMOVED, TaskKind.NEW_AUTHOR: Verb.CHANGED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of a checklist as somebody answered it; the latest answer of a run counts."""

    round: Round
    round_on: date  # the day on which this run through the checklist began
    key: CheckKey
    answer: CheckAnswer
    by: PersonId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """
    How far a site reached its aims.

    Policy: A.1.7
    """

    reached: str  # fully, partly, not
    words: str
    by: PersonId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteTask:
    """Something left to do on a site once somebody has gone."""

    id: int
    site: SiteId
    kind: TaskKind
    about: PersonId  # whose access is to be removed, or whose place is to be filled
    opened_at: datetime
    done_by: PersonId | None = None
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteWork:
    """What `Sites` knows of checks, evaluations and tasks."""

    connection: Connection
    audit: Audit

    def answer_check(self, site_id: SiteId, check: Check, *, entry: AuditEntry) -> None:
        """
        Keep an answer to a line of a checklist in the place of an earlier one of the same run.

        Raises:
            ChangeRefused: the site or the person is unknown.
        """
        made = tables.checks
        run = {"site_id": site_id, "round": check.round, "round_on": check.round_on, "key": check.key}
        said = {"answer": check.answer, "by_id": check.by, "at": check.at}
        if not insert_unless_there(self.connection, made, {**run, **said}):
            same = [made.c[name] == value for name, value in run.items()]
            self.connection.execute(update(made).where(*same).values(said))
        facts: dict[str, Fact] = {"round": check.round.value, "key": check.key, "answer": check.answer.value}
        self._write(site_id, entry, Verb.CHECKED, facts)

    def checks(self, site_id: SiteId, round_: Round) -> tuple[Check, ...]:
        """Return what was answered in one kind of checklist, all runs, the earliest run first."""
        return tuple(_check(row) for row in self.connection.execute(_CHECKS, {"site": site_id, "of": round_}))

    def evaluate(self, site_id: SiteId, evaluation: Evaluation, *, entry: AuditEntry) -> None:
        """
        Keep how far a site reached its aims; the words stay here, and the audit has none of them.

        Raises:
            ChangeRefused: the site or the person is unknown.
        """
        row = {"reached": evaluation.reached, "words": evaluation.words, "by_id": evaluation.by, "at": evaluation.at}
        self.connection.execute(insert(tables.evaluations).values(site_id=site_id, **row))
        self._write(site_id, entry, Verb.EVALUATED, {"reached": evaluation.reached})

    def evaluations(self, site_id: SiteId) -> tuple[Evaluation, ...]:
        """Return how a site was judged, the earliest first."""
        rows = self.connection.execute(_EVALUATIONS, {"site": site_id})
        return tuple(Evaluation(reached=row.reached, words=row.words, by=row.by_id, at=row.at) for row in rows)

    def open_task(self, site_id: SiteId, kind: TaskKind, about: PersonId, *, entry: AuditEntry) -> bool:
        """
        Write down what is left to do; False where it stands there already.

        Raises:
            ChangeRefused: the site or the person is unknown.
        """
        row = {"site_id": site_id, "kind": kind, "about_id": about, "opened_at": entry.at}
        if not insert_unless_there(self.connection, tables.tasks, row):
            return False
        self._write(site_id, entry, Verb.ASKED, {"person": Someone(about), "task": kind.value})
        return True

    def end_task(self, task_id: int, *, entry: AuditEntry) -> SiteTask | None:
        """Keep that a task is done, by whoever acts; None where it was before."""
        made = tables.tasks
        waits = update(made).where(made.c.id == task_id, made.c.done_at.is_(None))
        done = waits.values(done_at=entry.at, done_by_id=entry.actor).returning(*made.c)
        row = self.connection.execute(done).one_or_none()
        if row is None:
            return None
        facts: dict[str, Fact] = {"person": Someone(row.about_id), "task": row.kind.value}
        self._write(row.site_id, entry, _DONE[row.kind], facts)
        return _task(row)

    def open_tasks(self, site_id: SiteId | None = None) -> tuple[SiteTask, ...]:
        """Return what is left to do on a site, or on all, the oldest first."""
        made = tables.tasks
        which = [made.c.done_at.is_(None), *([made.c.site_id == site_id] if site_id is not None else [])]
        return tuple(_task(row) for row in self.connection.execute(select(made).where(*which).order_by(made.c.id)))

    def _write(self, site_id: SiteId, entry: AuditEntry, verb: Verb, facts: Mapping[str, Fact]) -> None:
        self.audit.write(Subject.of_site(site_id), replace(entry, verb=verb, facts={**entry.facts, **facts}))


def _check(row: Row[tuple[object, ...]]) -> Check:
    return Check(round=row.round, round_on=row.round_on, key=row.key, answer=row.answer, by=row.by_id, at=row.at)


def _task(row: Row[tuple[object, ...]]) -> SiteTask:
    return SiteTask(
        id=row.id,
        site=row.site_id,
        kind=row.kind,
        about=row.about_id,
        opened_at=row.opened_at,
        done_by=row.done_by_id,
        done_at=row.done_at,
    )
