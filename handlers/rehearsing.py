"""What the bot would tell people of its own accord, played on a copy of the database; nobody is sent anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING

from handlers.outgoing import BATCH, LEASE
from handlers.reminders import NIGHT, look_once
from handlers.reminding.abouts import read_first, read_number
from handlers.reminding.subjects import FINDINGS, GIVEN, REQUEST, TAKEN, read_list
from handlers.router import compose
from handlers.telling import can_be_reached
from policy_kb.bot_words import SayKind
from policy_kb.rules.london import london_instant
from policy_kb.rules.periods import days_between
from policy_kb.rules.reminding import Reminder
from policy_kb.site_words import OfferId, SiteId, SlotId
from policy_kb.words import Channel, PersonId
from storage.chat_addresses import ChatAddress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime, timedelta

    from handlers.desk import Desk
    from handlers.reminding.subjects import Subject
    from policy_kb.view import PolicyView
    from storage.database import Database
    from storage.says import SayFacts
    from storage.unit_of_work import UnitOfWork

NOWHERE = "rehearsal"  # an address of nobody: what is put there is read here, and goes no further
OF_REQUESTS, OF_THE_OWNER = "T-01 to T-06", "the policy owner's morning"
# What is said beside the daily message, and why.
OTHERWISE = {
    SayKind.SLOT: Reminder.UNANSWERED,
    SayKind.BELOW_TWO: Reminder.BELOW_TWO,
}
BY_THE_WAY = {
    SayKind.LEAVING: "a last day (5.6)",
    SayKind.SITE_TASKS: "somebody has left (A.3.2)",
    SayKind.COVER_NEWS: "the rota has changed (A.5.4)",
    SayKind.PART_ASKED: "a part to accept (A.3.2)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One message that somebody would be sent."""

    at: datetime
    person: PersonId
    name: str
    say: SayFacts
    why: tuple[str, ...]  # T-12 (A.5.3)
    subjects: tuple[Subject, ...] = ()  # of the daily message
    sites: frozenset[SiteId] = frozenset()  # that it is about
    is_reached: bool = True  # whether the bot knows where to tell them anything


def rehearse(copy: Database, desk: Desk, start: date, end: date, *, now: datetime) -> Iterator[Told]:
    """
    Yield what people would be sent on the London days [start, end) if nobody pressed anything, the earliest first.

    Whoever takes one of them may do something about it in `copy` before the next: time has not gone on.

    It plays the very looks that the bot takes, at the moments at which anything can fall due; from `now` on to the
    first day, it only lets time pass. `copy` is changed by that, so that it has to be a copy.
    """
    reached = _let_all_be_reached(copy, now)
    with copy.begin() as uow:
        hours = _hours(desk.reading(uow).view)
    for day in days_between(min(start, now.date()), end):
        for hour in hours:
            at = london_instant(day, hour)
            if at < now:
                continue
            look_once(copy, desk, now=at)
            told = _read(copy, desk, reached, at)
            yield from told if day >= start else ()


def title_of(told: Told, copy: Database, desk: Desk) -> str:
    """Return the first line of what somebody would read, where the copy is as it was when they were told."""
    with copy.begin() as uow:
        person = uow.people.get(told.person)
        return compose(told.say, desk.reading(uow), uow, person, now=told.at).title


def _hours(view: PolicyView) -> tuple[time, ...]:
    """Return the times of a day at which something can fall due, on London clocks."""
    begins = {begin for begin, _ in view.rota_hours.hours.values()}
    later = {_later(begin, view.reminding.unanswered_after) for begin in begins}
    return tuple(sorted({NIGHT, view.reminding.morning, view.reminding.afternoon, *begins, *later}))


def _later(at: time, step: timedelta) -> time:
    minutes = at.hour * 60 + at.minute + int(step.total_seconds() // 60)
    return time(minutes // 60 % 24, minutes % 60)


def _let_all_be_reached(copy: Database, now: datetime) -> frozenset[PersonId]:
    """Let everybody be told things in the copy, and return who can be already: whoever is new hears of it all, too."""
    with copy.begin() as uow:
        everyone = uow.people.everyone()
        reached = frozenset(one.id for one in everyone if can_be_reached(one.id, uow))
        for one in everyone:
            if one.id not in reached:
                uow.chat_addresses.refresh(
                    ChatAddress(person_id=one.id, channel=Channel.WEB, tenant=NOWHERE, address=one.id, updated_at=now)
                )
    return reached


def _read(copy: Database, desk: Desk, reached: frozenset[PersonId], at: datetime) -> tuple[Told, ...]:
    told: list[Told] = []
    with copy.begin() as uow:
        view = desk.reading(uow).view
        while rows := uow.outbox.claim(at, LEASE, BATCH):
            uow.people.among([row.to for row in rows if row.to])  # all at once: reading each takes longer than the rest
            told += [_told(row.say, row.to, reached, view, uow, at) for row in rows if row.to]
            for row in rows:
                uow.outbox.sent(row, at)
    return tuple(told)


def _told(
    say: SayFacts, to: PersonId, reached: frozenset[PersonId], view: PolicyView, uow: UnitOfWork, at: datetime
) -> Told:
    person = uow.people.get(to)
    subjects, _ = read_list(say.about) if say.kind is SayKind.TODAY else ((), 0)
    why = dict.fromkeys(_because(subject, view) for subject in subjects)
    if say.kind in OTHERWISE:
        why = dict.fromkeys((_timer(OTHERWISE[say.kind], view),))
    return Told(
        at=at,
        person=to,
        name=person.name if person else to,
        say=say,
        why=tuple(why) or (BY_THE_WAY.get(say.kind, say.kind.value.replace("_", " ")),),
        subjects=subjects,
        sites=_sites(say.kind, say.about, subjects, uow),
        is_reached=to in reached,
    )


def _because(subject: Subject, view: PolicyView) -> str:
    if subject.reminder:
        return _timer(subject.reminder, view)
    return {REQUEST: OF_REQUESTS, FINDINGS: OF_THE_OWNER}.get(subject.key, BY_THE_WAY[SayKind.COVER_NEWS])


def _timer(reminder: Reminder, view: PolicyView) -> str:
    timer = view.reminding.timers[reminder]
    return f"{timer.id} ({timer.clause})"


def _sites(kind: SayKind, about: str, subjects: tuple[Subject, ...], uow: UnitOfWork) -> frozenset[SiteId]:
    found = {_site_of(subject, uow) for subject in subjects}
    number = read_number(about.partition(":")[0])
    if kind is SayKind.SLOT and number:
        slot = uow.rota.get(SlotId(number))
        found.add(slot.site if slot else None)
    if kind is SayKind.BELOW_TWO and number:
        found.add(SiteId(number))
    return frozenset(one for one in found if one)


def _site_of(subject: Subject, uow: UnitOfWork) -> SiteId | None:
    number = read_first(subject.about)
    if number is None or subject.key in {REQUEST, FINDINGS, Reminder.EDITION}:
        return None
    slot_id = SlotId(number) if subject.key in {Reminder.MY_SLOT, GIVEN, TAKEN} else None
    if subject.reminder is Reminder.OFFER:
        offer = uow.offers.get(OfferId(number))
        slot_id = offer.slot if offer else None
    if slot_id is None:
        return None if subject.reminder is Reminder.OFFER else SiteId(number)
    slot = uow.rota.get(slot_id)
    return slot.site if slot else None
