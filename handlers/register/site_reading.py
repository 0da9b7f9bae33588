"""One site of the register, with everything that is known of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time
from typing import TYPE_CHECKING

from handlers.calendars import calendar_of
from handlers.cover.standing import standing_of
from handlers.people_and_days import names_of
from handlers.register.reading import Line, as_on_a_page, read_line
from handlers.register.sight import sees, sight_of
from handlers.sites.living_checklist import waits_for
from handlers.sites.rights import parts_of
from policy_kb.rules.london import london_date, london_instant
from policy_kb.rules.patterns import MAY_READ_PATTERNS, Logged, pattern_of, term_of
from policy_kb.rules.periods import WEEK
from policy_kb.rules.register import WEEKS
from policy_kb.site_words import Round

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.cover.standing import Standing
    from policy_kb.rules.patterns import Pattern, Term
    from policy_kb.rules.site import Site
    from policy_kb.rules.site_dues import Due
    from policy_kb.site_words import CheckKey, LogCategory, SiteId
    from policy_kb.view import PolicyView
    from policy_kb.words import PersonId
    from storage.person import Person
    from storage.site_work import Check, Evaluation, SiteTask
    from storage.unit_of_work import UnitOfWork

YEAR_BEGINS = 9  # a school year, in September


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one person has of a site's rota, by weight: a slot is one, or two where holidays count double."""

    person: PersonId
    served: int  # this school year, until today
    ahead: int  # from today on, as far as it is laid out


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRecord:
    """Everything the page of one site shows."""

    reader: str
    today: date
    line: Line
    standing: Standing  # from today on
    checks: Mapping[Round, tuple[Check, ...]]  # of the latest run through each checklist
    labels: Mapping[tuple[Round, CheckKey], str]  # of the lines of the checklists
    evaluations: tuple[Evaluation, ...]  # the latest first
    waits: frozenset[Due]
    tasks: tuple[SiteTask, ...]  # left to do because somebody has gone
    shares: tuple[Share, ...]  # who has most first
    year_from: date
    term: Term
    pattern: Pattern | None  # None: it is not for this reader
    categories: Mapping[LogCategory, str]  # of what is moderated, as people choose them
    names: Mapping[PersonId, str]


def read_site(person: Person, site_id: SiteId, view: PolicyView, uow: UnitOfWork, today: date) -> SiteRecord | None:
    """
    Return what somebody sees of one site on a London day; None where there is none that they see.

    Policy: A.1.5, A.1.6, A.1.7, A.5.4
    """
    site = uow.sites.get(site_id)
    if site is None or not sees(person, site, uow, today):
        return None
    (line,) = as_on_a_page((read_line(site, view, uow, today),), view, uow, today)
    year_from = date(today.year if today.month >= YEAR_BEGINS else today.year - 1, YEAR_BEGINS, 1)
    term, pattern = _pattern(person, site, uow, today)
    found = SiteRecord(
        reader=person.name,
        today=today,
        line=line,
        standing=standing_of((site,), uow, view, today)[site.id],
        checks={one: _latest(uow.sites.checks(site.id, one)) for one in Round},
        labels={(one.round, one.key): one.label for lines in view.site_checks.values() for one in lines},
        evaluations=uow.sites.evaluations(site.id)[::-1],
        waits=waits_for(site, view, uow, today),
        tasks=uow.sites.open_tasks(site.id),
        shares=_shares(site, uow, year_from, today),
        year_from=year_from,
        term=term,
        pattern=pattern,
        categories=view.moderating.categories,
        names={},
    )
    return _with_names(found, uow)


def _latest(checks: tuple[Check, ...]) -> tuple[Check, ...]:
    """Return the answers of the last run; the first that began later ends the one before."""
    return tuple(one for one in checks if one.round_on == checks[-1].round_on)


def _shares(site: Site, uow: UnitOfWork, year_from: date, today: date) -> tuple[Share, ...]:
    served = uow.rota.served(site.id, year_from, today)
    ahead = uow.rota.served(site.id, today, today + WEEKS * WEEK)
    people = dict.fromkeys((*site.people_on(today), *served, *ahead))
    found = (Share(person=one, served=served.get(one, 0), ahead=ahead.get(one, 0)) for one in people)
    return tuple(sorted(found, key=lambda one: (-one.served, -one.ahead, one.person)))


def _pattern(person: Person, site: Site, uow: UnitOfWork, today: date) -> tuple[Term, Pattern | None]:
    setting = uow.settings.get(site.setting)
    term = term_of(calendar_of(setting, uow).periods if setting else (), today)
    parts = parts_of(person.id, site, uow, today)
    if not (MAY_READ_PATTERNS & parts or sight_of(person, uow, today).everything):
        return term, None
    start, end = (london_instant(day, time()) for day in (term.before_starts_on, term.ends_on))
    lines = uow.moderation.lines((site.id,), start, end)
    logged = (Logged(action=one.action, category=one.category, on=london_date(one.at)) for one in lines)
    return term, pattern_of(logged, term)


def _with_names(found: SiteRecord, uow: UnitOfWork) -> SiteRecord:
    site = found.line.site
    people = {
        site.author,
        *(one.person for one in site.members),
        *(slot.person for slot in found.line.cover.slots if slot.person),
        *(one.by for one in found.line.cover.intended),
        *(one.by for checks in found.checks.values() for one in checks),
        *(one.by for one in found.evaluations),
        *(one.about for one in found.tasks),
        *(one.person for one in found.shares),
    }
    return replace(found, names=names_of(people, uow))
