"""Everything one person is to be reminded of on one day goes to them in one message, on a day of theirs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handlers import telling
from handlers.calendars import calendar_of
from handlers.reminding.items_said import items_of
from handlers.reminding.putting_off import kept_as
from handlers.reminding.subjects import Subject, listed, read_subject, waits_for
from handlers.scene import SayScene
from policy_kb.bot_words import DueKind, SayKind
from policy_kb.rules.london import london_instant
from policy_kb.rules.reminding_days import working_days
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from handlers.acting import Acting
    from policy_kb.rules.reminding_days import WorkingDays
    from policy_kb.words import PersonId, SettingId
    from storage.person import Person


def with_the_rest(act: Acting) -> Callable[[PersonId, SayFacts], None]:
    """Return what lets somebody hear of a change in their rota with their message of the day, and not beside it."""
    at = london_instant(act.today, act.view.reminding.morning)

    def tell(person: PersonId, say: SayFacts) -> None:
        if subject := read_subject(say.about):
            act.uow.due.add(DueKind.REMINDER, waits_for(person, subject), at)

    return tell


@dataclass(slots=True)
class Mornings:
    """Whom the reminders of a moment are for, and what of."""

    act: Acting
    _of: dict[PersonId, dict[Subject, None]] = field(default_factory=dict)
    _days: dict[SettingId, WorkingDays] = field(default_factory=dict)

    def remind(self, subject: Subject, people: Iterable[PersonId]) -> None:
        """Add something that some people are to be reminded of; twice is once."""
        for person in people:
            self._of.setdefault(person, {})[subject] = None

    def send(self) -> int:
        """
        Send everybody their message, and return how many there were.

        What somebody has put off, or what is done by now, is left out. Who does not work on this day, or has had
        their message of it, is told the rest on their next working day.
        """
        self.act.uow.people.among(self._of)  # all at once: reading each takes longer than the rest
        put_off = self.act.uow.reminded.all_put_off(self._of, self.act.today)
        wanted = {
            person: tuple(one for one in subjects if str(kept_as(one)) not in put_off[person])
            for person, subjects in self._of.items()
        }
        return sum(self._send(person, wanted[person]) for person in sorted(wanted))

    def _send(self, person_id: PersonId, subjects: tuple[Subject, ...]) -> bool:
        act = self.act
        person = act.uow.people.get(person_id)
        if person is None or not person.is_in_post(act.today) or not telling.can_be_reached(person_id, act.uow):
            return False
        open_ones = self._open(subjects, person)
        works = self._days_of(person).works(act.today)
        now_ones = tuple(one for one in open_ones if works or self._is_for_any_day(one))
        if now_ones and not act.uow.reminded.tell(person_id, act.today):
            now_ones = ()
        self._keep(tuple(one for one in open_ones if one not in now_ones), person)
        say = SayFacts(kind=SayKind.TODAY, about=listed(now_ones))
        return bool(now_ones) and telling.tell(person_id, say, act.uow, now=act.now)

    def _open(self, subjects: tuple[Subject, ...], person: Person) -> tuple[Subject, ...]:
        act = self.act
        scene = SayScene(view=act.view, uow=act.uow, person=person, today=act.today, now=act.now)
        return tuple(one for one in subjects if items_of(one, scene))

    def _keep(self, subjects: tuple[Subject, ...], person: Person) -> None:
        if subjects:
            at = london_instant(self._days_of(person).after(self.act.today), self.act.view.reminding.morning)
            self.act.uow.due.add_all((DueKind.REMINDER, waits_for(person.id, one), at) for one in subjects)

    def _is_for_any_day(self, subject: Subject) -> bool:
        reminder = subject.reminder
        return reminder is not None and self.act.view.reminding.timers[reminder].any_day

    def _days_of(self, person: Person) -> WorkingDays:
        setting = person.setting
        if setting.id not in self._days:
            self._days[setting.id] = working_days(calendar_of(setting, self.act.uow), self.act.today)
        return self._days[setting.id]
