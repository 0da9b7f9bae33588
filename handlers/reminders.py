"""When the bot speaks first: duties are rows, worked out ahead and done once; each minute somebody looks."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING, assert_never

from handlers.calendars import calendar_of
from handlers.readiness import owner_findings
from handlers.requests.chasing import chase, morning_of, next_working_day
from policy_kb.rules.chasing import is_working_day
from policy_kb.rules.london import LONDON, london_date, london_instant
from policy_kb.rules.school_calendar import SchoolCalendar
from policy_kb.words import BotRole, DueKind, SayKind, SettingId, SettingType
from storage.due import DueRow
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from handlers.desk import Desk
    from handlers.requests.chasing import Morning
    from policy_kb.view import PolicyView
    from storage.database import Database
    from storage.unit_of_work import UnitOfWork

MORNING = time(8, 15)  # London wall clock
EVENING = time(18, 0)  # from here until the morning nobody is disturbed; what is late waits for the morning
AHEAD = 2  # calendar days worked out in advance, so that a bot that is down over midnight misses nothing
DONE_KEPT = timedelta(days=30)  # far longer than any duty is worked out again
# The owner's mornings follow no school's terms: weekdays that are no bank holiday.
OFFICE = SchoolCalendar(setting="the trust's office", setting_type=SettingType.CENTRAL_SERVICE)


def look_once(database: Database, desk: Desk, *, now: datetime) -> int:
    """Look in a transaction of its own; see `look`."""
    with database.begin() as uow:
        return look(uow, desk.reading(uow).view, now=now)


def look(uow: UnitOfWork, view: PolicyView, *, now: datetime) -> int:
    """
    Write down what will fall due, then do what is due; return how many notices were queued.

    Everything happens in the caller's transaction: a crash leaves each duty to the next look.
    """
    _work_out(uow, london_date(now))
    uow.due.forget_before(now - DONE_KEPT)
    if not MORNING <= now.astimezone(LONDON).time() < EVENING:
        return 0
    told, mornings = 0, list[DueRow]()
    for row in uow.due.take(now):
        match row.kind:
            case DueKind.OWNER_FINDINGS:
                told += _tell_owners(uow, now=now)
            case DueKind.CHASING:
                mornings.append(row)  # all at once: somebody of two settings is reminded in one message
            case _:
                assert_never(row.kind)
    return told + chase(_mornings(mornings, uow, london_date(now)), view, uow, now=now)


def _work_out(uow: UnitOfWork, today: date) -> None:
    days = tuple(today + timedelta(days=number) for number in range(AHEAD))
    for day in days:
        if OFFICE.is_working_day(day):
            uow.due.add(DueKind.OWNER_FINDINGS, "", london_instant(day, MORNING))
    for setting in uow.settings.listed():
        calendar = calendar_of(setting, uow)
        for day in days:
            if is_working_day(day, calendar):
                uow.due.add(DueKind.CHASING, setting.id, london_instant(day, MORNING))


def _mornings(rows: list[DueRow], uow: UnitOfWork, today: date) -> Mapping[SettingId, Morning]:
    """
    Return which settings have their morning now, each with the days that are due.

    A morning that the bot missed is made up for on the setting's next working day, with that day's own.
    """
    days: dict[SettingId, set[date]] = {}
    for row in rows:
        setting_id, _, missed = row.subject.partition(":")
        days.setdefault(SettingId(setting_id), set()).add(
            date.fromisoformat(missed) if missed else london_date(row.due_at)
        )
    found = {one: morning for one, due in days.items() if (morning := morning_of(one, tuple(sorted(due)), uow))}
    for setting_id, morning in found.items():
        if not is_working_day(today, morning.calendar):
            at = london_instant(next_working_day(today, morning.calendar), MORNING)
            for day in morning.days:
                uow.due.add(DueKind.CHASING, f"{setting_id}:{day.isoformat()}", at)
    return {one: morning for one, morning in found.items() if is_working_day(today, morning.calendar)}


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
