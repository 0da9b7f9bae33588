"""What a button or a stored fact about the people of a site names; all of it comes from outside, and may not be so."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policy_kb.rules.site import LOOKS_AFTER
from policy_kb.site_words import SiteId
from policy_kb.words import PersonId, Role

SITE = re.compile(r"[1-9][0-9]{0,8}")
PART = re.compile(r"([1-9][0-9]{0,8})(?::([a-z_]{1,30}))?(?::([^:|,]{1,60}))?(:surely)?")
PEOPLE = re.compile(r"([1-9][0-9]{0,8})(?::(name|end|ask))?(?::([a-z_]{1,30}))?(?::([^:|,]{1,60}))?")
NEWS = re.compile(r"([a-z_]{1,20}):([1-9][0-9]{0,8})(?::([a-z_]{1,30}))?(?::([^:|,]{1,60}))?")
FELL = re.compile(r"([1-9][0-9]{0,8})(?::(.{1,110}))?")
ALL = "all"  # in the place of a role, before a person: whatever they are of the site
TASKS = re.compile(r"[1-9][0-9]{0,8}(?:,[1-9][0-9]{0,8}){0,19}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartAbout:
    """A part in looking after a site; no role: all of somebody's parts there."""

    site: SiteId
    role: Role | None = None
    person: PersonId | None = None
    surely: bool = False
    what: str = ""  # what is to be done, where it is no button that says so: name, end; the key of news


def read_site(about: str) -> SiteId | None:
    """Return the site that is meant; None where none can be."""
    return SiteId(int(about)) if SITE.fullmatch(about) else None


def read_part(about: str) -> PartAbout | None:
    """Return the part that is meant: ``7``, ``7:site_moderator``, ``7:site_moderator:priya-sample:surely``."""
    found = PART.fullmatch(about)
    return _part(found[1], found[2], found[3], surely=bool(found[4])) if found else None


def read_people(about: str) -> PartAbout | None:
    """Return whose card is meant: ``7``, ``7:name:site_moderator``, ``7:end:site_moderator:tom-example``."""
    found = PEOPLE.fullmatch(about)
    return _part(found[1], found[3], found[4], what=found[2] or "") if found else None


def read_news(about: str) -> PartAbout | None:
    """Return what is told of: ``refused:7:site_moderator:tom-example``; None where it is something else."""
    found = NEWS.fullmatch(about)
    return _part(found[2], found[3], found[4], what=found[1]) if found else None


def read_fall(about: str) -> tuple[SiteId, PartAbout | None] | None:
    """Return the site that has too few people, and what led to it where that is known."""
    found = FELL.fullmatch(about)
    if found is None:
        return None
    key, _, rest = (found[2] or "").partition(":")
    return SiteId(int(found[1])), read_news(f"{key}:{found[1]}:{rest}") if rest else None


def read_tasks(about: str) -> tuple[int, ...]:
    """Return the tasks that are meant; none where it is something else."""
    return tuple(map(int, about.split(","))) if TASKS.fullmatch(about) else ()


def part_about(site: SiteId, role: Role | None = None, person: PersonId | None = None) -> str:
    """Return how a part is named on a button: ``7:site_moderator:priya-sample``, ``7:all:priya-sample``."""
    if person is not None:
        return f"{site}:{role or ALL}:{person}"
    return f"{site}:{role}" if role else str(site)


def _part(site: str, role: str | None, person: str | None, *, surely: bool = False, what: str = "") -> PartAbout | None:
    if role not in (None, ALL, *LOOKS_AFTER):
        return None
    return PartAbout(
        site=SiteId(int(site)),
        role=Role(role) if role in LOOKS_AFTER else None,
        person=PersonId(person) if person else None,
        surely=surely,
        what=what,
    )
