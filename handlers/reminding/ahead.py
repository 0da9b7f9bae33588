"""What reminds people in the days to come, written down each night: once, however often it is worked out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.calendars import calendar_of
from handlers.reminding.subjects import Subject
from policy_kb.bot_words import DueKind
from policy_kb.rules.london import london_instant
from policy_kb.rules.periods import DAY
from policy_kb.rules.reminding_days import reminder_days, working_days

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime, time

    from handlers.acting import Acting
    from policy_kb.rules.reminding import Reminder
    from policy_kb.rules.reminding_days import WorkingDays
    from policy_kb.rules.school_calendar import SchoolCalendar
    from storage.settings import Setting

AHEAD = 8  # calendar days written down in advance, so that a bot that is down for a week misses nothing
LATE = 14  # calendar days back: what came about too late for its reminder is told of at the next occasion

Duty = tuple[DueKind, str, "datetime"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The days that are worked out, for one setting or for the trust's own office."""

    act: Acting
    today: date
    calendar: SchoolCalendar
    days: WorkingDays

    @property
    def start(self) -> date:
        """Return the first day; before today, as what is late is told late."""
        return self.today - LATE * DAY

    @property
    def end(self) -> date:
        """Return the first day after them."""
        return self.today + AHEAD * DAY

    def working_mornings(self) -> Iterator[datetime]:
        """Yield the mornings, from today on, of the days on which the setting works."""
        for number in range(AHEAD):
            if self.days.works(day := self.today + number * DAY):
                yield self.morning(day)

    def morning(self, day: date) -> datetime:
        """Return when the reminders of a day are sent."""
        return london_instant(day, self.act.view.reminding.morning)

    def reminders(
        self, reminder: Reminder, about: object, trigger: date, *, since: date | None = None, until: date | None = None
    ) -> Iterator[Duty]:
        """Yield the rows of one timer that a day has set off; none before or from other days, where these are given."""
        timer = self.act.view.reminding.timers[reminder]
        start, end = self.start, self.end
        start, end = max(start, since or start), min(end, until or end)
        for day in reminder_days(timer, trigger, start, end, self.days):
            yield DueKind.REMINDER, str(Subject(reminder, str(about))), self.morning(day)


def stretch_of(setting: Setting, act: Acting) -> Stretch:
    """Return the days that are worked out for a setting."""
    return stretch(calendar_of(setting, act.uow), act)


def stretch(calendar: SchoolCalendar, act: Acting) -> Stretch:
    """Return the days that are worked out with a calendar."""
    today = act.today
    return Stretch(act=act, today=today, calendar=calendar, days=working_days(calendar, today))


def nights(settings: Iterable[Setting], today: date, at: time) -> Iterator[Duty]:
    """Yield the rows that let the coming nights be worked out: one for the trust, and one for each setting."""
    for number in range(2):
        moment = london_instant(today + timedelta(days=number), at)
        yield DueKind.PLANNING, "", moment
        yield from ((DueKind.PLANNING, one.id, moment) for one in settings)
