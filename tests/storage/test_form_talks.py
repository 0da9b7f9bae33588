from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from policy_kb.words import Channel
from tests.storage.builders import NOW
from tests.storage.request_builders import PRIYA, PURPOSE, TOM, begun, staff

if TYPE_CHECKING:
    from storage.database import Database

HERE = (Channel.SLACK, "T1", "D1")
THERE = (Channel.TEAMS, "T1", "D1")


def test_what_somebody_types_in_a_conversation_belongs_to_their_form_there(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        first, second = begun(work), begun(work)
        work.form_talks.begin(*HERE, PRIYA, first, NOW)
        work.form_talks.begin(*THERE, PRIYA, first, NOW)

        work.form_talks.begin(*HERE, PRIYA, second, NOW)

        assert work.form_talks.of(*HERE, PRIYA) == second
        assert work.form_talks.of(*THERE, PRIYA) == first
        assert work.form_talks.of(*HERE, TOM) is None


def test_a_talk_ends_in_one_place_or_everywhere(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        first, second = begun(work), begun(work)
        for place in (HERE, THERE):
            work.form_talks.begin(*place, PRIYA, first, NOW)
        work.form_talks.begin(*HERE, TOM, second, NOW)

        work.form_talks.end(*HERE, PRIYA)
        ended = (work.form_talks.of(*HERE, PRIYA), work.form_talks.of(*THERE, PRIYA))
        work.form_talks.end_all(first)

        assert ended == (None, first)
        assert work.form_talks.of(*THERE, PRIYA) is None
        assert work.form_talks.of(*HERE, TOM) == second


def test_a_form_that_is_still_filled_in_elsewhere_keeps_its_talks(database: Database) -> None:
    later = NOW + timedelta(days=31)
    with database.begin() as work:
        staff(work)
        busy, idle = begun(work), begun(work)
        work.form_talks.begin(*HERE, PRIYA, busy, NOW)
        work.form_talks.begin(*HERE, TOM, idle, NOW)
        work.requests.answer(busy, PURPOSE, ("Recipes",), by=PRIYA, now=later)

        assert work.form_talks.forget_before(NOW) == 0
        assert work.form_talks.forget_before(later) == 1

        assert work.form_talks.of(*HERE, PRIYA) == busy
        assert work.form_talks.of(*HERE, TOM) is None
