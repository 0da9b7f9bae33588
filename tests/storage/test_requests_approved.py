"""What is approved until a day, found by that day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from policy_kb.request_words import QuestionKey, RequestState
from tests.storage.builders import ELM, NOW, OAK
from tests.storage.request_builders import ASKS, PRIYA, begun, staff

if TYPE_CHECKING:
    from storage.database import Database


def test_what_is_approved_until_a_day_is_found_by_that_day_and_its_setting(database: Database) -> None:
    until = QuestionKey("until")
    answers = ((), ("2027-01-28",), ("2027-01-29",), ("2027-02-01",), ("indefinitely", "2027-02-01"))
    with database.begin() as work:
        staff(work)
        made = [begun(work) for _ in answers]
        for request_id, value in zip(made, answers, strict=True):
            work.requests.answer(request_id, until, value, by=PRIYA, now=NOW)
            assert work.requests.send(request_id, from_version=0, go_live=None, entry=ASKS)
        waits = [*made, begun(work)]
        for request_id in made:
            moved = (RequestState.SUBMITTED, RequestState.APPROVED)
            assert work.requests.change_state(request_id, *moved, now=NOW, entry=ASKS)
        work.requests.answer(made[1], until, ("2028-01-01",), by=PRIYA, now=NOW)  # and not sent

        found = work.requests.approved_with_day(until, ELM.id, date(2027, 1, 29))

        assert set(found) - {made[4]} == {made[2], made[3]}
        assert work.requests.approved_with_day(until, OAK.id, date(2027, 1, 1)) == ()
        assert work.requests.approved_with_day(QuestionKey("closure"), ELM.id, date(2020, 1, 1)) == ()
        assert len(waits) == len(made) + 1
