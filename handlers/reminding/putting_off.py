"""Reminders put off, and stopped where the policy allows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.calendars import calendar_of
from handlers.reminding.subjects import Subject, read_subject, waits_for
from policy_kb.bot_words import Action, DueKind, SayKind
from policy_kb.rules.london import london_instant
from policy_kb.rules.refusal import ProductRule, Refusal
from policy_kb.rules.reminding import Reminder
from policy_kb.rules.reminding_days import working_days
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.acting import Acting
    from handlers.inbound import ButtonPressed

GONE = SayFacts(kind=SayKind.TODAY)
WEEKS = "weeks"  # whatever week it is: who stops one digest stops them all


class CannotBePutOff(Refusal):
    """Somebody wants not to hear of something that has to be heard of."""

    key = "cannot_be_put_off"
    says = "I have to go on reminding you of this until it is settled."
    because = ProductRule.EVERYTHING_IN_ITS_STATE


def put_off(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    Remind whoever presses of something again once the days of its timer have passed; raises CannotBePutOff.

    Every reminder is of the reader alone: nobody can put off another's.
    """
    subject = read_subject(event.about)
    if subject is None or subject.reminder is None or act.person is None:
        return (GONE,)
    wait = act.view.reminding.timers[subject.reminder].put_off
    if wait is None:
        raise CannotBePutOff
    until = act.today + wait
    person = act.uow.people.get(act.person)
    if person:
        until = working_days(calendar_of(person.setting, act.uow), act.today).on_or_after(until)
        at = london_instant(until, act.view.reminding.morning)
        act.uow.due.add(DueKind.REMINDER, waits_for(act.person, subject), at)
    act.uow.reminded.put_off(act.person, str(subject), until)
    return (SayFacts(kind=SayKind.TODAY, about=f"put_off:{subject}:{until.isoformat()}"),)


def stop(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """Remind whoever presses of something no more; raises CannotBePutOff where that has to go on."""
    subject = read_subject(event.about)
    if subject is None or subject.reminder is None or act.person is None:
        return (GONE,)
    if not act.view.reminding.timers[subject.reminder].may_stop:
        raise CannotBePutOff
    act.uow.reminded.put_off(act.person, str(kept_as(subject)), None)
    return (SayFacts(kind=SayKind.TODAY, about=f"stopped:{subject}"),)


def kept_as(subject: Subject) -> Subject:
    """Return under which name it is kept that somebody does not want to hear of something."""
    return Subject(Reminder.NEXT_WEEK, WEEKS) if subject.reminder is Reminder.NEXT_WEEK else subject


ACTIONS: Mapping[Action, Callable[[ButtonPressed, Acting], tuple[SayFacts, ...]]] = {
    Action.NOT_NOW: put_off,
    Action.NO_MORE: stop,
}
