"""When the bot speaks first: duties are rows, worked out ahead and done once; each minute somebody looks."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, assert_never

from handlers.readiness import owner_findings
from policy_kb.rules.london import london_date, london_instant
from policy_kb.rules.school_calendar import SchoolCalendar
from policy_kb.words import BotRole, DueKind, SayKind, SettingType
from storage.says import SayFacts

if TYPE_CHECKING:
    from datetime import datetime

    from storage.database import Database
    from storage.due import DueRow
    from storage.unit_of_work import UnitOfWork

FINDINGS_AT = time(8, 15)  # London wall clock
AHEAD = 2  # calendar days worked out in advance, so that a bot that is down over midnight misses nothing
DONE_KEPT = timedelta(days=30)  # far longer than any duty is worked out again
# The owner's mornings follow no school's terms: weekdays that are no bank holiday.
OFFICE = SchoolCalendar(setting="the trust's office", setting_type=SettingType.CENTRAL_SERVICE)


def look_once(database: Database, *, now: datetime) -> int:
    """Look in a transaction of its own; see `look`."""
    with database.begin() as uow:
        return look(uow, now=now)


def look(uow: UnitOfWork, *, now: datetime) -> int:
    """
    Write down what will fall due, then do what is due; return how many notices were queued.

    Everything happens in the caller's transaction: a crash leaves each duty to the next look.
    """
    today = london_date(now)
    for day in (today + timedelta(days=number) for number in range(AHEAD)):
        if OFFICE.is_working_day(day):
            uow.due.add(DueKind.OWNER_FINDINGS, "", london_instant(day, FINDINGS_AT))
    uow.due.forget_before(now - DONE_KEPT)
    return sum(_do(row, uow, now=now) for row in uow.due.take(now))


def _do(row: DueRow, uow: UnitOfWork, *, now: datetime) -> int:
    match row.kind:
        case DueKind.OWNER_FINDINGS:
            return _tell_owners(uow, now=now)
        case _:
            assert_never(row.kind)


def _tell_owners(uow: UnitOfWork, *, now: datetime) -> int:
    """Tell the policy owner what the directory lacks, before anyone is stuck; nothing where all is well."""
    today = london_date(now)
    if not owner_findings(uow, on=today):
        return 0
    owners = uow.people.bot_role_holders(BotRole.POLICY_OWNER, None, today)
    reached = [(owner, uow.chat_addresses.of(owner.id)) for owner in owners]
    for owner, addresses in reached:
        for address in addresses[:1]:
            say = SayFacts(kind=SayKind.FINDINGS)
            uow.outbox.put(say, address.channel, address.address, to=owner.id, due_at=now, now=now)
    return sum(bool(addresses) for _, addresses in reached)
