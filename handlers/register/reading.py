"""The register as one person sees it: every site a line, by what they look for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from handlers.calendars import calendar_of
from handlers.covers import covers_of
from handlers.people_and_days import names_of
from handlers.register.asked import Order, read_asked
from handlers.register.sight import sight_of, sites_seen
from handlers.sites.living_checklist import lines_to_put_right
from policy_kb.rules.register import Mark, first_monday, idle_limit, marks_of, present_of, stretch_shown, weeks_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from handlers.register.asked import Asked
    from handlers.register.sight import Sight
    from policy_kb.rules.cover import Cover
    from policy_kb.rules.register import Week
    from policy_kb.rules.site import Site
    from policy_kb.rules.site_checks import CheckLine
    from policy_kb.site_words import SiteId
    from policy_kb.view import PolicyView
    from policy_kb.words import PersonId, SettingId
    from storage.person import Person
    from storage.unit_of_work import UnitOfWork

PAGE = 50  # sites shown at once
URGENCY = (Mark.UNCOVERED, Mark.BELOW_TWO, Mark.DUE, Mark.AHEAD, Mark.NEGLECTED, Mark.LEGACY, Mark.CLOSING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One site: what it is marked with, its cover of the days that are shown, and what a page alone shows of it."""

    site: Site
    setting: str  # its name
    marks: frozenset[Mark]
    cover: Cover
    week: Cover  # of the present week alone
    weeks: tuple[Week, ...] = ()
    to_put_right: tuple[CheckLine, ...] = ()  # lines of the half-termly check, on a page


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingLine:
    """One setting, or the trust, in numbers of sites; closed ones are not counted."""

    id: SettingId | None  # None: all of them together
    name: str
    marks: Mapping[Mark, int]
    owed: int  # slots of this week, less those left uncovered on purpose
    covered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Everything the page shows."""

    reader: str
    sight: Sight
    today: date
    asked: Asked
    settings: tuple[SettingLine, ...]  # by name; those whose sites the reader sees
    total: SettingLine
    lines: tuple[Line, ...]  # of this page, in the order asked for
    found: int  # sites on all pages
    pages: int
    names: Mapping[PersonId, str] = field(default_factory=lambda: MappingProxyType({}))  # of everybody on the page


def read_register(
    person: Person, values: Mapping[str, str], view: PolicyView, uow: UnitOfWork, today: date, *, whole: bool = False
) -> Register:
    """
    Return what somebody sees of the register on a London day.

    `values` is what the address of the page asks for. `whole` puts everything that is found on one page.

    Policy: A.1.5, A.1.6
    """
    lines = _lines(sites_seen(person, uow, today), view, uow, today)
    settings = _settings(lines)
    asked = read_asked(values, {one.id for one in settings if one.id})
    found = _in_order([one for one in lines if _fits(one, asked)], asked.order)
    pages = 1 if whole else max(1, -(-len(found) // PAGE))
    page = min(asked.page, pages)
    shown = found if whole else found[(page - 1) * PAGE : page * PAGE]
    on_the_page = as_on_a_page(shown, view, uow, today)
    return Register(
        reader=person.name,
        sight=sight_of(person, uow, today),
        today=today,
        asked=replace(asked, page=page),
        settings=settings,
        total=_in_numbers(None, "All settings", lines),
        lines=on_the_page,
        found=len(found),
        pages=pages,
        names=_names(on_the_page, uow),
    )


def as_on_a_page(lines: Iterable[Line], view: PolicyView, uow: UnitOfWork, today: date) -> tuple[Line, ...]:
    """
    Return lines with each of their weeks, the first as `first_monday` says, and with what is to put right.

    Policy: 6.2
    """
    start = first_monday(today)
    return tuple(
        replace(one, weeks=weeks_of(one.cover, start), to_put_right=lines_to_put_right(one.site, view, uow))
        for one in lines
    )


def read_line(site: Site, view: PolicyView, uow: UnitOfWork, today: date) -> Line:
    """Return the line of one site, without what a page alone shows."""
    (line,) = _lines((site,), view, uow, today)
    return line


def _lines(sites: tuple[Site, ...], view: PolicyView, uow: UnitOfWork, today: date) -> tuple[Line, ...]:
    covers = covers_of((one.id for one in sites), *stretch_shown(today), uow)
    settings = {one.id: one for one in uow.settings.listed()}
    limits = {one: idle_limit(calendar_of(settings[one], uow), today) for one in {site.setting for site in sites}}

    def line(site: Site) -> Line:
        cover, minimum = covers[site.id], view.moderating.minimum
        marks = marks_of(site, cover, today=today, idle_since=limits[site.setting], minimum=minimum)
        week = present_of(cover, today)
        return Line(site=site, setting=settings[site.setting].name, marks=marks, cover=cover, week=week)

    return tuple(line(site) for site in sites)


def _fits(line: Line, asked: Asked) -> bool:
    site, named = line.site, f"{line.site.name} {line.setting} {line.site.host_name} s-{line.site.id}".casefold()
    return (
        all(word in named for word in asked.words.casefold().split())
        and asked.setting in (None, site.setting)
        and (asked.mark in line.marks if asked.mark else Mark.CLOSED not in line.marks)
    )


def _in_order(lines: list[Line], order: Order) -> tuple[Line, ...]:
    def by_name(line: Line) -> tuple[str, SiteId]:
        return line.site.name.casefold(), line.site.id

    match order:
        case Order.NAME:
            return tuple(sorted(lines, key=by_name))
        case Order.SETTING:
            return tuple(sorted(lines, key=lambda line: (line.setting.casefold(), *by_name(line))))
        case Order.ENDS:
            return tuple(sorted(lines, key=lambda line: (_next_date(line.site), *by_name(line))))
        case Order.ATTENTION:
            return tuple(sorted(lines, key=lambda line: (*_urgency(line), *by_name(line))))


def _urgency(line: Line) -> tuple[bool, ...]:
    return tuple(mark not in line.marks for mark in URGENCY)


def _next_date(site: Site) -> str:
    """Return a site's nearest date as it is sorted; a site without any comes last."""
    dates = (site.review_on, site.evaluate_on, site.closure)
    return min((day.isoformat() for day in dates if day), default="none")


def _settings(lines: tuple[Line, ...]) -> tuple[SettingLine, ...]:
    theirs: dict[tuple[str, SettingId], list[Line]] = defaultdict(list)
    for line in lines:
        theirs[line.setting, line.site.setting].append(line)
    return tuple(_in_numbers(setting_id, name, some) for (name, setting_id), some in sorted(theirs.items()))


def _in_numbers(setting_id: SettingId | None, name: str, lines: Iterable[Line]) -> SettingLine:
    theirs = tuple(lines)
    marks = {mark: sum(mark in line.marks for line in theirs) for mark in Mark}
    in_use = [line.week for line in theirs if Mark.IN_USE in line.marks]
    covered = sum(one.covered for one in in_use)
    gaps = sum(len(gap.slots) for one in in_use for gap in one.gaps)
    return SettingLine(id=setting_id, name=name, marks=marks, owed=covered + gaps, covered=covered)


def _names(lines: tuple[Line, ...], uow: UnitOfWork) -> Mapping[PersonId, str]:
    on_duty = {slot.person for line in lines for slot in line.week.slots if slot.person}
    deciding = {gap.by for line in lines for week in line.weeks for gap in week.decided}
    return names_of(on_duty | deciding | {line.site.author for line in lines}, uow)
