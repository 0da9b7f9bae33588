"""What of an approval its requester is reminded of, beside what its steps wait for: that it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.calendars import calendar_of
from handlers.people_and_days import day_in_words
from handlers.reminding.abouts import read_number
from handlers.requests.chasing_items import Item
from handlers.requests.in_words import button
from handlers.requests.matter import matter_of
from policy_kb.bot_words import Action
from policy_kb.request_words import RequestId, RequestState
from policy_kb.rules.reminding import Reminder
from policy_kb.rules.reminding_days import has_begun, working_days

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from handlers.message import Button
    from handlers.requests.matter import Matter
    from handlers.scene import SayScene

CAME_TO_NOTHING = frozenset({RequestState.CANCELLED, RequestState.DECLINED, RequestState.WITHDRAWN})


def _approval_ends(about: str, scene: SayScene) -> tuple[Item, ...]:
    """Return that an approval of the reader's ends; nothing once it has, or once they have asked for it again."""
    number = read_number(about)
    matter = matter_of(RequestId(number), scene.view, scene.uow) if number else None
    if matter is None or scene.person is None or not matter.facts.is_theirs(scene.person.id):
        return ()
    last_day = matter.facts.approved_until
    if last_day is None or last_day < scene.today or not _is_near(last_day, matter, scene):
        return ()
    if _is_asked_again(matter, scene):
        return ()
    what = matter.form.called
    ends = "ends today" if last_day == scene.today else f"ends on {day_in_words(last_day)}"
    return (
        Item(
            called=matter.called,
            short=ends,
            says=f"The approval you have for {what} {ends} ({matter.form.clause}). From the day after, it stands for "
            "nothing. If it should go on, please ask again in good time.",
            buttons=_ways_on(matter, scene),
        ),
    )


def _ways_on(matter: Matter, scene: SayScene) -> tuple[Button, ...]:
    """Return how to ask again, for whoever asked the first time, and what was approved."""
    status = button("What was approved", Action.STATUS, str(matter.facts.id))
    if scene.person is None or scene.person.id != matter.facts.requester:
        return (status,)
    older = f"{matter.form.key}:{matter.facts.id}"
    return (button("Ask again from its answers", Action.START, older, is_main=True), status)


def _is_near(last_day: date, matter: Matter, scene: SayScene) -> bool:
    setting = scene.uow.settings.get(matter.facts.setting)
    if setting is None:
        return False
    days = working_days(calendar_of(setting, scene.uow), scene.today)
    return has_begun(scene.view.reminding.timers[Reminder.APPROVAL_ENDS], last_day, scene.today, days)


def _is_asked_again(matter: Matter, scene: SayScene) -> bool:
    theirs = scene.uow.requests.of_person(matter.facts.requester)
    return any(one.started_from == matter.facts.id and one.state not in CAME_TO_NOTHING for one in theirs)


ITEMS: Mapping[str, Callable[[str, SayScene], tuple[Item, ...]]] = {Reminder.APPROVAL_ENDS: _approval_ends}
