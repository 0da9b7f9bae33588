"""Who is asked when somebody has left, and what happens when nobody is left to ask."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from handlers.readiness import owner_findings
from handlers.reminders import look_once
from policy_kb.rules.london import london_instant
from tests.handlers.requests.mornings import MONDAY, leaves, morning, mornings
from tests.handlers.requests.office import (
    AISHA,
    DANIEL,
    GRACE,
    HARRIET,
    LM,
    PRIYA,
    VICTORIA,
)

if TYPE_CHECKING:
    from tests.handlers.requests.office import Office

MARGARET = "margaret.example@central-service.example"  # to whom the Deputy CEO reports


def test_whoever_left_is_not_asked_any_more_and_their_manager_is(friday: Office) -> None:
    request_id = friday.sent()
    friday.inbox(DANIEL)
    leaves(friday, AISHA, date(2026, 10, 31))

    told = morning(friday, MONDAY)

    assert friday.asked(request_id, LM) == {DANIEL}
    assert told == {}
    assert "asked" in friday.verbs(request_id)[-1]


def test_a_request_that_nobody_can_decide_on_is_told_once_and_found_each_morning(friday: Office) -> None:
    request_id = friday.sent()
    for one in (AISHA, DANIEL, GRACE, VICTORIA, MARGARET):
        leaves(friday, one, date(2026, 10, 31))
    friday.inbox(HARRIET)

    for day in (2, 3, 4):
        friday.clock.instant = london_instant(date(2026, 11, day), time(8, 15))
        look_once(friday.database, friday.desk, now=friday.clock())

    stuck = [one for one in friday.inbox(HARRIET) if "is stuck: nobody can be asked" in one.title]
    assert len(stuck) == 1
    assert friday.asked(request_id, LM) == set()
    with friday.database.begin() as uow:
        assert "R-1 at Elm Academy (sample) is stuck" in owner_findings(uow, on=date(2026, 11, 4))[0]


def test_somebody_who_left_is_told_nothing(friday: Office) -> None:
    friday.draft()
    leaves(friday, PRIYA, date(2026, 10, 31))

    assert mornings(friday, date(2026, 11, 1), date(2026, 11, 13)) == []
