"""What rotas will remind people of: slots of their own, slots that begin, and slots that others are asked to take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.reminding.ahead import AHEAD, stretch_of
from handlers.reminding.subjects import Subject
from policy_kb.bot_words import DueKind
from policy_kb.rules.london import london_date, london_instant
from policy_kb.rules.periods import DAY
from policy_kb.rules.reminding import Reminder
from policy_kb.rules.reminding_days import next_monday
from policy_kb.rules.site import IN_USE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.acting import Acting
    from handlers.reminding.ahead import Duty, Stretch
    from policy_kb.rules.site import Slot
    from policy_kb.words import PersonId, SettingId
    from storage.settings import Setting

MOST_WEEKS = 9  # told of at once before a long holiday


def of_slots(setting: Setting, stretch: Stretch) -> Iterator[Duty]:
    """
    Yield what the slots of a setting's sites remind of in the days that are worked out.

    Before a long holiday, the last working day before a slot lies far ahead of it.

    Policy: A.5.3, A.5.4
    """
    act, far = stretch.act, stretch.days.on_or_after(stretch.end)
    sites = act.uow.sites.numbers(setting=setting.id, states=IN_USE)
    people: dict[PersonId, Stretch] = {}
    settings: dict[SettingId, Stretch] = {}
    for slot in act.uow.rota.slots(act.today, far, sites=sites):
        yield from _begins(slot, act)
        if slot.person is not None:
            if slot.person not in people:
                people[slot.person] = _stretch_of(slot.person, settings, act)
            yield from _nudges(slot, people[slot.person])


def of_weeks(setting: Setting, stretch: Stretch) -> Iterator[Duty]:
    """Yield, for the last working day of each week, that the days until the next such day are told of."""
    for number in range((stretch.end - stretch.today).days):
        day = stretch.today + number * DAY
        if not stretch.days.is_last_of_week(day):
            continue
        start = next_monday(day)
        end = min(next_monday(stretch.days.after(day)), start + MOST_WEEKS * 7 * DAY)
        about = f"{setting.id}:{start.isoformat()}:{end.isoformat()}"
        yield DueKind.REMINDER, str(Subject(Reminder.NEXT_WEEK, about)), stretch.morning(day)


def of_offers(act: Acting) -> Iterator[Duty]:
    """Yield what slots remind of that others are asked to take: on the day after, and shortly before they begin."""
    for offer in act.uow.offers.open_all():
        slot = act.uow.rota.get(offer.slot)
        site = act.uow.sites.get(slot.site) if slot else None
        setting = act.uow.settings.get(site.setting) if site else None
        if slot is None or setting is None:
            continue
        stretch = stretch_of(setting, act)
        asked_on = stretch.days.after(london_date(offer.at))
        if stretch.start <= asked_on < min(stretch.end, slot.starts_on):
            yield DueKind.REMINDER, str(Subject(Reminder.OFFER, str(offer.id))), stretch.morning(asked_on)
        # Whoever was asked a moment ago need not be asked again for what was due before that.
        yield from stretch.reminders(Reminder.OFFER, offer.id, slot.starts_on, since=asked_on, until=slot.starts_on)


def _begins(slot: Slot, act: Acting) -> Iterator[Duty]:
    """Yield that a slot begins; one that had begun before it was laid out is nobody's fault, and asks nobody."""
    at = act.view.rota_hours.starts_at(slot)
    if act.now <= at and slot.starts_on < act.today + AHEAD * DAY:
        yield DueKind.SLOT_STARTS, str(slot.id), at
        yield DueKind.SLOT_UNANSWERED, str(slot.id), at + act.view.reminding.unanswered_after


def _nudges(slot: Slot, stretch: Stretch) -> Iterator[Duty]:
    """Yield the nudges of a slot; the morning's is for whoever said nothing to the one before."""
    if slot.accepted_at is not None or slot.starts_on < stretch.today:
        return
    subject, reminding = str(Subject(Reminder.MY_SLOT, str(slot.id))), stretch.act.view.reminding
    for number in reminding.timers[Reminder.MY_SLOT].days:
        before = stretch.days.nth(slot.starts_on, number)
        if before and stretch.today <= before < stretch.end:
            yield DueKind.REMINDER, subject, london_instant(before, reminding.afternoon)
    if slot.starts_on < stretch.end:
        yield DueKind.REMINDER, subject, stretch.morning(slot.starts_on)


def _stretch_of(person_id: PersonId, settings: dict[SettingId, Stretch], act: Acting) -> Stretch:
    """Return the days that are worked out for somebody: those of their own setting."""
    person = act.uow.people.get(person_id)
    if person is None:
        raise LookupError(person_id)
    setting = person.setting
    if setting.id not in settings:
        settings[setting.id] = stretch_of(setting, act)
    return settings[setting.id]
