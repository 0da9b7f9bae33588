"""What people and the policy itself will remind of: posts that fall vacant, the review, another document in force."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.reminding.subjects import Subject
from handlers.requests.approvers import FINAL_ROLES
from policy_kb.bot_words import DueKind
from policy_kb.rules.london import london_date
from policy_kb.rules.periods import DAY
from policy_kb.rules.reminding import Reminder
from policy_kb.rules.reminding_days import reminder_days
from policy_kb.words import Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from handlers.reminding.ahead import Duty, Stretch
    from policy_kb.words import SettingId
    from storage.person import Person
    from storage.settings import Setting
    from storage.unit_of_work import UnitOfWork

REVIEW_SEEN = 150  # calendar days; the last reminder of the review that has passed is made up for
NEWS = timedelta(days=14)  # a document that has been in force for longer is no news
# On a site these are no posts: whoever looks after sites is watched by their numbers.
NO_POSTS = frozenset({Role.SITE_ADMINISTRATOR, Role.SITE_MODERATOR, Role.SITE_AUTHOR, Role.LINE_MANAGER})


def of_owner(stretch: Stretch) -> Iterator[Duty]:
    """Yield what the policy owner is told each morning, of the policy's review, and of another document."""
    yield from ((DueKind.OWNER_FINDINGS, "", morning) for morning in stretch.working_mornings())
    yield from _of_review(Reminder.REVIEW, stretch)
    yield from _of_review(Reminder.OVERDUE, stretch)
    official = stretch.act.uow.editions.active()
    if official and official.imported_at > stretch.act.now - NEWS:
        day = stretch.days.on_or_after(london_date(official.imported_at))
        yield DueKind.REMINDER, str(Subject(Reminder.EDITION, str(official.id))), stretch.morning(day)


def of_people(setting: Setting, stretch: Stretch) -> Iterator[Duty]:
    """
    Yield whose post falls vacant, among those of a setting; after that nobody is asked in their place.

    Policy: A.3.3
    """
    for person in stretch.act.uow.people.in_post(stretch.today, setting.id):
        if person.setting.id == setting.id and (end := post_ends_on(person, stretch.act.uow, stretch.today)):
            yield from stretch.reminders(Reminder.ROLE_ENDS, person.id, end, until=end)


def post_ends_on(person: Person, uow: UnitOfWork, today: date) -> date | None:
    """Return the first day on which somebody's post, or one of them, has nobody else; None where no end is known."""
    ends = [
        end
        for role, place, end in _posts(person, uow, today)
        if all(one.id == person.id for one in uow.people.holders(role, place, end))
    ]
    return min(ends, default=None)


def _posts(person: Person, uow: UnitOfWork, today: date) -> Iterator[tuple[Role, SettingId | None, date]]:
    """Yield the posts that somebody holds and the days on which they end."""
    for held in person.held_on(today):
        end = min((one for one in (held.ends_on, person.ends_on) if one), default=None)
        if end and end > today and held.role not in NO_POSTS:
            yield held.role, held.setting_id, end
    if person.ends_on is not None:
        finals = (one for one in uow.settings.listed() if one.final_approver_id == person.id)
        yield from ((FINAL_ROLES[one.type][0], one.id, person.ends_on) for one in finals)


def _of_review(reminder: Reminder, stretch: Stretch) -> Iterator[Duty]:
    """Yield the reminders that are still ahead, and the last that has passed: who has just begun missed it."""
    view, today = stretch.act.view, stretch.today
    last_day, timer = view.facts.review_last_day, view.reminding.timers[reminder]
    found = reminder_days(timer, last_day, today - REVIEW_SEEN * DAY, stretch.end, stretch.days)
    passed = [day for day in found if day <= today]
    for day in (*passed[-1:], *(one for one in found if one > today)):
        if (day > last_day) is (reminder is Reminder.OVERDUE) and (today > last_day) is (day > last_day):
            yield DueKind.REMINDER, str(Subject(reminder)), stretch.morning(day)
