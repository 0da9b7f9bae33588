"""Requests while they are filled in: every answer is a row of its own, added and never changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update

from policy_kb.request_words import RequestState
from storage import request_tables as tables
from storage.conflict import insert_or_change
from storage.request_reading import RequestReading

if TYPE_CHECKING:
    from datetime import date, datetime

    from policy_kb.request_words import QuestionKey, RequestId, StepKey
    from policy_kb.words import PersonId, SettingId


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestAnswers(RequestReading):
    """The requests, and what is written before anybody decides: nothing of it counts until it is sent."""

    def answer(
        self,
        request_id: RequestId,
        question: QuestionKey,
        value: tuple[str, ...],
        *,
        by: PersonId,
        now: datetime,
        refused: str = "",
    ) -> int:
        """
        Keep an answer and return its number; `refused` is the key of the check that did not let it through.

        Raises:
            ChangeRefused: there is no such request.
        """
        row = {
            "request_id": request_id,
            "question": question,
            "value": list(value),
            "refused": refused,
            "kept": False,
            "given_by": by,
            "at": now,
        }
        given = self.changing().execute(insert(tables.answers).values(row).returning(tables.answers.c.id))
        self._touch(request_id, now)
        return int(given.scalar_one())

    def keep(self, request_id: RequestId, question: QuestionKey, *, now: datetime) -> None:
        """Let the answer to a question stand although it was doubted; one that was refused stays refused."""
        given = tables.answers
        taken = (given.c.request_id == request_id, given.c.question == question, given.c.refused == "")
        newest = select(func.max(given.c.id)).where(*taken)
        self.changing().execute(update(given).where(given.c.id == newest.scalar_subquery()).values(kept=True))
        self._touch(request_id, now)

    def stand_at(self, request_id: RequestId, question: QuestionKey | None, *, now: datetime) -> None:
        """Remember which question comes next; None is the review."""
        self._touch(request_id, now, at_question=question)

    def set_setting(self, request_id: RequestId, setting_id: SettingId, *, now: datetime) -> None:
        """
        Move a request to another setting; whoever decides on it sees that once it is sent.

        Raises:
            ChangeRefused: there is no such setting.
        """
        self._touch(request_id, now, setting_id=setting_id)

    def set_author(self, request_id: RequestId, author_id: PersonId, *, now: datetime) -> None:
        """
        Name on whose behalf a request is made; whoever decides on it sees that once it is sent.

        Raises:
            ChangeRefused: there is no such person.
        """
        self._touch(request_id, now, author_id=author_id)

    def snooze(self, request_id: RequestId, step: StepKey, person_id: PersonId, until: date) -> None:
        """Remind somebody of a step again on a London day, and not before."""
        row = {"request_id": request_id, "step": step, "person_id": person_id, "until": until}
        insert_or_change(self.changing(), tables.snoozes, [row])

    def forget_drafts_before(self, instant: datetime) -> int:
        """Remove drafts that were given up before an instant and had never been sent; return how many."""
        made = tables.requests
        gone = (made.c.state == RequestState.CANCELLED, made.c.version == 0, made.c.closed_at < instant)
        return self.changing().execute(delete(made).where(*gone)).rowcount

    def _touch(self, request_id: RequestId, now: datetime, **changed: str | None) -> None:
        made = tables.requests
        self.changing().execute(update(made).where(made.c.id == request_id).values(touched_at=now, **changed))
