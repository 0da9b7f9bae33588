"""A checklist of a site as it stands, and what is due of the site: read once, for whoever answers or reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from handlers.calendars import calendar_of
from handlers.covers import cover_in
from policy_kb.rules.london import london_date
from policy_kb.rules.school_calendar import SchoolCalendar
from policy_kb.rules.site import STARTING
from policy_kb.rules.site_checks import Known, Standing, lines_of, standing
from policy_kb.rules.site_dues import (
    Due,
    Said,
    dues,
    health_done_on,
    health_due_on,
    run_under_way,
    runs,
    was_judged_for_closing,
)
from policy_kb.site_words import CheckAnswer, Round, SiteState
from policy_kb.words import SettingType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy_kb.rules.cover import Cover
    from policy_kb.rules.site import Site
    from policy_kb.rules.site_checks import CheckLine
    from policy_kb.rules.site_dues import Run
    from policy_kb.site_words import CheckKey
    from policy_kb.view import PolicyView
    from storage.unit_of_work import UnitOfWork

RUNNING = frozenset({SiteState.LIVE, SiteState.REVIEW_DUE, SiteState.LEGACY})
"""In which states a site has its half-termly check."""

FIRST_WEEKS = timedelta(weeks=4)  # of cover that a site needs before it goes live (A.5.4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """One checklist of a site, with where each line stands."""

    round: Round
    run: Run
    lines: Mapping[CheckKey, tuple[CheckLine, Standing]]  # in the order of the list
    cover: Cover  # of the first weeks, or of those that come

    @property
    def asked(self) -> tuple[tuple[CheckLine, Standing], ...]:
        """Return the lines that somebody answers, in their order."""
        return tuple(one for one in self.lines.values() if one[0].is_asked)

    @property
    def next_open(self) -> CheckLine | None:
        """Return the first line that nobody has answered; None where all are."""
        return next((line for line, stands in self.asked if stands is Standing.OPEN), None)

    @property
    def not_so(self) -> tuple[CheckLine, ...]:
        """Return the lines that are not so, or not said to be."""
        return tuple(line for line, stands in self.lines.values() if stands is not Standing.YES)

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Return where each line stands, in their order."""
        return tuple(stands for _, stands in self.lines.values())


def checklist(site: Site, round_: Round, view: PolicyView, uow: UnitOfWork, today: date) -> Checklist:
    """
    Return a checklist of a site as it stands on a London day.

    Policy: A.4.1, A.5.4, 6.2, A.1.6
    """
    lines = _lines(site, round_, view, uow)
    keys = [line.key for line in lines if line.is_asked]
    is_due = round_ is Round.HEALTH and Due.HEALTH in waits_for(site, view, uow, today)
    run = run_under_way(round_, site, runs(_said(site, round_, uow)), keys, today, is_due=is_due)
    start = max(today, site.go_live or today) if site.state in STARTING else today
    end = start + FIRST_WEEKS
    cover = cover_in(site.id, start, end, uow)
    known = Known(
        setting_type=_setting_type(site, uow),
        today=today,
        minimum=view.moderating.minimum,
        cover=cover,
        cover_from=start,
        cover_until=end,
        evaluated=was_judged_for_closing(site, judged_on(site, uow)),
    )
    stands = {line.key: (line, standing(line, site, run.answers, known)) for line in lines}
    return Checklist(round=round_, run=run, lines=stands, cover=cover)


def waits_for(site: Site, view: PolicyView, uow: UnitOfWork, today: date) -> frozenset[Due]:
    """Return what is due of a site on a London day."""
    return dues(site, health=health_due(site, view, uow, today), judged_on=judged_on(site, uow), today=today)


def health_due(site: Site, view: PolicyView, uow: UnitOfWork, today: date) -> date:
    """Return when the half-termly check of a site is due, or was."""
    setting = uow.settings.get(site.setting)
    calendar = calendar_of(setting, uow) if setting else SchoolCalendar(setting="", setting_type=SettingType.ACADEMY)
    keys = [line.key for line in _lines(site, Round.HEALTH, view, uow) if line.is_asked]
    return health_due_on(site, health_done_on(runs(_said(site, Round.HEALTH, uow)), keys), today, calendar)


def lines_to_put_right(site: Site, view: PolicyView, uow: UnitOfWork) -> tuple[CheckLine, ...]:
    """
    Return the lines of the half-termly check that were answered with no, until they are answered with yes.

    Policy: 6.2
    """
    if site.state not in RUNNING:
        return ()
    answers: dict[CheckKey, CheckAnswer] = {}
    for run in runs(_said(site, Round.HEALTH, uow)):
        answers |= run.answers
    lines = _lines(site, Round.HEALTH, view, uow)
    return tuple(line for line in lines if line.is_asked and answers.get(line.key) is CheckAnswer.NO)


def judged_on(site: Site, uow: UnitOfWork) -> date | None:
    """Return the London day on which a site was last judged by its aims; None where it never was."""
    return max((london_date(one.at) for one in uow.sites.evaluations(site.id)), default=None)


def _lines(site: Site, round_: Round, view: PolicyView, uow: UnitOfWork) -> tuple[CheckLine, ...]:
    return lines_of(view.site_checks, round_, site, _setting_type(site, uow))


def _setting_type(site: Site, uow: UnitOfWork) -> SettingType:
    setting = uow.settings.get(site.setting)
    return setting.type if setting else SettingType.ACADEMY


def _said(site: Site, round_: Round, uow: UnitOfWork) -> list[Said]:
    return [
        Said(round_on=one.round_on, key=one.key, answer=one.answer, on=london_date(one.at))
        for one in uow.sites.checks(site.id, round_)
    ]
