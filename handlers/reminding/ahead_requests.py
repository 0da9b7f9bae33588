"""What approvals will remind people of: that one of them ends, while there is time to ask for it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_kb.rules.london import london_date
from policy_kb.rules.periods import DAY
from policy_kb.rules.reminding import Reminder
from policy_kb.rules.request import UNTIL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.reminding.ahead import Duty, Stretch
    from policy_kb.rules.request import RequestFacts
    from storage.settings import Setting


def of_requests(setting: Setting, stretch: Stretch) -> Iterator[Duty]:
    """
    Yield which approvals of a setting end; nothing of one on the day it was given, or before.

    Policy: A.5.9
    """
    requests = stretch.act.uow.requests
    for number in requests.approved_with_day(UNTIL, setting.id, stretch.today):
        if facts := requests.facts(number):
            yield from _of_one(facts, stretch)


def _of_one(facts: RequestFacts, stretch: Stretch) -> Iterator[Duty]:
    last_day = facts.approved_until
    approved_on = max((london_date(one.at) for one in facts.counting()), default=stretch.start)
    if last_day:
        since, until = approved_on + DAY, last_day + DAY
        yield from stretch.reminders(Reminder.APPROVAL_ENDS, facts.id, last_day, since=since, until=until)
