"""When the bot speaks first: duties are rows, worked out ahead and done once; each minute somebody looks."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from handlers.acting import Acting
from handlers.cover.planning import plan_setting
from handlers.reminding import slots
from handlers.reminding.ahead import nights, stretch, stretch_of
from handlers.reminding.ahead_requests import of_requests
from handlers.reminding.ahead_rota import of_offers, of_slots, of_weeks
from handlers.reminding.ahead_sites import of_sites
from handlers.reminding.ahead_trust import of_owner, of_people
from handlers.reminding.subjects import FINDINGS, REQUEST, Subject, read_row
from handlers.reminding.today import Mornings, with_the_rest
from handlers.reminding.whom import owners_to_tell, reminded_by
from handlers.requests.chasing import chase, morning_of, next_working_day
from handlers.sites.clock import move_by_clock
from handlers.sites.leaving import say_goodbye, take_out_leavers
from handlers.sites.opening import open_approved
from policy_kb.bot_words import DueKind
from policy_kb.rules.chasing import is_working_day
from policy_kb.rules.london import LONDON, london_date, london_instant
from policy_kb.rules.school_calendar import SchoolCalendar
from policy_kb.words import SettingId, SettingType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime

    from handlers.desk import Desk
    from handlers.reminding.ahead import Duty
    from handlers.requests.chasing import Morning
    from storage.database import Database
    from storage.due import DueRow
    from storage.settings import Setting

NIGHT = time(0, 15)  # London wall clock; the day it is worked out for has begun
DONE_KEPT = timedelta(days=60)  # far longer than any duty is worked out again
SAID = frozenset({DueKind.OWNER_FINDINGS, DueKind.CHASING, DueKind.REMINDER})
BEGUN = frozenset({DueKind.SLOT_STARTS, DueKind.SLOT_UNANSWERED})
# The owner's mornings follow no school's terms: weekdays that are no bank holiday.
OFFICE = SchoolCalendar(setting="the trust's office", setting_type=SettingType.CENTRAL_SERVICE)


def look_once(database: Database, desk: Desk, *, now: datetime) -> int:
    """
    Write down what will fall due, then do what is due; return how many messages were queued.

    Each of the three parts is a transaction of its own: a crash leaves its duties to the next look, and a fault in
    one holds up none of the others; it rises once all have had their turn.
    """
    told, faults = 0, list[Exception]()
    for part in PARTS:
        try:
            with database.begin() as uow:
                told += part(Acting(person=None, view=desk.reading(uow).view, uow=uow, now=now))
        except Exception as fault:  # noqa: BLE001 - it rises below
            faults.append(fault)
    if faults:
        raise faults[0]
    return told


def plan(act: Acting) -> int:
    """
    Work out a night, once: sites and rotas move on, leavers are taken out, and what will remind people is written down.

    Where the bot was down in the night, it does so as soon as it is there again.
    """
    due, settings = act.uow.due, act.uow.settings.listed()
    due.add_all(nights(settings, act.today, NIGHT))
    due.forget_before(act.now - DONE_KEPT)
    planned = {row.subject for row in due.take(act.now, {DueKind.PLANNING})}
    if not planned:
        return 0
    if "" in planned:
        open_approved(act)
        move_by_clock(act)
        take_out_leavers(act)
        say_goodbye(act)
    here = [one for one in settings if one.id in planned]
    for setting in here:
        plan_setting(setting.id, act, tell=with_the_rest(act))
    due.add_all(_ahead(here, act))
    if "" in planned:
        due.add_all((*of_owner(stretch(OFFICE, act)), *of_offers(act)))
    return 0


def begin_slots(act: Acting) -> int:
    """Ask others where a slot begins and nobody said that they look after it; at any hour, on any day."""
    told = 0
    for row in act.uow.due.take(act.now, BEGUN):
        do = slots.begins if row.kind is DueKind.SLOT_STARTS else slots.stays_unanswered
        told += do(row.subject, act)
    return told


def remind(act: Acting) -> int:
    """Tell everybody what is due for them, in one message each; nobody in the evening or at night."""
    if not act.view.reminding.is_waking(act.now.astimezone(LONDON).time()):
        return 0
    rows = act.uow.due.take(act.now, SAID)
    mornings = Mornings(act)
    for person, requests in chase(_mornings((one for one in rows if one.kind is DueKind.CHASING), act), act).items():
        for number in requests:
            mornings.remind(Subject(REQUEST, str(number)), (person,))
    for row in rows:
        if row.kind is DueKind.OWNER_FINDINGS:
            mornings.remind(Subject(FINDINGS), owners_to_tell(act))
        elif row.kind is DueKind.REMINDER:
            _remind_of(row, mornings, act)
    return mornings.send()


def _ahead(settings: Iterable[Setting], act: Acting) -> Iterator[Duty]:
    for setting in settings:
        days = stretch_of(setting, act)
        yield from ((DueKind.CHASING, setting.id, morning) for morning in days.working_mornings())
        yield from of_sites(setting, days)
        yield from of_slots(setting, days)
        yield from of_weeks(setting, days)
        yield from of_people(setting, days)
        yield from of_requests(setting, days)


def _remind_of(row: DueRow, mornings: Mornings, act: Acting) -> None:
    """Find out whom a row reminds; what comes in the afternoon is for whoever heard nothing that day."""
    person, subject = read_row(row.subject)
    if subject is None:
        return
    said, people = reminded_by(subject, act)
    if person is not None:
        people = (person,)
    if row.due_at.astimezone(LONDON).time() >= act.view.reminding.afternoon:
        is_today = london_date(row.due_at) == act.today
        people = tuple(one for one in people if is_today and not act.uow.reminded.is_told(one, act.today))
    mornings.remind(said, people)


def _mornings(rows: Iterable[DueRow], act: Acting) -> Mapping[SettingId, Morning]:
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
    found = {one: morning for one, due in days.items() if (morning := morning_of(one, tuple(sorted(due)), act.uow))}
    for setting_id, morning in found.items():
        if not is_working_day(act.today, morning.calendar):
            at = london_instant(next_working_day(act.today, morning.calendar), act.view.reminding.morning)
            for day in morning.days:
                act.uow.due.add(DueKind.CHASING, f"{setting_id}:{day.isoformat()}", at)
    return {one: morning for one, morning in found.items() if is_working_day(act.today, morning.calendar)}


PARTS: tuple[Callable[[Acting], int], ...] = (plan, begin_slots, remind)
