"""Who is reminded of something, as things stand when its moment has come."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, assert_never

from handlers import telling
from handlers.calendars import calendar_of
from handlers.readiness import owner_findings
from handlers.reminding.abouts import read_days_of_setting, read_first, read_number
from handlers.reminding.subjects import FINDINGS, Subject
from handlers.sites.looking_after_watch import is_told_today
from handlers.sites.rights import heads_of, office_of
from policy_kb.request_words import RequestId
from policy_kb.rules.reminding import Reminder, To
from policy_kb.rules.reminding_days import next_monday, term_start
from policy_kb.rules.site_people import attestation_due
from policy_kb.site_words import OfferId, SiteId, SlotId
from policy_kb.words import BotRole, PersonId, Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from handlers.acting import Acting
    from policy_kb.rules.site import Site
    from storage.person import Person
    from storage.unit_of_work import UnitOfWork

OF_A_SITE = frozenset(
    {
        Reminder.CHECK,
        Reminder.EVALUATION,
        Reminder.CLOSURE,
        Reminder.STILL_NEEDED,
        Reminder.GAP,
        Reminder.HOLIDAY_GAP,
        Reminder.BELOW_TWO,
        Reminder.PATTERNS,
    }
)


def reminded_by(subject: Subject, act: Acting) -> tuple[Subject, tuple[PersonId, ...]]:
    """
    Return what a row of the calendar reminds people of, and whom, each once; nobody where its reason has gone.

    Days before a holiday are days like any other once they are told of, and a week is told of to those of a setting.
    """
    reminder = subject.reminder
    if reminder in OF_A_SITE:
        said = Reminder.GAP if reminder is Reminder.HOLIDAY_GAP else reminder
        return Subject(said, subject.about), _of_site(subject, act)
    if reminder is Reminder.NEXT_WEEK:
        return _of_week(subject, act)
    return subject, tuple(dict.fromkeys(_others(subject, act)))


def owners(uow: UnitOfWork, on: date) -> tuple[PersonId, ...]:
    """Return who looks after the policy on a London day."""
    return tuple(one.id for one in uow.people.bot_role_holders(BotRole.POLICY_OWNER, None, on))


def owners_to_tell(act: Acting) -> tuple[PersonId, ...]:
    """
    Return which owners hear this morning of what people and settings lack.

    That is once a week while it is the same, and at once where it is something else.
    """
    found = "\n".join(owner_findings(act.uow, on=act.today))
    about = f"{FINDINGS}:{hashlib.sha256(found.encode()).hexdigest()[:12]}"
    told = tuple(one for one in owners(act.uow, act.today) if not act.uow.reminded.is_put_off(one, about, act.today))
    for one in told:
        act.uow.reminded.put_off(one, about, next_monday(act.today))
    return told


def answer_for_post(person: Person, uow: UnitOfWork, on: date) -> tuple[PersonId, ...]:
    """Return who sees to it that somebody's post is filled: their manager, their head, the policy owner."""
    managers = _in_post((person.line_manager_id,), uow, on) if person.line_manager_id else ()
    everybody = (*managers, *heads_of(person.setting.id, uow, on), *owners(uow, on))
    return tuple(one for one in dict.fromkeys(everybody) if one != person.id)


def _of_site(subject: Subject, act: Acting) -> tuple[PersonId, ...]:
    """Return whom a timer of a site reminds; the office where none of them can be told anything."""
    site = _site(subject.about, act)
    if site is None or subject.reminder is None:
        return ()
    people = tuple(
        dict.fromkeys(one for to in act.view.reminding.timers[subject.reminder].to for one in _in_part(to, site, act))
    )
    if not any(telling.can_be_reached(one, act.uow) for one in people):
        people = (*people, *office_of(site.setting, act.uow, act.today))
    if subject.reminder is Reminder.BELOW_TWO:
        return tuple(one for one in people if not is_told_today(site, one, act))
    return people


def _in_part(to: To, site: Site, act: Acting) -> tuple[PersonId, ...]:
    match to:
        case To.AUTHOR:
            return _in_post((site.author,), act.uow, act.today)
        case To.ADMINISTRATORS:
            return _in_post(site.people_on(act.today, Role.SITE_ADMINISTRATOR), act.uow, act.today)
        case To.HEAD:
            return heads_of(site.setting, act.uow, act.today)
        case To.MEMBER | To.ON_DUTY | To.RESERVE | To.ASKED | To.LINE_MANAGER | To.POLICY_OWNER:
            return ()  # of a slot, an offer or a person, and not of a site
        case _:
            assert_never(to)


def _of_week(subject: Subject, act: Acting) -> tuple[Subject, tuple[PersonId, ...]]:
    """Return whoever of a setting has a slot on some days: ``next_week:elm-academy:2026-12-07:2026-12-14``."""
    found = read_days_of_setting(subject.about)
    if found is None:
        return subject, ()
    setting, start, end = found
    on_duty = dict.fromkeys(slot.person for slot in act.uow.rota.slots(start, end) if slot.person)
    known = {one.id: one for one in act.uow.people.among(on_duty)}
    theirs = tuple(one for one in on_duty if one in known and known[one].setting.id == setting)
    return Subject(Reminder.NEXT_WEEK, f"{start.isoformat()}:{end.isoformat()}"), theirs


def _others(subject: Subject, act: Acting) -> Iterator[PersonId]:
    number = read_number(subject.about)
    match subject.reminder:
        case Reminder.MY_SLOT:
            slot = act.uow.rota.get(SlotId(number)) if number else None
            yield from (slot.person,) if slot and slot.person else ()
        case Reminder.OFFER:
            offer = act.uow.offers.get(OfferId(number)) if number else None
            if offer and offer.is_open:
                yield from (one for one in (*offer.asked, offer.by) if one not in offer.not_free)
        case Reminder.ATTEST:
            yield from _to_attest(subject, act)
        case Reminder.ROLE_ENDS:
            person = act.uow.people.get(PersonId(subject.about))
            yield from answer_for_post(person, act.uow, act.today) if person else ()
        case Reminder.APPROVAL_ENDS:
            yield from _whose_approval(number, act)
        case Reminder.REVIEW | Reminder.OVERDUE | Reminder.EDITION:
            yield from owners(act.uow, act.today)
        case _:
            return  # nothing sets it off by a row of its own


def _whose_approval(number: int | None, act: Acting) -> tuple[PersonId, ...]:
    """Return who asked for something, and on whose behalf."""
    facts = act.uow.requests.facts(RequestId(number)) if number else None
    return _in_post((facts.requester, facts.author), act.uow, act.today) if facts else ()


def _to_attest(subject: Subject, act: Acting) -> Iterator[PersonId]:
    site = _site(subject.about, act)
    setting = act.uow.settings.get(site.setting) if site else None
    if site and setting:
        since = term_start(calendar_of(setting, act.uow).periods, act.today)
        due = (one for one in site.members_on(act.today) if attestation_due(one, act.today, since))
        yield from (one.person for one in due)


def _in_post(people: tuple[PersonId, ...], uow: UnitOfWork, on: date) -> tuple[PersonId, ...]:
    found = (uow.people.get(one) for one in people)
    return tuple(one.id for one in found if one and one.is_in_post(on))


def _site(about: str, act: Acting) -> Site | None:
    number = read_first(about)
    return act.uow.sites.get(SiteId(number)) if number else None
