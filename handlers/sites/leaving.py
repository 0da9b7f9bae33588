"""Leavers: told of 5.6 on their last day, and taken out of everything once it has passed."""

from __future__ import annotations

from collections import defaultdict
from datetime import time, timedelta
from typing import TYPE_CHECKING

from handlers.calendars import calendar_of
from handlers.requests.chasing import next_working_day
from handlers.sites.leaving_tasks import open_task, who_does
from handlers.sites.looking_after_about import ALL
from handlers.sites.looking_after_slots import end_offers, free_slots, sites_of, slots_to_come
from handlers.sites.looking_after_watch import watch
from handlers.telling import place_of
from policy_kb.bot_words import SayKind
from policy_kb.rules.chasing import is_working_day
from policy_kb.rules.london import london_instant
from policy_kb.rules.periods import DAY
from policy_kb.rules.site import OWES_PEOPLE
from policy_kb.site_words import TaskKind
from policy_kb.words import Verb
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from handlers.acting import Acting
    from policy_kb.rules.site import Site
    from policy_kb.site_words import SiteId
    from policy_kb.words import PersonId
    from storage.person import Person
    from storage.site_people import SiteTask

FIRST = time(8, 15)  # London wall clock; nobody is told of a task, or bid farewell, before
RECENT = timedelta(days=60)  # whoever left longer ago has no slot to come
MOST_TASKS = 20  # in one message
BACK = 3  # calendar days: a last day at a weekend is told of on the working day before


def take_out_leavers(act: Acting) -> int:
    """
    Take everybody whose last day has passed out of sites, slots, offers and feeds; return how many there were.

    Their parts end with their last day. Whoever is to take their login away, or to find an author, is told in one
    message; author and head hear of a site that has too few people. What was done before is not done again.

    Policy: A.5.4, A.3.1, A.3.2, 5.6
    """
    theirs = _sites_by_person(act)
    tasks: list[tuple[SiteTask, Site]] = []
    lost: Mapping[SiteId, list[PersonId]] = defaultdict(list)
    number = 0
    for person in act.uow.people.everyone():
        if person.has_left(act.today):
            opened, ended, was_there = _take_out(person, theirs[person.id], act)
            tasks += opened
            number += was_there
            for site in ended:
                lost[site.id].append(person.id)
    for site_id, people in lost.items():
        watch(site_id, act, f"left:{ALL}:{people[0]}" if len(people) == 1 else "")
    _tell_tasks(tasks, act)
    return number


def say_goodbye(act: Acting) -> int:
    """
    Send the words of 5.6 to everybody whose last day it is, once, and return how many were sent them.

    A last day on which nobody works is told of on the working day before, where that is near. Whoever has left
    already is never written to: an entry made afterwards may stand for a death.

    Policy: 5.6
    """
    number = 0
    for person in act.uow.people.in_post(act.today):
        if person.ends_on is None or not _tells_on(person, act) <= act.today < person.ends_on:
            continue
        subject = f"leaving:{person.ends_on.isoformat()}"
        if act.uow.reminded.is_put_off(person.id, subject, act.today):
            continue
        if _tell_by_day(person.id, SayFacts(kind=SayKind.LEAVING, about=person.ends_on.isoformat()), act):
            act.uow.reminded.put_off(person.id, subject, None)
            number += 1
    return number


def _sites_by_person(act: Acting) -> Mapping[PersonId, list[Site]]:
    """Return the sites that each author, administrator and moderator has to do with; none for everybody else."""
    found: Mapping[PersonId, list[Site]] = defaultdict(list)
    for site in act.uow.sites.listed(states=OWES_PEOPLE):
        for person in dict.fromkeys((site.author, *site.people_on(act.today))):
            found[person].append(site)
    return found


def _take_out(
    person: Person, theirs: Sequence[Site], act: Acting
) -> tuple[Sequence[tuple[SiteTask, Site]], Sequence[Site], bool]:
    """Take one leaver out; return the tasks that opens, the sites they looked after, and whether there was anything."""
    recently = person.ends_on is not None and person.ends_on > act.today - RECENT
    if not theirs and not recently:
        return [], [], False
    act.uow.sites.hold_all(tuple(site.id for site in theirs))
    revoked = act.uow.secret_addresses.revoke_feeds(person.id, now=act.now)
    left = [site for site in theirs if _end_parts(person, site, act)]
    freed = free_slots(person.id, act, sites=sites_of(slots_to_come(person.id, act)) | {site.id for site in left})
    end_offers(person.id, (), act, all_of_them=True)
    tasks = [(task, site) for site in left if (task := open_task(site, TaskKind.REMOVE_ACCESS, person.id, act))]
    authored = (one for one in theirs if one.author == person.id)
    tasks += [(task, site) for site in authored if (task := open_task(site, TaskKind.NEW_AUTHOR, person.id, act))]
    return tasks, left, bool(left or freed or revoked or tasks)


def _end_parts(person: Person, site: Site, act: Acting) -> bool:
    """End the parts of a leaver on a site with their last day; False where there was none."""
    ended = False
    for one in site.members_on(act.today):
        if one.person == person.id:
            until = max(person.ends_on or act.today, one.since)
            entry = act.entry(Verb.REMOVED, "A.5.4")
            ended |= act.uow.sites.end_member(site.id, person.id, one.role, until=until, entry=entry)
    return ended


def _tell_tasks(tasks: list[tuple[SiteTask, Site]], act: Acting) -> None:
    """Tell each person all that is theirs to do in one message, by day."""
    by_person: Mapping[PersonId, list[int]] = defaultdict(list)
    for task, site in tasks:
        now = act.uow.sites.get(site.id) or site
        for person in who_does(task, now, act):
            by_person[person].append(task.id)
    for person, numbers in by_person.items():
        for start in range(0, len(numbers), MOST_TASKS):
            some = ",".join(map(str, numbers[start : start + MOST_TASKS]))
            _tell_by_day(person, SayFacts(kind=SayKind.SITE_TASKS, about=some), act)


def _tell_by_day(person: PersonId, say: SayFacts, act: Acting) -> bool:
    """Tell somebody something once they work, in the morning at the earliest; False where they cannot be reached."""
    where, found = place_of(person, act.uow), act.uow.people.get(person)
    if where is None or found is None:
        return False
    channel, address = where
    calendar = calendar_of(found.setting, act.uow)
    works = is_working_day(act.today, calendar) or say.kind is SayKind.LEAVING  # whose day is a last one anyway
    at = max(act.now, london_instant(act.today if works else next_working_day(act.today, calendar), FIRST))
    act.uow.outbox.put(say, channel, address, to=person, due_at=at, now=act.now)
    return True


def _tells_on(person: Person, act: Acting) -> date:
    """Return on which day somebody is told of their last: that day, or the working day shortly before it."""
    last = (person.ends_on or act.today) - DAY
    calendar = calendar_of(person.setting, act.uow)
    days = (last - DAY * number for number in range(BACK + 1))
    return next((day for day in days if is_working_day(day, calendar)), last)
